"""A file somebody already has stands for a source; what it is taken for is judged and told."""

import csv
import gzip
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from ancrage.cli.sources import app
from ancrage.edition.door import try_to_read
from ancrage.edition.judging import judge, people_by_departement
from ancrage.register.census import ENOUGH_ROWS
from ancrage.sources.catalogue import get_source
from ancrage.sources.given import Given
from ancrage.sources.outcome import Outcome, State
from ancrage.sources.provenance import Provenance
from ancrage.sources.snapshots import SnapshotStore
from ancrage.sources.synchronise import synchronise
from ancrage.warehouse.reading import Warehouse
from asking import asked

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
STOCK = "sirene-etablissements"
HEADER = get_source(STOCK).resources[0].columns


def given(folder: Path, path: Path, source: str = STOCK) -> Outcome:
    store = SnapshotStore(folder)
    report = synchronise(
        [get_source(source)], store=store, door=try_to_read, given=Given(path, judge), clock=lambda: NOW
    )
    (outcome,) = report.outcomes
    return outcome


def provenance(outcome: Outcome) -> Provenance:
    assert outcome.snapshot is not None, outcome.told
    return outcome.snapshot.provenance


def texts(path: Path) -> pa.Table:
    with path.open(encoding="utf-8") as file:
        names = next(csv.reader(file))
    types = dict.fromkeys(names, pa.string())
    return arrow_csv.read_csv(path, convert_options=arrow_csv.ConvertOptions(column_types=types))


def wrapped(plain: Path, folder: Path, envelope: str) -> Path:
    target = folder / f"StockEtablissement_utf8.{envelope}"
    match envelope:
        case "parquet":
            pq.write_table(texts(plain), target)
        case "parquet.gz":
            target.write_bytes(gzip.compress(wrapped(plain, folder, "parquet").read_bytes()))
        case "parquet.zip":
            with zipfile.ZipFile(target, "w") as archive:
                archive.write(wrapped(plain, folder, "parquet"), "data/StockEtablissement.parquet")
                archive.writestr("LISEZMOI.txt", "Licence Ouverte")
                archive.writestr("__MACOSX/._StockEtablissement.parquet", "")
        case "gz":
            target.write_bytes(gzip.compress(plain.read_bytes()))
        case "zip":
            with zipfile.ZipFile(target, "w") as archive:
                archive.write(plain, "StockEtablissement_utf8.csv")
        case _:
            shutil.copyfile(plain, target)
    return target


@pytest.mark.mirror
@pytest.mark.parametrize("envelope", ["parquet", "csv", "gz", "zip", "parquet.gz", "parquet.zip"])
def test_a_file_is_taken_in_any_envelope_and_told_to_be_a_sample_by_its_rows(
    mirror: Path, tmp_path: Path, envelope: str
) -> None:
    file = wrapped(mirror / "sirene/echantillon-api/etablissements.csv", tmp_path, envelope)
    before = file.read_bytes()
    taken = provenance(given(tmp_path / "data", file))
    assert taken.rows == 100
    assert taken.sample
    assert "100\u00a0lignes" in taken.note
    assert taken.origin == f"fichier donné : {file.name}"
    assert file.read_bytes() == before


@pytest.mark.mirror
def test_a_csv_named_parquet_is_read_as_what_it_is(mirror: Path, tmp_path: Path) -> None:
    misnamed = tmp_path / "StockEtablissement_utf8.parquet"
    shutil.copyfile(mirror / "sirene/echantillon-api/etablissements.csv", misnamed)
    assert provenance(given(tmp_path / "data", misnamed)).rows == 100


@pytest.mark.mirror
def test_re_ordered_columns_change_nothing_and_a_missing_one_is_named(mirror: Path, tmp_path: Path) -> None:
    table = texts(mirror / "sirene/echantillon-api/etablissements.csv")
    turned, short = tmp_path / "a.parquet", tmp_path / "b.parquet"
    pq.write_table(table.select(table.column_names[::-1]), turned)
    pq.write_table(table.drop_columns(["codeCommuneEtablissement"]), short)
    assert provenance(given(tmp_path / "data", turned)).rows == 100
    refused = given(tmp_path / "data", short)
    assert refused.state is State.FAILED
    assert "codeCommuneEtablissement" in refused.told
    assert "n'est pas le fichier attendu" in refused.told
    assert "roducteur" not in refused.told, "whoever gave the file is not told that its producer changed it"
    assert provenance(refused).rows == 100, "the file before stays in place"


@pytest.mark.mirror
@pytest.mark.parametrize("envelope", ["parquet", "zip", "gz"])
def test_a_truncated_file_is_refused_by_its_name(mirror: Path, tmp_path: Path, envelope: str) -> None:
    whole = wrapped(mirror / "sirene/echantillon-api/etablissements.csv", tmp_path, envelope)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    refused = given(tmp_path / "data", whole)
    assert refused.state is State.FAILED
    assert whole.name in refused.told
    assert "Donnez le fichier entier" in refused.told
    assert "roducteur" not in refused.told


@pytest.mark.mirror
def test_the_file_of_another_source_is_told_whose_it_is(mirror: Path, tmp_path: Path) -> None:
    refused = given(tmp_path, mirror / "sirene/echantillon-api/unites_legales.csv")
    assert refused.state is State.FAILED
    assert "ses colonnes sont celles de" in refused.told
    assert "« sirene-unites-legales » (SIRENE, stock des unités légales)" in refused.told
    periods = mirror / "sirene/periodes-etablissements-lyon-4e-69384-2026-11.parquet"
    renamed = given(tmp_path, periods, "sirene-etablissements-historique")
    assert "« etatAdministratifEtablissement »" in renamed.told
    assert "On y lit : siret, dateDebut, dateFin, etat, code_ape, code_commune et" in renamed.told


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("source", "name"),
    [
        (STOCK, "sirene/sireneTestData.csv"),
        ("sirene-unites-legales", "sirene_ul/sireneULTestData.csv"),
        ("sirene-etablissements-historique", "sirene_histo/sireneHistoTestData.csv"),
    ],
)
def test_the_official_columns_of_the_stocks_before_2024_and_since_naf_2025_are_understood(
    mirror: Path, tmp_path: Path, source: str, name: str
) -> None:
    """Headers as published: establishments before format 3.11, units with NAF 2025, periods."""
    outcome = given(tmp_path, mirror / "sirene/entetes-officiels" / name, source)
    assert provenance(outcome).rows, outcome.told


SINCE_MARCH_2024 = ("identifiantAdresseEtablissement", "coordonneeLambertAbscisseEtablissement",
                    "coordonneeLambertOrdonneeEtablissement", "dernierNumeroVoieEtablissement",
                    "indiceRepetitionDernierNumeroVoieEtablissement")  # fmt: skip
SINCE_DECEMBER_2025 = (*SINCE_MARCH_2024, "activitePrincipaleNAF25Etablissement")


@pytest.mark.mirror
@pytest.mark.parametrize("added", [SINCE_MARCH_2024, SINCE_DECEMBER_2025])
def test_the_columns_added_since_change_nothing_to_what_is_read(
    mirror: Path, tmp_path: Path, added: tuple[str, ...]
) -> None:
    table = texts(mirror / "sirene/entetes-officiels/sirene/sireneTestData.csv")
    for rank, name in enumerate(added):
        table = table.add_column(10 + rank, name, pa.array(["[ND]"] * table.num_rows))
    pq.write_table(table, tmp_path / "a.parquet")
    assert provenance(given(tmp_path / "data", tmp_path / "a.parquet")).rows == table.num_rows


@pytest.mark.mirror
def test_a_csv_that_a_spreadsheet_wrote_with_semicolons_is_read_and_told(
    mirror: Path, tmp_path: Path
) -> None:
    with (mirror / "sirene/echantillon-api/etablissements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    outcome = given(tmp_path / "data", tmp_path / "a.csv")
    assert provenance(outcome).rows == 100
    assert "séparateur « ; » au lieu de « , »" in outcome.told


@pytest.mark.mirror
def test_the_list_of_any_source_may_be_given(mirror: Path, tmp_path: Path) -> None:
    taken = given(tmp_path, mirror / "zonages/frr-2025-07.csv.gz", "frr-2025")
    assert not provenance(taken).sample
    assert "pris pour complet : 34\u202f875\u00a0lignes" in taken.told


def stock_of(path: Path, departement: str, rows: int, embedded: Path) -> Path:
    """Rows of official shape spread over all the communes of a département, a third of them closed."""
    with Warehouse(embedded) as warehouse:
        communes = [
            row["code"]
            for row in warehouse.rows(
                "SELECT code FROM commune WHERE departement = ? AND vintage = 2026 ORDER BY code",
                (departement,),
            )
        ]
    columns: dict[str, list[str]] = {name: [""] * rows for name in HEADER}
    columns["siret"] = [f"{rank:014d}" for rank in range(rows)]
    columns["codeCommuneEtablissement"] = [communes[rank % len(communes)] for rank in range(rows)]
    columns["etatAdministratifEtablissement"] = ["F" if rank % 3 == 0 else "A" for rank in range(rows)]
    columns["dateDernierTraitementEtablissement"] = ["2026-10-30T04:05:06"] * rows
    pq.write_table(pa.table(columns), path)
    return path


def test_a_departement_with_its_communes_and_enough_rows_is_taken_for_whole(
    tmp_path: Path, embedded: Path
) -> None:
    enough = -(-ENOUGH_ROWS * people_by_departement()["23"].inhabitants // 1)
    outcome = given(tmp_path / "data", stock_of(tmp_path / "a.parquet", "23", int(enough), embedded))
    taken = provenance(outcome)
    assert (taken.sample, taken.covered) == (False, ("23",))
    assert taken.vintage == "dernier traitement le 30/10/2026"
    assert "pris pour complet pour 23 seulement" in outcome.told


def test_a_departement_one_row_short_is_a_sample(tmp_path: Path, embedded: Path) -> None:
    enough = -(-ENOUGH_ROWS * people_by_departement()["23"].inhabitants // 1)
    path = stock_of(tmp_path / "a.parquet", "23", int(enough) - 1, embedded)
    assert provenance(given(tmp_path / "data", path)).sample


def test_what_a_file_covers_is_read_back_from_its_provenance(tmp_path: Path, embedded: Path) -> None:
    enough = int(ENOUGH_ROWS * people_by_departement()["23"].inhabitants) + 1
    given(tmp_path, stock_of(tmp_path / "a.parquet", "23", enough, embedded))
    kept = SnapshotStore(tmp_path).latest(STOCK, "stock")
    assert kept is not None
    assert kept.provenance.covered == ("23",)


def test_a_file_said_to_be_invented_is_whole_and_says_that_it_is_fictitious(
    tmp_path: Path, embedded: Path
) -> None:
    path = stock_of(tmp_path / "a.parquet", "23", 40, embedded)
    asked = ["sync", STOCK, "--fichier", str(path), "--fictif"]
    told = CliRunner().invoke(app, asked, env={"ANCRAGE_DATA": str(tmp_path)})
    assert told.exit_code == 0, told.output
    assert "signalé fictif partout où il sert" in told.output
    kept = SnapshotStore(tmp_path).latest(STOCK, "stock")
    assert kept is not None
    assert (kept.provenance.sample, kept.provenance.fictitious) == (False, True)
    again = CliRunner().invoke(app, asked[:-1], env={"ANCRAGE_DATA": str(tmp_path)})
    real = SnapshotStore(tmp_path).latest(STOCK, "stock")
    assert real is not None
    assert (real.provenance.sample, real.provenance.fictitious) == (True, False), again.output
    refused = CliRunner().invoke(app, ["sync", STOCK, "--fictif"])
    assert refused.exit_code == 2
    assert "--fichier" in refused.output


def test_a_stock_older_than_the_one_it_replaces_is_taken_and_told(tmp_path: Path, embedded: Path) -> None:
    path = stock_of(tmp_path / "a.parquet", "23", 40, embedded)
    for day in ("2026-11-27", "2026-10-30"):
        asked_of = f"SELECT * REPLACE ('{day}T04:05:06' AS dateDernierTraitementEtablissement) FROM '{path}'"
        asked(f"COPY ({asked_of}) TO '{tmp_path / day}.parquet'")
        told = CliRunner().invoke(
            app,
            ["sync", STOCK, "--fichier", f"{tmp_path / day}.parquet", "--fictif"],
            env={"ANCRAGE_DATA": str(tmp_path), "COLUMNS": "400"},
        )
        assert told.exit_code == 0, told.output
    assert (
        "plus ancien que celui qu'il remplace (dernier traitement le 30/10/2026, contre le 27/11/2026)"
        in told.output
    )
    kept = SnapshotStore(tmp_path).latest(STOCK, "stock")
    assert kept is not None
    assert kept.provenance.treated == "2026-10-30"

"""The register of a month made from that of the month before, beside the same made whole."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from ancrage.edition.register import monthly
from ancrage.edition.register.monthly import Written, write_tables
from ancrage.errors import SourceContentError
from ancrage.register import cleaning
from ancrage.register.lists import ListFile, read_lists
from ancrage.register.months import joining
from ancrage.register.months.following import Whole, followed
from ancrage.register.months.numbers import NONE, numbers_of
from ancrage.register.months.prints import prints_of
from ancrage.register.stock import connect
from ancrage.register.succession import FAULTS
from ancrage.warehouse.writing import quoted
from asking import asked
from national import ours
from national.files import FILES, STOCK_DAY, Size, made_files
from national.next_month import made_next
from national.spoilt import spoiled

ON = date(2026, 11, 30)
SHARE = 0.05


@pytest.fixture(scope="module")
def october(tmp_path_factory):
    """Files of a month, with the coordinates of some establishments."""
    folder = tmp_path_factory.mktemp("octobre")
    files = made_files(folder, Size(2_000))
    return files | {"coordonnees": located(files["etablissements"], folder, "2.1")}


@pytest.fixture(scope="module")
def before(october, tmp_path_factory):
    """The edition of that month."""
    return built(october, tmp_path_factory.mktemp("edition"), day=STOCK_DAY)[0]


def located(establishments: Path, folder: Path, longitude: str) -> Path:
    path = folder / "GeolocalisationEtablissement.parquet"
    asked(
        f"COPY (SELECT DISTINCT siret, CASE WHEN hash(siret) % 20 = 0 THEN '{longitude}' ELSE '2.5' END AS "
        f"x_longitude, '46.2' AS y_latitude, '11' AS qualite_xy, '5' AS distance_precision FROM "
        f"'{quoted(establishments)}' WHERE hash(siret) % 3 = 0) TO '{quoted(path)}'"
    )
    return path


def listed(folder: Path, sirens: int) -> ListFile:
    """A list of the ESS that names some units of the stock."""
    path = folder / "liste-ess.csv"
    found = asked(
        f"SELECT siren FROM '{quoted(folder / (FILES['unites'] + '.parquet'))}' "
        f"WHERE siren < '3' ORDER BY hash(siren) LIMIT {sirens}"
    )
    path.write_text("SIREN\n" + "\n".join(siren for (siren,) in found) + "\n", encoding="utf-8")
    return ListFile(path)


def built(files, folder: Path, *, previous=None, day=ON, sirens=40) -> tuple[Path, Written]:
    given = ours.inputs_of(files, folder / "moteur", on=day)
    given = replace(given, ess_list=listed(files["unites"].parent, sirens))
    (folder / "tables").mkdir(parents=True)
    return folder / "tables", write_tables(given, folder / "tables", on=day, previous=previous)


def tables(folder: Path) -> dict[str, str]:
    """Fingerprint of the rows of each table, in their order."""
    said = "SELECT count(*) || ' ' || md5(string_agg(t::VARCHAR, '|')) FROM '{}' t"
    return {path.stem: asked(said.format(quoted(path)))[0][0] for path in sorted(folder.glob("*.parquet"))}


def told(written: Written) -> tuple:
    rejects = sorted(map(str, written.tables.rejects.to_pylist()))
    return written.tables.accounts, written.tables.coverage, rejects


def test_a_month_made_from_the_one_before_is_row_for_row_the_register_made_whole(october, before, tmp_path):
    files = made_next({name: october[name] for name in FILES}, tmp_path, share=SHARE, seed=1)
    files["coordonnees"] = located(files["etablissements"], tmp_path, "2.2")
    month, made = built(files, tmp_path / "month", previous=before, sirens=45)
    whole, plain = built(files, tmp_path / "whole", sirens=45)
    assert (made.since, plain.since) == (before.name, "")
    assert tables(month) == tables(whole)
    assert {name for name, rows in tables(month).items() if rows == tables(before).get(name)} == {
        "listed_structure",
        "siae",
    }
    assert told(made) == told(plain)
    assert all(account.balanced for account in made.tables.accounts)

    # The month after, with its day alone that changed, from a month made so.
    later = date(2099, 1, 1)
    again, _ = built(files, tmp_path / "again", previous=month, day=later, sirens=45)
    assert tables(again) == tables(built(files, tmp_path / "anew", day=later, sirens=45)[0]) != tables(month)


def test_rows_that_cannot_be_believed_refuse_no_month_and_are_told_alike(october, before, tmp_path):
    """Every fault of ``national.spoilt`` at once, then the files mended."""
    files = spoiled({name: october[name] for name in FILES}, tmp_path) | {
        "coordonnees": october["coordonnees"]
    }
    month, made = built(files, tmp_path / "month", previous=before)
    whole, plain = built(files, tmp_path / "whole")
    assert (made.since, plain.since) == (before.name, "")
    assert tables(month) == tables(whole)
    assert told(made) == told(plain)
    assert all(account.balanced for account in made.tables.accounts)
    reasons = {reason for account in made.tables.accounts for reason in account.rejected}
    assert {reason for reason in reasons if "historique laissé" in reason} == {
        f"{fault} : historique laissé, passé d'après l'état actuel" for fault in FAULTS
    }
    mended, _ = built(october, tmp_path / "mended", previous=month)
    assert tables(mended) == tables(built(october, tmp_path / "plain")[0])


class Killed(BaseException):
    """What nothing catches, as nothing hears a kill."""


def test_killed_while_it_joins_a_month_leaves_the_one_before_as_it_was_and_is_done_again(
    october, before, tmp_path, monkeypatch
):
    files = made_next({name: october[name] for name in FILES}, tmp_path, share=SHARE, seed=3)
    files["coordonnees"] = october["coordonnees"]
    known = {path: path.read_bytes() for path in before.rglob("*") if path.is_file()}

    def killed(*_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(joining, "join_counts", killed)
        with pytest.raises(Killed):
            built(files, tmp_path / "killed", previous=before)
    assert {path: path.read_bytes() for path in before.rglob("*") if path.is_file()} == known
    assert not (tmp_path / "killed" / "tables" / "suite" / "told.json").exists()
    assert built(files, tmp_path / "done", previous=before)[1].since == before.name


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (lambda rows: f"SELECT * EXCLUDE enseigne1Etablissement FROM {rows}", "la forme des fichiers"),
        (lambda rows: f"SELECT * REPLACE (siret[:13] AS siret) FROM {rows}", "identifiant"),
        (
            lambda rows: f"SELECT * REPLACE ('F' AS etatAdministratifEtablissement) FROM {rows}",
            "une unité sur",
        ),
    ],
)
def test_what_cannot_be_compared_is_made_whole_and_says_why(
    change, because, october, before, tmp_path, monkeypatch
):
    for name in ("build_register", "write_counted", "write_remarks", "keep"):
        monkeypatch.setattr(monthly, name, lambda *_, **__: None)
    files = dict(october)
    files["etablissements"] = tmp_path / october["etablissements"].name
    stock = f"'{quoted(october['etablissements'])}'"
    asked(f"COPY ({change(stock)}) TO '{quoted(files['etablissements'])}'")
    written = built(files, tmp_path / "edition", previous=before)[1]
    assert written.since == ""
    assert because in written.because


def test_a_zipped_stock_is_not_followed(october, tmp_path):
    files = october | {"unites": tmp_path / "unites.csv"}
    files["unites"].write_text("siren\n", encoding="utf-8")
    with pytest.raises(Whole, match=r"unites\.csv n'est pas un fichier Parquet"):
        followed(ours.inputs_of(files, tmp_path))


def spoilt(path: Path, folder: Path) -> Path:
    content = bytearray(path.read_bytes())
    pages = slice(200, -8 - int.from_bytes(content[-8:-4], "little"))  # neither the first bytes nor the last
    content[pages] = bytes(len(content[pages]))
    (folder / path.name).write_bytes(content)
    return folder / path.name


@pytest.mark.parametrize(
    "name", ["etablissements", "unites", "periodes-etablissements", "periodes-unites", "coordonnees"]
)
def test_a_file_that_cannot_be_read_is_left_to_the_build_of_the_whole_to_tell(
    name, october, before, tmp_path
):
    for file, told in ((spoilt(october[name], tmp_path), "abîmé"), (tmp_path / "absent", "n'existe pas")):
        given = ours.inputs_of(october | {name: file}, tmp_path / "moteur")
        with pytest.raises(SourceContentError, match=told):
            write_tables(given, tmp_path, on=ON, previous=before)


def test_one_cell_of_one_row_changes_the_print_of_its_unit_alone(october, tmp_path):
    changed = tmp_path / october["unites"].name
    asked(
        f"COPY (SELECT * REPLACE (CASE WHEN siren LIKE '100000470%' THEN 'X' ELSE sigleUniteLegale END AS "
        f"sigleUniteLegale) FROM '{quoted(october['unites'])}' ORDER BY hash(siren)) TO '{quoted(changed)}'"
    )
    prints = [
        prints_of(followed(ours.inputs_of(files, tmp_path)), no_lists(tmp_path), 1 << 14, tmp_path).sums
        for files in (october, october | {"unites": changed})
    ]
    (different,) = (prints[0] != prints[1]).nonzero()
    assert different.tolist() == [10000047 % (1 << 14)]


def no_lists(scratch: Path):
    return read_lists(connect(scratch), None, (), scratch)


def test_a_unit_is_named_by_digits_as_cleaning_reads_them(tmp_path):
    texts = [
        "00541034500017",
        "41234567800011",
        " 1234567800011",
        "/2345678000117",
        "1234567800011:",
        "4123456780001",
        "+1234567800011",
        "",
        None,
    ]
    con = connect(tmp_path)
    table = con.create_table("given", ibis.memtable({"siret": texts}, schema={"siret": "string"}), temp=True)
    read = con.to_pyarrow(table.select(siret=cleaning.digits(table.siret, 14)))["siret"].to_pylist()
    regular = [text is not None and text == clean for text, clean in zip(texts, read, strict=True)]
    units = [int(text[:8]) if ok else NONE for text, ok in zip(texts, regular, strict=True)]
    column = pa.array(texts, pa.string())
    assert numbers_of(column, 14).tolist() == units
    assert numbers_of(column.slice(1, 1), 14).tolist() == [41234567]

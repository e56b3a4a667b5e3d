"""An edition is built from what was synchronised; bad data is refused or set aside, and told."""

import csv
import gzip
import json
import shutil
from datetime import UTC, datetime
from itertools import permutations
from types import SimpleNamespace

import pytest

from ancrage.edition.build import build
from ancrage.edition.geography import read_thread
from ancrage.edition.inputs import Inputs
from ancrage.edition.publication import current_edition, editions
from ancrage.edition.register.stocks import histories, whole_stock
from ancrage.edition.shapes import _areas
from ancrage.edition.tables import TABLES
from ancrage.errors import BuildError, SourceContentError
from ancrage.language.numbers import count as counted
from ancrage.register.past import NO_HISTORY
from ancrage.sources.provenance import Provenance
from ancrage.sources.snapshots import SnapshotStore
from ancrage.territories.zonings.thread import Origin

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def synchronised(data, real_data):
    """Take some sources of the real data; returns the files of one of them, that a test may spoil."""

    def take(*sources):
        for source in sources:
            shutil.copytree(real_data / "sources" / source, data / "sources" / source)
        return list((data / "sources" / sources[0]).rglob("*.gz"))

    return take


def rewritten(path, change):
    """Change the text of a gzipped file received earlier."""
    text = gzip.decompress(path.read_bytes()).decode("utf-8-sig")
    path.unlink()
    path.write_bytes(gzip.compress(change(text).encode("utf-8")))


def cut(path):
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[: len(content) // 2])


def refused(data, old, failure):
    with pytest.raises(failure) as refusal:
        build(data, at=NOW)
    assert current_edition(data).name == old
    assert [edition.name for edition in editions(data)] == [old]
    assert not list((data / "entrepot").rglob(".*"))
    return refusal.value


@pytest.mark.mirror
def test_a_file_cut_in_the_middle_since_its_reception_stops_the_build(data, old, synchronised):
    (path,) = synchronised("frr-2025")
    cut(path)
    assert path.name in refused(data, old, SourceContentError).message


@pytest.mark.mirror
def test_a_renamed_column_stops_the_build_and_is_named(data, old, synchronised):
    (path,) = synchronised("frr-2025")
    rewritten(path, lambda text: text.replace("Code_insee", "Code_commune", 1))
    assert "Code_insee" in refused(data, old, SourceContentError).message


@pytest.mark.mirror
def test_a_collection_of_quarters_cut_in_the_middle_stops_the_build(data, old, synchronised):
    (path,) = synchronised("qpv-2024-communes")
    rewritten(path, lambda text: text[: len(text) // 2])
    assert path.name in refused(data, old, SourceContentError).message


@pytest.mark.mirror
def test_a_page_in_place_of_the_data_stops_the_build(data, old, synchronised):
    (path,) = synchronised("zrr-2017", "mouvements-communes")
    rewritten(path, lambda _: "<!DOCTYPE html><html><body>Service indisponible</body></html>")
    refused(data, old, SourceContentError)


@pytest.mark.mirror
def test_a_commune_with_two_statuses_in_one_list_stops_the_build(data, old, synchronised):
    (path,) = synchronised("frr-2025")
    rewritten(path, lambda text: text + second_status(text))
    message = refused(data, old, BuildError).message
    assert "01001" in message
    assert "plusieurs statuts" in message


def second_status(text):
    header, first = (line.split(";") for line in text.splitlines()[:2])
    first[header.index("Classement FRR et FRR+ au 10 juillet 2025")] = "FRR+"
    return ";".join(first) + "\r\n"


@pytest.mark.mirror
def test_the_command_tells_a_refusal_with_its_exit_code_and_the_old_edition_answers(
    data, old, synchronised, ancrage
):
    (path,) = synchronised("frr-2025")
    cut(path)
    answer = ancrage("entrepot", "construire", data=data)
    assert answer.returncode == SourceContentError.exit_code
    assert answer.stderr.splitlines()[-2].startswith("Contenu inattendu : ")
    assert answer.stderr.splitlines()[-1].startswith("  → ")
    assert "Traceback" not in answer.stderr
    assert current_edition(data).name == old
    assert "Faux-la-Montagne" in ancrage("territoire", "montrer", "23077", data=data).stdout


@pytest.mark.mirror
def test_rows_that_cannot_be_used_are_listed_counted_and_shown(data, synchronised, ancrage):
    (events,) = synchronised("mouvements-communes", "france-services")
    rewritten(events, lambda text: text + text.splitlines()[1] + "\n" + unreadable(text))
    answer = ancrage("entrepot", "construire", data=data)
    assert answer.returncode == 0, answer.stderr
    edition = current_edition(data)
    with (edition / "rejets.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file, delimiter=";"))
    by_source = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))["rejects"]
    assert by_source["mouvements-communes"] == {
        "événement répété, compté une fois": 1,
        "date d'effet ou type d'événement illisible": 1,
    }
    assert by_source["france-services"] == {"code de commune inconnu du COG 2022": 2}
    assert len(listed) == sum(sum(reasons.values()) for reasons in by_source.values())
    assert {row["ligne"] for row in listed if row["source"] == "france-services"} == {"(vide)", "0null"}
    for source, reasons in by_source.items():
        for reason, number in reasons.items():
            told = counted(number, "ligne écartée", "lignes écartées")
            assert f"{source} : {told}, {reason}" in answer.stdout
    assert str(edition / "rejets.csv") in answer.stdout


def unreadable(text):
    header, first = (line.split(",") for line in text.splitlines()[:2])
    first[header.index("DATE_EFF")] = "bientôt"
    return ",".join(first) + "\n"


@pytest.mark.mirror
def test_every_table_of_the_real_edition_meets_its_declaration(real_data):
    from ancrage.warehouse.writing import check

    edition = current_edition(real_data)
    for table in TABLES:
        check(table, edition / f"{table.name}.parquet")


def test_every_table_declared_is_in_the_embedded_edition_and_no_other(embedded):
    declared = {table.name for table in TABLES}
    assert {path.stem for path in embedded.glob("*.parquet")} == declared


@pytest.mark.mirror
def test_the_manifest_of_the_real_edition_tells_its_sources_and_what_it_lacks(real_data):
    manifest = json.loads((current_edition(real_data) / "manifest.json").read_text(encoding="utf-8"))
    told = {source["id"]: source for source in manifest["sources"]}
    assert told["zrr-2017"]["licence"] == "Licence Ouverte 2.0"
    assert told["sirene-etablissements"]["sample"]
    assert "demonstration" not in told
    assert not any(source["fictitious"] for source in told.values())
    assert manifest["missing_sources"] == [
        *("annuaire-administration", "sirene-etablissements-historique", "sirene-geolocalisation"),
        "sirene-unites-legales-historique",
    ]


def test_the_manifest_of_the_embedded_edition_says_what_is_fictitious_and_what_is_held(embedded):
    manifest = json.loads((embedded / "manifest.json").read_text(encoding="utf-8"))
    told = {source["id"]: source for source in manifest["sources"]}
    assert told["demonstration"]["fictitious"]
    assert told["demonstration"]["vintage"] == "données de démonstration, fictives"
    assert told["zrr-2017"]["vintage"] == "classement de 2017, codes communes du COG 2017"
    assert "embarqués" in told["zrr-2017"]["note"]
    missing = set(manifest["missing_sources"])
    assert {"sirene-etablissements", "qpv-2015-occitanie"} <= missing
    assert (
        not {"france-services", "mairies", "zrr-2017", "qpv-2024-communes", "mouvements-communes"} & missing
    )


def test_nothing_of_the_mirror_is_needed_to_read_the_thread_of_communes(embedded):
    assert read_thread(embedded, ()).between(2021, 2026).heirs("27058") == {"27676"}


def test_histories_without_their_stock_are_told_and_not_read(data):
    store = SnapshotStore(data)
    for source, header in (
        ("sirene-etablissements-historique", "siret,dateFin,dateDebut,etatAdministratifEtablissement"),
        ("sirene-unites-legales-historique", "siren,dateFin,dateDebut,etatAdministratifUniteLegale"),
    ):
        path = store.workplace(source, "periodes") / "periodes.csv"
        path.write_text(f"{header}\n", encoding="utf-8")
        store.add([path], Provenance(source, "periodes", "essai", NOW, licence="", vintage="essai"))
    inputs = Inputs(store)
    assert histories(inputs) == NO_HISTORY
    assert inputs.remarks == ["historique de SIRENE reçu sans son stock : il n'est pas lu"]
    assert not inputs.used


def test_a_stock_of_two_months_is_told(data):
    store = SnapshotStore(data)
    for source, day in (("sirene-etablissements", "30/10/2026"), ("sirene-unites-legales", "27/11/2026")):
        path = store.workplace(source, "stock") / "stock.csv"
        path.write_text("siren\n", encoding="utf-8")
        vintage = f"dernier traitement le {day}"
        store.add([path], Provenance(source, "stock", "essai", NOW, licence="", vintage=vintage))
    inputs = Inputs(store)
    assert whole_stock(inputs) == whole_stock(inputs)
    assert inputs.remarks == [
        "le stock de SIRENE est de deux mois différents (établissements : dernier traitement le 30/10/2026 ; "
        "unités légales : dernier traitement le 27/11/2026) : recevez les deux fichiers du même mois"
    ]


def received(data, source, resource, begun, **told):
    """A file of SIRENE received, whose content told this much."""
    store = SnapshotStore(data)
    path = store.workplace(source, resource) / "recu.csv"
    path.write_text(f"siren\n{begun}\n", encoding="utf-8")
    store.add([path], Provenance(source, resource, "essai", NOW, licence="", vintage="", begun=begun, **told))


@pytest.mark.parametrize(
    ("stock", "history", "is_read"),
    [
        ({"2026-09": 900, "2026-10": 120}, {"2026-09": 900, "2026-10": 120}, True),
        ({"2026-09": 900, "2026-10": 119}, {"2026-09": 900, "2026-10": 60}, True),
        ({"2026-09": 900, "2026-10": 120}, {"2026-09": 900, "2026-10": 59}, False),
        ({"2026-09": 900, "2026-10": 59}, {"2026-09": 900}, True),  # too few to tell
        ({"2026-09": 900, "2026-10": 90}, {"2026-09": 9_000, "2026-10": 900}, True),  # a part of the country
        ({"2026-10": 900, "2026-11": 20}, {"2026-10": 900, "2026-11": 400}, False),  # an old stock
        ({"2026-10": 900, "2026-11": 400}, {"2026-10": 900}, True),  # closings announced in the stock alone
        ({"2026-10": 900}, {"2026-10": 900, "2099-01": 400}, True),
        ({"2026-10": 900}, {}, True),
    ],
)
def test_a_history_is_read_with_the_stock_of_its_month_only(data, stock, history, is_read):
    for source, resource in (("sirene-etablissements", "stock"), ("sirene-unites-legales", "stock")):
        received(data, source, resource, stock, treated="2026-10-30")
    received(data, "sirene-etablissements-historique", "periodes", history)
    received(data, "sirene-unites-legales-historique", "periodes", stock)
    inputs = Inputs(SnapshotStore(data))
    found = histories(inputs)
    assert found.units is not None
    assert (found.establishments is not None) is is_read
    assert ("sirene-etablissements-historique/periodes" in inputs.used) is is_read
    assert [one for one in inputs.remarks if "n'est pas du même mois" in one] == (
        [] if is_read else inputs.remarks
    )


def test_the_area_of_a_merged_commune_is_the_same_at_each_build_to_the_last_digit():
    parts = {"23001": 15.321658439040991, "23002": 25.445, "23003": 22.660306, "23004": 6.1}
    found = set()
    for order in permutations(parts):
        origins = [Origin(2026, "23077", code, certain=True) for code in order]
        thread = SimpleNamespace(codes={2026: frozenset({"23077"})}, origins=lambda *_, told=origins: told)
        found |= {row["area"] for row in _areas(parts, thread)}
    assert found == {69.526964439041}

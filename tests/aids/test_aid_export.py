"""Export in the exchange format of the DGE: read back by the csv module, compared with the published file."""

import csv
import gzip
import io
import json
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from ancrage.aids.exports.dge import export, grouped
from ancrage.aids.exports.dge_words import COLUMNS, LONGEST, PLACES
from ancrage.aids.search.documents import AidDocument, Span
from ancrage.aids.search.gathering import gather
from ancrage.aids.vocabulary import Nature
from ancrage.errors import StorageError
from ancrage.facts.situation import Audience
from ancrage.spreadsheets import as_received

PUBLISHED = "aides/format-dge-2026-06.csv.gz"
TARGETS = {"professionnels", "particuliers", "associations", "secteur public"}


def made(**parts):
    told = {
        "id": "essai", "name": "Essai", "summary": "Résumé.", "funder": "Ville", "desk": "Mairie", "href": "",
        "natures": (Nature.PRET,), "audiences": (Audience.PERSONNE,), "themes": (), "conditions": (),
        "coverage": ("fr",), "excludes": (), "spans": (Span(None, None),), "provenance": "essai",
        "licence": "", "updated_on": date(2026, 11, 24), "latest": ("Habiter la commune",),
    }  # fmt: skip
    return AidDocument(**(told | parts))


def read(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def one(**parts):
    text, remarks = export([made(**parts)])
    return read(text)[0], [remark.what for remark in remarks]


def paris_day(written):
    return datetime.fromisoformat(written).astimezone(ZoneInfo("Europe/Paris")).date()


@pytest.fixture(scope="module")
def rows():
    return read(export(gather())[0])


def test_the_whole_catalogue_is_read_back_as_it_was_written(rows):
    documents = gather()
    assert [row["titre"] for row in rows] == [document.name for document in documents]
    assert len({UUID(row["id"]) for row in rows}) == len(documents)
    for row, document in zip(rows, documents, strict=True):
        assert f"« {document.id} »" in row["description"]
        assert document.summary in row["description"]
        assert all(caveat in row["description"] for caveat in document.caveats)
        assert all(f"* {said}" in row["eligibilite"].split("\n") for said in document.latest)
        assert json.loads(row["porteurs"])[0]["nom"] == document.funder


def test_every_row_keeps_to_the_published_schema(rows):
    for row in rows:
        assert set(row["cibles"].split("|")) <= TARGETS
        assert PLACES.fullmatch(row["eligibilite_geographique"])
        assert len(row["promesse"]) < 180
        assert len(row["description"]) < 5000
        assert {role for one in json.loads(row["porteurs"]) for role in one["roles"]} <= {
            "financeur", "diffuseur"
        }  # fmt: skip


@pytest.mark.mirror
def test_the_columns_quotes_and_moments_are_those_of_the_published_file(mirror):
    published = gzip.decompress((mirror / PUBLISHED).read_bytes()).decode("utf-8")
    ours = export(gather())[0]
    assert ours.splitlines()[0] == published.splitlines()[0]
    theirs = read(published)
    assert {row["types_aides"] for row in read(ours)} & {row["types_aides"] for row in theirs}
    shape = {len(row["date_mise_a_jour"]) for row in theirs}
    assert {len(row["date_mise_a_jour"]) for row in read(ours)} == shape


def test_identifiers_stay_from_one_export_to_the_next_and_a_uuid_is_kept():
    assert one()[0]["id"] == one(name="Autre nom")[0]["id"]
    assert one()[0]["id"] != one(id="autre")[0]["id"]
    kept = "e08d1f36-3fae-4ced-8236-c262752bccd5"
    assert one(id=f"dge_{kept}")[0]["id"] == kept


@pytest.mark.parametrize(
    ("code", "written", "refused"),
    [
        ("fr", "PAYS-99100", False),
        ("reg:75", "REG-75", False),
        ("dep:23", "DEP-23", False),
        ("dep:974", "DEP-974", False),
        ("epci:200044014", "EPCI-200044014", False),
        ("com:23077", "COM-23077", False),
        ("reg:987", "COM-987", False),
        ("dep:2A", "DEP-2A", True),
        ("com:2B033", "COM-2B033", True),
        ("qpv:QN02301M", "QPV-QN02301M", True),
    ],
)
def test_corsica_and_quarters_are_written_all_the_same_and_told(code, written, refused):
    for column, part in (("", "coverage"), ("_exclusions", "excludes")):
        row, remarks = one(**{part: (code,)})
        assert row[f"eligibilite_geographique{column}"] == written
        assert any(written in what and "refusé" in what for what in remarks) is refused


def test_days_are_midnights_of_paris_in_winter_and_in_summer():
    row, _ = one(spans=(Span(date(2026, 1, 5), date(2026, 7, 10)),))
    assert row["date_ouverture"] == "2026-01-04T23:00:00.000Z"
    assert row["date_cloture"] == "2026-07-09T22:00:00.000Z"
    assert paris_day(row["date_cloture"]) == date(2026, 7, 10)


def test_the_last_established_span_gives_the_days_and_an_unknown_end_stays_empty():
    spans = (Span(None, date(2020, 12, 31), sure=False), Span(date(2021, 1, 1), None))
    row, _ = one(spans=(*spans, Span(date(2020, 1, 1), date(2020, 2, 1), sure=False)))
    assert (paris_day(row["date_ouverture"]), row["date_cloture"]) == (date(2021, 1, 1), "")


def test_what_is_not_known_is_left_empty_and_told_never_made_up():
    row, remarks = one(natures=(), audiences=(), coverage=(), updated_on=None, latest=())
    for column in ("types_aides", "cibles", "eligibilite_geographique", "date_mise_a_jour", "eligibilite"):
        assert row[column] == ""
        assert any(f"« {column} »" in what for what in remarks)
    assert {carrier["siren"] for carrier in json.loads(row["porteurs"])} == {""}


def test_hostile_texts_come_back_whole():
    text = 'Un « guillemet », un ", une virgule,\nun saut\r\net un | dans «\u202fcinq\u202f»'
    row, _ = one(name=text, latest=(text,), href="https://exemple.fr/?a=1,2")
    assert row["titre"] == text
    assert row["eligibilite"] == f"* {text}"
    assert list(row) == list(COLUMNS)


def test_texts_too_long_are_cut_at_a_word_and_it_is_told():
    row, remarks = one(summary="promesse " * 50, description="mot " * 2000)
    assert len(row["promesse"]) <= LONGEST["promesse"]
    assert row["promesse"].endswith("promesse…")
    assert len(row["description"]) <= LONGEST["description"]
    assert row["description"].endswith("mot…\n\nSource : essai, aide « essai ».")
    assert any("coupée" in what for what in remarks)


def test_a_remark_that_many_aids_share_is_told_once():
    _, remarks = export([made(id=f"aide_{number}", natures=()) for number in range(9)])
    assert grouped(remarks) == {
        "« types_aides » n'est pas connu ; le schéma le demande": [f"aide_{number}" for number in range(9)]
    }


def test_the_command_writes_the_file_and_says_so(ancrage, tmp_path):
    file = tmp_path / "aides.csv"
    done = ancrage("aides", "exporter", file, "--format", "dge", data=tmp_path / "data")
    assert done.returncode == 0, done.stderr
    assert len(read(file.read_text("utf-8"))) == len(gather())
    assert f"{len(gather())} aides" in done.stderr


def test_a_file_that_cannot_be_written_is_one_sentence(ancrage, tmp_path):
    done = ancrage("aides", "exporter", tmp_path / "absent" / "aides.csv", data=tmp_path / "data")
    assert done.returncode == StorageError.exit_code
    assert "Impossible d'écrire" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("trap", ["=1+1", "+33 5", "-2+3+cmd|' /C calc'!A0", "@SOMME(A1)", "\t=1", " =A1"])
def test_no_cell_of_the_export_runs_in_a_spreadsheet_and_the_text_is_found_again(trap):
    made_here, _ = one(name=trap, summary=trap, href=trap)
    received, _ = one(row=tuple((column, trap) for column in COLUMNS))
    assert {made_here[column] for column in ("titre", "promesse", "url_source")} == {f"'{trap}"}
    assert {*received.values()} == {f"'{trap}"}
    assert as_received(received["titre"]) == trap


def test_nothing_of_the_whole_catalogue_is_altered_for_it(rows):
    assert not [cell for row in rows for cell in row.values() if cell.startswith("'")]

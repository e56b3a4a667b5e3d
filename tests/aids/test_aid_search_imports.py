"""Imported aids are searched and exported beside those of the catalogue, with their provenance."""

import csv
import gzip
import io
import json
from datetime import date

import pytest

from ancrage.aids.exports.dge import export
from ancrage.aids.exports.dge_words import COLUMNS
from ancrage.aids.imports.dge import read_dge
from ancrage.aids.imports.shelf import Shelf
from ancrage.aids.imports.storing import keep
from ancrage.aids.search.gathering import gather
from ancrage.aids.search.imported import document_of_imported
from ancrage.aids.search.index import open_index
from ancrage.aids.search.querying import search
from ancrage.aids.search.question import Question
from ancrage.reasoning import Verdict

PUBLISHED = "aides/format-dge-2026-06.csv.gz"
TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.mirror


@pytest.fixture(scope="module")
def text(mirror):
    return gzip.decompress((mirror / PUBLISHED).read_bytes()).decode("utf-8")


@pytest.fixture(scope="module")
def reading(text):
    return read_dge(text, PUBLISHED, licence="Licence Ouverte 2.0", on=TODAY)


@pytest.fixture(scope="module")
def folder(reading, tmp_path_factory):
    data = tmp_path_factory.mktemp("importees")
    keep(data, reading.source, reading.aids)
    return data


def test_imported_aids_are_found_beside_ours_with_their_provenance_and_licence(ancrage, folder):
    done = ancrage("aides", "chercher", "decarbonattion", "--format", "json", data=folder)
    found = json.loads(done.stdout)
    assert found["read"] == {"decarbonattion": ["décarbonation"]}
    first = found["aids"][0]
    assert first["id"].startswith("dge:")
    assert first["provenance"].startswith(f"aides-dge, {PUBLISHED}, ligne ")
    assert first["licence"] == "Licence Ouverte 2.0"


def test_an_imported_aid_is_shown_with_its_address_and_no_command_that_does_not_know_it(ancrage, folder):
    done = ancrage("aides", "chercher", "label clef verte", "--limite", "1", data=folder)
    plain = " ".join(done.stdout.replace("\u00a0", " ").split())
    assert "Label Clef Verte" in plain
    assert "https://mission-transition-ecologique.beta.gouv.fr/" in plain.replace(" ", "")
    assert "ancrage aides montrer" not in plain


def test_the_catalogue_and_every_imported_aid_are_searched(reading, folder):
    everything = search(open_index(gather(Shelf(data=folder))), Question("", limit=1))
    assert everything.total == len(gather()) + len(reading.aids)


def test_an_aid_without_a_day_of_opening_is_to_be_checked_and_one_closed_is_not_in_force(reading):
    for aid in reading.aids:
        standing = document_of_imported(aid).standing(TODAY)
        if aid.closes and aid.closes < TODAY:
            assert standing is Verdict.NON
        elif aid.opens is None:
            assert standing is Verdict.A_VERIFIER


def test_a_territory_filters_imported_aids(reading, folder):
    index = open_index(gather(Shelf(data=folder)))
    region = frozenset({"fr", "reg:93"})
    kept = {
        one.id
        for hit in search(index, Question("", region, limit=1000)).hits
        for one in (hit.document, *hit.variants)
    }
    for aid in reading.aids:
        assert (aid.id in kept) is (not region.isdisjoint(aid.coverage)), aid.id


def test_aids_that_came_in_the_format_leave_as_they_came(text, reading):
    ours = list(
        csv.DictReader(io.StringIO(export([*map(document_of_imported, reading.aids)])[0], newline=""))
    )
    theirs = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert len(ours) == len(reading.aids) > 180
    for row in ours:
        assert {name: row[name] for name in COLUMNS} == {
            name: theirs[row["id"]][name] for name in COLUMNS
        }  # fmt: skip


def test_our_export_is_read_back_by_our_import():
    documents = gather()
    exported, remarks = export(documents)
    back = read_dge(exported, "ancrage.csv", licence="AGPL-3.0-or-later", on=TODAY)
    told = {remark.aid for remark in remarks}
    assert back.rejects == ()
    assert not told & {document.id for document in documents if document.latest}
    for aid, document in zip(back.aids, documents, strict=True):
        assert (aid.name, aid.funder, aid.desk) == (document.name, document.funder, document.href)
        assert aid.natures == document.natures
        assert (aid.coverage, aid.excluded) == (document.coverage, document.excludes)
        span = next(span for span in reversed(document.spans) if span.sure)
        assert (aid.opens, aid.closes) == (span.since, span.until)
        assert all(" ".join(said.split()) in " ".join(aid.notes) for said in document.latest)


def test_a_damaged_file_of_imported_aids_is_one_sentence(ancrage, tmp_path):
    (tmp_path / "aides").mkdir()
    (tmp_path / "aides" / "aides-dge.json").write_text("{")
    done = ancrage("aides", "chercher", "prêt", data=tmp_path)
    assert done.returncode == 43
    assert "ne se lit pas" in done.stderr
    assert "Traceback" not in done.stderr

"""The facts held in the package: those published, and what they answer with nothing synchronised."""

import gzip
import hashlib
import json
import os
from datetime import date

import published_lists
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.edition.held.tables import held_tables, lines_of, rows_of
from ancrage.reasoning import Verdict
from ancrage.sources.catalogue import get_source
from ancrage.territories.resolving import resolve
from ancrage.territories.zonings.answering import answer_all, answer_each
from ancrage.territories.zonings.declaration import get_zoning, load_zonings

TODAY = date(2026, 11, 23)
HELD = sorted(key for key, table in held_tables().items() if not table.typed)
TYPED = sorted(key for key, table in held_tables().items() if table.typed)
"""Read in published pages or in a copy, no file of the producer being known."""
LIMOGES, MAMOUDZOU, FAUX = "87085", "97611", "23077"


DAYS = (date(2021, 3, 31), date(2024, 6, 30), date(2024, 7, 1))
"""The day of the report, the last of the ZRR, the first of the FRR."""
TURNS = ("zrr", "frr", "frr_plus")
"""Zonings that begin or end between those days: asked on each."""


def days_asked():
    """Each zoning today and on one of the days, in turn; on all of them where the list itself turns.

    ``ANCRAGE_TEST_DAYS=all``: each zoning on every day.
    """
    every = os.environ.get("ANCRAGE_TEST_DAYS") == "all"
    for rank, zoning in enumerate(load_zonings()):
        past = DAYS if every or zoning in TURNS else (DAYS[rank % len(DAYS)],)
        yield from ((zoning, on) for on in (*past, TODAY))


def paths_of(mirror, source, resource):
    declared = next(one for one in get_source(source).resources if one.id == resource)
    return [mirror / path for path in declared.mirror.paths]


def published(mirror, source, resource):
    """Rows of the list, of each of its files, as the csv and json modules read them."""
    return [row for path in paths_of(mirror, source, resource) for row in rows_in(path, source)]


def rows_in(path, source):
    if ".geojson" not in path.name:
        return published_lists.read(path, ";" if source == "frr-2025" else ",")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [
            feature["properties"] | point_of(feature["geometry"]) for feature in json.load(file)["features"]
        ]


def point_of(geometry):
    """Degrees of a point, to a metre, as they are held; blank where an object has none."""
    degrees = geometry["coordinates"] if geometry and geometry["type"] == "Point" else ("", "")
    return {
        name: degree and round(degree, 5)
        for name, degree in zip(("longitude", "latitude"), degrees, strict=True)
    }


@pytest.mark.mirror
@pytest.mark.parametrize("key", HELD, ids="/".join)
def test_each_table_held_says_for_all_of_france_what_the_list_published_says(mirror, key):
    table = held_tables()[key]
    rows = published(mirror, *key)
    assert table.rows == len(rows)
    assert {tuple(row.values()) for row in (dict(sorted(row.items())) for row in table.read())} == {
        tuple(str(row[name] or "") for name in sorted(table.columns)) for row in rows
    }


@pytest.mark.mirror
@pytest.mark.parametrize("key", HELD, ids="/".join)
def test_each_table_held_names_the_very_file_it_was_drawn_from(mirror, key):
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths_of(mirror, *key)}
    listing = "".join(sorted(f"{found}  {name}\n" for name, found in sums.items()))
    (whole,) = sums.values() if len(sums) == 1 else (hashlib.sha256(listing.encode()).hexdigest(),)
    assert held_tables()[key].sha256 == whole


@pytest.mark.parametrize("key", [*HELD, *TYPED], ids="/".join)
def test_each_table_held_tells_its_licence_and_its_vintage_as_declared(key):
    table, declared = held_tables()[key], get_source(key[0])
    assert (table.licence, table.vintage) == (declared.licence, declared.vintage)


@pytest.mark.parametrize("key", TYPED, ids="/".join)
def test_a_table_typed_says_where_it_was_read_and_has_the_rows_it_tells(key):
    table = held_tables()[key]
    assert table.origin.startswith(("lu : https://", "miroir : "))
    assert len(table.read()) == table.rows > 0


@pytest.mark.mirror
@pytest.mark.parametrize(("zoning", "on"), list(days_asked()))
def test_with_nothing_synchronised_every_commune_answers_as_with_the_lists(
    embedded_atlas, real_atlas, zoning, on
):
    def told(atlas):
        return {
            answer.commune: (answer.verdict, answer.details, answer.reason)
            for answer in answer_each(atlas, get_zoning(zoning), on=on)
        }

    answers = told(embedded_atlas)
    assert len(answers) > 34_900
    assert answers == told(real_atlas)


@pytest.mark.mirror
def test_contracts_quarters_and_the_events_of_communes_are_those_of_the_lists(embedded_atlas, real_atlas):
    for table in ("unit", "unit_member", "commune_event"):
        query = f"SELECT * FROM {table} ORDER BY ALL"
        assert embedded_atlas.warehouse.rows(query) == real_atlas.warehouse.rows(query)


@pytest.mark.parametrize("code", [LIMOGES, MAMOUDZOU, FAUX])
def test_a_newcomer_is_answered_anywhere_in_france(embedded_atlas, code):
    answers = {
        answer.zoning.id: answer
        for answer in answer_all(embedded_atlas, resolve(embedded_atlas, code, on=TODAY))
    }
    settled = {name for name, answer in answers.items() if answer.verdict is not Verdict.A_VERIFIER}
    assert {
        "frr",
        "frr_plus",
        "qpv",
        "massif",
        "rural",
        "crte",
        "pvd",
        "acv",
        "territoires_industrie",
    } <= settled


def test_the_diagnosis_of_limoges_by_a_newcomer_answers_its_zonings(ancrage, tmp_path):
    answer = ancrage("diagnostic", LIMOGES, "--on", TODAY, "--format", "json", data=tmp_path)
    assert answer.returncode == 0, answer.stderr
    verdicts = {one["id"]: one["verdict"] for one in json.loads(answer.stdout)["zonings"]}
    expected = {"qpv": "partiel", "frr": "non", "massif": "oui", "crte": "oui", "acv": "oui", "pvd": "non"}
    assert {zoning: verdicts[zoning] for zoning in expected} == expected


def test_only_the_register_is_a_demonstration(ancrage, tmp_path):
    told = ancrage("diagnostic", LIMOGES, data=tmp_path).stdout
    assert "Action cœur de ville" in told
    assert "seul département" not in told
    assert "aucun registre complet ne couvre ce" in told


CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=8)
COMMUNES = st.from_regex(r"(\d{2}|2[AB])\d{3}", fullmatch=True)


@given(st.lists(st.fixed_dictionaries({"code": COMMUNES, "said": CELLS, "more": CELLS}), min_size=1))
def test_what_is_written_by_commune_is_read_again(rows):
    columns = ("code", "said", "more")
    text = "\n".join(lines_of(rows, columns, "code")) + "\n"
    read = rows_of(text, columns, "code")
    assert {frozenset(row.items()) for row in read} == {frozenset(row.items()) for row in rows}


def test_a_cell_that_would_break_its_line_is_refused():
    with pytest.raises(ValueError, match="tab"):
        lines_of([{"name": "un\tdeux"}], ("name",), None)

"""The facts typed for the Creuse, list by list, beside the lists themselves."""

import gzip
import json
from datetime import date

import published_lists
import pytest

from ancrage.edition.geography import read_thread
from ancrage.territories.zonings.answering import answer_each
from ancrage.territories.zonings.declaration import get_zoning, load_zonings
from ancrage.territories.zonings.typed import typed_editions

pytestmark = pytest.mark.mirror

CREUSE = "23"
COLUMNS = {
    "frr-2025-07": ("frr-2025-07.csv.gz", "Code_insee", "Classement FRR et FRR+ au 10 juillet 2025"),
    "massifs-2025": ("montagne-cog2025.csv.gz", "insee_com", "niveau_montagne"),
    "densite-2025": ("densite-cog2025.csv.gz", "insee_com", "niveau_densite"),
}
IDENTIFIERS = {
    "crte-2024": "id_crte",
    "pvd-anct-2023": "id_pvd",
    "acv-anct-2023": "id_acv",
    "territoires-industrie-2023-2027": "id_ti",
    "villages-avenir-vague-1": "id_va",
}


@pytest.fixture(scope="module")
def thread(embedded):
    return read_thread(embedded, ())


@pytest.fixture(scope="module")
def typed(thread):
    return {name: found.rows for name, found in typed_editions(thread.codes).items()}


@pytest.mark.parametrize("name", COLUMNS)
def test_each_status_typed_is_the_one_published(mirror, typed, name):
    file, code, status = COLUMNS[name]
    rows = published_lists.read(mirror / "zonages" / file, ";" if name.startswith("frr") else ",")
    published = {row[code]: row[status].strip() for row in rows if row[code].startswith(CREUSE)}
    assert {row.commune: row.status for row in typed[name]} == published


def test_the_zrr_of_2021_is_that_of_2017_the_communes_merged_since_having_one_status(mirror, typed, thread):
    published = published_lists.zrr(mirror)
    written = {row.commune: row.status.partition(" - ")[0] for row in typed["zrr-2017"]}
    assert written.keys() == {code for code in thread.codes[2021] if code.startswith(CREUSE)}
    assert {code: published[code] for code in written} == written


@pytest.mark.parametrize("name", IDENTIFIERS)
def test_each_member_typed_is_the_one_published(mirror, typed, name):
    rows = published_lists.read(mirror / "zonages" / "programmes-anct-cog2023.csv.gz")
    published = {
        row["insee_com"]: set(row[IDENTIFIERS[name]].split(" ; "))
        for row in rows
        if row["insee_com"].startswith(CREUSE) and row[IDENTIFIERS[name]]
    }
    written = {
        row.commune: {detail.rpartition("(")[2].rstrip(")") for detail in row.details} for row in typed[name]
    }
    assert written == published


def test_the_only_quarter_of_the_creuse_is_the_one_published(mirror, typed):
    with gzip.open(mirror / "zonages" / "qpv-2024-communes.geojson.gz", "rt", encoding="utf-8") as file:
        features = [feature["properties"] for feature in json.load(file)["features"]]
    (published,) = [one for one in features if one["insee_com"].startswith(CREUSE)]
    (written,) = typed["qpv-2024-metropole"]
    assert written.commune == published["insee_com"]
    assert written.details == (f"{published['lib_qp']} ({published['code_qp']})",)


TYPED_ZONINGS = [
    zoning.id
    for zoning in load_zonings().values()
    if zoning.id not in ("cites_educatives", "france_services")
]


@pytest.mark.parametrize("on", [date(2024, 6, 30), date(2024, 7, 1), date(2026, 11, 23)])
@pytest.mark.parametrize("zoning", TYPED_ZONINGS)
def test_with_nothing_synchronised_the_creuse_answers_as_with_the_lists(
    embedded_atlas, real_atlas, zoning, on
):
    def creuse(atlas):
        return {
            answer.commune: (answer.verdict, answer.details, answer.reason)
            for answer in answer_each(atlas, get_zoning(zoning), on=on)
            if answer.commune.startswith(CREUSE)
        }

    assert creuse(embedded_atlas) == creuse(real_atlas)


def test_elsewhere_with_nothing_synchronised_the_answer_is_to_be_checked(embedded_atlas):
    for zoning in TYPED_ZONINGS:
        declared = get_zoning(zoning)
        answers = answer_each(embedded_atlas, declared, on=date(2026, 11, 23))
        verdicts = {answer.verdict.value for answer in answers if not answer.commune.startswith(CREUSE)}
        assert verdicts == ({"a_verifier"} if date(2026, 11, 23) in declared.period else {"non"})

"""Legal populations: which figure is in force on a day, of which year, and what is not known of it."""

import csv
import gzip
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ancrage.facts.population import population
from ancrage.facts.territory import facts_of_authority
from ancrage.territories.atlas import LEGAL
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.geography import read_geographies
from ancrage.territories.populations import load_populations, standing
from ancrage.territories.resolving import resolve, whole

EVE, FIRST = date(2025, 12, 31), date(2026, 1, 1)
WEBINAR = date(2021, 3, 31)
PACKAGES = Path(__file__).parents[2] / "node_modules"


@pytest.fixture(scope="module")
def banatic(mirror):
    """The composition of the EPCI of 2025 with the populations then in force, published by BANATIC."""
    path = mirror / "collectivites/perimetre-epci-fp-2025-banatic.csv.gz"
    with gzip.open(path, "rt", encoding="latin-1", newline="") as lines:
        return [row for row in csv.DictReader(lines, delimiter=";") if row["insee"]]


@pytest.fixture(scope="module")
def packages():
    """The lists the build reads, by vintage."""
    return {geography.vintage: geography for geography in read_geographies(PACKAGES)}


def figure(written):
    return int(written.replace(" ", "").replace("\xa0", ""))


def in_force(atlas, kind, on):
    rows = atlas.warehouse.rows(
        "SELECT code, municipal, total FROM legal_population WHERE kind = ? AND in_force_on = ?", (kind, on)
    )
    return {row["code"]: (row["municipal"], row["total"]) for row in rows}


def test_the_figure_changes_on_the_first_of_january(embedded_atlas):
    eve, first = (resolve(embedded_atlas, "01304", on=day) for day in (EVE, FIRST))
    assert (eve.population, eve.population_in_force) == (2862, 2862)
    assert (first.population, first.population_in_force) == (2843, 2843)
    assert "de référence 2022, en vigueur depuis le 01/01/2025" in eve.population_label
    assert "de référence 2023, en vigueur depuis le 01/01/2026" in first.population_label


def test_every_member_of_an_epci_in_2025_has_the_populations_banatic_publishes(embedded_atlas, banatic):
    told = in_force(embedded_atlas, "commune", date(2025, 1, 1))
    published = {row["insee"]: (figure(row["pmun_2025"]), figure(row["ptot_2025"])) for row in banatic}
    assert len(published) == 34_871
    assert {code: told[code] for code in published} == published


def test_every_epci_of_2025_has_the_municipal_and_total_populations_banatic_publishes(
    embedded_atlas, banatic
):
    told = in_force(embedded_atlas, "epci", date(2025, 1, 1))
    published = {
        row["siren"]: (figure(row["total_pop_mun"]), figure(row["total_pop_tot"])) for row in banatic
    }
    assert len(published) == 1255
    assert {code: told[code] for code in published} == published


def test_every_commune_of_2025_belongs_to_the_epci_banatic_publishes(embedded_atlas, banatic):
    rows = embedded_atlas.warehouse.rows("SELECT code, epci FROM commune WHERE vintage = 2025")
    told = {row["code"]: row["epci"] for row in rows}
    assert [row["insee"] for row in banatic if told[row["insee"]] != row["siren"]] == []


def test_the_list_of_communes_of_2024_gives_what_was_in_force_in_2025_but_where_communes_changed(
    packages, banatic
):
    listed = packages[2024].listed
    same = [row for row in banatic if listed.get(row["insee"], (None,))[0] == figure(row["pmun_2025"])]
    assert len(same) == 34_816
    assert sum(row["insee"] not in listed for row in banatic) == 8


@pytest.mark.parametrize(("one", "other"), [(2022, 2023), (2025, 2026)])
def test_two_lists_of_communes_that_say_the_same_cannot_both_be_in_force(packages, one, other):
    first, second = packages[one].listed, packages[other].listed
    assert all(first[code] == second[code] for code in first.keys() & second.keys())


def test_the_members_of_2022_have_the_figures_listed_with_the_communes_of_2021_but_where_they_merged(
    packages,
):
    members, listed = packages[2022].members, packages[2021].listed
    assert sum(members[code][0] != listed[code][0] for code in members.keys() & listed.keys()) == 9


def test_each_year_in_force_has_figures_of_its_own(embedded_atlas):
    rows = embedded_atlas.warehouse.rows(
        "SELECT in_force_on, reference_year, municipal FROM legal_population "
        "WHERE kind = 'commune' AND code = '75056' ORDER BY in_force_on"
    )
    assert [(row["in_force_on"].year, row["reference_year"]) for row in rows] == [
        (year, year - 3) for year in range(2021, 2027)
    ]
    assert len({row["municipal"] for row in rows}) == 6


def test_the_commune_table_holds_the_figure_in_force_with_its_vintage(embedded_atlas):
    (row,) = embedded_atlas.warehouse.rows(
        "SELECT count(*) AS n FROM commune c LEFT JOIN legal_population p "
        "ON p.kind = 'commune' AND p.code = c.code AND year(p.in_force_on) = c.vintage "
        "WHERE c.population IS DISTINCT FROM p.municipal"
    )
    assert row["n"] == 0


def test_an_island_without_epci_is_unknown_in_the_years_no_list_gives_it_and_never_zero(embedded_atlas):
    known, unknown = (resolve(embedded_atlas, "29083", on=day) for day in (date(2022, 6, 1), WEBINAR))
    assert known.population is not None
    assert unknown.population is None
    assert unknown.population_label == (
        "population municipale de référence 2018, en vigueur depuis le 01/01/2021 : aucune source lue ne la "
        f"donne ; la plus proche connue : {known.population}, de référence 2019, en vigueur le 01/01/2022"
    )


@pytest.mark.parametrize("whole", ["13055", "69123", "75056"])
def test_the_arrondissements_of_2024_add_up_to_their_commune_which_another_list_gives(embedded_atlas, whole):
    rows = embedded_atlas.warehouse.rows(
        "SELECT p.code, p.municipal FROM legal_population p WHERE p.in_force_on = '2024-01-01' AND (p.kind = "
        "'commune' AND p.code = $whole OR p.kind = 'arrondissement_municipal' AND p.code IN "
        "(SELECT code FROM municipal_arrondissement WHERE commune = $whole AND vintage = 2024))",
        {"whole": whole},
    )
    told = {row["code"]: row["municipal"] for row in rows}
    assert told.pop(whole) == sum(told.values())
    assert len(told) > 8


def test_the_islands_without_epci_are_known_in_2024_and_the_collectivities_overseas_are_not(embedded_atlas):
    rows = embedded_atlas.warehouse.rows(
        "SELECT code, municipal FROM legal_population WHERE kind = 'commune' AND in_force_on = '2024-01-01' "
        "AND code IN ('22016', '29083', '29155', '85113', '97501', '97502', '97701', '97801') ORDER BY code"
    )
    assert [row["municipal"] for row in rows] == [402, 273, 838, 4_877, None, None, None, None]


def test_a_departement_that_lacks_a_commune_tells_at_least_how_many_live_there(embedded_atlas):
    found = resolve(embedded_atlas, "29", on=WEBINAR)
    assert (found.population, found.legal.unknown) == (None, 2)
    assert found.legal.least > 900_000
    assert "au moins" in found.population_label
    assert "2\N{NO-BREAK SPACE}communes" in found.population_label
    whole = resolve(embedded_atlas, "23", on=WEBINAR)
    assert (whole.population, whole.legal.unknown) == (whole.legal.least, 0)


def test_a_set_adds_the_legal_populations_of_its_communes(embedded_atlas):
    both = resolve(embedded_atlas, "23077+23096", on=EVE)
    alone = [resolve(embedded_atlas, code, on=EVE).population for code in both.communes]
    assert both.population == both.population_in_force == sum(alone)
    lacking = resolve(embedded_atlas, "29083+29019", on=WEBINAR)
    assert (lacking.population, lacking.legal.unknown) == (None, 1)


def test_the_census_of_mayotte_is_that_of_2017_every_year(embedded_atlas):
    found = [resolve(embedded_atlas, "97611", on=day) for day in (WEBINAR, EVE, FIRST)]
    assert len({one.population for one in found}) == 1
    assert {one.legal.reference_year for one in found} == {2017}
    assert resolve(embedded_atlas, "FR", on=FIRST).legal.oldest == 2017


def test_a_census_of_the_pacific_whose_year_is_not_told_says_so(embedded_atlas):
    found = resolve(embedded_atlas, "98818", on=FIRST)
    assert found.legal.reference_year is None
    assert "dont l'année n'est pas dite" in found.population_label


def test_the_law_reads_no_figure_of_another_year(embedded_atlas):
    paris = resolve(embedded_atlas, "75056", on=FIRST)
    later = replace(paris, on=date(2027, 1, 1))
    assert (later.population, later.population_in_force) == (paris.population, None)
    assert "celle de 2027 n'est pas connue" in later.population_label


def test_a_threshold_reads_the_figure_of_the_day_and_says_its_year(embedded_atlas):
    eve, first = (
        facts_of_authority(embedded_atlas, resolve(embedded_atlas, "01304", on=day)) for day in (EVE, FIRST)
    )
    assert (eve["population"].value.low, first["population"].value.low) == (2862, 2843)
    assert "de référence 2022" in eve["population"].note
    unknown = facts_of_authority(embedded_atlas, resolve(embedded_atlas, "29083", on=WEBINAR))
    assert "population" not in unknown


def test_a_structure_is_judged_on_the_population_in_force_on_its_day(embedded_atlas):
    eve, first = (
        population(embedded_atlas, resolve(embedded_atlas, "23096", on=day)) for day in (EVE, FIRST)
    )
    assert (eve["population_low"].unique().to_list(), first["population_low"].unique().to_list()) == (
        [12814.0],
        [12955.0],
    )


def test_a_table_of_communes_tells_the_year_of_its_populations():
    assert standing(EVE) == "Populations municipales de référence 2022, en vigueur depuis le 01/01/2025."
    assert standing(date(2020, 12, 31)) == ""


def test_each_declared_year_comes_into_force_the_day_after_the_last_one_ends():
    days = [year.in_force_on for year in load_populations().years]
    assert days == [date(year, 1, 1) for year in range(2021, 2027)]


def test_an_edition_built_before_legal_populations_tells_no_year_and_settles_no_threshold(
    embedded_atlas, monkeypatch
):
    held = embedded_atlas.warehouse.holds
    monkeypatch.setattr(embedded_atlas.warehouse, "holds", lambda name: name != LEGAL and held(name))
    found = whole(embedded_atlas, TerritoryCode(Kind.COMMUNE, "01304"), on=EVE)
    assert (found.population, found.population_in_force) == (2862, None)
    assert found.population_label.endswith("d'une année qui n'est pas dite")

"""A territory in one screen: badges, ranks, contacts, windows; unknown is said once."""

from datetime import date
from pathlib import Path

import pytest

from ancrage.diagnosis.model import CommuneCounts, TerritoryRef
from ancrage.diagnosis.overview.badges import badges_of
from ancrage.diagnosis.overview.figures import FEWEST_RANKED, _rank
from ancrage.diagnosis.overview.model import Glance, Overview, Rank
from ancrage.diagnosis.peers import compared
from ancrage.edition.opened import Opened
from ancrage.edition.opening import open_edition
from ancrage.edition.publication import current_edition
from ancrage.interval import Interval
from ancrage.questions.diagnosis import DiagnosisQuestion
from ancrage.questions.overview import OverviewQuestion
from ancrage.questions.question import Asking
from ancrage.reports.overview.wording import identity, rank_words
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve
from ancrage.web.territory.screen import by_kind, holders

TODAY = date(2026, 11, 23)
WEBINAR = date(2021, 3, 31)
EVERY_KIND = ("23077", "200044014", "dep:23", "reg:75", "fr", "QN08701M", "crte-75-23-8", "97608")


@pytest.fixture(scope="module")
def demonstration(embedded_atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return Opened(embedded_atlas, "demo", TODAY, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def real(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    warehouse = open_edition(current_edition(real_data), resident=True)
    return Opened(Atlas(warehouse, today=TODAY), "real", TODAY, tmp_path_factory.mktemp("cache"))


def overview(opened: Opened, code: str, on: date = TODAY) -> Overview:
    found: Overview = OverviewQuestion(territory=code, on=on).answer(Asking(opened, TODAY)).facts
    return found


@pytest.mark.parametrize("code", EVERY_KIND)
@pytest.mark.parametrize("on", [WEBINAR, TODAY])
def test_every_kind_of_territory_has_its_screen_on_both_days(
    demonstration: Opened, code: str, on: date
) -> None:
    if code == "QN08701M" and on == WEBINAR:
        pytest.skip("a quarter of 2024 is not one of 2021")
    found = overview(demonstration, code, on)
    assert [one.id for one in found.ess.figures] == [
        "structures",
        "emplois",
        "part_employeurs",
        "structures_insertion",
    ]
    assert all((one.value is None) == bool(one.why_unknown) for one in found.ess.figures)
    assert {one.verdict.value for one in found.badges.here} <= {"oui", "partiel"}
    assert all(one.days_left >= 0 for one in found.soon)


def test_what_is_not_known_of_zonings_is_said_once(demonstration: Opened) -> None:
    found = overview(demonstration, "23096")
    told = [one for one in found.missing if one.subject == "Zonages pas encore sus"]
    assert len(found.badges.unknown) > 1
    assert len(told) == 1
    assert all(one.short in told[0].why for one in found.badges.unknown)


def test_a_badge_of_a_part_says_of_how_much_and_leads_to_what_it_names(demonstration: Opened) -> None:
    here = {one.id: one for one in overview(demonstration, "200044014").badges.here}
    assert here["pvd"].extent == "2\u00a0communes sur 26"
    assert [one.code for one in here["crte"].leads_to] == ["crte-75-23-8"]
    (quarter,) = {one.id: one for one in overview(demonstration, "23096").badges.here}["qpv"].leads_to
    assert quarter.code == "qpv:QN02301M"


@pytest.mark.parametrize(("known", "above"), [(FEWEST_RANKED - 1, None), (FEWEST_RANKED, 2)])
def test_a_figure_is_ranked_among_four_known_and_no_fewer(known: int, above: int | None) -> None:
    others = [{"structures": float(rank)} for rank in range(known)]
    rank = _rank("structures", 2.0, [*others, {}])
    assert (rank and rank.above) == above


@pytest.mark.parametrize(
    ("above", "words"),
    [
        (0, "aucun des 10 territoires semblables n’en a moins, pour 1 000 habitants"),
        (7, "plus que 7 des 10 communes semblables, pour 1 000 habitants"),
        (10, "plus que les 10 communes semblables, pour 1 000 habitants"),
    ],
)
def test_a_rank_reads_as_french(above: int, words: str) -> None:
    rank = Rank(above=above, among=10, per="pour 1 000 habitants")
    assert rank_words(Glance(id="structures", label="", value=1, rank=rank), "commune") == words


@pytest.mark.mirror
def test_somebody_can_be_called_and_an_authority_is_not_told_to_call_itself(real: Opened) -> None:
    for code in ("23077", "200044014", "dep:23", "reg:75", "97608"):
        callers = overview(real, code).callers
        assert len(callers) == 3
        assert all(one.phone or one.website or one.email or one.address for one in callers)
        assert any(one.phone for one in callers) or code == "reg:75"
    assert "epci" not in [one.kind for one in overview(real, "200044014").callers]


@pytest.mark.mirror
def test_a_sample_of_the_register_tells_no_figure(real: Opened) -> None:
    figures = {one.id: one for one in overview(real, "75056").ess.figures}
    assert figures["structures"].value is None
    assert figures["structures_insertion"].value is not None


def test_a_population_changed_since_the_census_behind_the_first_one_not_since_the_day_it_was_in_force(
    demonstration: Opened,
) -> None:
    place = overview(demonstration, "97311").place  # 45,576 of reference 2018, in force in 2021
    assert place.trend is not None
    assert place.trend.since == 2018
    assert place.trend.change == pytest.approx(54_429 / 45_576 - 1)
    assert "".join(identity(place).split()) == "54429habitants(+19,4%depuis2018)"


def test_a_population_of_one_census_only_has_not_changed(demonstration: Opened) -> None:
    place = overview(demonstration, "97611").place  # Mayotte was counted in 2017, and not since
    assert place.population == 71_437
    assert place.trend is None


def test_a_population_of_a_census_nobody_dates_is_told_without_its_trend(demonstration: Opened) -> None:
    place = overview(demonstration, "98811").place  # Koné, counted twice, on years that no list tells
    assert place.population == 8_048
    assert place.trend is None


@pytest.mark.mirror
@pytest.mark.parametrize("code", ["13055", "69123", "75056"])
def test_a_city_of_arrondissements_counts_the_structures_they_hold(real: Opened, code: str) -> None:
    figures = {one.id: one for one in overview(real, code).ess.figures}
    territory = resolve(real.atlas, code, on=TODAY)
    own = compared(real.atlas, territory, ()).own
    assert own["siae_presentes"].value == Interval.exactly(figures["structures_insertion"].value)
    assert figures["structures_insertion"].value > 0


def test_a_badge_says_at_least_where_the_answer_of_other_communes_is_not_known(
    demonstration: Opened,
) -> None:
    territory = resolve(demonstration.atlas, "200044014", on=TODAY)
    diagnosis = DiagnosisQuestion(territory="200044014", on=TODAY).answer(Asking(demonstration, TODAY)).facts
    pvd = next(one for one in diagnosis.zonings if one.id == "pvd")
    partly = pvd.model_copy(update={"communes": CommuneCounts(oui=2, a_verifier=24)})
    assert badges_of([partly], territory).here[0].extent == "au moins 2\u00a0communes sur 26"


def test_contracts_of_one_name_are_named_once_and_each_leads_to_its_page(demonstration: Opened) -> None:
    found = overview(demonstration, "200044014")
    alike = [TerritoryRef(kind="crte", code=f"crte-11-92-{one}", name="CRTE d’ici") for one in (1, 2)]
    held = (*found.place.held_by, *alike)
    place = found.place.model_copy(update={"held_by": held})
    told = holders(found.model_copy(update={"place": place}))
    assert [len(group) for _, group in told] == [1] * len(found.place.held_by) + [2]
    assert tuple(one for _, group in told for one in group) == held


def test_a_kind_of_which_many_hold_a_place_waits_under_their_number(demonstration: Opened) -> None:
    found = overview(demonstration, "200054781")
    told = {groups[0][0].kind: (words, groups) for words, groups in by_kind(found)}
    words, many = told["arrondissement"]
    assert len(many) > 3
    assert words == f"{len(many)} arrondissements"
    assert told["region"][0] == ""
    everyone = [one for _, groups in told.values() for _, alike in groups for one in alike]
    assert everyone == list(found.place.held_by)

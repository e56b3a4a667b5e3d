"""The pieces of a purchase, its insertion hours, the lots that fit those around."""

from datetime import date

import pytest

from ancrage.interval import Interval
from ancrage.procurement.kit.declaration import read_kit
from ancrage.procurement.kit.hours import InsertionHours
from ancrage.procurement.lots import plan_lots
from ancrage.procurement.sizing import Need
from ancrage.procurement.suppliers import Supplier, Suppliers
from ancrage.reasoning import Verdict
from ancrage.register.directory.cards import Card
from ancrage.register.workforce import Workforce
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.territory import Territory

ON = date(2026, 9, 1)


def test_the_hours_are_those_of_the_published_case():
    assert InsertionHours(1_000_000, 0.5, 0.05, 30).hours == 833


@pytest.mark.parametrize(("value", "hours"), [(36_000, 30), (35_999, 29), (0, 0)])
def test_an_hour_that_is_not_whole_is_not_counted(value, hours):
    assert InsertionHours(value, 0.5, 0.05, 30).hours == hours


def test_the_criteria_proposed_make_a_hundred_and_name_the_environment_since_its_day():
    criteria = read_kit().criteria
    for day in (date(2026, 8, 20), date(2026, 8, 21)):
        assert sum(int(weight) for _, weight in criteria.on(day)) == 100
    assert not any("environnement" in name for name, _ in criteria.on(date(2026, 8, 20)))
    assert any("environnement" in name for name, _ in criteria.on(date(2026, 8, 21)))


def test_a_piece_says_its_social_condition_from_the_day_of_the_law_only():
    (clause,) = (piece for piece in read_kit().pieces if piece.id == "clause_sociale")
    said = [
        sum(block.holds(day) for block in clause.blocks) for day in (date(2026, 8, 21), date(2026, 8, 22))
    ]
    assert said == [len(clause.blocks) - 2, len(clause.blocks)]


def supplier(rank: int, employees: int | None) -> Supplier:
    told = Workforce(employees, employees) if employees is not None else None
    card = Card(
        siret=f"{rank:014}",
        siren=f"{rank:09}",
        name=f"Structure {rank}",
        diffusible=True,
        head_office=True,
        commune="23096",
        commune_name="Guéret",
        departement="23",
        created=None,
        closed=None,
        naf="81.30Z",
        section="N",
        family=None,
        kinds=(),
        employer=True,
        band=None,
        jobs=told,
        membership=Verdict.OUI,
        quarter=Verdict.NON,
        longitude=None,
        latitude=None,
        distance_km=None,
        registered=True,
        fictitious=True,
    )
    return Supplier(card, True, Verdict.A_VERIFIER, 1.0, (), ())


def around(need: float, *employees: int | None) -> Suppliers:
    place = Territory(
        code=TerritoryCode(Kind.COMMUNE, "23096"),
        name="Guéret",
        on=ON,
        vintage=2026,
        population=None,
        communes=("23096",),
    )
    found = tuple(supplier(rank, told) for rank, told in enumerate(employees, start=1))
    return Suppliers(place, 30.0, Need(Interval(need, need), 0.5, 48_210), found)


def test_two_large_structures_need_no_cut():
    plan = plan_lots(around(10, 10, 10))
    assert [(lot.share, lot.candidates, lot.together) for lot in plan.lots] == [(1.0, 2, False)]
    assert plan.proof is not None
    assert plan.proof.proven


def test_small_structures_lead_to_lots_at_their_size():
    plan = plan_lots(around(10, 5, 5, 5))
    assert [(lot.share, lot.candidates) for lot in plan.lots] == [(0.5, 3), (0.5, 3)]
    assert sum(lot.uncarried for lot in plan.lots) == pytest.approx(0)
    assert [(cut.lots, cut.alone) for cut in plan.cuts[:2]] == [(1, 0), (2, 3)]


def test_what_nobody_around_can_carry_is_told():
    plan = plan_lots(around(10, 2, 2))
    assert sum(lot.uncarried for lot in plan.lots) == pytest.approx(0.6)


def test_nobody_of_known_size_leads_to_no_lot():
    plan = plan_lots(around(10, None, None))
    assert plan.lots == ()
    assert (plan.sized, plan.unsized) == (0, 2)
    assert plan.cuts[0].perhaps == 2

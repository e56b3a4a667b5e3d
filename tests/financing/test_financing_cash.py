"""The lowest point of cash is that of a simulation day by day that knows nothing of the code."""

from datetime import date, timedelta
from decimal import Decimal

from financing_plans import given, plan_of, spent
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from ancrage.financing.cash import cash_of

START = date(2027, 1, 1)
moves = st.lists(
    st.tuples(st.booleans(), st.integers(0, 900), st.integers(0, 60), st.integers(1, 10_000_000)),
    min_size=1,
    max_size=15,
)


@settings(max_examples=150, deadline=None)
@drawn(moves, st.integers(0, 5_000_000))
def test_the_lowest_point_its_day_and_its_length_are_those_of_a_simulation(
    told: list[tuple[bool, int, int, int]], opening: int
) -> None:
    lines = [
        (income, START + timedelta(offset), START + timedelta(offset + late), Decimal(cents) / 100)
        for income, offset, late, cents in told
    ]
    plan = plan_of(
        debut=START.isoformat(),
        tresorerie=str(Decimal(opening) / 100),
        depenses=[_line(spent, one) for one in lines if not one[0]],
        ressources=[_line(given, one) for one in lines if one[0]],
    )
    cash = cash_of(plan)
    for case, pick in (("central", (1, 1)), ("worst", (2, 1)), ("best", (1, 2))):
        balance = lowest = Decimal(opening) / 100
        lowest_on, under = START, 0
        day = START
        while day <= START + timedelta(1000):
            for income, first, last, amount in lines:
                at = (first, first, last)[pick[0] if income else pick[1]]
                if at == day:
                    balance += amount if income else -amount
            if balance < lowest:
                lowest, lowest_on = balance, day
            under += balance < 0 and day <= cash.ends
            day += timedelta(1)
        course = cash.courses[case]  # type: ignore[index]
        assert course.lowest == (lowest, lowest_on)
        assert sum(gap.lasts(cash.ends) for gap in course.gaps) == under


def _line(kind, one):  # type: ignore[no-untyped-def]
    _, first, last, amount = one
    return kind(str(amount), le=first.isoformat(), au_plus_tard=last.isoformat())


def test_a_gap_is_told_with_who_may_bridge_it_and_its_cost() -> None:
    plan = plan_of(
        porteur={"forme": "scic"},
        debut="2027-01-01",
        taux_relais="4 %",
        depenses=[spent("36500", le="2027-03-01")],
        ressources=[given("36500", le="2028-02-29")],
    )
    cash = cash_of(plan)
    assert cash.central.lowest == (Decimal("-36500.00"), date(2027, 3, 1))
    (gap,) = cash.central.gaps
    assert gap.lasts(cash.ends) == 365
    offers = {one.bridge.id: one for one in cash.bridges(date(2026, 11, 29))}
    assert offers["compte_courant_scic"].cost == Decimal("1460.00")
    assert offers["avance_collectivite"].cost == 0
    assert offers["avance_collectivite"].doubts == ()
    assert offers["compte_courant_scic"].doubts == ("le plan n'écrit de parts d'aucune collectivité",)
    assert "dailly" not in offers
    assert "compte_courant_scic" not in {one.bridge.id for one in cash.bridges(date(2022, 2, 22))}


def test_an_advance_says_whose_it_is_and_when_the_gap_outlasts_it() -> None:
    for ends, doubts in (
        ("2029-03-01", ()),
        ("2029-03-02", ("plus long que 24 mois : à renouveler",)),
        ("2031-03-02", ("plus long que 48 mois",)),
        (None, ("rien dans le plan ne referme ce creux",)),
    ):
        plan = plan_of(
            porteur={"forme": "scic"},
            debut="2027-01-01",
            depenses=[spent("1000", le="2027-03-01")],
            ressources=[
                {"compte": "101", "annee": 2027, "montant": "100", "libelle": "Parts de la commune",
                 "financeur": "commune", "le": "2027-01-01"},
                *([given("900", le=ends)] if ends else []),
            ],
        )  # fmt: skip
        (offer,) = [one for one in cash_of(plan).bridges(date(2026, 11, 29)) if one.bridge.shares]
        assert offer.holders == ("Parts de la commune",)
        assert offer.doubts == doubts


def test_days_that_are_supposed_are_told() -> None:
    plan = plan_of(
        depenses=[spent("100", le="2026-03-01")],
        ressources=[given("60", aide="feader", financeur="europe"), given("40", accordee_le="2026-01-10")],
    )
    cash = cash_of(plan)
    days = {one.amount: (one.first, one.middle, one.last) for one in cash.supposed}
    assert days[Decimal("60.00")] == (date(2026, 9, 1), date(2027, 3, 1), date(2028, 3, 1))
    assert days[Decimal("40.00")][2] == date(2026, 3, 11)

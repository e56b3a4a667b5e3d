"""What a plan may ask at most: the ceilings are kept to the cent, and nothing larger keeps them."""

from datetime import date
from decimal import Decimal
from typing import Any

from financing_plans import given, plan_of, spent
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from ancrage.financing.fitting import Fit, fit
from ancrage.financing.verifying import verify
from ancrage.reasoning import Verdict

DAY = date(2026, 11, 29)


def fitted(**told: Any) -> Fit:
    found = fit(plan_of(**told), on=DAY)
    assert found is not None
    return found


def amounts(found: Fit) -> dict[str, Decimal]:
    return {one.resource.id: one.amount for one in found.kept}


def test_a_european_fund_is_brought_down_to_its_rate_and_says_why() -> None:
    found = fitted(
        depenses=[spent("200000")],
        ressources=[
            given("85000", id="feader", aide="leader", financeur="europe"),
            given("15000", id="region"),
            {"compte": "16", "annee": 2026, "montant": "100000", "etat": "accordee"},
        ],
    )
    assert amounts(found) == {"feader": Decimal("60000.00"), "region": Decimal("15000.00")}
    assert found.missing == Decimal("25000.00")
    assert found.kept[0].why == ("Part du FEADER dans la dépense publique d'un projet LEADER",)


def test_of_two_aids_that_do_not_add_up_the_larger_is_kept() -> None:
    found = fitted(
        depenses=[spent("100000")],
        ressources=[given("20000", id="a", aide="pec"), given("30000", id="b", aide="siae_post")],
    )
    assert amounts(found) == {"a": Decimal("0.00"), "b": Decimal("30000.00")}
    assert "ne s'ajoute pas" in found.kept[0].why[0]


def test_what_is_granted_does_not_move_and_nothing_to_move_is_told() -> None:
    assert fit(plan_of(depenses=[spent("10")], ressources=[given("10", etat="accordee")]), on=DAY) is None


@settings(max_examples=60, deadline=None)
@drawn(
    st.lists(st.integers(1, 40_000_000), min_size=1, max_size=5),
    st.integers(1, 40_000_000),
    st.integers(1, 100),
    st.integers(0, 30_000_000),
)
def test_the_amounts_kept_break_no_ceiling_by_a_cent(
    grants: list[int], europe: int, rate: int, past: int
) -> None:
    told = {
        "depenses": [spent("900000")],
        "ressources": [
            given(
                str(Decimal(europe) / 100), id="feader", aide="leader", financeur="europe", taux=f"{rate} %"
            ),
            *(given(str(Decimal(one) / 100), regime="de_minimis") for one in grants),
        ],
        "aides_recues": [{"accordee_le": "2026-01-01", "montant": str(Decimal(past) / 100)}],
    }
    found = fitted(**told)
    after = verify(found.plan, on=DAY)
    held = [one for one in after.rules if one.id.startswith(("plafond", "taux_europeen", "de_minimis"))]
    assert all(one.verdict is not Verdict.NON for one in held)
    assert all(0 <= one.amount <= one.resource.amount for one in found.kept)

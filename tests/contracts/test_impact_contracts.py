"""A contract paid on results: its schedule, its yield, and what nobody found is not paid."""

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from ancrage.contracts.checking import read_contract_text
from ancrage.contracts.following import owed
from ancrage.contracts.impact import ImpactContract
from ancrage.contracts.indigo import project
from ancrage.contracts.models import contract_model
from ancrage.contracts.simulating import drawn, flows_of, paid_for, simulate, xirr
from ancrage.errors import FinancingFileError

TOLD: dict[str, Any] = {
    "schema": "ancrage-contrat-impact/1",
    "indicateur": {"nom": "Retours à l'emploi", "cible": 320, "bas": 200, "haut": 380},
    "tirages": [{"le": "2016-11-24", "montant": "1300000"}],
    "bareme": [{"resultat": 200, "part": "0 %"}, {"resultat": 320, "part": "100 %"}],
    "paiements": [{"le": "2023-05-24"}],
    "taux_max": "4,5 %",
}


def contract(**told: Any) -> ImpactContract:
    return read_contract_text(yaml.safe_dump({**TOLD, **told}, allow_unicode=True))


def refusal(**told: Any) -> str:
    with pytest.raises(FinancingFileError) as refused:
        contract(**told)
    return refused.value.message


def root(flows: tuple[tuple[date, Decimal], ...]) -> float:
    """The yield, found by halving, without the library that gives it."""
    first = flows[0][0]

    def value(rate: float) -> float:
        return sum(float(amount) / (1 + rate) ** ((on - first).days / 365) for on, amount in flows)

    return float(brentq(value, -0.99, 10))


def test_the_first_french_contract_earns_four_and_a_half_per_cent_at_most_and_nothing_if_it_fails() -> None:
    adie = read_contract_text(contract_model())
    assert (adie.principal, len(adie.draws)) == (Decimal("1300000.00"), 4)
    assert (adie.dues[-1].on - adie.draws[0].on).days / 365.25 == pytest.approx(6.5, abs=0.01)
    flows = flows_of(adie, adie.cap)
    assert xirr(flows) == pytest.approx(0.045, abs=0.0001)
    assert root(flows) == pytest.approx(0.045, abs=0.0001)
    assert adie.paid(Decimal(200)) == 0
    assert adie.paid(Decimal(1000)) == adie.cap
    assert simulate(adie).paid.low <= simulate(adie).paid.central <= simulate(adie).paid.high


def test_several_payments_earn_no_more_than_the_rate() -> None:
    found = contract(paiements=[{"le": "2020-01-01", "poids": "40 %"}, {"le": "2023-05-24", "poids": "60 %"}])
    flows = flows_of(found, found.cap)
    assert xirr(flows) == pytest.approx(0.045, abs=0.0001)
    assert root(flows) == pytest.approx(0.045, abs=0.0001)
    assert sum(amount for _, amount in flows[1:]) == found.cap


steps = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 100)), min_size=1, max_size=6, unique_by=lambda one: one[0]
)


@settings(max_examples=100, deadline=None)
@given(steps, st.integers(0, 1_300_000), st.lists(st.integers(0, 600), min_size=2, max_size=20))
def test_a_better_result_never_pays_less_nor_more_than_the_cap(
    told: list[tuple[int, int]], floor: int, results: list[int]
) -> None:
    shares = sorted(share for _, share in told)
    scale = [
        {"resultat": result, "part": f"{share} %"}
        for (result, _), share in zip(sorted(told), shares, strict=True)
    ]
    found = contract(bareme=scale, plancher=str(floor))
    paid = [found.paid(Decimal(one)) for one in sorted(results)]
    assert paid == sorted(paid)
    assert all(Decimal(floor) <= one <= found.cap for one in paid)
    every = paid_for(found, np.array(sorted(results), dtype=np.float64))
    assert np.allclose(every, [float(one) for one in paid], atol=0.02)


def test_draws_are_those_of_the_seed_and_stay_between_their_bounds() -> None:
    found = contract()
    results = drawn(found, 10_000)
    assert (results == drawn(found, 10_000)).all()
    assert results.min() >= 200
    assert results.max() <= 380
    assert (results != drawn(contract(graine=2), 10_000)).any()


def test_who_saves_what_is_unknown_until_somebody_says_what_one_result_spares() -> None:
    assert simulate(contract()).saved is None
    found = simulate(contract(cout_evite_par_unite="10000", cout_evaluation="50000"))
    assert found.saved is not None
    assert found.avoided is not None
    assert found.saved == found.avoided.central - found.paid.central - Decimal(50000)


def test_nothing_is_owed_before_the_evaluator_found_something() -> None:
    found = contract(constats=[{"le": "2023-04-01", "resultat": 260, "piece": "Rapport"}])
    (before,) = owed(contract(), date(2023, 6, 1))
    assert (before.amount, before.told) == (None, "en retard : aucun constat")
    assert owed(found, date(2023, 3, 31))[0].amount is None
    (after,) = owed(found, date(2023, 4, 1))
    assert after.amount == found.paid(Decimal(260))


def test_the_project_is_written_with_the_names_of_the_standard() -> None:
    told = project(simulate(read_contract_text(contract_model())))
    finance = told["overall_project_finance"]
    assert finance["total_investment_commitment"]["amount"]["exact"]["value"] == 1_300_000
    assert finance["maximum_potential_return"]["value"] == "4.5"
    assert told["dates"]["outcomes_contract_signed"]["value"] == "2016-11-24"
    assert told["outcome_payments"][0]["type"]["value"] == "Planned"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"taux_max": "120 %"}, "dépasse 100 %"),
        ({"tirages": [{"le": "2016-11-24", "montant": "-1"}]}, "est négatif"),
        ({"paiements": [{"le": "2016-01-01"}]}, "précède le dernier tirage"),
        ({"paiements": [{"le": "2023-01-01", "poids": "50 %"}]}, "ne font pas 100 %"),
        ({"bareme": [{"resultat": 1, "part": "50 %"}, {"resultat": 2, "part": "40 %"}]}, "paierait moins"),
        ({"indicateur": {"cible": 1, "bas": 5, "haut": 2}}, "ne se suivent pas"),
        ({"plancher": "9999999"}, "le plancher dépasse le plafond"),
    ],
    ids=["rate", "negative", "early", "weights", "falling", "bounds", "floor"],
)
def test_a_faulty_contract_is_refused_at_its_line(told: dict[str, Any], said: str) -> None:
    assert said in refusal(**told)

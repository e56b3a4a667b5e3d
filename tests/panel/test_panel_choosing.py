"""Panels against every choice tried one by one, on small lists."""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from panel_factory import every_choice, holds, long_list, plain_diversity, questions

from ancrage.errors import ImpossibleQuotaError
from ancrage.panel.choosing import choose_panel
from ancrage.panel.diversity import diversity
from ancrage.panel.quotas import Quota, Terms

SIFTED = (HealthCheck.filter_too_much,)
"""Quotas drawn at random often leave no choice: those that do are put aside, however many they are."""


def best_of(listed, terms, but=()):
    """Greatest diversity of the choices that satisfy the quotas, ``None`` when there is none."""
    return max(
        (
            plain_diversity(listed, terms.weights, choice)
            for choice in every_choice(listed, terms.size)
            if holds(listed, terms, choice, but)
        ),
        default=None,
    )


@given(questions())
@settings(max_examples=150, suppress_health_check=SIFTED)
def test_a_panel_equals_the_best_of_every_choice(question):
    listed, terms = question
    best = best_of(listed, terms)
    assume(best is not None)
    panel = choose_panel(listed, terms, with_costs=False)
    assert panel.proof.proven
    assert panel.proof.value == pytest.approx(best)
    assert len(panel.chosen) == terms.size
    assert holds(listed, terms, panel.chosen)
    assert plain_diversity(listed, terms.weights, panel.chosen) == pytest.approx(best)
    assert not any(state.missed for state in panel.quotas)


@given(questions())
@settings(max_examples=60, suppress_health_check=SIFTED)
def test_the_cost_of_a_quota_is_what_every_choice_without_it_gains(question):
    listed, terms = question
    best = best_of(listed, terms)
    assume(best is not None and terms.quotas)
    panel = choose_panel(listed, terms)
    for cost in panel.costs:
        without = best_of(listed, terms, but={cost.quota.id})
        assert cost.gain == pytest.approx(without - best, abs=1e-7)
        kept = {one.id for one in panel.kept}
        assert {one.id for one in cost.leaving} <= kept
        assert not {one.id for one in cost.entering} & kept
        assert bool(cost.entering) == (cost.gain > 1e-7)
    assert panel.free.value == pytest.approx(best_of(listed, replace(terms, quotas=())))


@given(questions())
@settings(max_examples=40, suppress_health_check=SIFTED)
def test_a_stand_in_is_the_best_swap_that_keeps_the_quotas(question):
    listed, terms = question
    assume(best_of(listed, terms) is not None)
    panel = choose_panel(listed, terms, with_costs=False)
    for leaving, stand_in in zip(panel.chosen, panel.stand_ins, strict=True):
        rest = set(panel.chosen) - {leaving}
        swaps = [
            plain_diversity(listed, terms.weights, (*rest, entering))
            for entering in range(len(listed))
            if entering not in panel.chosen and holds(listed, terms, (*rest, entering))
        ]
        assert (stand_in is None) == (not swaps)
        if stand_in:
            assert stand_in.loss == pytest.approx(panel.proof.value - max(swaps), abs=1e-7)
            assert stand_in.loss >= 0


@given(questions())
@settings(max_examples=60, suppress_health_check=SIFTED)
def test_the_diversity_is_the_plain_sum(question):
    listed, terms = question
    choice = tuple(range(terms.size))
    assert diversity(listed, terms.weights, choice) == pytest.approx(
        plain_diversity(listed, terms.weights, choice)
    )


def test_between_twins_the_answer_is_the_same_whatever_the_order_of_the_list():
    twins = [{"categorie": "a", "region": "n"}] * 6 + [{"categorie": "b", "region": "s"}] * 6
    listed, terms = long_list(*twins), Terms(4, (), {"categorie": 1.0, "region": 1.0})
    first = {one.id for one in choose_panel(listed, terms).kept}
    shuffled = list(listed.candidates)
    for seed in range(4):
        random.Random(seed).shuffle(shuffled)  # noqa: S311
        again = choose_panel(replace(listed, candidates=tuple(shuffled)), terms)
        assert {one.id for one in again.kept} == first


def test_a_new_value_counts_one_and_the_next_of_the_same_one_half_then_one_third():
    listed = long_list(*[{"categorie": "a"}] * 3, {"categorie": "b"})
    assert diversity(listed, {"categorie": 1.0}, (0,)) == 1
    assert diversity(listed, {"categorie": 1.0}, (0, 1)) == pytest.approx(1 + 1 / 2)
    assert diversity(listed, {"categorie": 1.0}, (0, 1, 2)) == pytest.approx(1 + 1 / 2 + 1 / 3)
    assert diversity(listed, {"categorie": 1.0}, (0, 3)) == 2


def test_an_unknown_trait_never_serves_a_least_and_always_counts_in_a_most():
    listed = long_list({"drom": "oui"}, {}, {"drom": "non"})
    least = Quota("min", "au moins 2", "drom", ("oui",), least=2)
    most = Quota("max", "au plus 1", "drom", ("oui",), most=1)
    with pytest.raises(ImpossibleQuotaError):
        choose_panel(listed, Terms(2, (least,)))
    kept = choose_panel(listed, Terms(2, (most,))).kept
    assert {one.id for one in kept} != {"s00", "s01"}


def test_with_no_trait_to_tell_structures_apart_quotas_alone_decide():
    listed = long_list({"drom": "oui"}, {"drom": "non"}, {"drom": "oui"})
    panel = choose_panel(listed, Terms(2, (Quota("d", "d", "drom", ("oui",), least=2),)))
    assert {one.id for one in panel.kept} == {"s00", "s02"}
    assert panel.proof.proven


def test_the_whole_list_is_a_panel():
    listed = long_list({"categorie": "a"}, {"categorie": "b"})
    panel = choose_panel(listed, Terms(2, (), {"categorie": 1.0}))
    assert panel.chosen == (0, 1)
    assert panel.stand_ins == (None, None)

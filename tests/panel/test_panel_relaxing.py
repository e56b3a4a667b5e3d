"""What to give up when no panel satisfies every quota, against every choice."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from panel_factory import every_choice, holds, long_list, plain_diversity, plain_missed, questions

from ancrage.errors import ImpossibleQuotaError
from ancrage.panel.choosing import choose_panel
from ancrage.panel.quotas import EACH, Quota, Terms


def missed_of(listed, terms, choice):
    return {
        quota.id: missed
        for quota in terms.quotas
        if (missed := plain_missed(listed, quota, choice, terms.size))
    }


@given(questions())
@settings(max_examples=200)
def test_the_renunciation_is_the_smallest_then_the_nearest_then_the_most_diverse(question):
    listed, terms = question
    assume(not any(holds(listed, terms, choice) for choice in every_choice(listed, terms.size)))
    with pytest.raises(ImpossibleQuotaError, match="Aucun panel ne satisfait"):
        choose_panel(listed, terms)
    panel = choose_panel(listed, terms, bend=True)
    ranked = [
        (len(missed), sum(missed.values()), -plain_diversity(listed, terms.weights, choice))
        for choice in every_choice(listed, terms.size)
        for missed in [missed_of(listed, terms, choice)]
    ]
    fewest, nearest, value = min(ranked)
    assert panel.relaxed.proven
    assert len(panel.relaxed.quotas) == fewest
    assert sum(state.missed for state in panel.relaxed.quotas) == nearest
    assert panel.proof.value == pytest.approx(-value)
    assert missed_of(listed, terms, panel.chosen) == {
        state.quota.id: state.missed for state in panel.relaxed.quotas
    }
    for other in panel.relaxed.others:
        but = {quota.id for quota in other}
        assert len(but) == fewest
        assert any(holds(listed, terms, choice, but) for choice in every_choice(listed, terms.size))


LISTED = long_list(*[{"categorie": "a", "drom": "non"}] * 4, {"categorie": "b", "drom": "oui"})
BALANCED = long_list(*[{"categorie": "a"}] * 4, *[{"categorie": "b"}] * 4)
CONTRADICTION = (
    Quota("drom", "Au moins deux dans les DROM", "drom", ("oui",), least=2),
    Quota("a", "Au moins trois A", "categorie", ("a",), least=3),
)


def test_the_message_names_what_to_give_up_how_near_one_can_come_and_what_the_list_holds():
    with pytest.raises(ImpossibleQuotaError) as refusal:
        choose_panel(LISTED, Terms(4, CONTRADICTION, {"categorie": 1.0}))
    assert refusal.value.message == (
        "Aucun panel ne satisfait tous les quotas ; le plus petit renoncement : "
        "« Au moins deux dans les DROM » (1 au mieux pour 2 ; la liste en compte 1)."
    )
    assert refusal.value.exit_code == 53


def test_two_quotas_that_exclude_each_other_leave_the_choice():
    quotas = (
        Quota("trois-a", "Au moins trois A", "categorie", ("a",), least=3),
        Quota("pas-a", "Au plus un A", "categorie", ("a",), most=1),
    )
    panel = choose_panel(BALANCED, Terms(4, quotas, {"categorie": 1.0}), bend=True)
    named = {panel.relaxed.quotas[0].quota.id, panel.relaxed.others[0][0].id}
    assert named == {"trois-a", "pas-a"}


def test_a_heavy_quota_is_given_up_last():
    light, heavy = (
        Quota("leger", "Au moins trois A", "categorie", ("a",), least=3),
        Quota("lourd", "Au plus un A", "categorie", ("a",), most=1, weight=5.0),
    )
    terms = Terms(4, (light, heavy), {"categorie": 1.0})
    panel = choose_panel(BALANCED, terms, bend=True)
    assert [state.quota.id for state in panel.relaxed.quotas] == ["leger"]
    assert panel.relaxed.others == ()
    swapped = replace(terms, quotas=(replace(light, weight=5.0), replace(heavy, weight=1.0)))
    panel = choose_panel(BALANCED, swapped, bend=True)
    assert [state.quota.id for state in panel.relaxed.quotas] == ["lourd"]


def test_a_quota_on_each_value_is_given_up_as_one():
    each = Quota("chacune", "Deux de chaque", "categorie", (EACH,), least=2)
    panel = choose_panel(LISTED, Terms(4, (each,), {"categorie": 1.0}), bend=True)
    (state,) = panel.relaxed.quotas
    assert (state.value, state.missed) == ("B", 1)


def test_a_least_beyond_the_size_is_impossible_and_told():
    beyond = Quota("beaucoup", "Au moins neuf A", "categorie", ("a",), least=9)
    with pytest.raises(ImpossibleQuotaError, match="4 au mieux pour 9"):
        choose_panel(LISTED, Terms(4, (beyond,)))

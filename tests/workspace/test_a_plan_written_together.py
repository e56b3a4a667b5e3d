"""A plan is written by who may, answered by who is concerned, and read as it stood on any day."""

from datetime import date
from decimal import Decimal

import pytest
from people_here import AT, Team, action_of, objective_of

from ancrage.errors import (
    ForbiddenStateError,
    InvalidQuestionError,
    NotAllowedError,
    StaleVersionError,
)
from ancrage.journal.models import Line
from ancrage.journal.verifying import verify
from ancrage.people.models import Identity
from ancrage.reasoning import Verdict
from ancrage.workspace.models import Action, Atelier, Engagement
from ancrage.workspace.partnership import agree, engage, rewrite
from ancrage.workspace.plan import add_step, edit_action, edit_step, move, propose, withdraw
from ancrage.workspace.reading import Plan, read_plan
from ancrage.workspace.remarks import comment
from ancrage.workspace.sides import (
    add_cost,
    declare_participation,
    declare_resource,
    reply,
    restate,
)
from ancrage.workspace.states import ARROWS, State
from ancrage.workspace.waiting import waiting_for

pytestmark = [pytest.mark.both_engines]
ON = date(2026, 11, 29)
TEXT = {"purpose": "Agir ensemble.", "governance": "Un comité.", "evaluation": "Chaque année."}
DURATION = {"begin": date(2026, 11, 2), "end": date(2029, 11, 1)}


def plan_of(team: Team, on: date = ON, *, past: bool = False) -> Plan:
    return read_plan(team.atelier, on=on, past=past)


def engaged(team: Team) -> Engagement:
    return engage(team.by(team.anne), team.atelier, **TEXT, **DURATION)


def test_the_same_form_opens_one_atelier(team: Team) -> None:
    assert (Atelier.objects.get().name, verify().chains) == ("Plan ESS", 2)


def test_the_plan_says_no_until_both_sides_have_agreed_in_writing_to_the_text_of_today(team: Team) -> None:
    assert plan_of(team).partnership.verdict is Verdict.NON
    text = engaged(team)
    agree(team.by(team.anne), text, 1, team.epci.pk)
    half = plan_of(team).partnership
    assert half.verdict is Verdict.NON
    assert "solidaire" in half.reasons[0]
    agree(team.by(team.bruno), text, 1, team.association.pk)
    assert plan_of(team).partnership.verdict is Verdict.OUI
    assert plan_of(team, date(2029, 11, 1)).partnership.verdict is Verdict.OUI
    assert plan_of(team, date(2029, 11, 2)).partnership.verdict is Verdict.NON
    rewrite(team.by(team.anne, days=1), text, 1, governance="Un autre comité.")
    changed = plan_of(team).partnership
    assert changed.verdict is Verdict.NON
    assert any("de nouveau" in reason for reason in changed.reasons)


def test_nobody_agrees_for_another_organisation(team: Team) -> None:
    text = engaged(team)
    with pytest.raises(NotAllowedError, match="à elle seule"):
        agree(team.by(team.anne), text, 1, team.association.pk)


def test_a_partner_proposes_but_does_not_keep_nor_change_what_others_pilot(team: Team) -> None:
    action = action_of(team)
    mine = propose(team.by(team.bruno), objective_of(team, "Un autre"), title="Ouvrir l’Établi")
    assert mine.state == State.PROPOSED
    for refused in (
        lambda: move(team.by(team.bruno), mine, 1, State.KEPT),
        lambda: edit_action(team.by(team.bruno), action, 1, title="À moi"),
        lambda: add_step(team.by(team.bruno), action, title="Une étape"),
    ):
        with pytest.raises(NotAllowedError, match="partenaire") as caught:
            refused()
        assert "CC Creuse Grand Sud" in caught.value.hint


@pytest.mark.parametrize("seen", list(State))
def test_only_the_drawn_arrows_exist(team: Team, seen: State) -> None:
    drawn = {one.to for one in ARROWS[seen]}
    action = action_of(team)
    action.state = seen
    for asked in set(State) - drawn:
        with pytest.raises(ForbiddenStateError):
            move(team.by(team.anne), action, 1, asked)


def test_an_action_goes_from_state_to_state_and_says_why_it_stops(team: Team) -> None:
    action = action_of(team)
    action = move(team.by(team.anne), action, 1, State.KEPT)
    action = move(team.by(team.anne), action, 2, State.UNDER_WAY)
    with pytest.raises(ForbiddenStateError, match="bloquée"):
        move(team.by(team.anne), action, 3, State.BLOCKED)
    blocked = move(team.by(team.anne, reason="Le bail attend."), action, 3, State.BLOCKED)
    assert (blocked.state, blocked.state_reason) == (State.BLOCKED, "Le bail attend.")
    last = Line.objects.last()
    assert last is not None
    assert (last.verb, last.reason, last.on_behalf_of) == ("action.bloquee", "Le bail attend.", team.epci.pk)


def test_a_participation_is_to_be_checked_until_the_other_side_confirms_and_again_once_it_changes(
    team: Team,
) -> None:
    action = action_of(team)
    part = declare_participation(team.by(team.anne), action, team.association.pk, brings="40 m²")
    assert (part.verdict, part.awaited()) == (Verdict.A_VERIFIER, {str(team.association.pk)})
    with pytest.raises(NotAllowedError):
        reply(team.by(team.anne), part, 1, confirmed=True)
    confirmed = reply(team.by(team.bruno), part, 1, confirmed=True)
    assert (confirmed.verdict, confirmed.replied_by) == (Verdict.OUI, team.association.pk)
    again = restate(team.by(team.anne), confirmed, 2, brings="80 m²")
    assert again.verdict is Verdict.A_VERIFIER
    with pytest.raises(InvalidQuestionError, match="pourquoi"):
        reply(team.by(team.bruno), again, 3, confirmed=False)
    refused = reply(team.by(team.bruno, reason="40 m² seulement."), again, 3, confirmed=False)
    assert (refused.verdict, refused.reply_reason) == (Verdict.NON, "40 m² seulement.")


def test_what_a_partner_says_of_itself_waits_for_who_pilots(team: Team) -> None:
    action = action_of(team)
    part = declare_participation(team.by(team.bruno), action, team.association.pk)
    assert part.awaited() == {str(team.epci.pk)}
    told = waiting_for(plan_of(team), {str(team.epci.pk)})
    assert [one.fact for one in told if one.fact] == [part]
    assert not [one for one in waiting_for(plan_of(team), {str(team.association.pk)}) if one.fact]


def test_a_sum_says_what_it_does_not_know_and_only_confirmed_money_is_counted_as_such(team: Team) -> None:
    action = action_of(team)
    add_cost(team.by(team.anne), action, year=2027, label="Travaux", planned=Decimal(12000))
    add_cost(team.by(team.anne), action, year=2027, label="Meubles", planned=None)
    own = declare_resource(
        team.by(team.anne),
        action,
        year=2027,
        funder_name="L’Établi",
        funder=team.association.pk,
        granted="500",
    )
    declare_resource(
        team.by(team.anne), action, year=2028, funder_name="Fondation", granted="1000", paid="10"
    )
    total = plan_of(team).balance(action).total
    assert (total.planned.known, total.planned.unknown, total.left) == (Decimal("12000.00"), 1, None)
    assert (total.granted.known, total.confirmed.known) == (Decimal("1500.00"), None)
    reply(team.by(team.bruno), own, 1, confirmed=True)
    assert plan_of(team).balance(action).total.confirmed.known == Decimal("500.00")
    assert [one.year for one in plan_of(team).whole.years] == [2027, 2028]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"granted": "10", "paid": "10.01"}, "plus que le montant accordé"),
        ({"granted": "-1"}, "négatif"),
        ({"year": 1999}, "une année de 2000"),
        ({"stage": "rêvée"}, "proposées"),
        ({"granted": "1000000000000"}, "trop grand"),
    ],
)
def test_an_amount_that_cannot_be_is_refused(team: Team, fields: dict[str, object], said: str) -> None:
    told = {"year": 2027, "funder_name": "Fondation", **fields}
    with pytest.raises(InvalidQuestionError, match=said):
        declare_resource(team.by(team.anne), action_of(team), **told)


def test_an_objective_or_an_action_of_another_atelier_is_refused(team: Team) -> None:
    with pytest.raises(InvalidQuestionError, match="chacun une fois"):
        action_of(team, tools=[4, 20])
    with pytest.raises(InvalidQuestionError, match="avant le début"):
        action_of(team, begin=date(2027, 2, 1), end=date(2027, 1, 31))


def test_the_plan_is_read_as_it_stood_a_day(team: Team) -> None:
    action = action_of(team)
    step = add_step(team.by(team.anne), action, title="Visiter", due=date(2026, 11, 20))
    gone = action_of(team, "En trop")
    edit_action(team.by(team.anne, days=10), action, 1, title="Prêter deux locaux")
    edit_step(team.by(team.anne, days=11), step, 1, done_on=date(2026, 11, 13))
    withdraw(team.by(team.anne, days=12, reason="En double."), gone, 1)
    then, now = plan_of(team, date(2026, 11, 11), past=True), plan_of(team)
    assert {one.title for one in then.actions} == {"Prêter un local", "En trop"}
    assert [one.title for one in now.actions] == ["Prêter deux locaux"]
    assert then.steps[action.pk][0].done_on is None
    assert now.steps[action.pk][0].done_on == date(2026, 11, 13)
    assert plan_of(team, date(2026, 11, 1), past=True).actions == []
    assert {then.under[one.pk][0].title for one, _ in then.tree} == {"Prêter un local", "En trop"}


def test_a_stale_action_is_told_both_texts(team: Team) -> None:
    action = action_of(team)
    edit_action(team.by(team.anne), action, 1, title="Celui d’Anne")
    with pytest.raises(StaleVersionError) as caught:
        edit_action(team.by(team.anne), action, 1, title="Le mien")
    assert caught.value.differences[0][1:] == ("intitulé", "Le mien", "Celui d’Anne")


def test_the_journal_holds_no_name_and_the_base_is_what_it_says(team: Team) -> None:
    action = action_of(team)
    comment(team.by(team.bruno), action, "Le local est humide.")
    reply(
        team.by(team.bruno),
        declare_participation(team.by(team.anne), action, team.association.pk),
        1,
        confirmed=True,
    )
    written = repr(list(Line.objects.values()))
    for name in Identity.objects.values_list("name", flat=True):
        assert name not in written
    assert verify().lines == Line.objects.count()
    assert Action.objects.get().created_at >= AT


def test_the_plan_is_read_in_as_many_queries_whatever_its_size(
    team: Team, django_assert_num_queries: object
) -> None:
    action = action_of(team)
    for rank in range(3):
        add_cost(team.by(team.anne), action, year=2027, label=str(rank), planned="1")
    with django_assert_num_queries(18):  # type: ignore[operator]
        plan = plan_of(team)
        [plan.balance(one) for one in plan.actions]
        [plan.name_of(one.pilot) for one in plan.actions]
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert plan_of(team) is plan
    add_cost(team.by(team.anne), action, year=2027, label="encore", planned="1")
    assert len(plan_of(team).costs[action.pk]) == 4
    withdraw(team.by(team.anne, reason="En trop."), action, 1)
    assert plan_of(team).actions == []

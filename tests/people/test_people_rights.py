"""Who may do what: the whole table, and each limit on its threshold."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ancrage.dating import Period
from ancrage.people.acts import TABLE, Act
from ancrage.people.rights import (
    NOBODY,
    Actor,
    Belonging,
    Grant,
    Standing,
    Thing,
    grounds,
    may,
    who_could,
)
from ancrage.people.roles import GIVEN, Limit, Role
from ancrage.reasoning import Verdict

ON = date(2026, 11, 29)
EVE, NEXT = ON - timedelta(days=1), ON + timedelta(days=1)
OURS, OTHERS, HERE, ELSEWHERE = "org-a", "org-b", "atelier-1", "atelier-2"
BARE = Thing(workspace=HERE, id="action-1")
FULL = replace(
    BARE,
    concerns=frozenset({OURS}),
    pilots=frozenset({OURS}),
    awaited=frozenset({OURS}),
    author="moi",
    published=True,
)
OF_OTHERS = replace(
    BARE,
    concerns=frozenset({OTHERS}),
    pilots=frozenset({OTHERS}),
    awaited=frozenset({OTHERS}),
    author="une autre",
)
WORKSPACE_ACTS = [act for act in Act if Role.MEMBRE not in TABLE[act]]
OWN_ACTS = [act for act in Act if Role.MEMBRE in TABLE[act]]


def holding(role: Role, **told: object) -> Actor:
    """A confirmed member of our organisation, which holds a role here."""
    grant = Grant(role, HERE, OURS, only="action-1" if role is Role.EVALUATEUR else "")
    belonging = Belonging(OURS, "Commune de Faux", **told)  # type: ignore[arg-type]
    return Actor("moi", (belonging,), (grant,))


def verdict(actor: Actor, act: Act, thing: Thing, on: date = ON) -> Verdict:
    return may(actor, act, thing, on=on).verdict


@pytest.mark.parametrize("act", WORKSPACE_ACTS)
@pytest.mark.parametrize("role", GIVEN)
def test_a_role_may_what_the_table_says_when_its_limit_holds_and_nothing_else(role: Role, act: Act) -> None:
    allowed = role in TABLE[act]
    private = replace(FULL, published=False)
    assert verdict(holding(role), act, private) is (Verdict.OUI if allowed else Verdict.NON)


@pytest.mark.parametrize("act", WORKSPACE_ACTS)
@pytest.mark.parametrize("role", GIVEN)
def test_a_limit_that_does_not_hold_refuses_and_says_which(role: Role, act: Act) -> None:
    answer = may(holding(role), act, OF_OTHERS, on=ON)
    limit = TABLE[act].get(role)
    if limit in (Limit.ALWAYS, Limit.ITS_CONTRACT):
        assert answer.verdict is Verdict.OUI
    elif limit is None:
        assert answer.verdict is Verdict.NON
        assert act.label in answer.reasons[0]
    else:
        assert answer.verdict is Verdict.NON
        assert limit.unmet in answer.reasons[0]


@pytest.mark.parametrize("act", WORKSPACE_ACTS)
@pytest.mark.parametrize("role", GIVEN)
def test_a_role_in_a_workspace_gives_nothing_in_another(role: Role, act: Act) -> None:
    answer = may(holding(role), act, replace(FULL, workspace=ELSEWHERE, published=False), on=ON)
    assert answer.verdict is Verdict.NON
    assert answer.reasons[0] == "Vous n'avez aucun rôle dans cet atelier."


@pytest.mark.parametrize("act", list(Act))
def test_every_refusal_says_who_could(act: Act) -> None:
    told = replace(BARE, holders={Role.PORTEUR: ("Creuse Sud Ouest",)})
    answer = may(NOBODY, act, told, on=ON)
    assert answer.verdict is Verdict.NON
    assert answer.reasons == ("Vous n'êtes pas connecté.", who_could(act, told))
    for role in TABLE[act]:
        assert role.label in answer.reasons[-1]
    assert ("Creuse Sud Ouest" in answer.reasons[-1]) is (Role.PORTEUR in TABLE[act])


@pytest.mark.parametrize("act", list(Act))
def test_who_is_not_signed_in_reads_and_exports_what_is_published_and_nothing_more(act: Act) -> None:
    published = verdict(NOBODY, act, FULL) is Verdict.OUI
    assert published is (act in (Act.READ, Act.EXPORT_SEEN))
    assert verdict(NOBODY, act, replace(FULL, published=False)) is Verdict.NON


@pytest.mark.parametrize("act", list(Act))
def test_who_keeps_the_server_has_no_right_on_the_content(act: Act) -> None:
    keeper = Actor("moi", (), (Grant(Role.EXPLOITANT, ""),))
    private = replace(FULL, published=False)
    assert (verdict(keeper, act, private) is Verdict.OUI) is (act is Act.VERIFY)


def test_nobody_answers_in_the_place_of_another_not_even_who_holds_the_workspace() -> None:
    assert verdict(holding(Role.PORTEUR), Act.CONFIRM, OF_OTHERS) is Verdict.NON
    assert verdict(holding(Role.PORTEUR), Act.CONFIRM, FULL) is Verdict.OUI


def test_the_last_day_of_a_role_counts_and_the_next_does_not() -> None:
    actor = Actor("moi", (), (Grant(Role.PORTEUR, HERE, period=Period(ON, ON)),))
    assert verdict(actor, Act.ADMINISTER, BARE) is Verdict.OUI
    ended = may(actor, Act.ADMINISTER, BARE, on=NEXT)
    assert ended.reasons[0] == "Votre rôle (porteur) a pris fin le 29/11/2026."
    early = may(actor, Act.ADMINISTER, BARE, on=EVE)
    assert early.reasons[0] == "Votre rôle (porteur) ne commence que le 29/11/2026."


def test_the_role_of_an_organisation_is_lost_the_day_after_one_leaves_it() -> None:
    actor = holding(Role.CONTRIBUTEUR, period=Period(None, ON))
    assert verdict(actor, Act.WRITE_PLAN, BARE) is Verdict.OUI
    left = may(actor, Act.WRITE_PLAN, BARE, on=NEXT)
    assert left.verdict is Verdict.NON
    assert left.reasons[0] == "Votre appartenance à « Commune de Faux » a pris fin le 29/11/2026."


def test_a_belonging_that_waits_is_to_be_checked_and_says_by_whom() -> None:
    answer = may(holding(Role.PORTEUR, standing=Standing.WAITING), Act.ADMINISTER, BARE, on=ON)
    assert answer.verdict is Verdict.A_VERIFIER
    assert "« Commune de Faux » attend d'être confirmée par un de ses membres" in answer.reasons[0]


def test_a_belonging_that_waits_changes_nothing_to_what_would_be_refused_anyway() -> None:
    waiting = holding(Role.LECTEUR, standing=Standing.WAITING)
    assert verdict(waiting, Act.ADMINISTER, BARE) is Verdict.NON


def test_a_belonging_only_declared_acts_and_is_told() -> None:
    answer = may(holding(Role.PORTEUR, standing=Standing.DECLARED), Act.ADMINISTER, BARE, on=ON)
    assert answer.verdict is Verdict.OUI
    assert "déclarée" in answer.reasons[1]


def test_a_person_who_says_for_whom_she_acts_uses_no_other_right() -> None:
    two = Actor(
        "moi",
        (Belonging(OURS, "Commune de Faux"), Belonging(OTHERS, "Association")),
        (Grant(Role.PORTEUR, HERE, OURS), Grant(Role.PARTENAIRE, HERE, OTHERS)),
    )
    assert verdict(two, Act.ADMINISTER, BARE) is Verdict.OUI
    assert verdict(replace(two, acting_for=OTHERS), Act.ADMINISTER, BARE) is Verdict.NON
    assert grounds(replace(two, acting_for=OTHERS), Act.CONFIRM, OF_OTHERS, on=ON) == (two.grants[1],)


def test_an_evaluator_sees_the_contract_that_was_given_and_no_other() -> None:
    actor = holding(Role.EVALUATEUR)
    assert verdict(actor, Act.RECORD_FINDING, BARE) is Verdict.OUI
    assert verdict(actor, Act.RECORD_FINDING, replace(BARE, id="action-2")) is Verdict.NON
    everywhere = Actor("moi", (), (Grant(Role.EVALUATEUR, HERE),))
    assert verdict(everywhere, Act.RECORD_FINDING, BARE) is Verdict.NON


@pytest.mark.parametrize("act", OWN_ACTS)
def test_what_is_done_for_an_organisation_is_done_by_its_members(act: Act) -> None:
    ours = Thing(concerns=frozenset({OURS}))
    member = Actor("moi", (Belonging(OURS, "Commune de Faux"),))
    assert verdict(member, act, ours) is Verdict.OUI
    assert verdict(member, act, Thing(concerns=frozenset({OTHERS}))) is Verdict.NON
    stranger = may(Actor("moi"), act, ours, on=ON)
    assert stranger.reasons[0] == "Vous n'appartenez pas à cette organisation."


@pytest.mark.parametrize("act", list(Act))
def test_every_act_is_in_the_table_and_has_its_words(act: Act) -> None:
    assert TABLE[act]
    assert act.label == act.label.strip()
    assert all(role.label and role.meaning.endswith(".") for role in TABLE[act])

"""A plan that a process holds is the plan of the base: what changed is read again, and nothing else."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from people_here import AT, Team, action_of, organisation

from ancrage.journal.models import HOUSE, Line
from ancrage.journal.writing import Act, write
from ancrage.people.habilitations import end, give
from ancrage.people.models import Habilitation, Nature, Organisation
from ancrage.people.roles import Role
from ancrage.workspace import reading
from ancrage.workspace.marks import Mark, moved_since
from ancrage.workspace.models import Action
from ancrage.workspace.partnership import engage
from ancrage.workspace.plan import add_step, edit_action, withdraw
from ancrage.workspace.reading import Plan, read_plan
from ancrage.workspace.remarks import comment
from ancrage.workspace.sides import add_cost, declare_participation, declare_resource

pytestmark = [pytest.mark.both_engines]
ON = date(2026, 11, 29)


def told(plan: Plan) -> dict[str, object]:
    """All that a plan holds, to the last column."""

    def plain(value: object) -> object:
        if isinstance(value, list):
            return [plain(one) for one in value]
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items()}
        kept = getattr(value, "__dict__", None)
        return value if kept is None else {name: one for name, one in kept.items() if name[0] != "_"}

    return {one.name: plain(getattr(plan, one.name)) for one in fields(plan) if one.name != "pieces"}


def fresh(team: Team) -> Plan:
    """The plan read whole."""
    reading._held.clear()
    return read_plan(team.atelier, on=ON)


def test_a_plan_read_again_after_each_act_is_the_plan_read_whole(team: Team) -> None:
    anne, bruno, epci, other = team.by(team.anne), team.by(team.bruno), team.epci, team.association
    action = action_of(team)
    read_plan(team.atelier, on=ON)
    acts = (
        lambda: edit_action(anne, action, 1, title="Autrement"),
        lambda: add_step(anne, action, title="Ouvrir", due=date(2027, 1, 1)),
        lambda: add_cost(anne, action, year=2027, label="Loyer", planned=Decimal("10.50")),
        lambda: declare_resource(anne, action, year=2027, funder_name="État", granted=Decimal(5)),
        lambda: declare_participation(bruno, action, organisation=other.pk, role="partenaire"),
        lambda: engage(
            anne, team.atelier, purpose="p", governance="g", evaluation="e", begin=ON, end=date(2028, 1, 1)
        ),
        lambda: write(
            Act(team.anne.pk, AT),
            "organisation.renommee",
            lambda pen: pen.change(Organisation, epci.pk, 1, name="CC au nouveau nom"),
            chain=HOUSE,
        ),
        lambda: comment(anne, action, "Un mot."),
        lambda: withdraw(team.by(team.anne, reason="Plus utile."), Action.objects.get(), 2),
    )
    for act in acts:
        act()
        again = read_plan(team.atelier, on=ON)
        held = reading._held.copy()
        assert told(again) == told(fresh(team))
        reading._held.update(held)


def test_a_word_said_of_an_action_reads_nothing_of_the_plan_again(team: Team) -> None:
    action = action_of(team)
    before = read_plan(team.atelier, on=ON)
    comment(team.by(team.anne), action, "Un mot.")
    assert read_plan(team.atelier, on=ON) is before


def test_a_chain_that_is_not_the_one_that_was_read_is_read_whole(team: Team) -> None:
    action_of(team)
    last = Line.objects.filter(chain=team.atelier.pk).order_by("rank").last()
    assert last is not None
    chain = team.atelier.pk
    assert moved_since(chain, Mark(last.rank, last.digest)) == (Mark(last.rank, last.digest), frozenset())
    assert moved_since(chain, Mark(last.rank - 1, "autre")) is None
    assert moved_since(chain, Mark(last.rank + 1, last.digest)) is None
    assert moved_since(chain, Mark()) is None


def test_the_page_of_a_plan_asks_six_questions_however_long_the_plan(team: Team) -> None:
    client, page = Client(SERVER_NAME="localhost"), f"/espace/ateliers/{team.atelier.pk}/"
    client.force_login(team.anne)
    for rank in range(3):
        action_of(team, f"Action {rank}")
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert b"Action 2" in client.get(page).content
    # Five of the plan and of who reads it, one of whether others published a case meanwhile.
    assert len(asked) == 6, [one["sql"] for one in asked]
    edit_action(team.by(team.anne), Action.objects.get(title="Action 2"), 1, title="Une autre")
    assert b"Une autre" in client.get(page).content


def test_who_loses_a_role_no_longer_reads_the_plan_at_the_next_page(team: Team) -> None:
    client, page = Client(SERVER_NAME="localhost"), f"/espace/ateliers/{team.atelier.pk}/"
    client.force_login(team.bruno)
    assert client.get(page).status_code == 200
    assert client.get(page).status_code == 200
    held = Habilitation.objects.get(organisation=team.association)
    end(held, team.anne, seen=held.version, last_day=AT.date(), at=AT)
    assert client.get(page).status_code == 404


def test_who_joins_reads_the_plan_at_the_next_page(team: Team) -> None:
    client, page = Client(SERVER_NAME="localhost"), f"/espace/ateliers/{team.atelier.pk}/"
    third = organisation("Une troisième", Nature.ASSOCIATION, team.bruno)
    client.force_login(team.bruno)
    client.get(page)
    give(team.atelier.pk, third, Role.CONTRIBUTEUR, team.anne, at=AT)
    assert b"Proposer une action" in client.get(page).content

"""The database refuses to leave an atelier without who holds it, whatever writes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import Error
from people_here import AT, Team, organisation

from ancrage.journal import triggers
from ancrage.journal.writing import Act, Pen, write
from ancrage.people.habilitations import give
from ancrage.people.models import Habilitation, Nature
from ancrage.people.roles import Role

pytestmark = [pytest.mark.both_engines]
ON = AT.date()


def written(team: Team, do: Callable[[Pen], Habilitation]) -> Habilitation:
    """A command that asks nobody whether it may: only the database is left to refuse it."""
    return write(Act(team.anne.pk, AT), "role.retire", do, chain=team.atelier.pk)


def held(team: Team) -> Habilitation:
    return Habilitation.objects.get(role=Role.PORTEUR.value, organisation=team.epci)


def until(row: Habilitation, day: date) -> Callable[[Pen], Habilitation]:
    return lambda pen: pen.change(Habilitation, row.pk, row.version, until=day)


CHANGES = {
    "finir": lambda row: until(row, ON + timedelta(days=400)),
    "retirer": lambda row: lambda pen: pen.retire(Habilitation, row.pk, row.version, "x"),
    "autre_role": lambda row: lambda pen: pen.change(Habilitation, row.pk, row.version, role="lecteur"),
    "plus_tard": lambda row: (
        lambda pen: pen.change(Habilitation, row.pk, row.version, since=ON + timedelta(days=1))
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_last_who_holds_an_atelier_is_kept_by_the_database_itself(team: Team, name: str) -> None:
    with pytest.raises(Error, match="un porteur à chaque moment"):
        written(team, CHANGES[name](held(team)))
    assert held(team).version == 1


def test_a_day_that_nobody_would_hold_is_refused_and_the_next_is_not(team: Team) -> None:
    row = held(team)
    later = organisation("Le lavoir", Nature.ASSOCIATION, team.anne)
    given = give(team.atelier.pk, later, Role.PORTEUR, team.anne, at=AT + timedelta(days=10))
    with pytest.raises(Error, match="un porteur à chaque moment"):
        written(team, until(row, given.since - timedelta(days=2)))
    assert written(team, until(row, given.since - timedelta(days=1))).version == 2
    with pytest.raises(Error, match="un porteur à chaque moment"):
        written(team, until(given, given.since + timedelta(days=9)))


def test_two_who_follow_each_other_are_not_parted_by_the_end_of_a_third(team: Team) -> None:
    row, names = held(team), ("Le lavoir", "La forge")
    others = [organisation(name, Nature.ASSOCIATION, team.anne, siren="") for name in names]
    first, second = (give(team.atelier.pk, one, Role.PORTEUR, team.anne, at=AT) for one in others)
    written(team, until(first, ON + timedelta(days=10)))
    written(team, until(row, ON + timedelta(days=5)))
    with pytest.raises(Error, match="un porteur à chaque moment"):
        written(team, until(second, ON + timedelta(days=7)))


def test_other_roles_end_and_the_guard_is_one_that_is_missed(team: Team) -> None:
    reader = organisation("Le lavoir", Nature.ASSOCIATION, team.anne)
    given = give(team.atelier.pk, reader, Role.LECTEUR, team.anne, at=AT)
    assert written(team, until(given, ON)).until == ON
    assert triggers.missing() == []
    guarded = [name for table, guard in triggers.guards() for name in (f"porte_{table}_{guard.name}",)]
    assert guarded == ["porte_people_habilitation_porteur"]
    triggers.remove()
    assert guarded[0] in triggers.missing()
    triggers.install()

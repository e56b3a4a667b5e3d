"""Two organisations, one of each side, with somebody in each, and an atelier that the first opened."""

import database_here  # noqa: F401 - sets Django up

# isort: split
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from ancrage.journal.models import HOUSE
from ancrage.journal.writing import Act, write
from ancrage.people.actors import actor_of
from ancrage.people.belonging import join
from ancrage.people.habilitations import give
from ancrage.people.models import NameSource, Nature, Organisation, Person
from ancrage.people.persons import rename
from ancrage.people.roles import Role
from ancrage.workspace.ateliers import open_atelier
from ancrage.workspace.door import By
from ancrage.workspace.models import Action, Atelier, Objective
from ancrage.workspace.plan import add_objective, propose

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """What an atelier asks of a territory."""

    code: str = "200040657"
    name: str = "CC Creuse Grand Sud"
    on: date = date(2026, 11, 2)


@dataclass
class Team:
    """Who is there."""

    anne: Person
    bruno: Person
    epci: Organisation
    association: Organisation
    atelier: Atelier

    def by(self, person: Person, *, days: int = 0, **said: object) -> By:
        """An act of somebody, some days later."""
        return By(actor_of(person), Act(person.pk, AT + timedelta(days=days), **said))  # type: ignore[arg-type]


def somebody(name: str) -> Person:
    """A person who has a name."""
    person = Person.objects.create(created_at=AT)
    rename(person, name)
    return person


def organisation(name: str, nature: Nature, by: Person, siren: str = "", siret: str = "") -> Organisation:
    """An organisation, and ``by`` in it."""
    row = Organisation(
        name=name,
        nature=nature,
        name_source=NameSource.DECLARED,
        named_on=AT.date(),
        siren=siren,
        siret=siret,
    )
    made = write(Act(by.pk, AT), "organisation.choisie", lambda pen: pen.create(row), chain=HOUSE)
    join(by, made, "agent", at=AT)
    return made


@pytest.fixture
def team(transactional_db: None) -> Team:
    """An intercommunality that opened an atelier, and an association that is its partner."""
    anne, bruno = somebody("Anne Filigrane"), somebody("Bruno Estampille")
    epci = organisation("CC Creuse Grand Sud", Nature.EPCI, anne)
    association = organisation("L’Établi de Felletin", Nature.ASSOCIATION, bruno)
    opening = By(actor_of(anne), Act(anne.pk, AT, key=uuid.uuid4().hex))
    atelier = open_atelier(opening, anne, epci, "Plan ESS", Place())  # type: ignore[arg-type]
    give(atelier.pk, association, Role.PARTENAIRE, anne, at=AT)
    return Team(anne, bruno, epci, association, atelier)


def objective_of(team: Team, title: str = "Garder des lieux ouverts") -> Objective:
    """An objective of the plan."""
    return add_objective(team.by(team.anne), team.atelier, title=title)


def action_of(team: Team, title: str = "Prêter un local", **fields: object) -> Action:
    """An action that the intercommunality pilots."""
    return propose(team.by(team.anne), objective_of(team), title=title, pilot=team.epci.pk, **fields)

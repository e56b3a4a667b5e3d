"""What every act in an atelier passes: the right to do it, asked first, then the journal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from ancrage.journal.models import Recorded
from ancrage.journal.past import PARIS
from ancrage.journal.writing import Act, Pen, write
from ancrage.people import actors
from ancrage.people.acts import Act as Right
from ancrage.people.rights import Actor, Thing, grounds, may
from ancrage.workspace.models.parts import InAtelier

Row = TypeVar("Row", bound=InAtelier)


@dataclass(frozen=True, slots=True)
class By:
    """Who writes: what she belongs to and holds, and her act as the journal will tell it."""

    actor: Actor
    act: Act

    @property
    def on(self) -> date:
        """The day of the act."""
        return self.act.at.astimezone(PARIS).date()


def thing(
    atelier: UUID,
    *,
    id: UUID | None = None,  # noqa: A002 as rights call it
    concerns: Iterable[UUID] = (),
    pilots: Iterable[UUID] = (),
    awaited: Iterable[UUID] = (),
) -> Thing:
    """Something of an atelier, as rights see it."""
    return Thing(
        str(atelier),
        str(id or ""),
        concerns=frozenset(map(str, concerns)),
        pilots=frozenset(map(str, pilots)),
        awaited=frozenset(map(str, awaited)),
    )


def allowed(by: By, right: Right, about: Thing) -> By:
    """The same person, acting for the organisation that gives her the right. Raises ``NotAllowedError``."""
    found = grounds(by.actor, right, about, on=by.on)
    if not found:
        held = actors.holders(UUID(about.workspace), on=by.on) if about.workspace else {}
        actors.refuse_unless(may(by.actor, right, replace(about, holders=held), on=by.on))
    organisation = by.act.on_behalf_of or (UUID(found[0].organisation) if found[0].organisation else None)
    return replace(by, act=replace(by.act, on_behalf_of=organisation))


def created(by: By, verb: str, row: Row) -> Row:
    """Write a new row of an atelier."""
    return write(by.act, verb, lambda pen: pen.create(row), chain=row.chain())


def changed(by: By, verb: str, row: Row, seen: int, fields: dict[str, Any]) -> Row:
    """Change a row from the version that was seen."""
    kind = type(row)
    return write(by.act, verb, lambda pen: pen.change(kind, row.pk, seen, **fields), chain=row.chain())


def retired(by: By, verb: str, row: Row, seen: int) -> Row:
    """Retire a row; the reason is that of the act."""
    kind, reason = type(row), by.act.reason
    return write(by.act, verb, lambda pen: pen.retire(kind, row.pk, seen, reason), chain=row.chain())


def carried_out(by: By, verb: str, atelier: UUID, do: Callable[[Pen], Any]) -> Recorded:
    """A command of several rows of an atelier."""
    done: Recorded = write(by.act, verb, do, chain=atelier)
    return done

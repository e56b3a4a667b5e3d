"""What the pages of an atelier share: the atelier one may read, its organisations, its rows."""

from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest

from ancrage.dating import parse_day
from ancrage.desk.opened import today
from ancrage.desk.origins import READING
from ancrage.errors import DayOutOfRangeError
from ancrage.journal.models import Recorded
from ancrage.journal.past import PARIS, all_as_on
from ancrage.people.actors import actor_of
from ancrage.people.acts import Act as Right
from ancrage.people.models import Habilitation, Organisation, Person
from ancrage.people.rights import Actor, Thing, may
from ancrage.reasoning import Verdict
from ancrage.web.space.atelier.fields import Choices
from ancrage.web.space.atelier.words import amount, changes, told_day, told_number, verbs
from ancrage.web.space.doors import who
from ancrage.workspace.door import thing
from ancrage.workspace.marks import Marks, marks_of
from ancrage.workspace.models import Atelier
from ancrage.workspace.models.parts import InAtelier
from ancrage.workspace.reading import ordered

Row = TypeVar("Row", bound=InAtelier)
Entered = tuple[Atelier | None, Actor, dict[object, Any]]
KEPT = 256
"""Readers whose rights a process remembers, the last ones."""
_kept: OrderedDict[object, Entered] = OrderedDict()


@dataclass(frozen=True)
class Inside:
    """An atelier, who reads it, and the day it is read for."""

    atelier: Atelier
    actor: Actor
    on: date
    past: bool
    marks: Marks | None = None
    """How far its journal had come when it was entered."""
    made: dict[object, Any] = field(default_factory=dict)
    """What pages ask of the base again and again, for as long as the journal stays there."""

    def may(self, right: Right, about: Thing | None = None) -> bool:
        """Whether the reader may do something today; nothing is done in the past."""
        about = about or thing(self.atelier.pk)
        return not self.past and may(self.actor, right, about, on=self.on).verdict is Verdict.OUI


def enter(request: HttpRequest, atelier: UUID, *, only: UUID | None = None) -> Inside:
    """The atelier, for those who may read it; the others are not told that it exists.

    Raises :class:`DayOutOfRangeError` for a day that has not come. ``only``: the contract that is asked,
    which its evaluator may read too.
    """
    now, marks = today(), marks_of(atelier)
    found, actor, made = _entered(who(request), atelier, marks, reading=request.method in READING)
    about = thing(atelier, id=only)
    if found is None or may(actor, Right.READ, about, on=now).verdict is not Verdict.OUI:
        raise Http404("no such atelier")
    written = request.GET.get("le", "").strip()
    on = parse_day(written) if written else now
    if on > now:
        raise DayOutOfRangeError(on, found.created_at.astimezone(PARIS).date(), now)
    return Inside(found, actor, on, on < now, marks, made)


def _entered(person: Person, atelier: UUID, marks: Marks, *, reading: bool) -> Entered:
    """The atelier and who enters, asked again once a line is written: memberships and roles are lines too."""
    key = (person.pk, atelier, marks)
    if reading and (kept := _kept.get(key)) is not None:
        return kept
    found: Entered = (Atelier.objects.filter(pk=atelier).first(), actor_of(person), {})
    if reading:
        _kept[key] = found
        while len(_kept) > KEPT:
            with suppress(KeyError):
                _kept.popitem(last=False)
    return found


def row_of(model: type[Row], inside: Inside, identity: UUID) -> Row:
    """A row of the atelier. Raises Http404."""
    found: Any = model._default_manager.filter(pk=identity, atelier=inside.atelier).first()
    if not isinstance(found, model):
        raise Http404("no such row")
    return found


def rows_of(model: type[Row], inside: Inside) -> list[Row]:
    """The rows of the atelier, as they are or as they stood that day, in the order of their table."""
    if inside.past:
        return ordered(model, all_as_on(model, inside.atelier.pk, on=inside.on))
    found: Iterable[Any] = model._default_manager.filter(atelier=inside.atelier, retired_at=None)
    return list(found)


def organisations(inside: Inside) -> list[Organisation]:
    """Those that hold a role in the atelier, by name."""
    if ("organisations", inside.on) not in inside.made:
        inside.made["organisations", inside.on] = _organisations(inside)
    return list(inside.made["organisations", inside.on])


def _organisations(inside: Inside) -> list[Organisation]:
    held = Habilitation.objects.filter(
        atelier_id=inside.atelier.pk, retired_at=None, organisation__isnull=False
    )
    living = {one.organisation_id for one in held if inside.on in one.period and one.organisation_id}
    return list(Organisation.objects.filter(pk__in=living).order_by("name"))


def choices(found: Iterable[Organisation]) -> Choices:
    """Organisations to choose from."""
    return [(str(one.pk), one.name) for one in found]


def mine(inside: Inside) -> frozenset[str]:
    """The organisations the reader answers for that day."""
    return frozenset(one.organisation for one in inside.actor.belongings if inside.on in one.period)


def version_of(row: Recorded | None) -> int:
    """The version a form is made from."""
    return row.version if row else 0


def told(inside: Inside, **more: Any) -> dict[str, Any]:
    """What every page of the atelier shows around its own content."""
    return {
        "atelier": inside.atelier,
        "inside": inside,
        "on": inside.on,
        "first": inside.atelier.created_at.astimezone(PARIS).date(),
        "today": today(),
        "Right": Right,
        "amount": amount,
        "verbs": verbs,
        "changes": changes,
        "told_day": told_day,
        "told_number": told_number,
        "uuid": UUID,
        **more,
    }

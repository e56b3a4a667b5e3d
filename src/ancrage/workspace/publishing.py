"""Publishing an action as a case, and withdrawing it: by who holds the atelier, once all of it was seen."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from ancrage.cases.case import Sort
from ancrage.cases.privacy import faults
from ancrage.errors import InvalidQuestionError
from ancrage.journal.cleaning import refuse_unfit
from ancrage.journal.writing import Pen
from ancrage.people.acts import Act as Right
from ancrage.people.models import ESS_NATURES, PUBLIC_NATURES, Habilitation, Membership, Nature, Organisation
from ancrage.people.person import Identity
from ancrage.workspace.balance import LOST
from ancrage.workspace.door import By, allowed, carried_out, changed, created, retired, thing
from ancrage.workspace.models import (
    Action,
    CampaignReading,
    Contribution,
    Participation,
    PublishedCase,
    PublishedPlan,
    Resource,
)
from ancrage.workspace.models.cases import TEXTS
from ancrage.workspace.models.parts import Reply

Published = TypeVar("Published", PublishedCase, PublishedPlan)
REPLACED = "Remplacé par une nouvelle publication."
NAMED = frozenset((*PUBLIC_NATURES, *ESS_NATURES, Nature.SIAE, Nature.RESEAU, Nature.FINANCEUR))
"""Natures of organisations that are told by their name: the others may bear that of a person."""
PILOT = "pilote"


def seen_before(by: By, action: Action, *, shared: bool = False, **said: Any) -> PublishedCase:
    """The very case that would be published, for who may publish it; nothing is written."""
    allowed(by, Right.PUBLISH, thing(action.atelier_id))
    return draft(action, shared=shared, **said)


def draft(action: Action, *, shared: bool = False, **said: Any) -> PublishedCase:
    """The case that would be published, not written yet. ``shared``: with who brings what.

    Raises :class:`InvalidQuestionError` for what leads to a person.
    """
    atelier = action.atelier
    row = PublishedCase(
        atelier=atelier,
        action=action,
        state=action.state,
        begin=action.begin,
        end=action.end,
        place=atelier.territory,
        place_name=atelier.territory_name,
        place_on=atelier.territory_on,
        shares=list(shares(action)) if shared else [],
        **said,
    )
    if row.sort != Sort.CAMPAIGN:
        row.stage, row.goal, row.ends, row.link = "", None, None, ""
    _refuse_persons(row)
    refuse_unfit(row, alone=True)
    return row


def publish(by: By, action: Action, *, shared: bool = False, **said: Any) -> PublishedCase:
    """Let anybody read an action as it stands; an earlier case of it is withdrawn, this one in its place."""
    by = allowed(by, Right.PUBLISH, thing(action.atelier_id))
    row = draft(action, shared=shared, **said)

    def do(pen: Pen) -> PublishedCase:
        for old in PublishedCase.objects.filter(action=action, retired_at=None):
            pen.retire(PublishedCase, old.pk, old.version, REPLACED)
        return pen.create(row)

    made = carried_out(by, "cas.publie", action.atelier_id, do)
    found = PublishedCase.objects.filter(action=action, retired_at=None).first()
    return found if found is not None else made  # type: ignore[return-value]  # the same form, sent again


def withdraw_case(by: By, row: Published, seen: int) -> Published:
    """Publish a case, or a plan, no more. Raises :class:`InvalidQuestionError` without a reason."""
    by = allowed(by, Right.PUBLISH, thing(row.atelier_id))
    if not by.act.reason:
        raise InvalidQuestionError([("motif", "dites pourquoi c’est retiré")])
    return retired(by, f"{row.kind()}.retire", row, seen)


def read_campaign(by: By, action: Action, **said: Any) -> CampaignReading:
    """Write what a campaign had gathered a day: anybody reads it with the case of the action.

    Raises :class:`InvalidQuestionError` for a day to come, or read already.
    """
    by = allowed(by, Right.PUBLISH, thing(action.atelier_id))
    _refuse_to_come(by, said["on"])
    return created(
        by, "campagne.relevee", CampaignReading(atelier_id=action.atelier_id, action=action, **said)
    )


def correct_reading(by: By, row: CampaignReading, seen: int, **said: Any) -> CampaignReading:
    """Correct a reading: the journal keeps what it said."""
    by = allowed(by, Right.PUBLISH, thing(row.atelier_id))
    _refuse_to_come(by, said["on"])
    return changed(by, "campagne.corrigee", row, seen, said)


def _refuse_to_come(by: By, on: date) -> None:
    if on > by.on:
        raise InvalidQuestionError([("jour du relevé", "ce jour n’est pas encore venu")])


def shares(action: Action) -> Iterator[dict[str, Any]]:
    """Who takes part and brings what, confirmed by both sides only; the pilot first."""
    parts = list(Participation.objects.filter(action=action, retired_at=None, reply=Reply.CONFIRMED))
    money = Resource.objects.filter(action=action, retired_at=None, reply=Reply.CONFIRMED)
    gifts = Contribution.objects.filter(action=action, retired_at=None, reply=Reply.CONFIRMED)
    granted = _summed((one.funder, one.granted) for one in money if one.stage not in LOST)
    given = _summed((one.giver, one.value) for one in gifts)
    roles: dict[UUID, list[str]] = {action.pilot: [PILOT]} if action.pilot else {}
    brings: dict[UUID, list[str]] = {}
    for one in parts:
        roles.setdefault(one.organisation, []).append(str(one.get_role_display()))
        brings.setdefault(one.organisation, []).append(one.brings)
    for each in (*granted, *given):
        roles.setdefault(each, [])
    known = Organisation.objects.in_bulk(list(roles))
    for identity in sorted(roles, key=lambda one: (one != action.pilot, known[one].name, str(one))):
        organisation, held = known[identity], roles[identity]
        nature = Nature(organisation.nature)
        yield {
            "name": organisation.name if nature in NAMED else f"une organisation ({nature.label})",
            "nature": nature.label,
            "role": ", ".join(held),
            "brings": " ; ".join(filter(None, brings.get(identity, ()))),
            "pools": nature is Nature.EPCI,
            "granted": _told(granted.get(identity)),
            "given": _told(given.get(identity)),
        }


def unconfirmed(action: Action) -> int:
    """How many participations one side only says: they are not published."""
    return Participation.objects.filter(action=action, retired_at=None, reply=Reply.AWAITED).count()


def _summed(rows: Iterable[tuple[UUID | None, Decimal | None]]) -> dict[UUID, Decimal]:
    found: dict[UUID, Decimal] = {}
    for who, value in rows:
        if who is not None and value is not None:
            found[who] = found.get(who, Decimal(0)) + value
    return found


def _told(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def _refuse_persons(row: PublishedCase) -> None:
    names = list(_names(row.atelier_id))
    labels = {one.attname: str(one.verbose_name) for one in PublishedCase._meta.concrete_fields}
    told = [(labels[name], said) for name in TEXTS for said in faults(str(getattr(row, name)), names)]
    for each in row.shares:
        told += [(f"ce qu’apporte {each['name']}", said) for said in faults(each["brings"], names)]
    if told:
        raise InvalidQuestionError(told)


def _names(atelier: UUID) -> Iterator[str]:
    """Names of the persons who are, or were, in the atelier."""
    held = Habilitation.objects.filter(atelier_id=atelier)
    persons = set(held.values_list("person", flat=True))
    organisations = [one for one in held.values_list("organisation", flat=True) if one]
    persons |= set(Membership.objects.filter(organisation__in=organisations).values_list("person", flat=True))
    yield from Identity.objects.filter(person__in=[one for one in persons if one]).values_list(
        "name", flat=True
    )

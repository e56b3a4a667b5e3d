"""Facts with two sides: declared by one organisation, confirmed or refused by the other."""

from typing import Any, TypeVar
from uuid import UUID

from ancrage.errors import InvalidQuestionError
from ancrage.people.acts import Act as Right
from ancrage.people.models import Habilitation
from ancrage.people.roles import Role
from ancrage.workspace.door import By, allowed, changed, created, thing
from ancrage.workspace.models import Action, Cost, Participation, Resource
from ancrage.workspace.models.parts import Reply, TwoSided
from ancrage.workspace.plan import piloted

Fact = TypeVar("Fact", Participation, Resource)
UNANSWERED = {"reply": Reply.AWAITED, "replied_by": None, "replied_at": None, "reply_reason": ""}


def declare_participation(by: By, action: Action, organisation: UUID, **fields: object) -> Participation:
    """Say that an organisation takes part: the other side is to accept."""
    by = _declaring(by, action, organisation)
    row = Participation(atelier_id=action.atelier_id, action=action, organisation=organisation, **fields)
    return created(by, "participation.declaree", _sided(row, by, action, organisation))


def declare_resource(by: By, action: Action, **fields: object) -> Resource:
    """Say what money is asked, granted, paid: its funder is to confirm, when it is in the atelier."""
    row = Resource(atelier_id=action.atelier_id, action=action, **fields)
    by = _declaring(by, action, row.funder)
    return created(by, "ressource.declaree", _sided(row, by, action, row.funder))


def restate(by: By, fact: Fact, seen: int, **fields: Any) -> Fact:
    """Declare otherwise: what the other side had said of the former text no longer holds."""
    action: Action = fact.action
    before = fact.funder if isinstance(fact, Resource) else fact.organisation
    # Nobody takes over what is said of another by saying it of oneself.
    _declaring(by, action, before)
    about = fields.get("funder", before) if isinstance(fact, Resource) else before
    by = _declaring(by, action, about)
    sided = {"declared_by": own_side(by), "awaited_from": _other(by, action, about)}
    return changed(by, f"{fact.kind()}.redeclaree", fact, seen, {**fields, **sided, **UNANSWERED})


def reply(by: By, fact: TwoSided, seen: int, *, confirmed: bool) -> TwoSided:
    """The other side confirms or refuses what it saw; a refusal says why."""
    by = allowed(by, Right.CONFIRM, thing(fact.atelier_id, awaited=fact.answering()))
    if not confirmed and not by.act.reason:
        raise InvalidQuestionError([("motif", "dites pourquoi vous refusez")])
    fields = {
        "reply": Reply.CONFIRMED if confirmed else Reply.REFUSED,
        "replied_by": fact.awaited_from,
        "replied_at": by.act.at,
        "reply_reason": by.act.reason,
    }
    verb = "confirmee" if confirmed else "refusee"
    return changed(by, f"{fact.kind()}.{verb}", fact, seen, fields)


def add_cost(by: By, action: Action, **fields: object) -> Cost:
    """Write what an action costs in a year."""
    by = allowed(by, Right.EDIT, piloted(action))
    return created(by, "depense.ecrite", Cost(atelier_id=action.atelier_id, action=action, **fields))


def edit_cost(by: By, cost: Cost, seen: int, **fields: object) -> Cost:
    """Change what an action costs."""
    by = allowed(by, Right.EDIT, piloted(cost.action))
    return changed(by, "depense.changee", cost, seen, fields)


def _declaring(by: By, action: Action, about: UUID | None) -> By:
    concerned = [one for one in (action.pilot, about) if one]
    return allowed(by, Right.DECLARE, thing(action.atelier_id, concerns=concerned))


def _sided(row: Fact, by: By, action: Action, about: UUID | None) -> Fact:
    row.declared_by, row.awaited_from = own_side(by), _other(by, action, about)
    return row


def own_side(by: By) -> UUID:
    """The organisation that declares; a person who holds a role herself declares for none but herself."""
    return by.act.on_behalf_of or by.act.actor


def _other(by: By, action: Action, about: UUID | None) -> UUID | None:
    return other_side(by, action.atelier_id, about, pilot=action.pilot)


def other_side(by: By, atelier: UUID, about: UUID | None, *, pilot: UUID | None = None) -> UUID | None:
    """Who answers: the one it is about or, when that one declares it, who pilots or holds the atelier."""
    if about != own_side(by):
        return about
    if pilot and pilot != about:
        return pilot
    held = Habilitation.objects.filter(atelier_id=atelier, role=Role.PORTEUR.value, until=None)
    return next((one.organisation_id for one in held if one.organisation_id not in (None, about)), None)

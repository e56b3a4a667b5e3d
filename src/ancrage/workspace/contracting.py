"""Contracts: written with the actions they hold; who signs and who pays is said by both sides."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from ancrage.people.acts import Act as Right
from ancrage.people.habilitations import give
from ancrage.people.models import Habilitation, Organisation, Person
from ancrage.people.rights import Actor
from ancrage.people.roles import Role as Evaluating
from ancrage.workspace.door import By, allowed, changed, created, thing
from ancrage.workspace.models import Atelier, Comment, Contract, Credit, Signature
from ancrage.workspace.models.parts import Reply
from ancrage.workspace.sides import UNANSWERED, other_side, own_side

Fact = TypeVar("Fact", Signature, Credit)


def write_contract(by: By, atelier: Atelier, **fields: object) -> Contract:
    """Write a contract and the actions it holds."""
    by = allowed(by, Right.WRITE_PLAN, thing(atelier.pk))
    return created(by, "contrat.ecrit", Contract(atelier=atelier, **fields))


def edit_contract(by: By, contract: Contract, seen: int, **fields: object) -> Contract:
    """Change a contract, or the actions it holds."""
    by = allowed(by, Right.WRITE_PLAN, thing(contract.atelier_id))
    return changed(by, "contrat.change", contract, seen, fields)


def declare_signature(by: By, contract: Contract, organisation: UUID, **fields: object) -> Signature:
    """Say that an organisation signs: it is to confirm, unless it says so itself."""
    row = Signature(atelier_id=contract.atelier_id, contract=contract, organisation=organisation, **fields)
    by = _declaring(by, row)
    return created(by, "signature.declaree", _sided(row, by))


def declare_credit(by: By, contract: Contract, **fields: object) -> Credit:
    """Say what a contract provides for in a year: its funder is to confirm, when it is in the atelier."""
    row = Credit(atelier_id=contract.atelier_id, contract=contract, **fields)
    by = _declaring(by, row)
    return created(by, "credit.declare", _sided(row, by))


def restate(by: By, fact: Fact, seen: int, **fields: Any) -> Fact:
    """Declare otherwise: what the other side had said of the former text no longer holds."""
    # Nobody takes over what is said of another by saying it of oneself.
    _declaring(by, fact)
    if isinstance(fact, Credit):
        fact.funder = fields.get("funder", fact.funder)
    by = _declaring(by, fact)
    return changed(by, f"{fact.kind()}.redeclare", fact, seen, {**fields, **_sides(fact, by)})


def entrust(by: By, contract: Contract, organisation: Organisation, person: Person) -> Habilitation:
    """Entrust the evaluation of a contract to an organisation: it reads that contract, and no more.

    Raises :class:`NotAllowedError`, :class:`RoleError` when it is its evaluator already.
    """
    at = by.act.at
    return give(contract.atelier_id, organisation, Evaluating.EVALUATEUR, person, at=at, only=contract.pk)


def record_finding(by: By, contract: Contract, text: str) -> Comment:
    """Write what the evaluator of a contract found; nobody else may."""
    by = allowed(by, Right.RECORD_FINDING, thing(contract.atelier_id, id=contract.pk))
    row = Comment(
        atelier_id=contract.atelier_id,
        about_kind=contract.kind(),
        about=contract.pk,
        author=by.act.actor,
        on_behalf_of=by.act.on_behalf_of,
        text=text,
    )
    return created(by, "constat.ecrit", row)


def evaluators(contract: Contract, *, on: date) -> list[Organisation]:
    """Who evaluates a contract that day."""
    held = Habilitation.objects.filter(
        atelier_id=contract.atelier_id, only=contract.pk, role=Evaluating.EVALUATEUR.value
    ).select_related("organisation")
    return [one.organisation for one in held if one.organisation and on in one.period]


def findings(contract: Contract, *, on: date) -> list[Comment]:
    """What its evaluators found, until a day."""
    found = Comment.objects.filter(about=contract.pk, retired_at=None)
    return [one for one in found if one.created_at.date() <= on]


def entrusted(actor: Actor, *, on: date) -> list[Contract]:
    """The contracts whose evaluation a person answers for."""
    asked = [one.only for one in actor.grants if one.only and on in one.period]
    return list(Contract.objects.filter(pk__in=asked, retired_at=None).order_by("title"))


def _declaring(by: By, fact: Signature | Credit) -> By:
    about = _about(fact)
    return allowed(by, Right.DECLARE, thing(fact.atelier_id, concerns=(about,) if about else ()))


def _sided(fact: Fact, by: By) -> Fact:
    for name, value in _sides(fact, by).items():
        setattr(fact, name, value)
    return fact


def _sides(fact: Signature | Credit, by: By) -> dict[str, Any]:
    """Who says it and who answers. Nobody answers for the signature of another: its own word is enough."""
    own, about = own_side(by), _about(fact)
    if isinstance(fact, Signature) and own == about:
        said = {"reply": Reply.CONFIRMED, "replied_by": own, "replied_at": by.act.at, "reply_reason": ""}
        return {"declared_by": own, "awaited_from": None, **said}
    return {"declared_by": own, "awaited_from": other_side(by, fact.atelier_id, about), **UNANSWERED}


def _about(fact: Signature | Credit) -> UUID | None:
    return fact.funder if isinstance(fact, Credit) else fact.organisation

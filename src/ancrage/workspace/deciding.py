"""Decisions: written, adopted once, then replaced only; and what they say of who decided with whom."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from ancrage.errors import InvalidQuestionError, RetiredError, UnknownObjectError
from ancrage.people.acts import Act as Right
from ancrage.people.models import Organisation
from ancrage.people.rights import Actor, grounds
from ancrage.workspace.door import By, allowed, changed, created, thing
from ancrage.workspace.models import Action, Atelier, Decision, Voice

REPLACES = "Remplace la décision"


def write_decision(by: By, atelier: Atelier, **fields: object) -> Decision:
    """Write a decision that is to be adopted; ``replaces_id``: the adopted one that it replaces.

    Raises ``InvalidQuestionError`` for one that is not adopted, or that another replaces already.
    """
    _refuse_replacing(atelier.pk, fields.get("replaces_id"))
    by = allowed(by, Right.WRITE_PLAN, thing(atelier.pk))
    return created(by, "decision.ecrite", Decision(atelier=atelier, **fields))


def edit_decision(by: By, decision: Decision, seen: int, **fields: object) -> Decision:
    """Change a decision that is not adopted yet. Raises :class:`RetiredError` for one that is."""
    by = allowed(by, Right.WRITE_PLAN, thing(decision.atelier_id))
    if decision.adopted_at is not None:
        raise RetiredError("décision adoptée", "elle ne change plus : une autre la remplace")
    _refuse_replacing(decision.atelier_id, fields.get("replaces_id"), itself=decision.pk)
    return changed(by, "decision.changee", decision, seen, fields)


def adopt(by: By, decision: Decision, seen: int) -> Decision:
    """Adopt a decision, once."""
    by = allowed(by, Right.ADOPT, thing(decision.atelier_id))
    if decision.adopted_at is not None:
        raise RetiredError("décision adoptée", "elle l’est déjà")
    return changed(by, "decision.adoptee", decision, seen, {"adopted_at": by.act.at})


def voters(actor: Actor, atelier: UUID, *, on: date) -> frozenset[str]:
    """The organisations for which somebody may say what they think of decisions."""
    held = grounds(actor, Right.VOTE, thing(atelier), on=on)
    own = {one.organisation for one in actor.belongings if on in one.period}
    return frozenset(one.organisation for one in held if one.organisation in own)


def speak(by: By, decision: Decision, organisation: UUID, seen: int, **fields: object) -> Voice:
    """Say, for one's organisation, what it thinks of a decision; once adopted, nobody says more.

    ``seen``: the version of what it said before, none said: 0. Raises :class:`RetiredError`.
    """
    by = allowed(by, Right.VOTE, thing(decision.atelier_id))
    if str(organisation) not in voters(by.actor, decision.atelier_id, on=by.on):
        raise UnknownObjectError("organisation")
    by = replace(by, act=replace(by.act, on_behalf_of=organisation))
    if decision.adopted_at is not None:
        raise RetiredError("décision adoptée", "les avis sont clos")
    said = Voice.objects.filter(decision=decision, organisation=organisation, retired_at=None).first()
    if said is not None:
        return changed(by, "avis.change", said, seen, fields)
    row = Voice(atelier_id=decision.atelier_id, decision=decision, organisation=organisation, **fields)
    return created(by, "avis.donne", row)


def replaceable(atelier: UUID, *, itself: UUID | None = None) -> list[Decision]:
    """The adopted decisions that no other replaces; those that ``itself`` replaces are among them."""
    found = list(Decision.objects.filter(atelier_id=atelier, retired_at=None))
    replaced = {one.replaces_id for one in found if one.pk != itself}
    return [one for one in found if one.adopted_at and one.pk not in replaced and one.pk != itself]


def _refuse_replacing(atelier: UUID, replaced: object, *, itself: UUID | None = None) -> None:
    if replaced and replaced not in {one.pk for one in replaceable(atelier, itself=itself)}:
        told = "choisissez une décision adoptée, qu’aucune autre ne remplace"
        raise InvalidQuestionError([(REPLACES, told)])


def account(
    decisions: Iterable[Decision], actions: Iterable[Action], organisations: Mapping[UUID, Organisation]
) -> dict[str, tuple[int, int]]:
    """How many decisions were taken with the ESS, and with inhabitants; how many actions the ESS pilots.

    Each as (how many, out of how many); an action without a pilot is not counted.
    """
    adopted = [one for one in decisions if one.adopted_at is not None]
    piloted = [one for one in actions if one.pilot in organisations]
    with_ess = [one for one in adopted if any(_other(UUID(each), organisations) for each in one.present)]
    return {
        "avec l’ESS": (len(with_ess), len(adopted)),
        "avec des habitants": (sum(one.inhabitants for one in adopted), len(adopted)),
        "portées par l’ESS": (
            sum(_other(one.pilot, organisations) for one in piloted if one.pilot),
            len(piloted),
        ),
    }


def _other(organisation: UUID, organisations: Mapping[UUID, Organisation]) -> bool:
    return organisation in organisations and not organisations[organisation].public

"""Decisions: written, adopted once, then replaced only; and what they say of who decided with whom."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from ancrage.errors import RetiredError
from ancrage.people.acts import Act as Right
from ancrage.people.models import Organisation
from ancrage.workspace.door import By, allowed, changed, created, thing
from ancrage.workspace.models import Action, Atelier, Decision


def write_decision(by: By, atelier: Atelier, **fields: object) -> Decision:
    """Write a decision that is to be adopted."""
    by = allowed(by, Right.WRITE_PLAN, thing(atelier.pk))
    return created(by, "decision.ecrite", Decision(atelier=atelier, **fields))


def edit_decision(by: By, decision: Decision, seen: int, **fields: object) -> Decision:
    """Change a decision that is not adopted yet. Raises :class:`RetiredError` for one that is."""
    by = allowed(by, Right.WRITE_PLAN, thing(decision.atelier_id))
    if decision.adopted_at is not None:
        raise RetiredError("décision adoptée", "elle ne change plus : une autre la remplace")
    return changed(by, "decision.changee", decision, seen, fields)


def adopt(by: By, decision: Decision, seen: int) -> Decision:
    """Adopt a decision, once."""
    by = allowed(by, Right.ADOPT, thing(decision.atelier_id))
    if decision.adopted_at is not None:
        raise RetiredError("décision adoptée", "elle l’est déjà")
    return changed(by, "decision.adoptee", decision, seen, {"adopted_at": by.act.at})


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

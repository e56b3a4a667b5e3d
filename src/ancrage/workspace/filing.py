"""The file of a structure across services: what is written there, what the plan holds of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from ancrage.errors import OrganisationError
from ancrage.journal.writing import Pen
from ancrage.people.acts import Act as Right
from ancrage.people.models import Organisation
from ancrage.people.registered import Registered
from ancrage.people.rights import Thing
from ancrage.workspace.door import By, allowed, carried_out, changed, retired, thing
from ancrage.workspace.models import (
    Action,
    Atelier,
    Contact,
    Contract,
    Contribution,
    Decision,
    Entry,
    Grading,
    Participation,
    Structure,
    SupportRequest,
)
from ancrage.workspace.models.parts import Reply
from ancrage.workspace.reading import Plan

Written = Entry | Contact | SupportRequest | Grading


def filed(atelier: UUID, siren: str) -> Thing:
    """The file of a structure, as rights see it: it concerns the organisations that it is."""
    same = Organisation.objects.filter(siren=siren) if siren else Organisation.objects.none()
    return thing(atelier, concerns=same.values_list("pk", flat=True))


def write_in(by: By, atelier: Atelier, found: Registered, row: Written) -> Written:
    """Write in the file of a structure of the register; the file is opened by what is first written."""
    by = allowed(by, Right.WRITE_FILE, filed(atelier.pk, found.siren))

    def do(pen: Pen) -> Written:
        row.atelier, row.structure = atelier, opened_file(pen, by, atelier, found)
        return pen.create(row)

    carried_out(by, f"{row.kind()}.ajoute", atelier.pk, do)
    return row


def tag(by: By, atelier: Atelier, found: Registered, seen: int, tags: list[str]) -> None:
    """Give a structure its tags; ``seen``: the version of its file, 0 when there was none."""
    by = allowed(by, Right.WRITE_FILE, filed(atelier.pk, found.siren))

    def do(pen: Pen) -> Structure:
        there = _file(atelier, found)
        file = there or opened_file(pen, by, atelier, found)
        return pen.change(Structure, file.pk, seen if there else file.version, tags=tags)

    carried_out(by, "structure.etiquetee", atelier.pk, do)


def rewrite(by: By, row: Written, seen: int, **fields: object) -> Written:
    """Change what was written in a file."""
    by = allowed(by, Right.WRITE_FILE, filed(row.atelier_id, row.structure.siren))
    return changed(by, f"{row.kind()}.change", row, seen, fields)


def take_out(by: By, row: Written, seen: int) -> Written:
    """Retire what was written in a file; it stays in the past."""
    by = allowed(by, Right.WRITE_FILE, filed(row.atelier_id, row.structure.siren))
    return retired(by, f"{row.kind()}.retire", row, seen)


def refuse_unknown(found: Registered) -> None:
    """Raises :class:`OrganisationError` for a code that the register does not hold."""
    if not found.known:
        raise OrganisationError(found.told(), "Cherchez la structure dans l'annuaire.")


def _file(atelier: Atelier, found: Registered) -> Structure | None:
    return Structure.objects.filter(atelier=atelier, siren=found.siren, retired_at=None).first()


def opened_file(pen: Pen, by: By, atelier: Atelier, found: Registered) -> Structure:
    """The file of a structure, made when nothing was written of it yet."""
    if known := _file(atelier, found):
        return known
    refuse_unknown(found)
    name = found.name or f"SIREN {found.siren}"
    return pen.create(Structure(atelier=atelier, siren=found.siren, name=name, named_on=by.on, tags=[]))


@dataclass(frozen=True)
class Held:
    """What the plan of an atelier holds of a structure."""

    pilots: list[Action]
    parts: list[tuple[Action, Participation]]
    gifts: list[tuple[Action, Contribution]]
    decisions: list[Decision]
    contracts: list[tuple[Contract, str]]
    """With what it does there: it signs, it has its part in an action."""

    def __bool__(self) -> bool:
        return bool(self.pilots or self.parts or self.gifts or self.decisions or self.contracts)


def held_of(plan: Plan, siren: str) -> Held:
    """Actions it pilots or takes part in, what it gives or receives, decisions it was present at."""
    itself = {one.pk for one in plan.organisations.values() if siren and one.siren == siren}
    pilots = [one for one in plan.actions if one.pilot in itself]
    return Held(
        pilots,
        [
            (action, one)
            for action in plan.actions
            for one in plan.participations.get(action.pk, ())
            if one.organisation in itself
        ],
        [
            (action, one)
            for action in plan.actions
            for one in plan.contributions.get(action.pk, ())
            if itself & {one.giver, one.receiver}
        ],
        [one for one in plan.decisions if itself & {UUID(each) for each in one.present}],
        list(_contracts(plan, itself, pilots)),
    )


def _contracts(plan: Plan, itself: set[UUID], pilots: list[Action]) -> Iterator[tuple[Contract, str]]:
    """The contracts a structure signs, funds, or has its part in."""
    acts = {str(one.pk) for one in pilots}
    acts |= {
        str(action)
        for action, parts in plan.participations.items()
        if any(one.organisation in itself and one.reply != Reply.REFUSED for one in parts)
    }
    for contract in plan.contracts:
        if any(one.organisation in itself for one in plan.signatures.get(contract.pk, ())):
            yield contract, "signataire"
        elif any(one.funder in itself for one in plan.credits.get(contract.pk, ())):
            yield contract, "finance"
        elif held := acts & set(contract.actions):
            yield contract, f"dans {len(held)} de ses actions"

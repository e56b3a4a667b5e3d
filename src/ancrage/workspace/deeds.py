"""Conventions: written, frozen in a text that the parties sign, changed by amendments only, then kept to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ancrage.conventions.drafting import Due
from ancrage.errors import InvalidQuestionError
from ancrage.journal.writing import Pen
from ancrage.people.acts import Act as Right
from ancrage.people.rights import Thing
from ancrage.workspace.attaching import digest_of, keep
from ancrage.workspace.documents import Given
from ancrage.workspace.door import By, allowed, carried_out, changed, created, retired, thing
from ancrage.workspace.models import Atelier, Convention, ConventionSignature, ConventionText, Obligation
from ancrage.workspace.models.parts import Reply
from ancrage.workspace.sides import UNANSWERED, own_side

DERIVED = "convention"
"""Origin of what a convention itself makes due; others are written by people."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A text to be signed: its articles, its file, the day its law was read, what it makes due."""

    content: dict[str, Any]
    file: Given
    law_on: date
    dues: tuple[Due, ...]
    missing: tuple[str, ...] = ()
    about: str = ""
    laws: dict[str, str] = field(default_factory=dict)


def concerned(row: Convention) -> Thing:
    """A convention, as rights see it: it concerns its parties."""
    return thing(row.atelier_id, concerns=row.parties())


def write_convention(by: By, atelier: Atelier, **fields: Any) -> Convention:
    """Begin a convention between organisations of the atelier."""
    row = Convention(atelier=atelier, **fields)
    by = allowed(by, Right.WRITE_DEED, concerned(row))
    return created(by, "convention.redigee", row)


def edit_convention(by: By, row: Convention, seen: int, **fields: Any) -> Convention:
    """Change what is being written: refused while a frozen text waits for its signatures."""
    by = allowed(by, Right.WRITE_DEED, concerned(row))
    _refuse_waiting(row)
    return changed(by, "convention.changee", row, seen, fields)


def fix(by: By, row: Convention, seen: int, frozen: Frozen) -> ConventionText:
    """Freeze what is written in a text to be signed; an amendment says what it changes.

    Raises :class:`InvalidQuestionError` while something is missing, or a text before waits to be signed.
    """
    by = allowed(by, Right.WRITE_DEED, concerned(row))
    _refuse_waiting(row)
    rank = row.texts.filter(retired_at=None).count() + 1
    _refuse_unready(row, frozen, rank)
    made = ConventionText(
        atelier_id=row.atelier_id,
        convention=row,
        rank=rank,
        about=frozen.about,
        law_on=frozen.law_on,
        parties=[str(one) for one in row.parties()],
        content=frozen.content,
        filename=frozen.file.filename,
        mime=frozen.file.mime,
        size=len(frozen.file.written),
        digest=digest_of(frozen.file.written),
    )

    def do(pen: Pen) -> ConventionText:
        # From the version that was seen: what a colleague changed meanwhile is not frozen unread.
        if pen.read(Convention, row.pk).version != seen:
            pen.change(Convention, row.pk, seen)
        keep(row.atelier_id, frozen.file.written)
        pen.create(made)
        _owe(pen, row, frozen)
        return made

    carried_out(by, "convention.arretee" if rank == 1 else "avenant.arrete", row.atelier_id, do)
    return made


def _refuse_unready(row: Convention, frozen: Frozen, rank: int) -> None:
    faults = [("convention", f"à compléter : {one}") for one in frozen.missing]
    last = row.texts.filter(retired_at=None).last()
    if rank > 1 and not frozen.about:
        faults.append(("ce que change l’avenant", "à remplir"))
    if last is not None and last.content.get("articles") == frozen.content.get("articles"):
        faults.append(("convention", "rien n’a changé depuis le texte signé"))
    if faults:
        raise InvalidQuestionError(faults)


def _owe(pen: Pen, row: Convention, frozen: Frozen) -> None:
    """Write what is due under the new text, in the place of what was due and is not done."""
    for one in row.obligations.filter(retired_at=None, origin=DERIVED, done_on=None):
        pen.retire(Obligation, one.pk, one.version, "remplacée par l’avenant")
    kept = set(row.obligations.filter(retired_at=None, origin=DERIVED).values_list("title", flat=True))
    for due in frozen.dues:
        if due.title not in kept:
            pen.create(
                Obligation(
                    atelier_id=row.atelier_id,
                    convention=row,
                    title=due.title,
                    due=due.on,
                    owed_by=_who(row, due),
                    law=frozen.laws.get(due.text, ""),
                    origin=DERIVED,
                )
            )


def _who(row: Convention, due: Due) -> UUID | None:
    if due.by == "premiere":
        return row.lead
    return UUID(row.others[0]) if due.by == "autres" and len(row.others) == 1 else None


def take_back(by: By, text: ConventionText, seen: int) -> ConventionText:
    """Take a frozen text back to change it, as long as nobody signed it; what it made due goes with it."""
    by = allowed(by, Right.WRITE_DEED, concerned(text.convention))
    if text.signatures.filter(retired_at=None).exists():
        raise InvalidQuestionError(
            [("convention", "quelqu’un l’a signée : elle ne change que par un avenant")]
        )
    if text.rank == 1:
        owed = list(text.convention.obligations.filter(retired_at=None, origin=DERIVED))

        def do(pen: Pen) -> ConventionText:
            for one in owed:
                pen.retire(Obligation, one.pk, one.version, by.act.reason or "texte repris")
            return pen.retire(ConventionText, text.pk, seen, by.act.reason or "texte repris")

        carried_out(by, "convention.reprise", text.atelier_id, do)
        return text
    return retired(by, "avenant.repris", text, seen)


def sign(by: By, text: ConventionText, organisation: UUID, signed_on: date) -> ConventionSignature:
    """Say that a party signed a text, as its digest names it; of another party, it waits for its own word."""
    by = allowed(by, Right.DECLARE, thing(text.atelier_id, concerns=[organisation]))
    if str(organisation) not in text.parties:
        raise InvalidQuestionError([("organisation", "cette organisation n’est pas partie à la convention")])
    own = own_side(by)
    row = ConventionSignature(
        atelier_id=text.atelier_id,
        text=text,
        organisation=organisation,
        signed_on=signed_on,
        declared_by=own,
        **(
            {"reply": Reply.CONFIRMED, "replied_by": own, "replied_at": by.act.at}
            if own == organisation
            else {"awaited_from": organisation, **UNANSWERED}
        ),
    )
    return created(by, "convention.signee", row)


def owe(by: By, convention: Convention, **fields: Any) -> Obligation:
    """Write something that a convention makes due: a payment, a report."""
    by = allowed(by, Right.WRITE_DEED, concerned(convention))
    row = Obligation(atelier_id=convention.atelier_id, convention=convention, **fields)
    return created(by, "obligation.ecrite", row)


def edit_obligation(by: By, row: Obligation, seen: int, **fields: Any) -> Obligation:
    """Change what is due, or say that it is done."""
    by = allowed(by, Right.WRITE_DEED, concerned(row.convention))
    return changed(by, "obligation.changee", row, seen, fields)


def is_signed(text: ConventionText, signatures: Iterable[ConventionSignature]) -> bool:
    """Whether every party said that it signed."""
    said = {str(one.organisation) for one in signatures if one.reply == Reply.CONFIRMED}
    return set(text.parties) <= said


def _refuse_waiting(row: Convention) -> None:
    last = row.texts.filter(retired_at=None).last()
    if last is not None and not is_signed(last, last.signatures.filter(retired_at=None)):
        raise InvalidQuestionError(
            [("convention", "un texte arrêté attend ses signatures : reprenez-le, ou faites-le signer")]
        )

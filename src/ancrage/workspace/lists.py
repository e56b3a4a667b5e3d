"""Lists of structures: of the atelier, or of one organisation, with what is noted of each."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ancrage.journal.writing import Pen
from ancrage.people.acts import Act as Right
from ancrage.people.registered import Registered
from ancrage.people.rights import Thing
from ancrage.workspace.door import By, allowed, carried_out, changed, created, retired, thing
from ancrage.workspace.filing import refuse_unknown
from ancrage.workspace.models import Atelier, Listed, StructureList

MOST = 200
"""Structures put in a list at once."""


def reading(atelier: UUID, organisation: UUID | None) -> tuple[Right, Thing]:
    """What one is to be allowed to read a list."""
    if organisation:
        return Right.KEEP_LIST, thing(atelier, concerns=[organisation])
    return Right.READ_FILE, thing(atelier)


def writing(atelier: UUID, organisation: UUID | None) -> tuple[Right, Thing]:
    """What one is to be allowed to write in a list."""
    right, about = reading(atelier, organisation)
    return (Right.WRITE_FILE if right is Right.READ_FILE else right), about


def begin(by: By, atelier: Atelier, **fields: Any) -> StructureList:
    """Begin a list."""
    row = StructureList(atelier=atelier, **fields)
    by = allowed(by, *writing(atelier.pk, row.organisation))
    return created(by, "liste.ouverte", row)


def rewrite(by: By, row: StructureList, seen: int, **fields: Any) -> StructureList:
    """Change the name or the purpose of a list; whose it is does not change."""
    by = allowed(by, *writing(row.atelier_id, row.organisation))
    return changed(by, "liste.changee", row, seen, fields)


def close(by: By, row: StructureList, seen: int) -> StructureList:
    """Retire a list; it stays in the past."""
    by = allowed(by, *writing(row.atelier_id, row.organisation))
    return retired(by, "liste.retiree", row, seen)


def put(by: By, row: StructureList, found: Iterable[Registered], note: str = "") -> StructureList:
    """Put structures in a list, all or none; to those that are there already the note is added.

    Raises :class:`OrganisationError` for one that the register does not hold.
    """
    by = allowed(by, *writing(row.atelier_id, row.organisation))
    kept = list(found)
    for one in kept:
        refuse_unknown(one)

    def do(pen: Pen) -> StructureList:
        there = {one.code: one for one in live(row)}
        for one in kept:
            held = there.get(one.siret or one.siren)
            if held is None:
                made = pen.create(_listed(by, row, one, note))
                there[made.code] = made
            elif note and note not in held.note:
                pen.change(Listed, held.pk, held.version, note=f"{held.note}\n{note}".strip())
        return pen.read(StructureList, row.pk)

    carried_out(by, "liste.completee", row.atelier_id, do)
    return row


def _listed(by: By, row: StructureList, found: Registered, note: str) -> Listed:
    code = found.siret or found.siren
    return Listed(
        atelier_id=row.atelier_id,
        listing=row,
        siren=found.siren,
        siret=found.siret,
        name=found.name or f"{'SIRET' if found.siret else 'SIREN'} {code}",
        named_on=by.on,
        note=note,
    )


def live(row: StructureList) -> list[Listed]:
    """The structures of a list today."""
    return list(Listed.objects.filter(listing=row, retired_at=None))


def note(by: By, row: Listed, seen: int, text: str) -> Listed:
    """Note something of a structure of a list."""
    by = allowed(by, *writing(row.atelier_id, row.listing.organisation))
    return changed(by, "liste_structure.notee", row, seen, {"note": text})


def take_out(by: By, row: Listed, seen: int) -> Listed:
    """Take a structure out of a list; it stays in the past."""
    by = allowed(by, *writing(row.atelier_id, row.listing.organisation))
    return retired(by, "liste_structure.retiree", row, seen)

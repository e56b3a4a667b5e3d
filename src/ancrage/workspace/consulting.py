"""Suppliers of a purchase, from an action: chosen, written to on the same day, their answers kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ancrage.errors import WorkspaceFileError
from ancrage.journal.writing import Pen
from ancrage.people.acts import Act as Right
from ancrage.workspace.door import By, allowed, carried_out, changed
from ancrage.workspace.models import Action, Consulted
from ancrage.workspace.plan import piloted

MOST = 200
"""Structures chosen for an action."""
ORIGINS = ("achat", "reponse")
"""What an action about a purchase is started from: the buyer's side, the suppliers' side."""


@dataclass(frozen=True, slots=True)
class About:
    """What an action buys, or answers together: a CPV code, and euros without tax."""

    cpv: str
    value: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A structure chosen: its code and, as shown that day, its name and why it may answer."""

    siret: str
    name: str
    why: str


def about(action: Action) -> About | None:
    """What an action is about, when it was started from a purchase."""
    kind, _, rest = action.origin.partition(":")
    cpv, _, value = rest.partition(":")
    return About(cpv, value) if kind in ORIGINS and cpv and value else None


def live(action: Action, letter: str = "") -> list[Consulted]:
    """Those chosen today."""
    rows = Consulted.objects.filter(action=action, retired_at=None)
    return list(rows.filter(letter=letter) if letter else rows)


def choose(by: By, action: Action, letter: str, found: Iterable[Chosen]) -> Action:
    """Choose structures, all or none; those chosen already stay as they are."""
    by = allowed(by, Right.EDIT, piloted(action))
    kept = list({one.siret: one for one in found}.values())
    there = {one.siret for one in live(action, letter)}
    if len(there | {one.siret for one in kept}) > MOST:
        raise WorkspaceFileError(f"Plus de {MOST} structures pour une lettre.", "Choisissez-en moins.")

    def do(pen: Pen) -> Action:
        for one in kept:
            if one.siret not in there:
                pen.create(_row(by, action, letter, one))
        return pen.read(Action, action.pk)

    carried_out(by, "fournisseurs.choisis", action.atelier_id, do)
    return action


def _row(by: By, action: Action, letter: str, one: Chosen) -> Consulted:
    return Consulted(
        atelier_id=action.atelier_id,
        action=action,
        letter=letter,
        siret=one.siret,
        name=one.name[:250],
        named_on=by.on,
        why=one.why[:500],
    )


def send(by: By, action: Action, letter: str, on: date) -> Action:
    """Say that the letter left that day to all those not written to yet: the same information to each."""
    by = allowed(by, Right.EDIT, piloted(action))

    def do(pen: Pen) -> Action:
        for one in live(action, letter):
            if one.sent_on is None:
                pen.change(Consulted, one.pk, one.version, sent_on=on)
        return pen.read(Action, action.pk)

    carried_out(by, "fournisseurs.ecrits", action.atelier_id, do)
    return action


def answered(by: By, row: Consulted, seen: int, **fields: object) -> Consulted:
    """Say what a structure answered."""
    by = allowed(by, Right.EDIT, piloted(row.action))
    return changed(by, "fournisseur.repondu", row, seen, fields)

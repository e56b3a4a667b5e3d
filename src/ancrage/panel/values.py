"""Values of traits as cells write them, brought to one key each with the words to show."""

import re
from dataclasses import dataclass

from ancrage.cells.codes import repair_legal_category
from ancrage.cells.told import Told
from ancrage.declarations.faults import shown
from ancrage.panel.traits import NO, YES, Trait, is_unknown
from ancrage.register.catalogue import divisions, legal_categories, siae_kind_label, workforce_bands
from ancrage.register.workforce import intervals
from ancrage.territories.naming import normalise

NAF = re.compile(r"(\d{2})\.?\d{2}[A-Z]", re.IGNORECASE)
LEGAL_CATEGORY = re.compile(r"[1-9]\d{3}(\.0+)?")
ANSWERS = {
    "oui": YES, "true": YES, "vrai": YES, "1": YES, "yes": YES, "o": YES,
    "non": NO, "false": NO, "faux": NO, "0": NO, "no": NO, "n": NO,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a trait: the key that is compared, the words that are shown."""

    key: str
    label: str


def read_value(trait: Trait, cell: str) -> Told[Value]:
    """The value of a cell; none when nothing is known, which is never a no, or when it is not understood."""
    written = " ".join(cell.split())
    if is_unknown(written):
        return Told()
    if not trait.answers:
        return Told(_worded(trait, written))
    answer = ANSWERS.get(normalise(written))
    if answer is None:
        return Told(None, f"« {shown(written, 40)} » n'est ni oui ni non", "Écrivez oui, non, ou rien.")
    return Told(Value(answer, answer))


def _worded(trait: Trait, written: str) -> Value:
    match trait.id:
        case "activite":
            return _activity(written)
        case "forme":
            return _legal_form(written)
        case "taille":
            return _size(written)
        case "categorie":
            return Value(normalise(written), siae_kind_label(written))
        case _:
            return _plain(written)


def _plain(written: str) -> Value:
    return Value(normalise(written), written)


def _activity(written: str) -> Value:
    """A NAF code counts by its division: its classes are too many to be told apart."""
    found = NAF.fullmatch(written)
    label = divisions().get(found.group(1)) if found else None
    return Value(found.group(1), f"{found.group(1)} {label}") if found and label else _plain(written)


def _legal_form(written: str) -> Value:
    code = repair_legal_category(written) if LEGAL_CATEGORY.fullmatch(written) else None
    if code is None:
        return _plain(written)
    declared = legal_categories().get(code)
    return Value(code, f"{code} {declared.label}" if declared else f"catégorie juridique {code}")


def _size(written: str) -> Value:
    """A number of employees goes to the band that holds it, so that files which give bands agree."""
    if not written.isdigit():
        return _plain(written)
    for code, band in intervals().items():
        if band.low <= int(written) and (band.high is None or int(written) <= band.high):
            return _plain(workforce_bands()[code].label)
    return _plain(written)

"""Repairs of the damages seen in cells of public files: text, or ``None`` when nothing sure can be said.

A repair restores a shape (leading zeros lost, a number written as a float); it does not prove that the
code exists: see :mod:`ancrage.cells.keys` and the registers of territories.
"""

import re

from ancrage.cells.keys import has_siret_keys
from ancrage.cells.told import Told

_FLOAT_TAIL = re.compile(r"\.0+$")
_COMMUNE = re.compile(r"(\d{2}|2[AB])\d{3}")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
AS_TEXT = "Mettez la colonne au format texte, reprenez les SIRET de la source, puis enregistrez de nouveau."
FOURTEEN = "Un SIRET a quatorze chiffres : reprenez-le de la source."
_SEPARATORS = ("|", ";", ", ")


def _compact(cell: str | None) -> str:
    """Remove spaces and the ``.0`` a spreadsheet or pandas adds to whole numbers."""
    return _FLOAT_TAIL.sub("", re.sub(r"[\s\u00a0\u202f]", "", cell or ""))


def _padded(cell: str | None, shortest: int, length: int) -> str | None:
    digits = _compact(cell)
    fits = digits.isascii() and digits.isdigit() and shortest <= len(digits) <= length
    return digits.zfill(length) if fits else None


def repair_commune_code(cell: str | None) -> str | None:
    """``8053`` becomes ``08053``; ``2a004`` becomes ``2A004``; ``0null`` is beyond repair."""
    code = _compact(cell).upper()
    if len(code) == 4 and code.isascii() and code.isdigit():
        code = f"0{code}"
    return code if _COMMUNE.fullmatch(code) else None


def join_commune_code(department: str | None, commune: str | None) -> str | None:
    """Join a département and the commune's number in it; overseas, the repeated digit counts once.

    ``23`` and ``77`` give ``23077``; ``976`` and ``601`` give ``97601``.
    """
    head, tail = _compact(department).upper(), _compact(commune).zfill(3)
    if len(head) == 1:
        head = f"0{head}"
    if len(head) == 3 and head.startswith(("97", "98")):
        if tail[0] not in (head[2], "0"):
            return None
        tail = tail[1:]
    return repair_commune_code(head + tail) if len(head + tail) == 5 else None


def repair_siret(cell: str | None) -> str | None:
    """``3805449320029.0`` becomes ``03805449320029``: 14 digits, zeros lost on the left given back."""
    return _padded(cell, 11, 14)


def is_rounded(cell: str) -> bool:
    """Whether a spreadsheet wrote a number in scientific notation: its last digits are lost."""
    return bool(_SCIENTIFIC.fullmatch(_compact(cell)))


def read_siret(cell: str | None) -> Told[str]:
    """The SIRET of a cell: zeros lost on the left are given back when its keys then hold, and told."""
    written, compact = (cell or "").strip(), _compact(cell)
    padded = repair_siret(compact)
    if not compact:
        return Told()
    if is_rounded(compact):
        return Told(None, f"« {written} » est un SIRET arrondi par un tableur", AS_TEXT)
    if padded is None:
        return Told(None, f"« {written} » n'est pas un SIRET", FOURTEEN)
    if len(compact) == len(padded):
        wrong = "" if has_siret_keys(padded) else f"la clé du SIRET {padded} est fausse"
        return Told(padded, wrong, FOURTEEN if wrong else "")
    if not has_siret_keys(padded):
        return Told(None, f"« {written} » n'a que {len(compact)} chiffres", FOURTEEN)
    return Told(padded, f"« {written} » a perdu ses zéros : lu {padded}")


def repair_siren(cell: str | None) -> str | None:
    """Nine digits, from a number, a float, or a French VAT number (``FR`` and two characters before)."""
    vat = re.fullmatch(r"FR[0-9A-Z]{2}(\d{9})", _compact(cell).upper())
    return vat.group(1) if vat else _padded(cell, 6, 9)


def repair_legal_category(cell: str | None) -> str | None:
    """``9220.0`` becomes ``9220``: four digits. ``0000`` (funds) may have lost its zeros."""
    return _padded(cell, 1, 4) if _compact(cell) in {"0", "00", "000"} else _padded(cell, 4, 4)


def repair_postcode(cell: str | None) -> str | None:
    """``84200.0`` becomes ``84200``; ``1000`` becomes ``01000``."""
    return _padded(cell, 4, 5)


def split_joined(cell: str | None) -> list[str]:
    """Split a cell holding a list joined by ``|``, ``;`` or a comma and a space, tried in this order.

    A comma without a space is left alone: it is a decimal sign or part of a name. Empty parts are dropped.
    """
    text = cell or ""
    separator = next((sign for sign in _SEPARATORS if sign in text), "|")
    return [part for part in map(str.strip, text.split(separator)) if part]

"""Cells of the essential data: amounts, days, codes; what each says, ``None`` when it is not known."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from ancrage.cells.amounts import read_amount
from ancrage.cells.days import read_day
from ancrage.declarations.faults import Fault
from ancrage.declarations.json_text import read_json
from ancrage.language.folding import bare
from ancrage.procurement.bought.vocabulary import Social

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_CPV = re.compile(r"(\d{8})(?:-\d)?")
_PARTS = re.compile(r"\s*[,;|]\s*")
MOST_NESTED = 8
ABSURD_EUR = 10e9
"""Euros from which an amount is a slip of the keys: 1.0e17 stands in a real file."""
SYMBOLIC_EUR = 1.0


@lru_cache(maxsize=1 << 14)
def folded(written: str) -> str:
    """Words as they are compared: the same few come back millions of times."""
    return bare(written)


def text_of(value: Any) -> str:
    """A text on one line; empty for what is no text nor number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    told = str(value)
    return " ".join(told.split()) if told else ""


def amount_of(value: Any) -> float | None:
    """Euros; ``None`` for what is no amount."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else None
    written = text_of(value)
    if _PLAIN.fullmatch(written):
        number = float(written)
        return number if math.isfinite(number) else None
    found = read_amount(written).value if written else None
    return None if found is None else float(found)


def day_of(value: Any) -> date | None:
    """A day; the clock and the zone that follow it are left out."""
    written = text_of(value)
    if found := _ISO.match(written):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None
    return read_day(written).value if written else None


def months_of(value: Any) -> int | None:
    """Whole months; ``None`` for « NC »."""
    number = amount_of(value)
    return None if number is None or not 0 <= number <= 12_000 else int(number)


def cpv_of(value: Any) -> str | None:
    """The eight digits of a code, its key left out."""
    found = _CPV.fullmatch(text_of(value))
    return found[1] if found else None


def whether(value: Any) -> bool | None:
    """Yes, no or unknown, as JSON, XML and spreadsheets write them."""
    if isinstance(value, bool):
        return value
    return {"true": True, "oui": True, "1": True, "false": False, "non": False, "0": False}.get(
        text_of(value).lower()
    )


def texts_in(value: Any, depth: int = MOST_NESTED) -> Iterator[str]:
    """Every text that a value holds, however lists and objects wrap it; a cell may join several."""
    if depth and isinstance(value, Mapping):
        for inside in value.values():
            yield from texts_in(inside, depth - 1)
    elif depth and isinstance(value, list | tuple):
        for inside in value:
            yield from texts_in(inside, depth - 1)
    elif told := text_of(value):
        yield told


@lru_cache(maxsize=512)
def _considered(told: str, known: str) -> tuple[str, ...]:
    from ancrage.procurement.bought.vocabulary import ENVIRONMENTALS, SOCIALS

    words = SOCIALS if known == "social" else ENVIRONMENTALS
    return tuple(words[one] for part in _PARTS.split(told) if (one := folded(part)) in words)


def considerations(value: Any, known: str) -> list[str] | None:
    """Social or environmental considerations; ``None`` when the field says nothing that is understood.

    « Aucune » beside another one is left out.
    """
    found = {one for told in texts_in(value) for one in _considered(told, known)}
    if len(found) > 1:
        found.discard(Social.NONE)
    return sorted(map(str, found)) or None


def listed(value: Any) -> list[Any]:
    """A list, whatever wraps it: a text of JSON, an object of one, nothing."""
    if isinstance(value, str):
        if not value.strip().startswith(("[", "{")):
            return []
        try:
            value = read_json(value)
        except Fault:
            return []
    if isinstance(value, Mapping):
        return [value]
    return list(value) if isinstance(value, list | tuple) else []

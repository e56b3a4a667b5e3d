"""The parts of a set of one's own: what each designates, what became of those of old, which lines fail."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from ancrage.errors import AncrageError, CeasedTerritoryError
from ancrage.language.numbers import count
from ancrage.language.phrases import listed, plural
from ancrage.language.typography import uncapitalised
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import TerritoryCode
from ancrage.territories.designating import designate, successor

MOST_LINES = 20
"""Lines told one by one, in a refusal and in a note."""
MOST_REFUSED = 40
"""Lines refused after which no other is read."""
MOST_NAMED = 6


def designated_in_a_set(
    atlas: Atlas, designation: str, on: date, *, suggesting: bool = True
) -> tuple[TerritoryCode, str]:
    """What a part of a set designates, and what became of the commune of old it names, if it does.

    Alone, a commune of old is refused; in a list made some years ago it stands for the one it became. Raises
    the errors of :func:`designate`, for one that several communes share too.
    """
    try:
        return designate(atlas, designation, on=on, suggesting=suggesting), ""
    except CeasedTerritoryError:
        heir = successor(atlas, designation, on=on)
        if heir is None:
            raise
        return heir.place.code, f"{heir.place.name} ({heir.place.bare_code}), {heir.via}"


def told_of(carried: Sequence[str]) -> str:
    """The communes of old that were carried, as a French note; empty parts are those that were not."""
    told = [*filter(None, carried)]
    left = len(told) - MOST_LINES
    more = [count(left, "autre commune disparue", "autres communes disparues")] if left > 0 else []
    if not told:
        return ""
    return f"Communes disparues, portées à ce jour : {' ; '.join([*told[:MOST_LINES], *more])}."


def first_of(refusals: Mapping[int, AncrageError], name: str) -> AncrageError:
    """The first refusal, saying which line of the file it comes from, and which others are refused."""
    (line, error), *others = refusals.items()
    error.message = f"« {name} », ligne {line} : {uncapitalised(error.message)}{_also([*dict(others)])}"
    return error


def _also(lines: Sequence[int]) -> str:
    if not lines:
        return ""
    least = " au moins" if len(lines) >= MOST_REFUSED else ""
    told = [
        *map(str, lines[:MOST_LINES]),
        *([f"{len(lines) - MOST_LINES} autres{least}"] if lines[MOST_LINES:] else []),
    ]
    return f" {plural(len(lines), 'Refusée aussi : ligne', 'Refusées aussi : lignes')} {listed(told)}."


def set_identifier(name: str, codes: Sequence[str]) -> str:
    """An identifier for a set: a file may be named « mes communes (2) »."""
    written = name or "-".join(codes[:MOST_NAMED])
    return re.sub(r"[^\w-]+", "-", written).strip("-") or "ensemble"

"""French numbers: thousands, percentages, intervals, counts, with the spaces typography wants.

Thousands are separated by a narrow no-break space (U+202F), ``%`` is preceded by a no-break space
(U+00A0), decimals follow a comma, a negative number has a true minus sign (U+2212).
"""

import re
from decimal import Decimal

from ancrage.language.phrases import plural as noun
from ancrage.language.typography import MINUS, NARROW_SPACE, NO_BREAK_SPACE

_PARTED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3})")


def typed(written: str) -> str:
    """A number as people type it, « 1 234,5 » or « −3 », in the figures that programs read: ``1234.5``."""
    return _PARTED.sub("", written.strip()).replace(MINUS, "-").replace(",", ".")


def number(value: float | Decimal, decimals: int = 0) -> str:
    """Write 12345.678 as ``12 345,7`` (one decimal asked); -0.0 is written ``0``."""
    written = f"{abs(value):,.{decimals}f}".replace(",", NARROW_SPACE).replace(".", ",")
    is_zero = not any(digit in "123456789" for digit in written)
    return written if value >= 0 or is_zero else MINUS + written


def plain_number(value: float) -> str:
    """Write a figure with as many decimals, up to two, as it carries: 23 077, 53,2 or 0,25."""
    for decimals in (0, 1):
        if round(value, decimals) == round(value, 2):
            return number(value, decimals)
    return number(value, 2)


def percent(share: float, decimals: int = 1) -> str:
    """Write a share (1 is the whole) as a percentage; a share too small to show is never written 0."""
    smallest = 10**-decimals
    if 0 < share * 100 < smallest / 2:
        return f"moins de {number(smallest, decimals)}{NO_BREAK_SPACE}%"
    exact = 0 if share in (0, 1) else decimals
    return f"{number(share * 100, exact)}{NO_BREAK_SPACE}%"


def interval(low: int, high: int | None) -> str:
    """Write bounds as ``120 à 310``, ``120 ou plus`` without an upper one, ``120`` when they meet."""
    if high is None:
        return f"{number(low)} ou plus"
    return number(low) if low == high else f"{number(low)} à {number(high)}"


def count(value: int, singular: str, plural: str | None = None) -> str:
    """Write ``1 commune``, ``0 commune``, ``2 communes``: French puts the plural from two."""
    return f"{number(value)}{NO_BREAK_SPACE}{noun(value, singular, plural)}"


def kilometres(value: float, decimals: int | None = None) -> str:
    """Write a distance as ``12,3 km``, with the decimals it carries or as many as asked."""
    written = plain_number(value) if decimals is None else number(value, decimals)
    return f"{written}{NO_BREAK_SPACE}km"


def euros(value: float) -> str:
    """Write an amount as ``5 000 €``, with the decimals it carries."""
    return f"{plain_number(value)}{NO_BREAK_SPACE}€"


def signed_percent(gap: float, decimals: int = 0) -> str:
    """Write a gap between two figures as ``+12 %`` or ``−5 %``."""
    written = number(gap * 100, decimals)
    return f"{'+' if gap > 0 and written != number(0, decimals) else ''}{written}{NO_BREAK_SPACE}%"

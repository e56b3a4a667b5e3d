"""Shares with their interval, as every rendering of survival writes them."""

from ancrage.language.numbers import number, percent
from ancrage.reports.cells import Share

HIDDEN_NOTE = "Un groupe de moins de 11 unités n’est pas montré."


def share_cell(found: tuple[float, float, float] | None) -> Share:
    """The same, carrying the share."""
    return Share(share_words(found), found[0] if found else None)


def share_words(found: tuple[float, float, float] | None) -> str:
    """« 82 % (78 à 85) », or that nobody of that age was watched."""
    if found is None:
        return "non observé"
    survival, low, high = found
    if survival == 1 or low != low or high != high:  # NaN is not itself: no band exists
        return percent(survival, 0)
    bounds = [number(100 * bound) for bound in (low, high)]
    return f"{percent(survival, 0)} ({bounds[0]} à {bounds[1]})"

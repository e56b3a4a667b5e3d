"""Shares with their interval, as every rendering of survival writes them."""

from ancrage.language.numbers import number, percent

HIDDEN_NOTE = "Un groupe de moins de 11 unités n’est pas montré."


def share_words(found: tuple[float, float, float] | None) -> str:
    """« 82 % (78 à 85) », or that nobody of that age was watched."""
    if found is None:
        return "non observé"
    survival, low, high = found
    if survival == 1 or low != low or high != high:  # NaN is not itself: no band exists
        return percent(survival, 0)
    bounds = [number(100 * bound) for bound in (low, high)]
    return f"{percent(survival, 0)} ({bounds[0]} à {bounds[1]})"

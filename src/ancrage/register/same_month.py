"""Whether a stock of SIRENE and its history were made in the same month, from what both count.

Each establishment, or unit, has one period under way: its row in the stock tells its first day, the history
tells it too. By month of that first day, files of one month count the same; a file of an earlier month holds
almost nothing of the month that came since. Nothing is told of small files, whose months differ by chance.
"""

from collections.abc import Mapping
from datetime import date

ENOUGH = 60
"""Periods of a month under which two files are not told apart."""
APART = 2
"""How many times as many periods a month must hold in one file as in the other."""


def month_apart(
    stock: Mapping[str, int], history: Mapping[str, int], *, last: date | None, on: date
) -> str | None:
    """The last month (2026-11) in which the two files tell different things; ``None`` when there is none.

    Both give periods under way by month of their first day. Counts are brought to those of the smaller file,
    which may hold a part of the country. After ``last``, the day the stock goes to, only what the history has
    more is looked at, until ``on``: closings may be announced.
    """
    until, known = f"{on:%Y-%m}", f"{last or on:%Y-%m}"
    files = [{month: count for month, count in told.items() if month <= until} for told in (stock, history)]
    for month in sorted({month for told in files for month in told}, reverse=True):
        others = [sum(told.values()) - told.get(month, 0) for told in files]
        if not all(others):
            continue
        here, there = (
            told.get(month, 0) * min(others) / other for told, other in zip(files, others, strict=True)
        )
        if there >= max(ENOUGH, APART * here) or (month <= known and here >= max(ENOUGH, APART * there)):
            return month
    return None

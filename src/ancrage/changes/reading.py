"""Everything that is noted of a side, by key."""

from collections.abc import Callable, Collection, Iterator, Mapping

from ancrage.changes import aids, structures, supports, zonings
from ancrage.changes.noting import Noted, Reading, Sort
from ancrage.changes.sides import Side

Noting = Callable[[Side], Iterator[Noted]]
NOTED: Mapping[Sort, Noting] = {
    Sort.ZONAGE: zonings.noted,
    Sort.STRUCTURE: structures.noted,
    Sort.AIDE: aids.noted,
    Sort.LIEU: supports.noted,
}
"""Who notes what; deadlines are noted with the aids."""


def read(side: Side, sorts: Collection[Sort] = tuple(Sort)) -> Reading:
    """What is noted of a side, of these sorts."""
    wanted = {Sort.AIDE if sort is Sort.ECHEANCE else sort for sort in sorts}
    told = (one for sort, note in NOTED.items() if sort in wanted for one in note(side))
    return {one.key: one for one in told if one.sort in sorts}

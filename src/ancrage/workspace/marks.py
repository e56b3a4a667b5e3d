"""How far a chain has come: where it has not moved, nothing that hangs on it has."""

from typing import NamedTuple
from uuid import UUID

from ancrage.journal.models import HOUSE, Line

MOST = 2_000
"""Lines looked at: past them all is read again."""


class Mark(NamedTuple):
    """The last line of a chain; its digest hangs on all those before it."""

    rank: int = 0
    digest: str = ""


class Marks(NamedTuple):
    """Those of an atelier, and of what belongs to none: organisations, who belongs to them."""

    atelier: Mark
    house: Mark


def marks_of(atelier: UUID) -> Marks:
    """Asked before the rows: what is written meanwhile is then read again, never missed."""
    return Marks(_last(atelier), _last(HOUSE))


def _last(chain: UUID) -> Mark:
    lines = Line.objects.filter(chain=chain).order_by("-rank").values_list("rank", "digest")
    found = lines.first()
    return Mark(*found) if found else Mark()


def moved_since(chain: UUID, mark: Mark) -> tuple[Mark, frozenset[str]] | None:
    """Where a chain is now and the kinds of rows it tells since a mark; nothing when one cannot say.

    A base put back from a copy may have another line at that rank: all is then to be read again.
    """
    lines = Line.objects.filter(chain=chain, rank__gte=mark.rank).order_by("rank")
    found = list(lines.values_list("rank", "digest", "object_kind")[: MOST + 1])
    if not found or found[0][:2] != mark or len(found) > MOST:
        return None
    return Mark(*found[-1][:2]), frozenset(kind for _, _, kind in found[1:])

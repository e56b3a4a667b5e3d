"""Whether an edition draws its communes, and what to do about one that it does not draw."""

from ancrage.repairs import BuildEdition, Repair, SynchroniseSources
from ancrage.territories.atlas import Atlas

UNDRAWN = "le contour publié est absent, partagé ou sans surface"
"""Why a commune has no place in an edition that draws the others."""


def outlined(atlas: Atlas) -> bool:
    """Whether the edition has outlines."""
    return atlas.warehouse.row("SELECT 1 FROM outline LIMIT 1") is not None


def outline_repairs(atlas: Atlas) -> tuple[Repair, ...]:
    """What gives outlines to an edition without any; nothing gives one to a commune that the others leave."""
    return () if outlined(atlas) else (SynchroniseSources(("contours-communes",)), BuildEdition())

"""Whether an edition draws its communes, or only places them, and what to do about one that does not."""

from ancrage.repairs import BuildEdition, Repair, SynchroniseSources
from ancrage.territories.atlas import Atlas

UNDRAWN = "le contour publié est absent, partagé ou sans surface"
"""Why a commune has no place in an edition that draws the others."""


def outlined(atlas: Atlas) -> bool:
    """Whether the edition has outlines."""
    return atlas.warehouse.row("SELECT 1 FROM outline WHERE geometry IS NOT NULL LIMIT 1") is not None


def placed(atlas: Atlas) -> bool:
    """Whether the edition knows a point of its communes: inside their outlines, or their town halls."""
    return atlas.warehouse.row("SELECT 1 FROM outline LIMIT 1") is not None


def outline_repairs(atlas: Atlas) -> tuple[Repair, ...]:
    """What gives outlines to an edition without any; nothing gives one to a commune that the others leave."""
    return () if outlined(atlas) else (SynchroniseSources(("contours-communes",)), BuildEdition())


def point_repairs(atlas: Atlas) -> tuple[Repair, ...]:
    """What gives points to an edition without any."""
    return () if placed(atlas) else outline_repairs(atlas)

"""Whether a map of a territory can be drawn, without reading its geometry."""

from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory


def has_outline(atlas: Atlas, territory: Territory) -> bool:
    """Whether the edition has the outline of a commune of the territory."""
    return atlas.keeping(_has_outline)(territory)


def _has_outline(atlas: Atlas, territory: Territory) -> bool:
    where, parameters = atlas.inside(territory)
    row = atlas.warehouse.row(
        "SELECT count(*) AS n FROM (SELECT c.code FROM commune c JOIN outline o ON o.commune = c.code "
        f"WHERE {where} AND o.geometry IS NOT NULL LIMIT 1)",
        parameters,
    )
    return bool(row and row["n"])

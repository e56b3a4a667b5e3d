"""GeoJSON features, whichever way the caller holds them, as properties and a valid area."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from ancrage.errors import SourceContentError

Properties = Mapping[str, Any]
# A GeoJSON mapping, or the pair (properties, geometry) that ``sources.reading.read_geojson`` gives.
Feature = Mapping[str, Any] | tuple[Properties, Mapping[str, Any] | None]
# Told of each object that is not kept as it came: its rank from one, its properties, why in French.
Tell = Callable[[int, Properties, str], None]
NO_OUTLINE, NO_AREA = "sans contour", "un contour sans surface"


def silent(_: int, __: Properties, ___: str) -> None:
    """Tell nobody: for who only draws."""


def properties_and_areas(
    features: Iterable[Feature], tell: Tell = silent
) -> Iterator[tuple[int, Properties, Any]]:
    """Rank, properties and valid area of each feature that covers one; ``tell`` hears of all the others.

    An outline simplified by its producer may have collapsed onto a line: it is read, and covers nothing.
    Raises :class:`SourceContentError` for a geometry that cannot be read.
    """
    for rank, feature in enumerate(features, 1):
        properties, geometry = _parts(feature)
        area = valid_area(_read(geometry, properties)) if geometry else None
        if area is not None and area.area > 0:
            yield rank, properties, area
        else:
            tell(rank, properties, NO_AREA if geometry else NO_OUTLINE)


def _parts(feature: Feature) -> tuple[Properties, Mapping[str, Any] | None]:
    if isinstance(feature, tuple):
        return feature
    return feature.get("properties") or {}, feature.get("geometry")


def _read(geometry: Mapping[str, Any], properties: Properties) -> Any:
    try:
        return shape(geometry)
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        shapely.errors.ShapelyError,
    ) as error:
        named = ", ".join(str(value) for value in list(properties.values())[:2])
        raise SourceContentError(
            f"La géométrie de « {named} » est illisible.", "Téléchargez à nouveau le fichier de contours."
        ) from error


def valid_area(geometry: Any) -> Any:
    """The same area as a valid geometry; of a collection, what covers one; a point or a line stays as it is.

    Outlines rounded to 4 decimals cross themselves (32 of the 105 QPV 2015 of Occitanie): GEOS's structure
    method keeps the area between the rings, and drops the lines the rounding folded onto themselves.
    """
    if geometry.geom_type == "GeometryCollection":
        return shapely.union_all([area for area in map(valid_area, geometry.geoms) if area.area > 0])
    if geometry.is_valid or geometry.geom_type not in ("Polygon", "MultiPolygon"):
        return geometry
    return shapely.make_valid(geometry, method="structure", keep_collapsed=False)


def as_array(geometries: Iterable[Any]) -> NDArray[Any]:
    """One-dimensional array of geometries (numpy would take a MultiPolygon for a nested list)."""
    held = list(geometries)
    array = np.empty(len(held), object)
    array[:] = held
    return array

"""GeoJSON features, whichever way the caller holds them, as properties and a valid area."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from ancrage.errors import SourceContentError

Properties = Mapping[str, Any]
# A GeoJSON mapping, or the pair (properties, geometry) that ``sources.reading.read_geojson`` gives.
Feature = Mapping[str, Any] | tuple[Properties, Mapping[str, Any] | None]


def properties_and_areas(features: Iterable[Feature]) -> Iterator[tuple[Properties, Any]]:
    """Properties and shapely geometry of each feature; the geometry is ``None`` where the file has none.

    Raises :class:`SourceContentError` for a geometry that cannot be read.
    """
    for feature in features:
        if isinstance(feature, tuple):
            properties, geometry = feature
        else:
            properties, geometry = feature.get("properties") or {}, feature.get("geometry")
        yield properties, valid_area(_read(geometry, properties)) if geometry else None


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
    """The same area as a valid geometry; what does not cover an area (a point, a line) is left as it is.

    Outlines rounded to 4 decimals cross themselves (32 of the 105 QPV 2015 of Occitanie): GEOS's structure
    method keeps the area between the rings, and drops the lines the rounding folded onto themselves.
    """
    if geometry.is_valid or geometry.geom_type not in ("Polygon", "MultiPolygon"):
        return geometry
    return shapely.make_valid(geometry, method="structure", keep_collapsed=False)


def as_array(geometries: Iterable[Any]) -> NDArray[Any]:
    """One-dimensional array of geometries (numpy would take a MultiPolygon for a nested list)."""
    held = list(geometries)
    array = np.empty(len(held), object)
    array[:] = held
    return array

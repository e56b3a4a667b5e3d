"""What a published position is worth, before anything is concluded from it.

``qualite_xy``, in INSEE's file « Géolocalisation des établissements du répertoire Sirene pour les études
statistiques », says how the coordinates were found:

* 11 street sure, number found; 21 street probable, number found: a place at an address. They decide; the
  reason says when the street was only probable.
* 12 street sure, 22 street probable, *position drawn at random in the street*: a street often borders a
  quarter or crosses its edge, so the point alone does not decide. It does when the largest error published
  beside it (``distance_precision``, metres) reaches no edge of any perimeter.
* 33 street unknown, *position drawn at random in the commune*: decides nothing.
* nothing published (SIAE list, API): the coordinates decide and the reason says so.
* anything else is not understood, and decides nothing.
"""

import math
from enum import IntEnum

import numpy as np
import shapely
from numpy.typing import NDArray

from ancrage.territories.geometry.assignment import ZoneIndex

# The shortest degree of latitude (at the equator): a radius turned into degrees is never too short.
METRES_IN_A_DEGREE = 110_574.0


class Grade(IntEnum):
    """What a published position is worth."""

    NUMBER = 0
    PROBABLE_NUMBER = 1
    STREET = 2
    UNPUBLISHED = 3
    COMMUNE = 4
    NOT_UNDERSTOOD = 5


GRADES = {
    "": Grade.UNPUBLISHED,
    "11": Grade.NUMBER,
    "21": Grade.PROBABLE_NUMBER,
    "12": Grade.STREET,
    "22": Grade.STREET,
    "33": Grade.COMMUNE,
}

DECISIVE = (Grade.NUMBER, Grade.PROBABLE_NUMBER, Grade.UNPUBLISHED)

CAVEATS = {
    Grade.PROBABLE_NUMBER: " Rue seulement probable, selon l'Insee.",
    Grade.STREET: " Position tirée au hasard dans la rue, mais l'écart publié ne franchit aucune limite.",
    Grade.UNPUBLISHED: " Qualité de la position non publiée.",
}


def grade_of(quality: object) -> Grade:
    """Worth of a published ``qualite_xy``: text, number, or nothing (None, "", NaN)."""
    if quality is None or (isinstance(quality, float) and math.isnan(quality)):
        return Grade.UNPUBLISHED
    return GRADES.get(str(quality).strip().removesuffix(".0"), Grade.NOT_UNDERSTOOD)


def reaches_an_edge(
    index: ZoneIndex, lon: NDArray[np.float64], lat: NDArray[np.float64], radius_m: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Whether an edge of a zone may lie within ``radius_m`` metres of each point (never too optimistic)."""
    near = np.zeros(len(lon), np.bool_)
    edges = shapely.STRtree(shapely.boundary(index.zones))
    squeeze = np.maximum(np.abs(np.cos(np.radians(lat))), 1e-9)
    degrees = radius_m / (METRES_IN_A_DEGREE * squeeze)
    near[edges.query(shapely.points(lon, lat), "dwithin", degrees)[0]] = True
    return near


def decisive_positions(
    index: ZoneIndex,
    grades: NDArray[np.int8],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    max_error_m: NDArray[np.float64] | None,
) -> NDArray[np.bool_]:
    """Whether each point may be compared with the edges of the zones; arrays of shape (n,).

    ``max_error_m``: published ``distance_precision`` in metres, NaN where unknown. Without it, no position
    drawn in a street decides.
    """
    decisive: NDArray[np.bool_] = np.isfinite(lon) & np.isfinite(lat) & np.isin(grades, DECISIVE)
    if max_error_m is not None:
        located = (grades == Grade.STREET) & np.isfinite(lon) & np.isfinite(lat)
        measured = np.flatnonzero(located & (np.asarray(max_error_m) >= 0))
        decisive[measured] = ~reaches_an_edge(index, lon[measured], lat[measured], max_error_m[measured])
    return decisive

"""Who is next to whom: places that touch by their outlines, else the nearest by their centres."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import shapely
from numpy.typing import NDArray

from ancrage.dynamics.gatherings import geocentric
from ancrage.dynamics.units import Units, carried
from ancrage.territories.atlas import Atlas

OUTLINES_VINTAGE = 2022
NEAREST = 6
"""Neighbours of a place when outlines are unknown: about as many as by contiguity in France."""

CONTIGUITY = "Sont voisines deux entités dont les contours simplifiés se touchent, même en un point."
BY_CENTRES = (
    f"Contours inconnus : sont voisines les {NEAREST} entités dont les centres sont les plus proches."
)

Centres = Mapping[str, tuple[float, float]]
Links = dict[int, set[int]]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Codes of the neighbours of each place; every place has one at least.

    ``how``: how they were found (French). ``attached``: places that touch none (islands), tied to the nearest
    centre, both ways. ``without_place``: places that have neither outline nor centre, absent from ``of``.
    ``centres``: longitude and latitude, degrees.
    """

    of: Mapping[str, tuple[str, ...]]
    how: str
    attached: tuple[str, ...]
    without_place: tuple[str, ...]
    centres: Centres


def neighbours_of(atlas: Atlas, units: Units, centres: Centres | None = None) -> Neighbours | None:
    """Neighbours of the places; ``None`` where neither outlines nor centres are known.

    ``centres``: longitude and latitude by code, used only where the edition has no outline.
    """
    rows = atlas.warehouse.rows(
        "SELECT commune, geometry, longitude, latitude FROM outline WHERE geometry IS NOT NULL AND commune "
        "NOT IN (SELECT commune FROM municipal_arrondissement) ORDER BY commune"
    )
    if not rows:
        return nearest(units, centres) if centres else None
    owners = _owners(atlas, units, [row["commune"] for row in rows])
    points: dict[str, list[tuple[float, float]]] = {}
    for row, held in zip(rows, owners, strict=True):
        for code in held:
            points.setdefault(code, []).append((row["longitude"], row["latitude"]))
    middles = {code: _middle(found) for code, found in points.items()}
    return _tied(units, touching(shapely.from_wkb([row["geometry"] for row in rows]), owners), middles)


def _owners(atlas: Atlas, units: Units, outlines: Sequence[str]) -> list[tuple[str, ...]]:
    """Codes of the places that hold each drawn commune: several where contracts overlap."""
    carry = carried(atlas, OUTLINES_VINTAGE, units.vintage)
    holders: dict[str, list[str]] = {}
    for unit in units.units:
        for commune in unit.communes:
            holders.setdefault(commune, []).append(unit.code)
    return [
        tuple(sorted({unit for commune in carry(code) for unit in holders.get(commune, ())}))
        for code in outlines
    ]


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def touching(shapes: NDArray[np.object_], owners: Sequence[Sequence[str]]) -> dict[str, set[str]]:
    """Places whose shapes touch or overlap. ``owners``: the places each shape belongs to, none or several."""
    links: dict[str, set[str]] = {}
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    for left, right in zip(one.tolist(), other.tolist(), strict=True):
        for a, b in product(owners[left], owners[right]):
            if a != b:
                links.setdefault(a, set()).add(b)
    return links


def _tied(units: Units, links: dict[str, set[str]], centres: Centres) -> Neighbours:
    """Tie to the nearest what touches nothing: a place alone would have no average to be compared with."""
    codes = [unit.code for unit in units.units if unit.code in centres]
    alone = [code for code in codes if not links.get(code)]
    others = _nearest(codes, centres, 1) if alone and len(codes) > 1 else {}
    for code in alone:
        for other in others.get(code, ()):
            links.setdefault(code, set()).add(other)
            links.setdefault(other, set()).add(code)
    return _neighbours(units, links, centres, CONTIGUITY, tuple(alone))


def nearest(units: Units, centres: Centres) -> Neighbours:
    """The ``NEAREST`` places by centre, both ways: if one is near the other, each has the other."""
    codes = [unit.code for unit in units.units if unit.code in centres]
    links: dict[str, set[str]] = {}
    for code, others in _nearest(codes, centres, NEAREST).items():
        for other in others:
            links.setdefault(code, set()).add(other)
            links.setdefault(other, set()).add(code)
    return _neighbours(units, links, centres, BY_CENTRES, ())


def _nearest(codes: Sequence[str], centres: Centres, count: int) -> dict[str, tuple[str, ...]]:
    from scipy.spatial import cKDTree

    count = min(count, len(codes) - 1)
    if count < 1:
        return {}
    points = geocentric([centres[code][0] for code in codes], [centres[code][1] for code in codes])
    _, ranks = cKDTree(points).query(points, k=count + 1)
    return {
        code: tuple(codes[rank] for rank in found if codes[rank] != code)[:count]
        for code, found in zip(codes, ranks.tolist(), strict=True)
    }


def _neighbours(
    units: Units, links: Mapping[str, set[str]], centres: Centres, how: str, attached: tuple[str, ...]
) -> Neighbours:
    of = {unit.code: tuple(sorted(links[unit.code])) for unit in units.units if links.get(unit.code)}
    without = tuple(unit.code for unit in units.units if unit.code not in of)
    return Neighbours(of, how, attached, without, {code: centres[code] for code in of})

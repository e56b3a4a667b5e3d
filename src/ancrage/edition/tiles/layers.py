"""What the tiles of the country show, read from an edition on a day.

What the register does not wholly know has no count: absent, never zero.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ancrage.reasoning import Verdict
from ancrage.register.fabric import ALIVE
from ancrage.register.reach import Reach, RegisterCoverage
from ancrage.territories.atlas import Atlas
from ancrage.territories.geometry.display import simplify_for_display
from ancrage.territories.quarters import generation_on
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.answering import verdicts_by_commune

Texts = NDArray[np.object_]
DEPARTEMENT_POINTS = 160
"""Points of the outline of a département: it is never seen close."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: n shapes (WKB, degrees), its columns of n values, and the zooms between which it is drawn."""

    name: str
    zooms: tuple[int, int]
    shapes: Texts
    columns: Mapping[str, NDArray[Any]]


NAMES = ("departements", "communes", "quartiers", "structures")


def layers_of(atlas: Atlas, country: Territory) -> Iterator[Layer]:
    """The layers that this edition can draw, widest first; ``country``: France on the day shown."""
    counts = counts_of(atlas)
    yield from _outlines(atlas, country, counts)
    yield from _quarters(atlas, country)
    yield from _structures(atlas, country)


def _outlines(atlas: Atlas, country: Territory, counts: Mapping[str, int]) -> Iterator[Layer]:
    """Départements and communes, drawn by the outlines of their vintage."""
    rows = atlas.warehouse.rows(
        "SELECT commune, name, geometry FROM outline WHERE geometry IS NOT NULL "
        "AND commune NOT IN (SELECT commune FROM municipal_arrondissement) ORDER BY commune"
    )
    if not rows:
        return
    codes = [row["commune"] for row in rows]
    shapes = shapely.from_wkb([row["geometry"] for row in rows])
    grouped: dict[str, list[Any]] = defaultdict(list)
    for code, shape in zip(codes, shapes, strict=True):
        grouped[_departement(code)].append(shape)
    whole = [simplify_for_display(shapely.union_all(parts), DEPARTEMENT_POINTS) for parts in grouped.values()]
    names = {row["code"]: row["name"] for row in _units(atlas, country)}
    yield Layer(
        "departements",
        (3, 7),
        _wkb(whole),
        {
            "code": _texts(grouped),
            "name": _texts(names.get(code, code) for code in grouped),
            "structures": _numbers(counts.get(code) for code in grouped),
        },
    )
    verdicts = verdicts_by_commune(atlas, country)
    yield Layer(
        "communes",
        (7, 9),
        _wkb(shapes),
        {
            "code": _texts(codes),
            "name": _texts(row["name"] for row in rows),
            "structures": _numbers(counts.get(code) for code in codes),
            **_zonings(codes, verdicts),
        },
    )


def _units(atlas: Atlas, country: Territory) -> list[dict[str, Any]]:
    return atlas.warehouse.rows(
        "SELECT code, name FROM unit WHERE kind = 'departement' AND vintage = ?", (country.vintage,)
    )


def _zonings(codes: list[str], verdicts: Mapping[str, Mapping[str, Verdict]]) -> dict[str, Texts]:
    """A column a zoning: its verdict, empty where it is no."""
    zonings = sorted({zoning for found in verdicts.values() for zoning in found})
    told = {zoning: [verdicts.get(code, {}).get(zoning) for code in codes] for zoning in zonings}
    return {
        f"v_{zoning}": _texts(None if one in (None, Verdict.NON) else str(one) for one in found)
        for zoning, found in told.items()
        if any(one not in (None, Verdict.NON) for one in found)
    }


def _quarters(atlas: Atlas, country: Territory) -> Iterator[Layer]:
    rows = atlas.warehouse.rows(
        "SELECT codes, names, geometry FROM qpv_zone WHERE generation = ?", (generation_on(country.on),)
    )
    if rows:
        columns = {
            "code": _texts(", ".join(row["codes"]) for row in rows),
            "name": _texts(", ".join(row["names"] or ()) or None for row in rows),
        }
        yield Layer("quartiers", (9, 12), _texts(row["geometry"] for row in rows), columns)


def _structures(atlas: Atlas, country: Territory) -> Iterator[Layer]:
    """Establishments of the ESS that may be shown, and whose place is known."""
    rows = atlas.warehouse.rows(
        "SELECT siret, name, family, longitude, latitude FROM ess_establishment WHERE ess = 'oui' "
        f"AND diffusible AND longitude IS NOT NULL AND {ALIVE} ORDER BY siret",
        {"on": country.on},
    )
    if rows:
        points = shapely.points([(row["longitude"], row["latitude"]) for row in rows])
        columns = {name: _texts(row[name] for row in rows) for name in ("siret", "name", "family")}
        yield Layer("structures", (9, 12), _wkb(points), columns)


def counts_of(atlas: Atlas) -> dict[str, int]:
    """Establishments of the ESS by commune and by département, where the register is whole.

    There, a commune of which the register names none has none.
    """
    coverage = RegisterCoverage.of(atlas)
    rows = atlas.warehouse.rows(
        "SELECT commune, departement, sum(establishments)::BIGINT AS n FROM register_count "
        "WHERE ess = 'oui' GROUP BY ALL"
    )
    wholes = {code for code in {row["departement"] for row in rows} if _is_whole(coverage, code)}
    parts = {part: whole for whole, every in atlas.municipal_of.items() for part in every}
    counts: dict[str, int] = defaultdict(int)
    for row in _communes(atlas):
        if row["departement"] in wholes:
            counts[row["code"]] = 0
    for row in rows:
        if row["departement"] in wholes:
            counts[row["departement"]] += row["n"]
            counts[str(parts.get(row["commune"], row["commune"]))] += row["n"]
    return counts


def _communes(atlas: Atlas) -> list[dict[str, Any]]:
    return atlas.warehouse.rows(
        "SELECT code, departement FROM commune WHERE vintage = ?", (atlas.vintage_on(atlas.today),)
    )


def _is_whole(coverage: RegisterCoverage, departement: str) -> bool:
    return bool(departement) and coverage.reach(frozenset((departement,))) is Reach.WHOLE


def _departement(code: str) -> str:
    return code[:3] if code[:2] in ("97", "98") else code[:2]


def _wkb(shapes: Any) -> Texts:
    return np.asarray(shapely.to_wkb(shapes), dtype=object)


def _texts(values: Any) -> Texts:
    found = list(values)
    column = np.empty(len(found), dtype=object)
    column[:] = found
    return column


def _numbers(values: Any) -> NDArray[np.float64]:
    """Whole numbers, NaN where unknown (a tile leaves it out)."""
    return np.array([np.nan if one is None else one for one in values], dtype=float)

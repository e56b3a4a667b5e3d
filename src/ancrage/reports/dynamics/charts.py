"""Charts of the collective dynamics: quotients with their intervals, Moran's scatterplot, a map of places."""

from collections.abc import Sequence
from math import cos, radians

from ancrage.dynamics.association import Association, Local, Quadrant
from ancrage.dynamics.counting import Represented
from ancrage.dynamics.quotients import Presence
from ancrage.reports.cartography import METROPOLE, area_of
from ancrage.reports.charts import CONFIG, DIALECT, GRID, NEUTRAL, PRIMARY, SECONDARY, WIDTH, Row, Spec

LONGEST_NAME = 52
SMALLEST_SHOWN, LARGEST_SHOWN = 0.1, 10.0
SHAPES = {
    Quadrant.HIGH_HIGH: "circle",
    Quadrant.LOW_LOW: "square",
    Quadrant.HIGH_LOW: "triangle-up",
    Quadrant.LOW_HIGH: "diamond",
}
BY_STATE: Spec = {"condition": {"test": "datum.established", "value": PRIMARY}, "value": NEUTRAL}
NOT_SIGNIFICANT = "non significatif"
OURS = "le territoire"


def quotient_intervals(rows: Sequence[Represented]) -> Spec | None:
    """Quotients on a logarithmic scale with their 95 % intervals; a line stands at 1, the reference."""
    values = [_interval(row) for row in rows if row.quotient.value]
    if not values:
        return None
    scale = {"type": "log", "domain": [SMALLEST_SHOWN, LARGEST_SHOWN], "clamp": True}
    axis = {"title": "quotient de localisation", "values": [0.1, 0.2, 0.5, 1, 2, 5, 10], "grid": True}
    across = {"field": "low", "type": "quantitative", "scale": scale, "axis": axis | {"gridColor": GRID}}
    names = [str(row["name"]) for row in values]
    upright = {"field": "name", "type": "nominal", "sort": names, "axis": {"title": None, "labelLimit": 320}}
    reference: Spec = {
        "mark": {"type": "rule", "color": SECONDARY, "strokeDash": [4, 3]},
        "encoding": {"x": {"datum": 1, "type": "quantitative", "scale": scale}},
    }
    bounds: Spec = {
        "mark": {"type": "rule", "strokeWidth": 3},
        "encoding": {"x": across, "x2": {"field": "high"}, "y": upright, "color": BY_STATE},
    }
    value = {"field": "value", "type": "quantitative", "scale": scale}
    point: Spec = {
        "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
        "encoding": {"x": value, "y": upright, "color": BY_STATE},
    }
    return {
        "$schema": DIALECT,
        "config": CONFIG,
        "width": WIDTH + 60,
        "height": {"step": 24},
        "data": {"values": values},
        "layer": [reference, bounds, point],
    }


def _interval(row: Represented) -> Row:
    found = row.quotient
    return {
        "name": f"{row.label[:LONGEST_NAME]}{'…' if len(row.label) > LONGEST_NAME else ''}",
        "value": found.value or 0.0,
        "low": max(found.low or 0.0, SMALLEST_SHOWN),
        "high": min(found.high or 0.0, LARGEST_SHOWN),
        "established": found.presence in (Presence.OVER, Presence.UNDER),
    }


def scatterplot(association: Association) -> Spec:
    """Moran's scatterplot: rate across, mean of the neighbours upwards; its slope is the index."""
    values: list[Row] = [
        {"z": one.z, "lag": one.lag, "kind": _kind(one, association)}
        for one in _quiet_first(association.local, association)
    ]
    ends = [min(one.z for one in association.local), max(one.z for one in association.local)]
    line: list[Row] = [{"z": end, "lag": association.moran * end} for end in ends]
    points = _points("z", "lag", "taux standardisé", "moyenne des voisins")
    slope: Spec = {
        "data": {"values": line},
        "mark": {"type": "line", "color": SECONDARY, "strokeDash": [5, 4]},
        "encoding": {
            "x": {"field": "z", "type": "quantitative"},
            "y": {"field": "lag", "type": "quantitative"},
        },
    }
    return {
        "$schema": DIALECT,
        "config": CONFIG,
        "width": WIDTH + 60,
        "height": 260,
        "layer": [{"data": {"values": values}, **points}, slope],
    }


def places(association: Association) -> Spec | None:
    """Places as points of a map, the significant ones by shape and colour; overseas is in the table only."""
    centres = association.neighbours.centres
    shown = [one for one in association.local if area_of(centres[one.unit.code]) == METROPOLE]
    if not shown:
        return None
    latitudes = [centres[one.unit.code][1] for one in shown]
    shrink = cos(radians((min(latitudes) + max(latitudes)) / 2))
    values: list[Row] = [
        {
            "x": centres[one.unit.code][0] * shrink,
            "y": centres[one.unit.code][1],
            "kind": _kind(one, association),
        }
        for one in _quiet_first(shown, association)
    ]
    longitudes = [float(str(row["x"])) for row in values]
    span = (max(longitudes) - min(longitudes), max(latitudes) - min(latitudes))
    side = 420 / max(*span, 0.01)
    points = _points("x", "y", None, None)
    return {
        "$schema": DIALECT,
        "config": CONFIG,
        "width": max(80, round(span[0] * side)),
        "height": max(80, round(span[1] * side)),
        "data": {"values": values},
        **points,
    }


def _quiet_first(rows: Sequence[Local], association: Association) -> list[Local]:
    """What matters is drawn last, over the rest."""
    return sorted(rows, key=lambda one: (one.significant, one.unit.code in association.units.own))


def _kind(one: Local, association: Association) -> str:
    if one.significant:
        return one.quadrant.label
    return OURS if one.unit.code in association.units.own and not _all_ours(association) else NOT_SIGNIFICANT


def _all_ours(association: Association) -> bool:
    return len(association.own) == len(association.local)


def _points(across: str, upwards: str, x_title: str | None, y_title: str | None) -> Spec:
    kinds = [*(quadrant.label for quadrant in SHAPES), OURS, NOT_SIGNIFICANT]
    colours = [PRIMARY, "#7a3b8f", SECONDARY, "#0b3d91", "#000000", "#b7c0c6"]
    shapes = [*SHAPES.values(), "cross", "circle"]
    legend = {
        "title": None,
        "orient": "bottom",
        "columns": 2,
        "columnPadding": 40,
        "labelLimit": 240,
        "symbolSize": 90,
    }

    def encoded(field: str, title: str | None) -> Spec:
        axis = {"title": title, "grid": True, "gridColor": GRID} if title else None
        return {"field": field, "type": "quantitative", "scale": {"zero": False}, "axis": axis}

    def by_kind(range_: list[object]) -> Spec:
        return {"field": "kind", "type": "nominal", "scale": {"domain": kinds, "range": range_}}

    return {
        "mark": {"type": "point", "filled": True, "opacity": 0.9},
        "encoding": {
            "x": encoded(across, x_title),
            "y": encoded(upwards, y_title),
            "color": by_kind([*colours]) | {"legend": legend},
            "shape": by_kind([*shapes]) | {"legend": legend},
            "size": {"condition": {"test": f"datum.kind === '{NOT_SIGNIFICANT}'", "value": 14}, "value": 90},
        },
    }

"""Survival curves as steps with their bands, one panel a group: bands laid over each other say nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from ancrage.reports.charts import CONFIG, DIALECT, GRID, PRIMARY, Row, Spec

POINTS = 160
WIDTH = 240
WIDE = 370
"""Width of a panel when there are two at most: room for the long names of zonings."""
HEIGHT = 120


@dataclass(frozen=True, slots=True)
class Steps:
    """A curve to draw: ages in years, and shares from 0 to 1; ``low`` and ``high`` may be NaN."""

    label: str
    ages: Sequence[float]
    survival: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


def survival_chart(curves: Sequence[Steps]) -> Spec | None:
    """Share of structures still open by age; at most eight groups, those with the longest curves first."""
    rows = [row for curve in curves for row in _rows(curve)]
    if not rows:
        return None
    age = {"field": "age", "type": "quantitative", "axis": {"title": "âge, en années", "tickCount": 6}}
    share = {
        "field": "survival",
        "type": "quantitative",
        "scale": {"domain": [0, 1]},
        "axis": {"title": None, "format": ".0%", "tickCount": 5, "grid": True, "gridColor": GRID},
    }
    band: Spec = {
        "mark": {"type": "area", "interpolate": "step-after", "color": PRIMARY, "opacity": 0.18},
        "encoding": {
            "x": age,
            "y": share | {"field": "low"},
            "y2": {"field": "high"},
        },
    }
    line: Spec = {
        "mark": {"type": "line", "interpolate": "step-after", "color": PRIMARY, "strokeWidth": 2},
        "encoding": {"x": age, "y": share},
    }
    order = [curve.label for curve in curves]
    width = WIDTH if len(order) > 2 else WIDE
    header = {"title": None, "labelAnchor": "start", "labelFontSize": 12.5, "labelLimit": width}
    return {
        "$schema": DIALECT,
        "config": CONFIG | {"facet": {"spacing": 18}},
        "data": {"values": rows},
        "facet": {"field": "group", "type": "nominal", "header": header, "sort": order},
        "columns": min(3, len(order)),
        "spec": {"width": width, "height": HEIGHT, "layer": [band, line]},
    }


def _rows(curve: Steps) -> list[Row]:
    """The curve from birth, thinned to what a drawing can show, its last age kept."""
    last = len(curve.ages) - 1
    if last < 0:
        return []
    pace = max(1, len(curve.ages) // POINTS)
    kept = sorted({*range(0, last + 1, pace), last})
    born: Row = {"group": curve.label, "age": 0.0, "survival": 1.0, "low": 1.0, "high": 1.0}
    return [born, *(_row(curve, position) for position in kept)]


def _row(curve: Steps, position: int) -> Row:
    survival, low, high = curve.survival[position], curve.low[position], curve.high[position]
    known = low == low and high == high  # NaN is not itself
    return {
        "group": curve.label,
        "age": round(float(curve.ages[position]), 3),
        "survival": round(float(survival), 4),
        "low": round(float(low if known else survival), 4),
        "high": round(float(high if known else survival), 4),
    }

"""Charts of a panel: values covered by trait, and what each quota costs."""

from collections.abc import Sequence

from ancrage.language.numbers import number
from ancrage.panel.result import QuotaCost
from ancrage.reports.charts import CONFIG, DIALECT, GRID, PRIMARY, SECONDARY, WIDTH, Row, Spec

STEP = 26
LONGEST_NAME = 300


def coverage_bars(traits: Sequence[tuple[str, int, int]]) -> Spec | None:
    """Share of the values held, from (trait, values held, values that can be)."""
    rows: list[Row] = [
        {"name": name, "value": held / reachable, "shown": f"{held} sur {reachable}"}
        for name, held, reachable in traits
        if reachable
    ]
    return _bars(rows, PRIMARY, end=1.0) if rows else None


def cost_bars(costs: Sequence[QuotaCost]) -> Spec | None:
    """Diversity gained without each quota, the dearest first; ``None`` when none costs."""
    dear = sorted((cost for cost in costs if cost.gain > 0), key=lambda cost: -cost.gain)
    rows: list[Row] = [
        {"name": cost.quota.label, "value": cost.gain, "shown": number(cost.gain, 3)} for cost in dear
    ]
    return _bars(rows, SECONDARY, end=dear[0].gain) if rows else None


def _bars(rows: list[Row], color: str, *, end: float) -> Spec:
    across = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, end * 1.25]},
        "axis": {"labels": False, "title": None, "domain": False, "grid": False, "gridColor": GRID},
    }
    upright = {
        "field": "name",
        "type": "nominal",
        "sort": [str(row["name"]) for row in rows],
        "axis": {"title": None, "labelLimit": LONGEST_NAME},
    }
    place = {"x": across, "y": upright}
    bars: Spec = {"mark": {"type": "bar", "color": color, "height": 13}, "encoding": place}
    text: Spec = {
        "mark": {"type": "text", "align": "left", "dx": 6},
        "encoding": place | {"text": {"field": "shown", "type": "nominal"}},
    }
    return {
        "$schema": DIALECT,
        "config": CONFIG,
        "width": WIDTH + 60,
        "height": {"step": STEP},
        "data": {"values": rows},
        "layer": [bars, text],
    }

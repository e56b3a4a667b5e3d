"""Charts of a plan: who pays, and cash month after month."""

from decimal import Decimal

from ancrage.financing.cash import CASES, Cash
from ancrage.financing.money import eur
from ancrage.financing.plan import Plan
from ancrage.reports.charts import CONFIG, DIALECT, GRID, INK, NEUTRAL, PRIMARY, SECONDARY, WIDTH, Row, Spec

WIDE = 2 * WIDTH
WORDS = {"worst": "au pire", "central": "aux jours dits", "best": "au mieux"}
COLOURS = {"worst": SECONDARY, "central": PRIMARY, "best": NEUTRAL}
DASHES = {"worst": [6, 4], "central": [1, 0], "best": [2, 3]}


def payers(plan: Plan) -> Spec | None:
    """What each funder brings, in money, the largest first."""
    totals: dict[str, Decimal] = {}
    for one in plan.resources:
        if one.counted and one.line.kind == "argent":
            totals[one.funder.label] = totals.get(one.funder.label, Decimal(0)) + one.amount
    ordered = sorted(totals.items(), key=lambda each: -each[1])
    rows: list[Row] = [
        {"name": name, "value": float(value), "shown": eur(value)} for name, value in ordered if value
    ]
    if not rows:
        return None
    place = {
        "x": {
            "field": "value",
            "type": "quantitative",
            "axis": None,
            "scale": {"domain": [0, float(ordered[0][1]) * 1.3]},
        },
        "y": {
            "field": "name",
            "type": "nominal",
            "sort": [str(row["name"]) for row in rows],
            "axis": {"title": None, "labelLimit": 300},
        },
    }
    bars: Spec = {"mark": {"type": "bar", "color": PRIMARY, "height": 13}, "encoding": place}
    text: Spec = {
        "mark": {"type": "text", "align": "left", "dx": 6},
        "encoding": place | {"text": {"field": "shown", "type": "nominal"}},
    }
    return {
        "$schema": DIALECT,
        "config": CONFIG,
        "width": WIDTH + 60,
        "height": {"step": 28},
        "data": {"values": rows},
        "layer": [bars, text],
    }


def balance(cash: Cash) -> Spec | None:
    """Cash day after day in three cases, with a line at zero and the lowest point told."""
    if not cash.central.points:
        return None
    rows: list[Row] = [
        {"on": on.isoformat(), "value": float(value), "case": WORDS[case]}
        for case in CASES
        for on, value in ((cash.begins, cash.courses[case].opening), *cash.courses[case].points)
    ]
    names = [WORDS[case] for case in CASES]
    lowest, day = cash.central.lowest
    across = {"field": "on", "type": "temporal", "axis": {"title": None, "format": "%m/%Y", "tickCount": 10}}
    upright = {
        "field": "value",
        "type": "quantitative",
        "axis": {"title": "euros en caisse", "grid": True, "gridColor": GRID, "format": "~s"},
    }
    style = {
        "color": {
            "field": "case",
            "type": "nominal",
            "scale": {"domain": names, "range": [COLOURS[case] for case in CASES]},
            "legend": {"title": None, "orient": "top"},
        },
        "strokeDash": {
            "field": "case",
            "type": "nominal",
            "scale": {"domain": names, "range": [DASHES[case] for case in CASES]},
            "legend": None,
        },
    }
    lines: Spec = {
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
        "encoding": {"x": across, "y": upright} | style,
    }
    zero: Spec = {"mark": {"type": "rule", "color": INK}, "encoding": {"y": {"datum": 0}}}
    point: Spec = {
        "data": {"values": [{"on": day.isoformat(), "value": float(lowest), "shown": eur(lowest)}]},
        "encoding": {"x": across, "y": upright},
        "layer": [
            {"mark": {"type": "point", "filled": True, "size": 80, "color": SECONDARY}},
            {
                "mark": {"type": "text", "dy": 16, "fontWeight": "bold"},
                "encoding": {"text": {"field": "shown", "type": "nominal"}},
            },
        ],
    }
    return {
        "$schema": DIALECT,
        "config": CONFIG,
        "width": WIDE,
        "height": 260,
        "data": {"values": rows},
        "layer": [zero, lines, point],
    }

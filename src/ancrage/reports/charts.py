"""Charts as Vega-Lite specifications: one definition for the page, the PDF and the word processor.

Plain dictionaries with their values inside. Every figure is written beside its mark by
:mod:`ancrage.language.numbers`, so that a chart says the same thing as its table, and nothing rests on
colour alone. Each function returns ``None`` when there is nothing known to draw.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

from ancrage.diagnosis.model import Activity, Comparison, EssFabric, YearCount, ZoningAnswer
from ancrage.language.numbers import interval, number, percent

Spec = dict[str, Any]
Row = dict[str, object]

DIALECT = "https://vega.github.io/schema/vega-lite/v6.json"
WIDTH = 340
LINE = 40
THICKNESS = 13

# Blue-green and ochre stay apart for every common colour blindness and in grey; a page may restyle them.
PRIMARY = "#1f6f78"
SECONDARY = "#b85c1e"
NEUTRAL = "#76838b"
INK = "#1d262c"
MUTED = "#56626a"
GRID = "#d4dade"

GROUND: Spec = {
    "values": [0],
    "grid": True,
    "gridColor": NEUTRAL,
    "labels": False,
    "title": None,
    "domain": False,
}
CONFIG: Spec = {
    "aria": False,
    "background": None,
    "padding": 1,
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "text": {"color": INK, "fontSize": 12},
    "axis": {
        "labelColor": INK,
        "labelFontSize": 12.5,
        "titleColor": MUTED,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "grid": False,
        "ticks": False,
        "domainColor": GRID,
    },
}


def families(ess: EssFabric) -> Spec | None:
    """Establishments of each family, as bars."""
    rows: list[Row] = [
        {"name": one.label, "value": one.establishments, "shown": number(one.establishments)}
        for one in ess.families.values()
    ]
    return _bars(rows)


def jobs(ess: EssFabric) -> Spec | None:
    """Jobs of each family: a line from the low to the high bound, a mark on the central value."""
    bands = [(family.label, family.jobs) for family in ess.families.values() if family.jobs.central]
    if not bands:
        return None
    end = max(band.high or band.central * 2 for _, band in bands)
    rows: list[Row] = [
        {
            "name": label,
            "low": band.low,
            "high": end if band.high is None else band.high,
            "open": band.high is None,
            "central": band.central,
            "shown": f"{number(band.central)}  ({interval(band.low, band.high)})",
        }
        for label, band in bands
    ]
    across = {"field": "low", "type": "quantitative", "axis": None, "scale": {"domain": [0, end * 1.45]}}
    dashes = {"condition": {"test": "datum.open", "value": [4, 3]}, "value": [1, 0]}
    line: Spec = {
        "mark": {"type": "rule", "strokeWidth": 3, "color": PRIMARY, "yOffset": 9},
        "encoding": {"x": across, "x2": {"field": "high"}, "strokeDash": dashes},
    }
    central: Spec = {
        "mark": {"type": "point", "filled": True, "size": 90, "color": PRIMARY, "opacity": 1, "yOffset": 9},
        "encoding": {"x": {"field": "central", "type": "quantitative"}},
    }
    return _lines(rows, [line, central, _value_text("high")])


def activities(shown: Sequence[Activity]) -> Spec | None:
    """Share of the ESS in the employers of each section, the largest first; unknown shares are left out."""
    known = [(one.label, one.share_of_employers) for one in shown if one.share_of_employers is not None]
    ordered = sorted(known, key=lambda one: -one[1])
    return _bars([{"name": label, "value": share, "shown": percent(share)} for label, share in ordered])


def zonings(answers: Sequence[ZoningAnswer]) -> Spec | None:
    """Share of the population in classified communes, on a scale from nothing to everybody."""
    rows: list[Row] = [
        {"name": one.label, "value": one.share, "shown": percent(one.share)}
        for one in answers
        if one.share is not None
    ]
    return _bars(rows, end=1.0)


def comparison(rows: Sequence[Comparison], own: Collection[int]) -> Spec | None:
    """Share of the ESS in employers, territory by territory; the rows ``own`` stand out in bold colour."""
    known = [
        (at, row.share_of_employers) for at, row in enumerate(rows) if row.share_of_employers is not None
    ]
    if len(known) < 2:
        return None
    return _bars(
        [
            {"name": rows[at].territory.name, "value": share, "shown": percent(share), "own": at in own}
            for at, share in known
        ],
        color={"condition": {"test": "datum.own", "value": PRIMARY}, "value": NEUTRAL},
    )


def births_closures(ess: EssFabric) -> Spec | None:
    """Births above the line, closures below, year by year; an incomplete year is hollow and starred."""
    rows = [*_year_rows(ess.births, 1), *_year_rows(ess.closures, -1)]
    if not rows:
        return None
    counts = [int(str(row["signed"])) for row in rows]
    margin = max(1.0, (max(0, *counts) - min(0, *counts)) * 0.12)
    scale = {"domain": [min(0, *counts) - margin, max(0, *counts) + margin]}
    bars: Spec = {
        "transform": [{"filter": "datum.signed != 0"}],
        "mark": {"type": "bar", "strokeWidth": 1.5, "width": {"band": 0.62}},
        "encoding": {
            "y": {"field": "signed", "type": "quantitative", "axis": GROUND, "stack": None, "scale": scale},
            "fill": _by_sign(),
            "stroke": _by_sign(),
            "fillOpacity": {"condition": {"test": "datum.complete", "value": 1}, "value": 0},
        },
    }
    return {
        "$schema": DIALECT,
        "config": CONFIG,
        "width": WIDTH,
        "height": 190,
        "data": {"values": rows},
        "encoding": {"x": {"field": "year", "type": "ordinal", "axis": _years_axis()}},
        "layer": [bars, _year_values("datum.signed > 0", -7), _year_values("datum.signed < 0", 8)],
    }


def _year_rows(counts: Sequence[YearCount], sign: int) -> list[Row]:
    return [
        {
            "year": str(one.year) + ("" if one.complete else "*"),
            "signed": one.count * sign,
            "shown": number(one.count),
            "complete": one.complete,
        }
        for one in counts
    ]


def _by_sign() -> Spec:
    return {"condition": {"test": "datum.signed > 0", "value": PRIMARY}, "value": SECONDARY}


def _years_axis() -> Spec:
    return {"title": None, "labelAngle": 0, "labelFontSize": 11, "labelOverlap": "greedy", "domain": False}


def _year_values(test: str, shift: int) -> Spec:
    return {
        "transform": [{"filter": test}],
        "mark": {"type": "text", "dy": shift, "fontSize": 10},
        "encoding": {
            "y": {"field": "signed", "type": "quantitative"},
            "text": {"field": "shown", "type": "nominal"},
        },
    }


def _bars(rows: list[Row], *, end: float | None = None, color: Spec | None = None) -> Spec | None:
    values = [float(str(row["value"])) for row in rows]
    if not values or max(values) <= 0:
        return None
    scale = {"domain": [0, (end or max(values)) * 1.2]}
    across = {"field": "value", "type": "quantitative", "axis": None, "scale": scale}
    bars: Spec = {
        "mark": {"type": "bar", "height": THICKNESS, "yOffset": 9, "color": PRIMARY},
        "encoding": {"x": across} | ({"color": color} if color else {}),
    }
    return _lines(rows, [bars, _value_text("value")])


def _value_text(field: str) -> Spec:
    return {
        "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "yOffset": 9},
        "encoding": {
            "x": {"field": field, "type": "quantitative"},
            "text": {"field": "shown", "type": "nominal"},
        },
    }


def _lines(rows: list[Row], layer: list[Spec]) -> Spec:
    """One line a row: its name above the mark, so that a long French label never squeezes the drawing."""
    axis = {
        "title": None,
        "domain": False,
        "labelAlign": "left",
        "labelOffset": -9,
        "labelPadding": 0,
        "labelLimit": WIDTH * 0.86,
        "zindex": 1,
    }
    return {
        "$schema": DIALECT,
        "config": CONFIG,
        "width": WIDTH,
        "height": {"step": LINE},
        "data": {"values": [{"line": position, **row} for position, row in enumerate(rows)]},
        "encoding": {
            "y": {
                "field": "line",
                "type": "ordinal",
                "axis": axis | {"labelExpr": _label_expression(rows)},
                "scale": {"padding": 0},
            }
        },
        "layer": layer,
    }


def _label_expression(rows: list[Row]) -> str:
    """Two rows may bear the same name: lines are numbered, and the axis finds each name by its number."""
    return f"{json.dumps([row['name'] for row in rows])}[datum.value]"

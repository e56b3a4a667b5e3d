"""The rate of a term over the periods, with its interval, as a Vega-Lite chart."""

from ancrage.language.numbers import number
from ancrage.reports.charts import CONFIG, DIALECT, GRID, NEUTRAL, PRIMARY, WIDTH, Row, Spec
from ancrage.reports.sheet import Chart
from ancrage.watch.counting import Cell, Series, Watch
from ancrage.watch.moments import Span

FEWEST, MOST = 2, 40
"""Periods a chart shows: one period is no course, and too many files cannot be told apart."""
WIDE_FROM = 12
HEIGHT = 190
ROOM = 1.12
TALLEST = 3.0
"""An interval is cut at so many times the highest rate: a period of few words must not flatten the others."""


def chart(told: Watch, one: Series, rank: int) -> Chart | None:
    """Rate by period, its interval, the number of occurrences; a cross where there is no text."""
    known = [cell for cell in one.cells if cell.rate is not None]
    if not FEWEST <= len(one.cells) <= MOST or not any(cell.count for cell in known):
        return None
    wide = len(one.cells) > WIDE_FROM
    caption = (
        f"« {one.term.libelle} » : occurrences pour 10 000 mots. Trait : intervalle à 95 %. "
        "Au-dessus du point : nombre d'occurrences."
    )
    if len(known) < len(one.cells):
        caption += " × : aucun texte, taux inconnu."
    top = _top(known)
    if any((cell.interval or (0, 0))[1] > top for cell in known):
        caption += " Un intervalle qui dépasse le cadre est coupé ; le tableau le donne entier."
    name = {Span.ANNEE: "par année", Span.MOIS: "par mois", Span.FICHIER: "par fichier"}[told.span]
    return Chart(
        f"terme-{rank}", f"« {one.term.libelle} » {name}", caption, _spec(told, one, top, wide), wide=wide
    )


def _top(known: list[Cell]) -> float:
    rates = max(cell.rate or 0.0 for cell in known)
    bounds = max((cell.interval or (0.0, 0.0))[1] for cell in known)
    return min(bounds, rates * TALLEST) * ROOM


def _spec(told: Watch, one: Series, top: float, wide: bool) -> Spec:
    rows = [_row(period, cell, top) for period, cell in zip(told.periods, one.cells, strict=True)]
    across = {
        "field": "period",
        "type": "ordinal",
        "scale": {"domain": list(told.periods)},
        "axis": {"title": None, "labelAngle": 0, "labelPadding": 8, "labelOverlap": "greedy"},
    }
    return {
        "$schema": DIALECT,
        "config": CONFIG,
        "width": WIDTH * 2 if wide else WIDTH,
        "height": HEIGHT,
        "data": {"values": rows},
        "encoding": {"x": across},
        "layer": [_interval(top), _point(top), _count(top), _unknown(top)],
    }


def _row(period: str, cell: Cell, top: float) -> Row:
    low, high = cell.interval or (None, None)
    return {
        "period": period,
        "known": cell.rate is not None,
        "rate": cell.rate,
        "low": low,
        "high": None if high is None else min(high, top),
        "shown": number(cell.count),
        "base": 0,
    }


def _up(field: str, top: float) -> Spec:
    axis = {"title": "pour 10 000 mots", "grid": True, "gridColor": GRID, "domain": False, "tickCount": 5}
    return {
        "field": field,
        "type": "quantitative",
        "axis": axis,
        "scale": {"domain": [0, top], "nice": False},
    }


def _interval(top: float) -> Spec:
    return {
        "transform": [{"filter": "datum.known"}],
        "mark": {"type": "rule", "strokeWidth": 2, "color": NEUTRAL},
        "encoding": {"y": _up("low", top), "y2": {"field": "high"}},
    }


def _point(top: float) -> Spec:
    return {
        "transform": [{"filter": "datum.known"}],
        "mark": {"type": "point", "filled": True, "size": 80, "color": PRIMARY, "opacity": 1},
        "encoding": {"y": _up("rate", top)},
    }


def _count(top: float) -> Spec:
    return {
        "transform": [{"filter": "datum.known"}],
        "mark": {"type": "text", "dx": 7, "dy": -7, "align": "left", "fontSize": 11},
        "encoding": {"y": _up("rate", top), "text": {"field": "shown", "type": "nominal"}},
    }


def _unknown(top: float) -> Spec:
    return {
        "transform": [{"filter": "!datum.known"}],
        "mark": {"type": "text", "text": "×", "dy": -8, "fontSize": 14},
        "encoding": {"y": _up("base", top)},
    }

"""The radar of the grid as a Vega-Lite specification: fifteen axes, one outline a role.

Vega-Lite has no polar axes, so positions are computed here: criterion n stands at (n − 1)/15 of a turn
clockwise from the top, its level is its distance to the centre. An unknown level breaks the outline: it is
neither the centre nor a straight line across.
"""

import math
from collections.abc import Sequence

from ancrage.grid.assessment import Role
from ancrage.grid.criteria import COUNT, HIGHEST, LOWEST
from ancrage.grid.evaluation import Evaluation, Line
from ancrage.reports.charts import CONFIG, DIALECT, GRID, INK, MUTED, NEUTRAL, PRIMARY, SECONDARY, Row, Spec

UNIT = 44.0
"""Pixels a level."""
REACH_X, REACH_Y = 9.2, 6.1
"""Levels from the centre to the edges: the names need room on both sides."""
NAMES_AT = HIGHEST + 0.42
STRAIGHT_UP = 0.1
"""Sine under which a name stands over or under its axis rather than beside it."""

# Colours, dashes and marks each tell the roles apart alone: colour blindness and grey printing lose nothing.
LOOKS: dict[Role, tuple[str, list[int], str]] = {
    Role.STRUCTURE: (PRIMARY, [1, 0], "circle"),
    Role.COLLECTIVITE: (SECONDARY, [7, 4], "square"),
    Role.ACCOMPAGNATEUR: ("#7a5ea8", [2, 3], "triangle-up"),
    Role.FINANCEUR: (NEUTRAL, [10, 3, 2, 3], "diamond"),
    Role.USAGERS: ("#c2498a", [14, 4], "cross"),
    Role.AUTRE: ("#85801f", [4, 2], "triangle-down"),
}

THICKEST, THINNEST = 5.0, 1.8
"""Pixels of the first and last outlines: where they run together, each shows beside the one above."""


def radar(evaluation: Evaluation) -> Spec | None:
    """Latest levels of each role on fifteen axes; ``None`` when no role knows any level."""
    if not any(line.known for line in evaluation.lines):
        return None
    roles = [one.role for one in evaluation.latest]
    outlines = [row for role in roles for row in outline(evaluation.lines, role)]
    return {
        "$schema": DIALECT,
        "config": CONFIG | {"legend": {"labelColor": INK, "labelFontSize": 13}},
        "width": 2 * REACH_X * UNIT,
        "height": 2 * REACH_Y * UNIT,
        "encoding": {"x": _axis("x", REACH_X), "y": _axis("y", REACH_Y)},
        "layer": [*_ground(), *_marks(outlines, roles), *_names(evaluation.lines), _scale()],
    }


def position(number: int, level: float) -> tuple[float, float]:
    """Place, y upwards, of a level (its distance to the centre) on the axis of a criterion."""
    turn = 2 * math.pi * (number - 1) / COUNT
    return round(level * math.sin(turn), 4), round(level * math.cos(turn), 4)


def outline(lines: Sequence[Line], role: Role) -> list[Row]:
    """Known levels of a role, around and back to the first; ``run`` changes after each unknown level."""
    rows: list[Row] = []
    run = 0
    for order, line in enumerate([*lines, lines[0]]):
        level = line.levels[role]
        if level is None:
            run += 1
            continue
        group = f"{role} {run}"
        rows.append(_row(line.criterion.number, level, order=order, group=group, role=role.label))
    return rows


def _axis(field: str, reach: float) -> Spec:
    scale = {"domain": [-reach, reach], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def _row(number: int, level: float, **told: object) -> Row:
    x, y = position(number, level)
    return {"x": x, "y": y, **told}


def _ground() -> list[Spec]:
    levels, numbers = range(LOWEST, HIGHEST + 1), range(1, COUNT + 1)
    rings = [
        _row(number, level, group=level, order=number) for level in levels for number in (*numbers, COUNT + 1)
    ]
    spokes = [_row(number, end, group=number, order=end) for number in numbers for end in (0, HIGHEST)]
    return [_joined(rows, {"color": GRID, "strokeWidth": 1}) for rows in (rings, spokes)]


def _joined(rows: list[Row], look: Spec) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "line", **look},
        "encoding": {
            "detail": {"field": "group", "type": "nominal"},
            "order": {"field": "order", "type": "quantitative"},
        },
    }


def _marks(rows: list[Row], roles: Sequence[Role]) -> list[Spec]:
    colors, dashes, shapes = (list(kind) for kind in zip(*(LOOKS[role] for role in roles), strict=True))
    step = (THICKEST - THINNEST) / max(1, len(roles) - 1)
    widths: list[object] = [THICKEST - step * rank if len(roles) > 1 else 2.4 for rank in range(len(roles))]
    lines = _joined(rows, {})
    lines["encoding"] |= {
        "color": _by_role(roles, colors),
        "strokeDash": _by_role(roles, dashes),
        "strokeWidth": _by_role(roles, widths),
    }
    points: Spec = {
        "data": {"values": rows},
        "mark": {"type": "point", "filled": False, "size": 70, "strokeWidth": 2, "opacity": 1},
        "encoding": {"color": _by_role(roles, colors), "shape": _by_role(roles, shapes)},
    }
    return [lines, points]


def _by_role(roles: Sequence[Role], looks: list[object]) -> Spec:
    legend = {"title": None, "orient": "top", "symbolSize": 160, "columns": 3, "columnPadding": 28}
    scale = {"domain": [role.label for role in roles], "range": looks}
    return {"field": "role", "type": "nominal", "scale": scale, "legend": legend}


def _names(lines: Sequence[Line]) -> list[Spec]:
    """Names around, anchored on the side that faces the drawing."""
    rows = [
        _row(line.criterion.number, NAMES_AT, name=f"{line.criterion.number}. {line.criterion.short}")
        for line in lines
    ]
    sides = {
        "left": f"datum.x > {STRAIGHT_UP * NAMES_AT}",
        "right": f"datum.x < {-STRAIGHT_UP * NAMES_AT}",
        "center": f"abs(datum.x) <= {STRAIGHT_UP * NAMES_AT}",
    }
    return [
        {
            "data": {"values": rows},
            "transform": [{"filter": test}],
            "mark": {"type": "text", "align": side, "baseline": "middle", "fontSize": 13.5},
            "encoding": {"text": {"field": "name", "type": "nominal"}},
        }
        for side, test in sides.items()
    ]


def _scale() -> Spec:
    """Levels written beside the first axis."""
    return {
        "data": {"values": [_row(1, level, name=str(level)) for level in range(LOWEST, HIGHEST + 1)]},
        "mark": {"type": "text", "dx": -9, "fontSize": 11, "color": MUTED},
        "encoding": {"text": {"field": "name", "type": "nominal"}},
    }

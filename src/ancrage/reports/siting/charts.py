"""Chart of the openings: the best that one, two… sites can do."""

from ancrage.language.numbers import number
from ancrage.reports.charts import CONFIG, DIALECT, GRID, PRIMARY, WIDTH, Spec
from ancrage.siting.result import Siting

LEAST_POINTS = 2


def benefit_curve(siting: Siting) -> Spec | None:
    """Best value by number of openings; where the line flattens, one more site brings little."""
    if len(siting.curve) < LEAST_POINTS:
        return None
    decimals = 0 if siting.question.radius_km else 1
    rows = [
        {
            "sites": point.sites,
            "value": point.proof.value,
            "shown": number(point.proof.value, decimals),
        }
        for point in siting.curve
    ]
    # Every label fits up to a dozen points; beyond, only the ends and the middle are written.
    step = 1 + (len(rows) - 1) // 12
    labels = [row for rank, row in enumerate(rows) if rank % step == 0]
    top = max(point.proof.value for point in siting.curve)
    axis = {"title": "nombre d'ouvertures", "labelAngle": 0, "domain": True, "labelOverlap": "greedy"}
    place: Spec = {
        "x": {"field": "sites", "type": "ordinal", "axis": axis},
        "y": {
            "field": "value",
            "type": "quantitative",
            "axis": {"labels": False, "title": None, "domain": False, "grid": True, "gridColor": GRID},
            "scale": {"domain": [0, top * 1.15]},
        },
    }
    line: Spec = {
        "mark": {
            "type": "line",
            "color": PRIMARY,
            "strokeWidth": 2.5,
            "point": {"color": PRIMARY, "size": 55},
        },
        "encoding": place,
    }
    text: Spec = {
        "data": {"values": labels},
        "mark": {"type": "text", "dy": -11, "fontSize": 10.5},
        "encoding": place | {"text": {"field": "shown", "type": "nominal"}},
    }
    return {
        "$schema": DIALECT,
        "config": CONFIG,
        "width": WIDTH + 80,
        "height": 200,
        "data": {"values": rows},
        "layer": [line, text],
    }

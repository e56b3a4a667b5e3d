"""The legend of a map drawn under it, for paper: a page writes it beside."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from ancrage.reports.maps import MARGIN, WIDTH, LegendEntry, Map

LINE = 22.0
COLUMNS = 2
SAMPLE = 34.0
_VIEW_BOX = re.compile(r'viewBox="0 0 (\S+) (\S+)"')


def with_legend(drawn: Map) -> str:
    """The SVG of the map, taller, with a sample and its meaning for each entry of the legend."""
    found = _VIEW_BOX.search(drawn.svg)
    if found is None:
        raise ValueError("a map without a view box")
    width, height = (float(value) for value in found.groups())
    lines = -(-len(drawn.legend) // COLUMNS)
    taller = _VIEW_BOX.sub(f'viewBox="0 0 {width:.0f} {height + lines * LINE + MARGIN:.0f}"', drawn.svg, 1)
    return taller.removesuffix("</svg>") + "".join(_entries(drawn.legend, height + MARGIN)) + "</svg>"


def _entries(legend: tuple[LegendEntry, ...], top: float) -> Iterator[str]:
    for rank, entry in enumerate(legend):
        x = MARGIN + (rank % COLUMNS) * (WIDTH - 2 * MARGIN) / COLUMNS
        y = top + (rank // COLUMNS) * LINE
        centred = entry.css == "etablissement"
        at = f"translate({x + 12:.1f} {y + 8:.1f})" if centred else f"translate({x:.1f} {y:.1f})"
        yield f'<path class="{entry.css}" transform="{at}" d="{entry.path}"/>'
        yield f'<text class="legende" x="{x + SAMPLE:.1f}" y="{y + 12:.1f}">{escape(entry.label)}</text>'

"""The legend of a map drawn under it, for paper: a page writes it beside."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
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


def standing_alone(svg: str) -> str:
    """A drawing with its own colours, light and dark: a file that no page dresses."""
    return re.sub(r"<svg\b[^>]*>", lambda found: f"{found.group()}<style>{_colours()}</style>", svg, count=1)


@cache
def _colours() -> str:
    return files("ancrage.reports").joinpath("templates/drawings.css").read_text(encoding="utf-8") + DARK


DARK = """
text { font-family: system-ui, sans-serif; }
@media (prefers-color-scheme: dark) {
  .commune { fill: #24201b; stroke: #9c9083; }
  .territoire { stroke: #6dbcc0; }
  .plein, .reponse-oui { fill: #21443f; }
  .fond { fill: #24201b; }
  .trait { fill: #6dbcc0; }
  .quartier, .etablissement { fill: #e69a6b; stroke: #191613; }
  .etiquette, text.echelle, .legende { fill: #f1eae0; stroke: #191613; }
  path.echelle { stroke: #f1eae0; }
  .departement { fill: #191613; stroke: #9c9083; }
  .mairie { fill: #6dbcc0; stroke: #191613; }
  .mairie.voisine { fill: #5e564d; }
  .etiquette.voisine { fill: #b9aea1; }
}
"""
"""Colours of a dark page, those of ``style.css``."""

"""Drawings for paper: the colours and letters that a page gives by its style sheet, inside the SVG itself."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ancrage.reports.drawing import draw
from ancrage.reports.formats.printing.characters import printable
from ancrage.reports.sheet import Chart

_FONT = re.compile(r'font-family="[^"]*"')
_OPENING = re.compile(r"<svg\b[^>]*>")
_VIEW_BOX = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')
COLUMN_MM = 104.0
LINE_MM = 170.0
HIGHEST_MM = 195.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG that stands alone, its width on paper, and what it says to whoever does not see it."""

    svg: str
    width_mm: float
    spoken: str


def drawing_of(chart: Chart, font: str) -> Drawing | None:
    """The drawing of a chart, ``None`` for one that has neither specification nor SVG."""
    spoken = f"{chart.title}. {chart.caption} Les chiffres sont dans le tableau voisin."
    svg = chart.svg
    if svg is None:
        if chart.spec is None:
            return None
        svg = draw(chart.spec, f"graphique-{chart.id}", chart.title, spoken)
    return Drawing(_dressed(svg, font), _width(svg, wide=chart.wide), printable(spoken))


def _dressed(svg: str, font: str) -> str:
    style = f'<style>text {{ font-family: "{font}"; }}\n{_colours()}</style>'
    opened = _OPENING.sub(lambda found: found.group() + style, printable(svg), count=1)
    return _FONT.sub(f'font-family="{font}"', opened)


@cache
def _colours() -> str:
    return files("ancrage.reports").joinpath("templates/drawings.css").read_text(encoding="utf-8")


def _width(svg: str, *, wide: bool) -> float:
    found = _VIEW_BOX.search(svg)
    width, height = (float(value) for value in found.groups()) if found else (1.0, 1.0)
    return min(LINE_MM if wide else COLUMN_MM, HIGHEST_MM * width / height)

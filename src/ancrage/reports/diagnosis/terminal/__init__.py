"""A diagnosis on a terminal: readable on 80 columns, comfortable on 100, true without colour."""

from collections.abc import Callable, Iterator

from rich.console import Console, RenderableType

from ancrage.diagnosis.model import Diagnosis
from ancrage.reports.diagnosis.method_sections import method_sections
from ancrage.reports.diagnosis.terminal import fabric, place, provenance, standing, territory_aids
from ancrage.reports.formats.terminal.layout import MAX_WIDTH, Page
from ancrage.reports.formats.terminal.sheet import sections
from ancrage.reports.topic import Telling

SECTIONS: tuple[Callable[[Diagnosis], Iterator[RenderableType]], ...] = (
    place.banner,
    place.title,
    place.zonings,
    fabric.key_figures,
    fabric.inclusion,
    fabric.families,
    fabric.activities,
    fabric.years,
    fabric.largest_employers,
    standing.comparisons,
    standing.similar,
    standing.published,
    territory_aids.aids,
    lambda diagnosis: sections(method_sections(diagnosis)),
    provenance.missing,
    provenance.sources,
)


def show(telling: Telling, console: Console) -> None:
    """Print the diagnosis of an answer."""
    render_terminal(telling.answer.facts, console)


def render_terminal(diagnosis: Diagnosis, console: Console) -> None:
    """Print the diagnosis on ``console``, at most 110 columns wide. Nothing is computed nor read."""
    width = min(console.width, MAX_WIDTH)
    for section in SECTIONS:
        for block in section(diagnosis):
            console.print(Page(block), width=width)

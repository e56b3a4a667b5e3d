"""A sheet: what a method answers, told once for the terminal, the page and the printed report.

Plain blocks in reading order. A renderer never computes: every figure arrives already written in French, and
carries its value (:mod:`ancrage.reports.cells`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ancrage.repairs import Repair
from ancrage.reports.cells import Cell as Cell
from ancrage.reports.cells import Ref


class Where(StrEnum):
    """What is read on a page, a terminal or a paper; what is kept in a workbook or a CSV."""

    EVERYWHERE = "everywhere"
    READ = "read"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or more; ``strong`` when it is what to remember, ``quiet`` for a note.

    ``repairs``: what can be done about it, worded for who reads (``reports/audience.py``); the text may then
    be empty.
    """

    text: str
    weight: str = ""
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list, ordered when the order matters.

    ``folded``: the words under which a page folds it; it is then nowhere else.
    """

    lines: tuple[str, ...]
    ordered: bool = False
    folded: str = ""
    where: Where = Where.EVERYWHERE


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``right``: positions of the columns of figures; ``highlighted``: rows that stand out.

    ``repairs``: what the note under it leads to. ``brief``: how many rows a terminal shows when it cannot
    show all; what its ``repairs`` then lead to gives the others. ``fictitious``: whether its figures are of
    demonstration, when other tables of the sheet say otherwise. ``origin``: its sources, for the file that
    holds it apart from the sheet. ``carded``: a row is a card on a telephone, each cell under its title.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    right: frozenset[int] = frozenset()
    highlighted: frozenset[int] = frozenset()
    note: str = ""
    repairs: tuple[Repair, ...] = ()
    where: Where = Where.EVERYWHERE
    brief: int = 0
    fictitious: bool | None = None
    origin: str = ""
    carded: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A Vega-Lite specification, or a drawing already made (``svg``). Its figures are in a table beside it.

    ``wide`` gives it the whole width of the page: for maps and long series.
    """

    id: str
    title: str
    caption: str
    spec: dict[str, Any] | None = None
    svg: str | None = None
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence and those that stand under it."""

    text: str
    points: tuple["Point", ...] = ()

    def lines(self, depth: int = 0) -> Iterator[tuple[int, str]]:
        """Every sentence in reading order, with how deep it stands."""
        yield depth, self.text
        for point in self.points:
            yield from point.lines(depth + 1)


@dataclass(frozen=True, slots=True)
class Outline:
    """Sentences, some under others. A page folds it under its title; it is told whole everywhere else."""

    title: str
    points: tuple[Point, ...]

    def lines(self) -> Iterator[tuple[int, str]]:
        """Every sentence in reading order, with how deep it stands."""
        for point in self.points:
            yield from point.lines()


Block = Paragraph | Items | Grid | Chart | Outline


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a sheet. ``id`` is its anchor in the page, ``aside`` a short note beside the title.

    ``half``: a paper fitted to its pages sets it beside the half that follows. ``annex``: it stands after
    those pages, which do not count it; slides leave it out. ``alone``: a paper gives it pages of its own.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    aside: str = ""
    half: bool = False
    annex: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure of the heading: its name, its value, what it counts."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a method answers. ``kicker`` is the line over the title, ``method`` its page under docs/.

    ``on`` is the day it answers for, ``attribution`` its producers and licences, for the foot of a page.
    ``fitted``: how many A4 pages its paper holds on, as many as are needed when 0; ``page``: the thing whose
    page on the site a paper leads to.
    """

    kicker: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    figures: tuple[KeyFigure, ...] = ()
    warnings: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    method: str = ""
    fictitious: bool = False
    on: date | None = None
    attribution: str = ""
    fitted: int = 0
    page: Ref | None = None


def present(blocks: Sequence[Block | None]) -> tuple[Block, ...]:
    """The blocks that exist: a chart that has nothing known to draw is ``None``."""
    return tuple(block for block in blocks if block is not None)

"""The environment every HTML page is written in: filters, tests and words, set once."""

from collections.abc import Iterable, Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ancrage import shell
from ancrage.language import days, numbers, phrases, places, typography
from ancrage.reasoning import Verdict
from ancrage.repairs import Repair
from ancrage.reports import wording
from ancrage.reports.audience import Audience
from ancrage.reports.cells import Away, Link, Links, Tone, Toned, no_links, parts_of
from ancrage.reports.columns import title_of
from ancrage.reports.drawing import draw
from ancrage.reports.formats.printing.links import pieces
from ancrage.reports.formats.typeset import Typeset
from ancrage.reports.sheet import Block, Chart, Grid, Items, Outline, Paragraph

BESIDE = 6
"""Columns of a table that leaves room for charts on its side."""


HERE = Markup('<a href="{}">{}</a>')
AWAY = Markup('<a href="{}" rel="noreferrer">{}</a>')
TONES = {
    Tone.STRONG: Markup("<strong>{}</strong>"),
    Tone.QUIET: Markup('<span class="discret">{}</span>'),
}


@cache
def environment(to: Audience = Audience.READER) -> Environment:
    """Templates of this package; undefined names fail, everything is escaped."""
    made = Environment(
        loader=PackageLoader("ancrage.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_unbroken,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.template_class = Typeset
    made.filters |= {
        "number": numbers.number,
        "plain_number": numbers.plain_number,
        "day": days.day,
        "of": phrases.of,
        "known": wording.known_number,
        "link": _link,
        "drawing": lambda svg: Markup(svg),  # noqa: S704 drawn by our own maps, names escaped there
        "drawn": _drawn,
        "told": _told,
        "sides": _sides,
        "note": lambda column: title_of(column).note,
    }
    made.tests |= {
        "paragraph": lambda block: isinstance(block, Paragraph),
        "items": lambda block: isinstance(block, Items),
        "outline": lambda block: isinstance(block, Outline),
        "chart": lambda block: isinstance(block, Chart),
        "stacked": _is_stacked,
        "verdict": lambda cell: isinstance(cell, Verdict),
    }
    made.globals |= {
        "w": wording,
        "plural": phrases.plural,
        "of_place": places.of_place,
        "to_do": _typed if to is Audience.OPERATOR else _nothing,
    }
    return made


def _typed(repairs: Iterable[Repair]) -> Markup:
    """What to type, and for what."""
    told = (Markup("{} : <code>{}</code>").format(what, typed) for what, typed in shell.steps(repairs))
    return Markup(" ; ").join(told)


def _nothing(repairs: Iterable[Repair]) -> str:  # noqa: ARG001 as the other audience is told
    """A page kept as a file has no place of its own to lead to."""
    return ""


def _link(href: str | None) -> str | None:
    """Only addresses of the web become links: public files hold all sorts of things in such a cell."""
    return href if href and href.startswith(("https://", "http://")) else None


def _is_stacked(grid: Grid) -> bool:
    """Whether a row is better read as a card on a narrow screen: its cells are several lines."""
    return any("\n" in str(cell) for row in grid.rows for cell in row)


def _sides(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """Blocks as they are set: the charts that precede a narrow table stand on its side."""
    waiting: list[Block] = []
    for block in blocks:
        if isinstance(block, Chart) and not block.wide:
            waiting.append(block)
        elif waiting and isinstance(block, Grid) and len(block.columns) <= BESIDE:
            yield (*waiting, block)
            waiting = []
        else:
            yield from ((one,) for one in waiting)
            waiting = []
            yield (block,)
    yield from ((one,) for one in waiting)


@pass_context
def _told(context: Context, cell: str) -> Markup:
    """A cell or a sentence: its lines, and a link on what has a page where it is shown."""
    links = context.get("links") or no_links
    return Markup().join(_part(part, links) for part in parts_of(cell))


def _part(part: str, links: Links) -> Markup:
    address = links(part.ref) if isinstance(part, Link) else None
    if address:
        return HERE.format(address, _lines(part))
    if isinstance(part, Away):
        return AWAY.format(part.href, _lines(part))
    told = (AWAY.format(href, one) if href else _lines(one) for one, href in pieces(part, str))
    return (TONES[part.tone] if isinstance(part, Toned) else Markup("{}")).format(Markup().join(told))


def _lines(words: str) -> Markup:
    return Markup("<br>").join(escape(_unbroken(str(line))) for line in words.split("\n"))


def _unbroken(value: object) -> object:
    """Words from the data, whose « quotes » no line break may part from what they hold."""
    return typography.unbroken_quotes(value) if type(value) is str else value


def _drawn(chart: Chart) -> Markup:
    description = f"{chart.caption} Les chiffres sont dans le tableau voisin."
    if chart.svg is not None:
        return Markup(chart.svg)  # noqa: S704 drawn by our own maps, names escaped there
    if chart.spec is None:
        return Markup()
    return Markup(draw(chart.spec, f"graphique-{chart.id}", chart.title, description))  # noqa: S704

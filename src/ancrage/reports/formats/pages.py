"""The environment every HTML page is written in: filters, tests and words, set once."""

import re
from collections.abc import Iterable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ancrage import shell
from ancrage.language import days, numbers, phrases, typography
from ancrage.reasoning import Verdict
from ancrage.repairs import Repair
from ancrage.reports import wording
from ancrage.reports.audience import Audience
from ancrage.reports.cells import Link, Links, Phrase, no_links
from ancrage.reports.drawing import draw
from ancrage.reports.sheet import Chart, Items, Paragraph


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
    made.filters |= {
        "number": numbers.number,
        "plain_number": numbers.plain_number,
        "interval": lambda jobs: numbers.interval(jobs.low, jobs.high),
        "day": days.day,
        "of": phrases.of,
        "known": wording.known_number,
        "share": wording.known_percent,
        "jobs": wording.jobs_text,
        "feature": _feature,
        "link": _link,
        "drawing": lambda svg: Markup(svg),  # noqa: S704 drawn by our own maps, names escaped there
        "drawn": _drawn,
        "told": _told,
    }
    made.tests |= {
        "paragraph": lambda block: isinstance(block, Paragraph),
        "items": lambda block: isinstance(block, Items),
        "chart": lambda block: isinstance(block, Chart),
        "verdict": lambda cell: isinstance(cell, Verdict),
    }
    made.globals |= {
        "w": wording,
        "plural": phrases.plural,
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


@pass_context
def _told(context: Context, cell: str) -> Markup:
    """A cell or a sentence: its lines, and a link on what has a page where it is shown."""
    links = context.get("links") or no_links
    parts = cell.parts if isinstance(cell, Phrase) else (cell,)
    return Markup().join(_part(part, links) for part in parts)


def _part(part: str, links: Links) -> Markup:
    address = links(part.ref) if isinstance(part, Link) else None
    written = escape if address else _addressed
    lines = Markup("<br>").join(written(_unbroken(str(line))) for line in part.split("\n"))
    return Markup('<a href="{}">{}</a>').format(address, lines) if address else lines


ADDRESS = re.compile(r"(https?://[^\s<>«»]*[^\s<>«».,;:!?)])")


def _addressed(line: object) -> Markup:
    """A line, the addresses of the web in it being links."""
    linked = Markup('<a href="{0}" rel="noreferrer">{0}</a>')
    parts = enumerate(ADDRESS.split(str(line)))
    return Markup().join(linked.format(part) if rank % 2 else escape(part) for rank, part in parts)


def _feature(value: float | str | None) -> str:
    if value is None:
        return wording.UNKNOWN
    return value if isinstance(value, str) else numbers.plain_number(value)


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

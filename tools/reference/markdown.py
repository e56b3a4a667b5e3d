"""Bricks of the generated pages: notice, tables, French days."""

from collections.abc import Iterable, Sequence
from datetime import date

from ancrage.language import days, numbers
from ancrage.language.typography import NO_BREAK_SPACE


def page(title: str, introduction: str, blocks: Iterable[str]) -> str:
    """A whole page; its first line warns against editing it by hand."""
    notice = (
        "<!-- Page écrite par tools/generate_docs.py à partir du code : ne la modifiez pas à la main. -->"
    )
    return "\n\n".join((notice, f"# {title}", introduction, *blocks)) + "\n"


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar or a line break inside a cell does not break it."""
    lines = ["| " + " | ".join(titles) + " |", "| " + " | ".join("---" for _ in titles) + " |"]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: str) -> str:
    return " ".join(value.split()).replace("|", "\\|")


def code(text: str) -> str:
    """Text as code; empty stays empty."""
    return f"`{text}`" if text else ""


def codes(texts: Iterable[str]) -> str:
    """Several codes on one line."""
    return ", ".join(code(text) for text in texts)


def french_day(day: date) -> str:
    """``2024-07-01`` as « 1er juillet 2024 »."""
    return days.day(day).replace(NO_BREAK_SPACE, " ")


def french_period(since: date | None, until: date | None) -> str:
    """Days between two bounds, either of which may be open."""
    return days.period(since, until, write=french_day) or "sans dates"


def count(number: int) -> str:
    """A number with no-break spaces between thousands."""
    return numbers.number(number)

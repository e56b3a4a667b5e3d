"""Bricks of the generated pages: notice, tables, French days."""

from collections.abc import Iterable, Sequence
from datetime import date

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


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
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def french_period(since: date | None, until: date | None) -> str:
    """Days between two bounds, either of which may be open."""
    match since, until:
        case None, None:
            return "sans dates"
        case None, last if last:
            return f"jusqu'au {french_day(last)}"
        case first, None if first:
            return f"depuis le {french_day(first)}"
        case first, last if first and last:
            return f"du {french_day(first)} au {french_day(last)}"
    raise AssertionError


def count(number: int) -> str:
    """A number with no-break spaces between thousands."""
    return f"{number:,}".replace(",", "\u202f")

"""Words of the glossary that a page uses, explained on that page."""

import re
from collections.abc import Iterator
from functools import cache

from ancrage.reports.sheet import Block, Grid, Items, Outline, Paragraph, Sheet
from ancrage.search.catalogues import term_entries
from ancrage.search.suggestion import Entry

ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{1,6}\b")
MOST = 12
"""Words explained on a page: past it, the glossary is the place."""


def words_of(sheet: Sheet) -> tuple[Entry, ...]:
    """The acronyms of a sheet that the glossary knows, in the order they come."""
    return explained(" ".join(_texts(sheet)))


def explained(text: str) -> tuple[Entry, ...]:
    """The acronyms of a text that the glossary knows, in the order they come, each once."""
    known = _acronyms()
    found = dict.fromkeys(word for word in ACRONYM.findall(text) if word in known)
    return tuple(known[word] for word in found)[:MOST]


@cache
def _acronyms() -> dict[str, Entry]:
    return {one.names[0]: one for one in term_entries() if one.names and ACRONYM.fullmatch(one.names[0])}


def _texts(sheet: Sheet) -> Iterator[str]:
    yield from (sheet.title, sheet.lead, *(f"{one.label} {one.note}" for one in sheet.figures))
    for section in sheet.sections:
        yield section.title
        for block in section.blocks:
            yield from _words(block)


def _words(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text):
            yield text
        case Items(lines=lines):
            yield from lines
        case Grid(columns=columns, rows=rows):
            yield from columns
            yield from (str(cell) for row in rows for cell in row)
        case Outline():
            yield block.title
            yield from (text for _, text in block.lines())

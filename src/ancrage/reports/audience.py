"""Who reads a report: somebody at the command line, or a visitor who has no terminal.

The command line, and the files it writes, show the commands of the repairs; what the site gives shows none.
"""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from ancrage.repairs import Repair, repairs_of
from ancrage.reports.cells import Phrase, parts_of
from ancrage.reports.sheet import Block, Grid, Paragraph, Section, Sheet
from ancrage.shell import sentence


class Audience(StrEnum):
    """For whom words are chosen."""

    OPERATOR = "operator"
    READER = "reader"


def told_to(audience: Audience, sheet: Sheet) -> Sheet:
    """The same sheet, its repairs put in words: none is left as data, nor any warning as a notice."""
    return replace(
        sheet,
        warnings=tuple(warning_to(audience, one) for one in sheet.warnings),
        sections=tuple(section_to(audience, one) for one in sheet.sections),
    )


def warning_to(audience: Audience, warning: str) -> str:
    """A warning, and what a notice carries."""
    return words_to(audience, warning, repairs_of(warning))


def words_to(audience: Audience, text: str, repairs: Iterable[Repair]) -> str:
    """A text, and for the command line what to type."""
    told = sentence("", repairs) if audience is Audience.OPERATOR else ""
    if not told:
        return text
    return Phrase(*parts_of(text), " ", told) if text else told


def section_to(audience: Audience, section: Section) -> Section:
    """A section, its paragraphs that say nothing to this audience left out."""
    told = (_block(audience, block) for block in section.blocks)
    return replace(section, blocks=tuple(one for one in told if not _is_empty(one)))


def _is_empty(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.text


def _block(audience: Audience, block: Block) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(words_to(audience, block.text, block.repairs), block.weight)
    if isinstance(block, Grid):
        return replace(block, note=words_to(audience, block.note, block.repairs), repairs=())
    return block

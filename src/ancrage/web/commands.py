"""A sheet without the words of the command line: its reader has a page, and no terminal."""

import re
from dataclasses import replace

from ancrage.reports.sheet import Block, Grid, Items, Paragraph, Section, Sheet

COMMAND = re.compile(
    r"(?<!\S)\(?--[a-z]|\bancrage (?:aides|couverture|entrepot|leviers|monographies|serve|sources)\b"
)
ASIDE = re.compile(r" \(--[^)]*\)")
CLAUSE = re.compile(r"(?<=[.;]) +")
FACT = re.compile(r"^(Et \d.*?|.*faute de .*?) : ")
"""What remains true once the command after it is left out; other heads only introduce the command."""


def without_commands(sheet: Sheet) -> Sheet:
    """The same sheet, clauses that name a command or an option left out."""
    return replace(
        sheet,
        warnings=tuple(filter(None, map(plain, sheet.warnings))),
        figures=tuple(replace(one, note=plain(one.note)) for one in sheet.figures),
        sections=tuple(_section(one) for one in sheet.sections),
    )


def plain(text: str) -> str:
    """A text without its commands; empty when it was nothing else."""
    if not COMMAND.search(text):
        return text
    clauses = [_clause(one) for one in CLAUSE.split(ASIDE.sub("", text))]
    told = " ".join(filter(None, clauses)).removesuffix(" ;").removesuffix(";")
    return f"{told}." if told and told[-1] not in ".!?" and text.endswith(".") else told


def _clause(clause: str) -> str:
    if not COMMAND.search(clause):
        return clause
    kept = FACT.match(clause)
    return f"{kept[1]}." if kept else ""


def _section(section: Section) -> Section:
    return replace(section, blocks=tuple(filter(None, map(_block, section.blocks))))


def _block(block: Block) -> Block | None:
    if isinstance(block, Paragraph):
        told = plain(block.text)
        return replace(block, text=told) if told else None
    if isinstance(block, Items):
        return replace(block, lines=tuple(filter(None, map(plain, block.lines))))
    return replace(block, note=plain(block.note)) if isinstance(block, Grid) else block

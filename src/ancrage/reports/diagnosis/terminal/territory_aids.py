"""The aids of the territory, in the diagnosis: those of the authority, then those of its structures."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from ancrage.diagnosis.model import Diagnosis, TerritoryAid
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.reports import wording
from ancrage.reports.formats.terminal.layout import (
    QUIET,
    STYLES,
    TITLE,
    commands,
    heading,
    lines,
    table,
    words,
)

SHOWN = 8
"""Aids listed for each audience; the command gives the others."""
FACTS_SHOWN = 3
NAMES = 40


def aids(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """Nothing is computed: the diagnosis holds the answers."""
    for audience, title in wording.AUDIENCES.items():
        found = [aid for aid in diagnosis.aids if aid.for_whom == audience]
        if found:
            yield words("")
            yield heading(title, f"{count(len(found), 'aide')} au {day(diagnosis.territory.on)}")
            yield _table(found[:SHOWN])
            if len(found) > SHOWN:
                yield words(f"Et {count(len(found) - SHOWN, 'autre')} :", QUIET)
    if diagnosis.aids:
        yield from commands(wording.all_aids(diagnosis))


def _table(found: Sequence[TerritoryAid]) -> RenderableType:
    listed = table("Aide", "Réponse, guichet, ce qu’il faut savoir")
    listed.columns[0].max_width = NAMES
    listed.leading = 1
    for aid in found:
        verdict = f"{wording.VERDICT_SIGNS[aid.verdict]} {aid.verdict.label}"
        listed.add_row(
            lines(words(aid.name, TITLE), words(aid.nature, QUIET)),
            lines(
                words(verdict, STYLES[aid.verdict]),
                wording.to_be_known(aid, FACTS_SHOWN),
                words(aid.desk, QUIET),
            ),
        )
    return listed

"""Command that chooses a panel from a long list."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ancrage.cli import output
from ancrage.cli.asking import command_asking
from ancrage.questions.panel import PanelQuestion
from ancrage.questions.question import Question
from ancrage.repairs import GiveField
from ancrage.shell import sentence

if TYPE_CHECKING:
    from ancrage.declarations.csv_text import Reject


def _set_aside(question: Question, rejects: Sequence["Reject"]) -> None:
    """Write the lines set aside where asked, or tell how many they are."""
    from ancrage.sources.rejects import rejects_csv

    if isinstance(question, PanelQuestion) and question.rejects:
        output.write(rejects_csv(rejects), Path(question.rejects))
    elif rejects:
        first = rejects[0]
        told = f"Lignes écartées : {len(rejects)}, dont la ligne {first.line} ({first.reason})."
        typer.echo(sentence(told, (GiveField("rejets", ("FICHIER",)),)), err=True)


panel = command_asking("panel", set_aside=_set_aside)

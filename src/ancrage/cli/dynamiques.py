"""Command that looks for collective dynamics in a territory."""

from pathlib import Path

from ancrage.cli import output
from ancrage.cli.asking import command_asking
from ancrage.questions.dynamics import DynamicsQuestion
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import Telling


def _invite(telling: Telling) -> None:
    """Write whom to invite, when a file is given."""
    question = telling.answer.question
    if isinstance(question, DynamicsQuestion) and question.invite:
        output.tell(telling, FORMATS["csv"], Path(question.invite))


dynamiques = command_asking("dynamiques", beside=_invite)

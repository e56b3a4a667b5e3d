"""Command that answers which aids a structure or an authority may have; its group holds the others."""

from pathlib import Path

import typer

from ancrage.cli import aides_catalogue, aides_exporter, aides_importer, output
from ancrage.cli.aides_simuler import simuler
from ancrage.cli.asking import command_asking
from ancrage.questions.eligibility import EligibilityQuestion
from ancrage.questions.question import Asking, Question
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import Telling


def _told_by(question: Question, asking: Asking) -> Question:
    """The same question of an aid that others publish, when it is not one of the catalogue."""
    from ancrage.aids.catalogue import load_aids
    from ancrage.questions.aids import AidQuestion, PublishedAidQuestion

    if not isinstance(question, AidQuestion) or question.aid in load_aids():
        return question
    if all(aid.id != question.aid for aid in asking.opened.shelf.aids()):
        return question
    return PublishedAidQuestion(aid=question.aid, territory=question.territory, on=question.on)


app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
app.command("faits")(command_asking("faits"))
app.command("montrer")(command_asking("aide", refine=_told_by))
app.command("lister")(command_asking("aides"))
app.command("chercher")(command_asking("recherche_aides"))
aides_catalogue.register(app)
app.command("simuler")(simuler)
aides_exporter.register(app)
aides_importer.register(app)


def _questioned(question: Question, asking: Asking) -> Question:
    """The question, once the person answered what settles the most, when they want to be asked."""
    if not (isinstance(question, EligibilityQuestion) and question.interactive):
        return question
    from ancrage.cli.aides_questions import completed

    return completed(question, asking)


def _dated(telling: Telling) -> None:
    """Write the deadlines, when a file is given."""
    question = telling.answer.question
    if isinstance(question, EligibilityQuestion) and question.calendar:
        output.tell(telling, FORMATS["ics"], Path(question.calendar))


app.callback()(command_asking("eligibilite", group=True, refine=_questioned, beside=_dated))

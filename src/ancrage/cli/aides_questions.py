"""The questionnaire: one question at a time, until no answer would change anything."""

import typer

from ancrage.aids.answering import by_verdict
from ancrage.aids.report import AidReport
from ancrage.errors import FactError
from ancrage.facts.declaration import Fact, FactType
from ancrage.language.folding import bare
from ancrage.questions.eligibility import EligibilityFacts, EligibilityQuestion
from ancrage.questions.question import Asking
from ancrage.reasoning import Verdict
from ancrage.shell import sentence

LEAVE = {"q", "quitter", "fin"}


def completed(question: EligibilityQuestion, asking: Asking) -> EligibilityQuestion:
    """The question with what the person told: asked on the standard error, read on the standard input."""
    typer.echo("Entrée seule : je ne sais pas. q : arrêter.", err=True)
    while (fact := (told := _told(question, asking)).following) is not None:
        written = _read(told.report, fact)
        if written is None:
            return question
        try:
            question = question.carried(told.report).learning(fact, written)
        except FactError as error:
            typer.echo(f"  {error.message} {sentence(error.hint, error.repairs)}", err=True)
    typer.echo("Aucune autre question ne changerait une réponse.", err=True)
    return question


def _told(question: EligibilityQuestion, asking: Asking) -> EligibilityFacts:
    facts: EligibilityFacts = question.answer(asking).facts
    return facts


def _read(report: AidReport, fact: Fact) -> str | None:
    """What is typed; ``None`` to stop."""
    unsettled = len(by_verdict(report.answers)[Verdict.A_VERIFIER])
    typer.echo(f"\n[{unsettled} à vérifier] {fact.question}", err=True)
    if fact.help:
        typer.echo(f"  {fact.help}", err=True)
    typer.echo(f"  {_expected(fact)} > ", err=True, nl=False)
    try:
        written = input()
    except EOFError:
        typer.echo("", err=True)
        return None
    return None if bare(written.strip()) in LEAVE else written


def _expected(fact: Fact) -> str:
    match fact.type:
        case FactType.BOOLEEN:
            return "oui ou non"
        case FactType.CHOIX:
            return ", ".join(fact.choices)
        case FactType.JOUR:
            return "AAAA-MM-JJ"
        case FactType.TEXTE:
            return fact.example or "un code"
    return f"nombre ou intervalle ({fact.unit})"

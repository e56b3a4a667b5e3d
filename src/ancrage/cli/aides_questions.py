"""The questionnaire: one question at a time, until no answer would change anything."""

import typer

from ancrage.aids.answering import by_verdict
from ancrage.aids.questions import learnt, next_question
from ancrage.aids.report import AidReport
from ancrage.errors import FactError
from ancrage.facts.declaration import Fact, FactType
from ancrage.facts.values import read_value
from ancrage.language.folding import bare
from ancrage.reasoning import Verdict
from ancrage.shell import sentence

LEAVE = {"q", "quitter", "fin"}


def ask(report: AidReport) -> AidReport:
    """Ask on the standard error, read on the standard input; an empty answer is « je ne sais pas »."""
    passed: set[str] = set()
    typer.echo("Entrée seule : je ne sais pas. q : arrêter.", err=True)
    while (fact := next_question(report, passed=passed)) is not None:
        written = _read(report, fact)
        if written is None:
            return report
        try:
            value = read_value(fact, written)
        except FactError as error:
            typer.echo(f"  {error.message} {sentence(error.hint, error.repairs)}", err=True)
            continue
        if value is None:
            passed.add(fact.id)
        else:
            report = learnt(report, fact, value)
    typer.echo("Aucune autre question ne changerait une réponse.", err=True)
    return report


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

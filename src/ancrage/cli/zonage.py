"""Command that gives a zoning's verdict for every commune of a day."""

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ancrage.cli.output import write_lines
from ancrage.cli.session import OnOption, day_asked, open_atlas
from ancrage.language.days import short_day

if TYPE_CHECKING:
    from datetime import date

    from ancrage.spreadsheets import Convention
    from ancrage.territories.zonings.answering import CommuneAnswer
    from ancrage.territories.zonings.declaration import Zoning


class Shape(StrEnum):
    """Shapes of an answer."""

    TERMINAL = "terminal"
    CSV = "csv"
    CSV_MACHINE = "csv-machine"
    JSON = "json"


def zonage(
    identifiant: Annotated[
        str, typer.Argument(metavar="ID", help="zrr, frr, frr_plus, qpv, montagne, crte…")
    ],
    on: OnOption = None,
    shape: Annotated[Shape, typer.Option("--format", help="Forme de la réponse.")] = Shape.TERMINAL,
) -> None:
    """Donne le verdict d'un zonage pour chaque commune d'un jour."""
    from ancrage.spreadsheets import MACHINES, PEOPLE
    from ancrage.territories.zonings.answering import answer_each
    from ancrage.territories.zonings.declaration import get_zoning

    zoning, day = get_zoning(identifiant), day_asked(on)
    with open_atlas() as atlas:
        answers = list(answer_each(atlas, zoning, on=day))
    match shape:
        case Shape.CSV:
            _table(zoning, answers, day, PEOPLE)
        case Shape.CSV_MACHINE:
            _table(zoning, answers, day, MACHINES)
        case Shape.JSON:
            rows = [_row(zoning, answer, day) | {"jour": day.isoformat()} for answer in answers]
            typer.echo(json.dumps(rows, ensure_ascii=False))
        case Shape.TERMINAL:
            _summary(zoning, answers, day)


def _table(
    zoning: "Zoning", answers: "Iterable[CommuneAnswer]", day: "date", convention: "Convention"
) -> None:
    rows = (_row(zoning, answer, day) for answer in answers)
    write_lines(convention.parts(COLUMNS, (list(row.values()) for row in rows)), None)


COLUMNS = (
    "commune",
    "nom",
    "population",
    "zonage",
    "jour",
    "verdict",
    "details",
    "motif",
    "source",
    "edition",
)


def _row(zoning: "Zoning", answer: "CommuneAnswer", day: "date") -> dict[str, Any]:
    return {
        "commune": answer.commune,
        "nom": answer.name,
        "population": answer.population,
        "zonage": zoning.id,
        "jour": day,
        "verdict": answer.verdict.value,
        "details": " | ".join(answer.details),
        "motif": answer.reason,
        "source": answer.edition.source if answer.edition else None,
        "edition": answer.edition.id if answer.edition else None,
    }


def _summary(zoning: "Zoning", answers: "Iterable[CommuneAnswer]", day: "date") -> None:
    from collections import Counter

    answers = list(answers)
    counts = Counter(answer.verdict for answer in answers)
    typer.echo(f"{zoning.label}, le {short_day(day)}")
    typer.echo(zoning.summary)
    for verdict, count in counts.most_common():
        typer.echo(f"  {verdict.label:<12} {count:>6} communes")
    status = "texte lu" if zoning.definition.read else "texte à vérifier"
    typer.echo(f"Texte : {zoning.definition.title} ({status})")
    typer.echo(f"La liste : ancrage zonage {zoning.id} --on {day} --format csv")

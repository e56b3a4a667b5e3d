"""Command that answers which aids a structure or an authority may have; its group holds the others."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ancrage.cli import aides_catalogue, aides_chercher, aides_exporter, aides_importer, aides_simuler
from ancrage.cli.output import OutputOption, Shape, ShapeOption, answer
from ancrage.cli.session import OnOption, day_asked, open_atlas

if TYPE_CHECKING:
    from datetime import date

    from ancrage.aids.asking import Request
    from ancrage.aids.report import AidReport


app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
aides_catalogue.register(app)
aides_simuler.register(app)
aides_chercher.register(app)
aides_exporter.register(app)
aides_importer.register(app)


@app.callback()
def aides(
    context: typer.Context,
    siret: Annotated[
        str | None, typer.Option("--siret", help="SIRET de la structure : le registre remplit ses faits.")
    ] = None,
    fait: Annotated[
        list[str] | None,
        typer.Option(
            "--fait", metavar="FAIT=VALEUR", help="Un fait : effectif=4, forme=scic, effectif=10..19…"
        ),
    ] = None,
    territoire: Annotated[
        str | None, typer.Option("--territoire", help="Où est la structure, ou la collectivité elle-même.")
    ] = None,
    on: OnOption = None,
    shape: ShapeOption = Shape.TERMINAL,
    sortie: OutputOption = None,
    aide: Annotated[
        list[str] | None, typer.Option("--aide", metavar="ID", help="Seulement cette aide, expliquée.")
    ] = None,
    tout: Annotated[bool, typer.Option("--tout", help="Montre aussi les aides refusées et fermées.")] = False,
    interactif: Annotated[
        bool, typer.Option("--interactif", help="Pose les questions qui tranchent le plus d'aides.")
    ] = False,
    agenda: Annotated[
        Path | None, typer.Option("--agenda", help="Fichier .ics où écrire les échéances des aides.")
    ] = None,
) -> None:
    """Dit quelles aides une structure ou une collectivité peut avoir, combien, pourquoi, et quoi demander."""
    if context.invoked_subcommand is not None:
        return
    from ancrage.aids.asking import Request
    from ancrage.facts.values import read_facts

    day = day_asked(on)
    request = Request(read_facts(fait or ()), siret=siret, territory=territoire, only=tuple(aide or ()))
    report = _answered(request, day, interactive=interactif)
    if agenda is not None:
        _write_calendar(report, agenda)
    if shape is Shape.TERMINAL and sortie is None:
        from rich.console import Console

        from ancrage.reports.aids.terminal.answers import render_aids

        render_aids(report, Console(), everything=tout, explained=bool(aide))
        return
    from ancrage.aids.questions import next_question
    from ancrage.reports.aids.sheet import aids_sheet

    question = None if shape is Shape.JSON else next_question(report)
    sheet = aids_sheet(report, everything=tout, explained=bool(aide), question=question)
    answer(sheet, report.as_json(), shape, sortie)


def _answered(request: "Request", day: "date", *, interactive: bool) -> "AidReport":
    from ancrage.aids.asking import answer as answer_to
    from ancrage.cli.session import cache_directory

    with open_atlas() as atlas:
        report = answer_to(atlas, request, on=day, cache=cache_directory())
    if not interactive:
        return report
    from ancrage.cli.aides_questions import ask

    return ask(report)


def _write_calendar(report: "AidReport", agenda: Path) -> None:
    from ancrage.aids.calendar import calendar_of
    from ancrage.cli.session import now
    from ancrage.declarations.system import reason_of
    from ancrage.errors import StorageError
    from ancrage.repairs import GiveField

    try:
        agenda.write_bytes(calendar_of(report, at=now()))
    except OSError as error:
        raise StorageError(
            f"Impossible d'écrire « {agenda} » ({reason_of(error)}).",
            "Donnez un autre fichier.",
            GiveField("agenda", ("FICHIER",)),
        ) from error
    typer.echo(f"Écrit : {agenda}", err=True)

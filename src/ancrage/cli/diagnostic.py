"""Command that diagnoses a territory on a day."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ancrage.cli.output import BINARY, OutputOption, write, write_bytes, written
from ancrage.cli.session import OnOption, cache_directory, day_asked, open_atlas

if TYPE_CHECKING:
    from ancrage.diagnosis.model import Diagnosis


class Shape(StrEnum):
    """Shapes of a diagnosis."""

    TERMINAL = "terminal"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    CSV_MACHINE = "csv-machine"
    GEOJSON = "geojson"


def diagnostic(
    code: Annotated[
        str | None,
        typer.Argument(
            help="23077, un nom exact, 200044014, dep:23, reg:75, crte:…, qpv:…, fr, 23077+23096, @fichier"
        ),
    ] = None,
    on: OnOption = None,
    shape: Annotated[Shape, typer.Option("--format", help="Forme du diagnostic.")] = Shape.TERMINAL,
    sortie: OutputOption = None,
    similarite: Annotated[
        Path | None, typer.Option("--similarite", help="Autre méthode de comparaison (fichier YAML).")
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Donne le schéma JSON du diagnostic et s'arrête.")
    ] = False,
) -> None:
    """Diagnostique un territoire un jour donné : limites, zonages, tissu de l'ESS, comparaisons, sources."""
    if schema:
        write(_schema(), sortie)
        return
    if code is None:
        raise typer.BadParameter("donnez un territoire, par exemple : ancrage diagnostic 23077")
    diagnosis = _diagnose(code, on, similarite, with_outline=shape is not Shape.TERMINAL)
    if shape is Shape.TERMINAL:
        _show(diagnosis, sortie)
    elif shape in BINARY:
        write_bytes(_file(diagnosis, shape), sortie)
    else:
        write(_text(diagnosis, shape), sortie)


def _text(diagnosis: "Diagnosis", shape: Shape) -> str:
    match shape:
        case Shape.HTML:
            from ancrage.reports.diagnosis.html import render_html

            return render_html(diagnosis)
        case Shape.CSV:
            from ancrage.reports.diagnosis.csv import diagnosis_csv

            return diagnosis_csv(diagnosis)
        case Shape.CSV_MACHINE:
            from ancrage.reports.diagnosis.csv import diagnosis_csv
            from ancrage.spreadsheets import MACHINES

            return diagnosis_csv(diagnosis, MACHINES)
        case Shape.GEOJSON:
            from ancrage.reports.diagnosis.geojson import diagnosis_geojson

            return diagnosis_geojson(diagnosis)
        case _:
            from ancrage.reports.diagnosis.schema import render_json

            return render_json(diagnosis)


def _file(diagnosis: "Diagnosis", shape: Shape) -> bytes:
    if shape is Shape.XLSX:
        from ancrage.reports.diagnosis.xlsx import diagnosis_xlsx

        return diagnosis_xlsx(diagnosis)
    from ancrage.cli.output import Shape as Printed
    from ancrage.cli.output import printed
    from ancrage.reports.diagnosis.sheet import diagnosis_sheet

    return printed(diagnosis_sheet(diagnosis), Printed(shape.value))


def _diagnose(code: str, on: str | None, similarite: Path | None, *, with_outline: bool) -> "Diagnosis":
    from ancrage.diagnosis.assemble import diagnose
    from ancrage.diagnosis.similarity import read_method
    from ancrage.territories.resolving import resolve

    with open_atlas() as atlas:
        territory = resolve(atlas, code, on=day_asked(on))
        return diagnose(
            atlas,
            territory,
            method=read_method(similarite),
            with_outline=with_outline,
            cache=cache_directory(),
        )


def _show(diagnosis: "Diagnosis", sortie: Path | None) -> None:
    from rich.console import Console

    from ancrage.reports.diagnosis.terminal import render_terminal

    if sortie is None:
        render_terminal(diagnosis, Console())
        return
    with written(sortie) as file:
        render_terminal(diagnosis, Console(file=file, width=100))


def _schema() -> str:
    import json

    from ancrage.reports.diagnosis.schema import diagnosis_schema

    return json.dumps(diagnosis_schema(), ensure_ascii=False, indent=2)

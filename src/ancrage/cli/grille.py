"""Commands of the sustainability grid: judge a structure, list the criteria, print a file to fill."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ancrage.cli.output import OutputOption, Shape, ShapeOption, answer, write
from ancrage.cli.session import OnOption, day_asked, open_atlas, today

if TYPE_CHECKING:
    from datetime import date

app = typer.Typer(no_args_is_help=True)


class Authority(StrEnum):
    """Decision-makers the grid may answer."""

    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    REGION = "region"


class Syntax(StrEnum):
    """How the file to fill is written."""

    YAML = "yaml"
    JSON = "json"


@app.command()
def evaluer(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="Évaluations en YAML ou en JSON.")],
    pour: Annotated[
        Authority | None, typer.Option("--pour", help="Les outils de ce décideur seulement.")
    ] = None,
    on: OnOption = None,
    shape: ShapeOption = Shape.TERMINAL,
    sortie: OutputOption = None,
) -> None:
    """Compare les évaluations d'une structure : écarts, évolution, points faibles, outils."""
    from ancrage.grid.criteria import Actor
    from ancrage.grid.evaluation import evaluate
    from ancrage.grid.files import read_grid_file
    from ancrage.grid.plain import evaluation_as_json
    from ancrage.reports.grid.sheet import grid_sheet

    day = day_asked(on)
    file = read_grid_file(fichier, today=today())
    evaluation = evaluate(file.assessments, on=day, authority=Actor(pour.value) if pour else None)
    sheet = grid_sheet(file.structure, evaluation, place=_place(file.structure.commune, day))
    answer(sheet, evaluation_as_json(file.structure, evaluation), shape, sortie)


@app.command()
def criteres(shape: ShapeOption = Shape.TERMINAL, sortie: OutputOption = None) -> None:
    """Liste les quinze critères, leurs niveaux, et d'où ils viennent."""
    from ancrage.grid.plain import criteria_as_json
    from ancrage.reports.grid.criteria import criteria_sheet

    answer(criteria_sheet(), criteria_as_json(), shape, sortie)


@app.command()
def modele(
    syntax: Annotated[Syntax, typer.Option("--format", help="Écriture du fichier.")] = Syntax.YAML,
    sortie: OutputOption = None,
) -> None:
    """Écrit un fichier d'évaluations à remplir."""
    from ancrage.grid.template import json_template, yaml_template

    text = yaml_template() if syntax is Syntax.YAML else json_template()
    write(text.removesuffix("\n"), sortie)


def _place(commune: str, on: "date") -> str:
    """Name of a commune, or its code alone when the edition in force does not know it that day."""
    from ancrage.errors import AncrageError
    from ancrage.territories.resolving import resolve

    try:
        with open_atlas() as atlas:
            return f"{resolve(atlas, commune, on=on).name} ({commune})"
    except AncrageError:
        return f"Commune {commune} (inconnue ce jour-là)"

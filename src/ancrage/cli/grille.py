"""Commands of the sustainability grid: judge a structure, list the criteria, print a file to fill."""

from enum import StrEnum
from typing import Annotated

import typer

from ancrage.cli.asking import command_asking
from ancrage.cli.output import OutputOption, write

app = typer.Typer(no_args_is_help=True)
app.command("evaluer")(command_asking("grille_fichier"))
app.command("criteres")(command_asking("grille_criteres"))


class Syntax(StrEnum):
    """How the file to fill is written."""

    YAML = "yaml"
    JSON = "json"
    CSV = "csv"


@app.command()
def modele(
    syntax: Annotated[Syntax, typer.Option("--format", help="Écriture du fichier.")] = Syntax.YAML,
    sortie: OutputOption = None,
) -> None:
    """Écrit un fichier d'évaluations à remplir."""
    from ancrage.grid.template import TEMPLATES

    write(TEMPLATES[syntax.value]().removesuffix("\n"), sortie)

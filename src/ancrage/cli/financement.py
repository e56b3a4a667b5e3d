"""Commands of financing plans: verify one, tell whether aids add up, write a plan to fill in."""

from enum import StrEnum
from typing import Annotated

import typer

from ancrage.cli.asking import command_asking
from ancrage.cli.output import OutputOption, write

app = typer.Typer(no_args_is_help=True)
app.command("verifier")(command_asking("financement_fichier"))
app.command("cumul")(command_asking("cumul"))
app.command("comptes")(command_asking("modele_economique"))


class Syntax(StrEnum):
    """How the plan to fill in is written."""

    YAML = "yaml"
    CSV = "csv"


@app.command()
def modele(
    syntax: Annotated[Syntax, typer.Option("--format", help="Écriture du plan.")] = Syntax.YAML,
    sortie: OutputOption = None,
) -> None:
    """Écrit un plan de financement à remplir."""
    from ancrage.financing.model import plan_model
    from ancrage.financing.sheet import model_text

    write(model_text() if syntax is Syntax.CSV else plan_model(), sortie)

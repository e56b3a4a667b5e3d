"""Commands of the capital of a SCIC: simulate an entry, write a table to fill in."""

import typer

from ancrage.cli.asking import command_asking
from ancrage.cli.output import OutputOption, write

app = typer.Typer(no_args_is_help=True)
app.command("simuler")(command_asking("capital_fichier"))


@app.command()
def modele(sortie: OutputOption = None) -> None:
    """Écrit un tableau de capital à remplir."""
    from ancrage.contracts.models import capital_model

    write(capital_model(), sortie)

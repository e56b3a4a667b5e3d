"""Commands of contracts paid on results: simulate one, write it in a data standard, write one to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from ancrage.cli.asking import command_asking
from ancrage.cli.output import OutputOption, write

app = typer.Typer(no_args_is_help=True)
app.command("simuler")(command_asking("contrat_impact_fichier"))


@app.command()
def exporter(
    fichier: Annotated[Path, typer.Argument(help="Contrat, en YAML ou en JSON.", metavar="CONTRAT")],
    sortie: OutputOption = None,
) -> None:
    """Écrit un contrat au standard de données INDIGO (JSON)."""
    import json

    from ancrage.contracts.checking import READER, read_contract_text
    from ancrage.contracts.indigo import project
    from ancrage.contracts.simulating import simulate

    contract = read_contract_text(READER.text(fichier).text, name=fichier.name)
    write(json.dumps(project(simulate(contract)), ensure_ascii=False, indent=2) + "\n", sortie)


@app.command()
def modele(sortie: OutputOption = None) -> None:
    """Écrit un contrat à remplir : le premier signé en France."""
    from ancrage.contracts.models import contract_model

    write(contract_model(), sortie)

"""Command that inspects the catalogue itself."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Mount the command in the group."""
    app.command("verifier")(verifier)


def verifier(
    dossier: Annotated[
        Path | None,
        typer.Argument(
            help="Un dossier avec « catalogue » et « parameters » ; le catalogue d'Ancrage sinon."
        ),
    ] = None,
    tout: Annotated[bool, typer.Option("--tout", help="Montre aussi les remarques sans gravité.")] = False,
) -> None:
    """Vérifie le catalogue : règles, périodes, textes, liens, faits, et rejoue tous les cas."""
    from ancrage.aids.linting import inspect
    from ancrage.errors import CatalogueError

    if dossier is not None and not (dossier / "catalogue").is_dir():
        raise CatalogueError(
            f"« {dossier} » n'a pas de dossier « catalogue ».", "Donnez le dossier qui le contient."
        )
    inspection = inspect(dossier)
    shown = [remark for remark in inspection.remarks if tout or remark.serious]
    for remark in shown:
        typer.echo(f"{'✗' if remark.serious else '·'} {remark.where} : {remark.what}. {remark.repair}")
    typer.echo(
        f"{inspection.aids} aides, {inspection.parameters} paramètres, {inspection.personas} personnages, "
        f"{inspection.cases} cas rejoués."
    )
    if not inspection.sound:
        raise CatalogueError("Le catalogue a des fautes.", "Corrigez celles que montre la liste.")
    typer.echo("Aucune faute.")

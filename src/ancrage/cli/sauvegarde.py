"""Commands that save the workspace and put it back."""

from pathlib import Path
from typing import Annotated

import typer

from ancrage.cli.atelier import workspace
from ancrage.cli.session import now

FileArgument = Annotated[Path, typer.Argument(metavar="FICHIER", help="Fichier de la sauvegarde.")]


def sauvegarde(
    fichier: FileArgument,
    remplacer: Annotated[bool, typer.Option("--remplacer", help="Remplace un fichier qui existe.")] = False,
) -> None:
    """Sauvegarde la base de travail dans un fichier, qu'elle soit SQLite ou PostgreSQL, et la relit."""
    with workspace():
        from ancrage.tasks.backup import save

        count = save(fichier, at=now(), replace=remplacer)
    typer.echo(f"Sauvegardé et vérifié : {fichier} ({count} objets).")


def restauration(
    fichier: FileArgument,
    remplacer: Annotated[
        bool, typer.Option("--remplacer", help="Remplace ce que contient la base de travail.")
    ] = False,
) -> None:
    """Remet une sauvegarde dans la base de travail, sur SQLite ou PostgreSQL, tout ou rien."""
    with workspace():
        from ancrage.tasks.backup import restore

        found = restore(fichier, replace=remplacer)
    typer.echo(f"Restauré : sauvegarde du {found.made_at} ({found.objects} objets).")

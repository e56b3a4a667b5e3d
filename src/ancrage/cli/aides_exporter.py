"""Command that writes aids in a format other tools read."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

SHOWN = 5
"""Aids named under a remark that many share."""


class Exchange(StrEnum):
    """Formats of exchange."""

    DGE = "dge"


def register(app: typer.Typer) -> None:
    """Mount the command in the group."""
    app.command("exporter")(exporter)


def exporter(
    sortie: Annotated[Path, typer.Argument(help="Fichier CSV à écrire.")],
    shape: Annotated[Exchange, typer.Option("--format", help="Format d'échange.")] = Exchange.DGE,
) -> None:
    """Écrit le catalogue et les aides importées au format d'échange de la DGE (CSV)."""
    from ancrage.aids.exports.dge import export, grouped
    from ancrage.aids.search.gathering import gather
    from ancrage.cli.session import open_edition

    with open_edition() as opened:
        documents = gather(opened.shelf)
    text, remarks = export(documents)
    _write(sortie, text)
    typer.echo(f"Écrit : {sortie} ({len(documents)} aides, format {shape.value.upper()}).", err=True)
    for what, aids in grouped(remarks).items():
        told = ", ".join(aids[:SHOWN]) + ("…" if len(aids) > SHOWN else "")
        typer.echo(f"· {what} : {len(aids)} ({told}).", err=True)


def _write(file: Path, text: str) -> None:
    from ancrage.declarations.system import reason_of
    from ancrage.errors import StorageError
    from ancrage.sources.storage import write_durably

    try:
        write_durably(file, text)
    except OSError as error:
        raise StorageError(
            f"Impossible d'écrire « {file} » ({reason_of(error)}).", "Donnez un autre fichier."
        ) from error

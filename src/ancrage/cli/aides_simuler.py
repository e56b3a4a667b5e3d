"""Command that runs every ESS structure of a territory through the catalogue."""

import typer

from ancrage.cli.asking import command_asking


def register(app: typer.Typer) -> None:
    """Mount the command in the group."""
    app.command("simuler")(command_asking("simulation"))

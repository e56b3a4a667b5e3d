"""Commands that say what public buyers really buy."""

import typer

from ancrage.cli.asking import command_asking

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.command("chercher")(command_asking("acheteurs"))
app.command("acheteur")(command_asking("acheteur"))
app.command("territoire")(command_asking("achats_realises"))

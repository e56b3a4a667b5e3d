"""Commands that find and show a territory."""

import typer

from ancrage.cli.asking import command_asking

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.command("chercher")(command_asking("territoires"))
app.command("montrer")(command_asking("territoire"))
app.command("apercu")(command_asking("apercu"))
app.command("attestation")(command_asking("attestation"))
app.command("synthese")(command_asking("synthese"))
app.command("contrat")(command_asking("contrat"))
app.command("note")(command_asking("note"))

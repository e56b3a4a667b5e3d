"""Commands on requests for support: the blank zones as they are lived, a pass of the clocks by hand."""

import json
from typing import Annotated

import typer

from ancrage.cli.sources import OutputFormat

app = typer.Typer(
    help="Demandes d’appui : ce qui manque, tel qu’on le vit ; rappels et réponses à envoyer.",
    no_args_is_help=True,
)


@app.command()
def vecus(
    territory: Annotated[str, typer.Argument(metavar="TERRITOIRE", help="Code ou nom du territoire.")],
    output: Annotated[
        OutputFormat, typer.Option("--format", help="Présentation de la réponse.")
    ] = OutputFormat.TERMINAL,
) -> None:
    """Dit les besoins demandés dans un territoire, et ceux auxquels personne n'a répondu."""
    from ancrage.cli.atelier import workspace
    from ancrage.cli.session import open_edition

    with workspace(), open_edition() as opened:
        from ancrage.needs.counting import lived_in
        from ancrage.needs.telling import CAVEAT, count_words, document
        from ancrage.territories.resolving import resolve

        found = lived_in(opened.atlas, resolve(opened.atlas, territory, on=opened.today), on=opened.today)
    if output is OutputFormat.JSON:
        typer.echo(json.dumps(document(found), ensure_ascii=False, indent=2))
        return
    typer.echo(f"{found.territory.name} : besoins demandés, sans réponse")
    for one in (found.whole, *(line for line in found.kinds if line.told), *found.parts):
        typer.echo(f"{one.label[:48]:<48}  {count_words(one.told):>14}  {count_words(one.unmet):>14}")
    typer.echo(CAVEAT)


@app.command()
def passer() -> None:
    """Rappelle, dit les silences et envoie ce qui est dû ; sans effet si tout est fait."""
    from ancrage.cli.atelier import workspace
    from ancrage.cli.session import now

    with workspace():
        from ancrage.needs.clocks import pass_once

        done = pass_once(now=now())
    typer.echo(
        f"{done.reminded} rappels, {done.silent} silences dits, {done.followed} suites, {done.sent} remis."
    )

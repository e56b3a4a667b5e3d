"""Commands on alerts: a pass by hand, and whether all that was due was sent."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Alertes : ce qui est suivi, ce qui a changé, ce qui a été envoyé.", no_args_is_help=True
)


@app.command()
def passer() -> None:
    """Relit ce qui est suivi, compose les messages dus et les envoie ; sans effet si tout est fait."""
    from ancrage.cli.atelier import workspace
    from ancrage.cli.session import now, open_edition

    with workspace(), open_edition(resident=True) as opened:
        from ancrage.alerts.passing import pass_once

        done = pass_once(opened, now=now())
    typer.echo(f"{done.events} changements, {done.mails} messages composés, {done.sent} remis.")


@app.command()
def retours(
    dossier: Annotated[Path, typer.Argument(help="Dossier de messages (.eml), ou Maildir.")],
) -> None:
    """Lit les rapports de non-remise d'un dossier : qui a écrit à une adresse qui refuse l'apprend."""
    from ancrage.cli.atelier import workspace
    from ancrage.cli.session import now

    with workspace():
        from ancrage.alerts.returns import Outcome, read_folder
        from ancrage.desk.passes import boxes

        found = read_folder(dossier, boxes(now()), now=now())
    told = "".join(f" ; {outcome.value} : {found[outcome]}" for outcome in Outcome if found[outcome])
    typer.echo(f"Fichiers lus : {sum(found.values())}{told}.")


@app.command()
def etat() -> None:
    """Dit si tout ce qui était dû est remis, et sinon où cela s'est arrêté ; code 1 en cas de retard."""
    from ancrage.cli.atelier import workspace
    from ancrage.cli.session import now

    with workspace():
        from ancrage.alerts.checking import told

        well, words = told(now())
    typer.echo(words)
    raise typer.Exit(0 if well else 1)

"""Commands on requests for support: the blank zones as they are lived, a pass of the clocks by hand."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

import typer

from ancrage.cli.asking import command_asking
from ancrage.cli.atelier import workspace

app = typer.Typer(
    help="Demandes d’appui : ce qui manque, tel qu’on le vit ; rappels et réponses à envoyer.",
    no_args_is_help=True,
)
app.command("vecus")(command_asking("besoins_vecus", within=workspace))


@app.command()
def adresses() -> None:
    """Liste les courriels que des organismes d'appui ont donnés, et ceux qui restent à vérifier."""
    with workspace():
        from ancrage.needs.models import Mailbox

        kept = Mailbox.objects.filter(ended_at=None).exclude(confirmed_at=None).order_by("confirmed_at")
        for one in kept:
            state = f"reçoit les demandes ({one.proof})" if one.believed_at else "à vérifier"
            typer.echo(f"{one.pk}  {one.name} ({one.place})  {one.email}  {state}")
    if not kept:
        typer.echo("Aucun courriel n'a été donné et confirmé.")


class Decision(StrEnum):
    """What who publishes the site says of an address."""

    ACCEPTER = "accepter"
    RETIRER = "retirer"


@app.command()
def adresse(
    identity: Annotated[UUID, typer.Argument(metavar="IDENTIFIANT", help="Celui que donne la liste.")],
    decision: Annotated[Decision, typer.Argument(metavar="DÉCISION", help="accepter ou retirer.")],
) -> None:
    """Accepte le courriel d'un organisme d'appui, une fois vérifié auprès de lui, ou le retire."""
    from ancrage.cli.session import now

    with workspace():
        from ancrage.needs import mailboxes

        if decision is Decision.RETIRER:
            mailboxes.end(identity, mailboxes.REFUSED, now=now())
            typer.echo("Retiré et effacé : rien ne lui est envoyé.")
            return
        one = mailboxes.accept(identity, now=now())
        typer.echo(f"Les demandes faites à {one.name} arrivent à {one.email}.")


@app.command()
def passer() -> None:
    """Rappelle, dit les silences et envoie ce qui est dû ; sans effet si tout est fait."""
    from ancrage.cli.session import now

    with workspace():
        from ancrage.needs.clocks import pass_once

        done = pass_once(now=now())
    typer.echo(
        f"{done.reminded} rappels, {done.silent} silences dits, {done.followed} suites, {done.sent} remis."
    )

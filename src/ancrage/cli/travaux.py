"""Commands on background tasks: see them, sweep those that expired."""

import json
from typing import Annotated, Any

import typer

from ancrage.cli.atelier import workspace
from ancrage.cli.sources import OutputFormat

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)


@app.callback()
def travaux(
    context: typer.Context,
    output: Annotated[
        OutputFormat, typer.Option("--format", help="Présentation de la réponse.")
    ] = OutputFormat.TERMINAL,
) -> None:
    """Liste les travaux de fond demandés sur le site : en attente, en cours, finis depuis moins d'un jour."""
    if context.invoked_subcommand is not None:
        return
    with workspace():
        from ancrage.tasks.models import Job

        found = list(Job.objects.all())
    if output is OutputFormat.JSON:
        typer.echo(json.dumps([_plain(job) for job in found], ensure_ascii=False, indent=2))
        return
    for job in found:
        told = " ".join(f"{name}={value}" for name, value in job.parameters.items() if value)
        typer.echo(f"{job.id}  {job.get_state_display():<10} {job.progress:>3} %  {job.kind}  {told}")
    if not found:
        typer.echo("Aucun travail.")


@app.command("purger")
def purger() -> None:
    """Oublie les travaux finis depuis plus d'un jour, et leurs résultats."""
    with workspace():
        from ancrage.tasks.keeping import purge

        count = purge()
    typer.echo(f"{count} {'travaux oubliés' if count > 1 else 'travail oublié'}.")


@app.command("avis")
def avis() -> None:
    """Montre combien de visiteurs disent que chaque page les a aidés, mois par mois."""
    with workspace():
        from ancrage.tasks.models import Opinion

        found = list(Opinion.objects.all())
    for one in found:
        typer.echo(f"{one.month:%Y-%m}  {one.page:<24} oui {one.helped:>5}  non {one.not_helped:>5}")
    if not found:
        typer.echo("Aucun avis.")


def _plain(job: Any) -> dict[str, Any]:
    moments = ("created_at", "started_at", "finished_at", "expires_at")
    return {
        "id": str(job.id),
        "kind": job.kind,
        "parameters": job.parameters,
        "edition": job.edition,
        "state": job.state,
        "progress": job.progress,
        "message": job.message,
        **{name: _written(getattr(job, name)) for name in moments},
    }


def _written(moment: Any) -> str | None:
    return moment.isoformat() if moment else None

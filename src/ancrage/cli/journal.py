"""Commands on what people write: check that nothing was lost or changed."""

import typer

from ancrage.cli.atelier import workspace

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def atelier() -> None:
    """Ce que les personnes écrivent : vérifier que rien n'en a été perdu ni changé."""


@app.command("verifier")
def verifier() -> None:
    """Relit le journal de chaque atelier, ligne après ligne, et le compare à la base.

    Dit la première ligne rompue, s'il en est une.
    """
    with workspace():
        from ancrage.journal.verifying import verify
        from ancrage.workspace.attaching import verify_documents

        found = verify()
        absent = verify_documents()
    lines, rows = f"{found.lines} ligne{_s(found.lines)}", f"{found.rows} objet{_s(found.rows)}"
    typer.echo(
        f"Journal entier : {lines}, {found.chains} chaîne{_s(found.chains)}, {rows} pareils à la base."
    )
    if absent:
        typer.echo(f"{absent} document{_s(absent)} dont le fichier n'est pas dans cette base.")


def _s(count: int) -> str:
    return "s" if count > 1 else ""

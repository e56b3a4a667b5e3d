"""Commands of the monographs: list, show, search, compare with one's own case, export a volume."""

from pathlib import Path
from typing import Annotated

import typer

from ancrage.cli.asking import command_asking
from ancrage.cli.output import OutputOption, write
from ancrage.cli.session import today

app = typer.Typer(no_args_is_help=True)
app.command("lister")(command_asking("monographies"))
app.command("montrer")(command_asking("monographie"))
app.command("chercher")(command_asking("monographies_cherchees"))
app.command("semblables")(command_asking("monographies_semblables"))


@app.command()
def volume(
    categorie: Annotated[
        str | None,
        typer.Option(
            "--categorie",
            help="production_consommation_responsables, attractivite, lien_social ou inclusion.",
        ),
    ] = None,
    dossier: Annotated[
        Path | None, typer.Option("--dossier", help="Vos monographies : un dossier de fichiers .md.")
    ] = None,
    sortie: OutputOption = None,
) -> None:
    """Écrit un volume en Markdown : sommaire, cas, sources, ce qui reste à vérifier."""
    from ancrage.monographs.volume import volume as written
    from ancrage.questions.monographs import MonographsQuestion
    from ancrage.questions.reading import read

    words = {"categorie": [categorie or ""], "dossier": [str(dossier or "")]}
    question = read(MonographsQuestion, words, local=True)
    write(written(question.of_category(), question.category), sortie)


@app.command()
def verifier(
    fichiers: Annotated[list[Path], typer.Argument(metavar="FICHIER…", help="Fichiers à relire.")],
) -> None:
    """Relit des fichiers de monographies et dit toutes leurs fautes."""
    from rich.console import Console

    from ancrage.monographs.catalogue import gather
    from ancrage.reports.formats.terminal.sheet import render_sheet
    from ancrage.reports.monographs.sheet import check_sheet

    render_sheet(check_sheet(gather(fichiers)), Console())


@app.command()
def modele(sortie: OutputOption = None) -> None:
    """Écrit un fichier de monographie à remplir."""
    from ancrage.monographs.template import template

    write(template(on=today()), sortie)

"""Command that counts terms over the years in a corpus of texts."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ancrage.cli.output import OutputOption

if TYPE_CHECKING:
    from ancrage.watch.counting import Watch


class WatchShape(StrEnum):
    """Shapes of an answer."""

    TERMINAL = "terminal"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    CSV = "csv"
    CSV_MACHINE = "csv-machine"


class Par(StrEnum):
    """What the texts are grouped by."""

    ANNEE = "annee"
    MOIS = "mois"
    FICHIER = "fichier"


def veille(
    corpus: Annotated[
        list[Path], typer.Argument(metavar="CORPUS", help="Fichiers ou dossiers de textes datés.")
    ],
    terme: Annotated[
        list[str] | None, typer.Option("--terme", "-t", help="Terme à compter ; répétable. Tous par défaut.")
    ] = None,
    termes: Annotated[
        Path | None, typer.Option("--termes", help="Liste de termes (YAML) au lieu de celle d'Ancrage.")
    ] = None,
    par: Annotated[Par, typer.Option("--par", help="Groupement.")] = Par.ANNEE,
    contexte: Annotated[
        int,
        typer.Option("--contexte", min=0, max=50, help="Mots montrés de chaque côté du terme ; 0 : aucun."),
    ] = 8,
    dates: Annotated[
        Path | None, typer.Option("--dates", help="CSV (nom, date) des fichiers qui ne disent pas la leur.")
    ] = None,
    colonne_texte: Annotated[str, typer.Option(help="Colonne du texte, dans les CSV et JSONL.")] = "",
    colonne_date: Annotated[str, typer.Option(help="Colonne de la date, dans les CSV et JSONL.")] = "",
    shape: Annotated[WatchShape, typer.Option("--format", help="Forme de la réponse.")] = WatchShape.TERMINAL,
    sortie: OutputOption = None,
) -> None:
    """Compte des termes, année par année, dans un corpus de textes."""
    from ancrage.watch.corpus import Wishes, survey
    from ancrage.watch.counting import Span, watch
    from ancrage.watch.declaration import ancrage_terms, choose_terms, read_terms
    from ancrage.watch.given_dates import read_dates
    from ancrage.watch.tables import Columns

    known = read_terms(termes) if termes else ancrage_terms()
    chosen = choose_terms(terme or (), known)
    given = read_dates(dates) if dates else {}
    wishes = Wishes(Columns(colonne_texte, colonne_date), given, contexte)
    told = watch(survey(corpus, chosen, wishes), chosen, Span(par.value))
    _give(told, known.origine, shape, sortie)


def _give(told: "Watch", origin: str, shape: WatchShape, sortie: Path | None) -> None:
    from ancrage.cli.output import Shape, answer, write_lines
    from ancrage.reports.watch.plain import CSV_COLUMNS, watch_rows, watch_values
    from ancrage.reports.watch.sheet import watch_sheet
    from ancrage.spreadsheets import MACHINES, PEOPLE

    conventions = {WatchShape.CSV: PEOPLE, WatchShape.CSV_MACHINE: MACHINES}
    if convention := conventions.get(shape):
        write_lines(convention.parts(CSV_COLUMNS, watch_rows(told)), sortie)
    else:
        answer(watch_sheet(told, origin), watch_values(told, origin), Shape(shape.value), sortie)

"""Command that searches aids by words, in French."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from ancrage.aids.vocabulary import Nature, Theme
from ancrage.cli.session import cache_directory, day_asked, open_atlas
from ancrage.facts.situation import Audience


class Shape(StrEnum):
    """Shapes of an answer."""

    TERMINAL = "terminal"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Mount the command in the group."""
    app.command("chercher")(chercher)


def chercher(
    texte: Annotated[str, typer.Argument(help="Des mots : trésorerie, tiers-lieux, épicerie rurale…")],
    territoire: Annotated[
        str | None,
        typer.Option("--territoire", metavar="CODE", help="Seulement les aides ouvertes là : 23077, dep:23…"),
    ] = None,
    public: Annotated[
        Audience | None, typer.Option("--public", help="Seulement les aides ouvertes à ce public.")
    ] = None,
    theme: Annotated[Theme | None, typer.Option("--theme", help="Seulement ce thème.")] = None,
    nature: Annotated[Nature | None, typer.Option("--nature", help="Seulement cette nature d'aide.")] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="AAAA-MM-JJ",
            help="Seulement les aides en vigueur ce jour-là ; toutes par défaut, l'état du jour dit.",
        ),
    ] = None,
    limite: Annotated[int, typer.Option("--limite", min=1, max=1000, help="Aides montrées au plus.")] = 10,
    shape: Annotated[Shape, typer.Option("--format", help="Forme de la réponse.")] = Shape.TERMINAL,
) -> None:
    """Cherche des aides par des mots, même mal tapés ; avec --on, celles en vigueur ce jour-là."""
    from ancrage.aids.search.gathering import gather
    from ancrage.aids.search.index import open_index
    from ancrage.aids.search.querying import search
    from ancrage.aids.search.question import Question
    from ancrage.sources.location import data_directory

    day = day_asked(on)
    where = _coverage(territoire, on) if territoire else frozenset[str]()
    question = Question(texte, where, public, theme, nature, day if on else None, limite)
    answer = search(open_index(gather(data_directory()), cache_directory()), question)
    if shape is Shape.JSON:
        from ancrage.aids.search.report import as_json

        typer.echo(json.dumps(as_json(answer, question, on=day), ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from ancrage.reports.aids.terminal.search import render_search

    render_search(answer, question, Console(), on=day)


def _coverage(territory: str, on: str | None) -> frozenset[str]:
    from ancrage.aids.search.territories import coverage_codes
    from ancrage.territories.resolving import resolve

    with open_atlas() as atlas:
        return coverage_codes(resolve(atlas, territory, on=day_asked(on)))

"""Command that diagnoses a territory on a day."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from ancrage.cli.session import OnOption, cache_directory, day_asked, open_atlas

if TYPE_CHECKING:
    from ancrage.diagnosis.model import Diagnosis


class Shape(StrEnum):
    """Shapes of a diagnosis."""

    TERMINAL = "terminal"
    JSON = "json"
    HTML = "html"


def diagnostic(
    code: Annotated[
        str | None,
        typer.Argument(
            help="23077, un nom exact, 200044014, dep:23, reg:75, crte:…, qpv:…, fr, 23077+23096, @fichier"
        ),
    ] = None,
    on: OnOption = None,
    shape: Annotated[Shape, typer.Option("--format", help="Forme du diagnostic.")] = Shape.TERMINAL,
    sortie: Annotated[
        Path | None,
        typer.Option("--sortie", "-o", help="Fichier où l'écrire, au lieu de la sortie standard."),
    ] = None,
    similarite: Annotated[
        Path | None, typer.Option("--similarite", help="Autre méthode de comparaison (fichier YAML).")
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Donne le schéma JSON du diagnostic et s'arrête.")
    ] = False,
) -> None:
    """Diagnostique un territoire un jour donné : limites, zonages, tissu de l'ESS, comparaisons, sources."""
    if schema:
        _write(_schema(), sortie)
        return
    if code is None:
        raise typer.BadParameter("donnez un territoire, par exemple : ancrage diagnostic 23077")
    diagnosis = _diagnose(code, on, similarite, with_outline=shape is not Shape.TERMINAL)
    match shape:
        case Shape.TERMINAL:
            _show(diagnosis, sortie)
        case Shape.JSON:
            from ancrage.reports.schema import render_json

            _write(render_json(diagnosis), sortie)
        case Shape.HTML:
            from ancrage.reports.html import render_html

            _write(render_html(diagnosis), sortie)


def _diagnose(code: str, on: str | None, similarite: Path | None, *, with_outline: bool) -> "Diagnosis":
    from ancrage.diagnosis.assemble import diagnose
    from ancrage.diagnosis.similarity import read_method
    from ancrage.territories.resolving import resolve

    with open_atlas() as atlas:
        territory = resolve(atlas, code, on=day_asked(on))
        return diagnose(
            atlas,
            territory,
            method=read_method(similarite),
            with_outline=with_outline,
            cache=cache_directory(),
        )


def _show(diagnosis: "Diagnosis", sortie: Path | None) -> None:
    from rich.console import Console

    from ancrage.reports.terminal import render_terminal

    if sortie is None:
        render_terminal(diagnosis, Console())
        return
    with _written(sortie) as file:
        render_terminal(diagnosis, Console(file=file, width=100))


def _schema() -> str:
    import json

    from ancrage.reports.schema import diagnosis_schema

    return json.dumps(diagnosis_schema(), ensure_ascii=False, indent=2)


def _write(text: str, sortie: Path | None) -> None:
    if sortie is None:
        typer.echo(text)
        return
    with _written(sortie) as file:
        file.write(text if text.endswith("\n") else text + "\n")


@contextmanager
def _written(sortie: Path) -> Iterator[TextIO]:
    """The file asked, its folder made if need be; a refusal of the disk is told in French."""
    from ancrage.errors import StorageError
    from ancrage.sources.storage import reason_of

    try:
        sortie.parent.mkdir(parents=True, exist_ok=True)
        with sortie.open("w", encoding="utf-8") as file:
            yield file
    except OSError as error:
        raise StorageError(
            f"Impossible d'écrire « {sortie} » ({reason_of(error)}).", "Donnez un autre fichier à --sortie."
        ) from error
    typer.echo(f"Écrit : {sortie}", err=True)

"""Where an answer goes: the standard output, or a file made with its folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ancrage.reports.formats import Format
    from ancrage.reports.topic import Telling


BINARY = frozenset({"pdf", "docx", "xlsx"})
"""Shapes that no terminal shows: they need a file."""


def _with_a_file(context: typer.Context, sortie: Path | None) -> Path | None:
    """Refuse, before any work, a shape that cannot be shown when no file is given."""
    shape = context.params.get("shape")
    if sortie is None and shape in BINARY:
        from ancrage.repairs import GiveField
        from ancrage.shell import sentence

        told = f"le format {shape} ne s'affiche pas, donnez le fichier où l'écrire."
        raise typer.BadParameter(sentence(told, (GiveField("sortie", (f"rapport.{shape}",)),)))
    return sortie


OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--sortie",
        "-o",
        help="Fichier où l'écrire, au lieu de la sortie standard ; obligatoire en pdf, docx, xlsx.",
        callback=_with_a_file,
    ),
]


def tell(telling: "Telling", shape: "Format", sortie: Path | None) -> None:
    """Write an answer in a shape: on the standard output, or in the file given."""
    if shape.id == "terminal" and sortie is None:
        from rich.console import Console

        from ancrage.reports.formats.terminal.sheet import show

        show(telling, Console())
        return
    try:
        told = shape.write(telling)
    except LookupError as error:
        raise _no_such_shape(telling, shape) from error
    write(told, sortie)


def _no_such_shape(telling: "Telling", shape: "Format") -> Exception:
    from ancrage.errors import UnknownTaskError
    from ancrage.repairs import GiveField

    label = telling.answer.question.label
    return UnknownTaskError(
        f"« {label} » n'a pas de forme {shape.label}.",
        "Choisissez une autre forme.",
        GiveField("format", ("json",)),
    )


def write(told: str | bytes, sortie: Path | None) -> None:
    """Write a text, with its final end of line, or a file of a shape that no terminal shows."""
    content = told if isinstance(told, bytes) else told.removesuffix("\n") + "\n"
    if sortie is None:
        typer.echo(content, nl=False)
        return
    from ancrage.sources.storage import write_whole

    with _refusals_told(sortie):
        write_whole(sortie, content if isinstance(content, bytes) else content.encode())


@contextmanager
def _refusals_told(sortie: Path) -> Iterator[None]:
    from ancrage.declarations.system import reason_of
    from ancrage.errors import StorageError
    from ancrage.repairs import GiveField

    try:
        sortie.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise StorageError(
            f"Impossible d'écrire « {sortie} » ({reason_of(error)}).",
            "Donnez un autre fichier.",
            GiveField("sortie", ("FICHIER",)),
        ) from error
    typer.echo(f"Écrit : {sortie}", err=True)

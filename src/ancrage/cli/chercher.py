"""Command that searches everything at once: territories, structures, aids, levers, monographs, words."""

from dataclasses import asdict
from typing import Annotated

import typer

from ancrage.cli.output import OutputOption, Shape, ShapeOption, answer
from ancrage.cli.session import cache_directory, open_atlas
from ancrage.search.suggestion import Found


def chercher(
    texte: Annotated[str, typer.Argument(help="Un nom, même mal tapé, un code INSEE, postal, un SIRET…")],
    sorte: Annotated[
        list[Found] | None, typer.Option("--type", help="Seulement cette sorte ; répétable.")
    ] = None,
    limite: Annotated[int, typer.Option("--limite", min=1, max=200, help="Réponses au plus.")] = 12,
    shape: ShapeOption = Shape.TERMINAL,
    sortie: OutputOption = None,
) -> None:
    """Cherche partout : territoires, structures, aides, leviers, outils, monographies, glossaire."""
    from ancrage.reports.found import found_sheet
    from ancrage.search.index import open_index
    from ancrage.sources.location import data_directory

    with open_atlas() as atlas:
        box = open_index(atlas, cache_directory(), data=data_directory())
        found = box.suggest(texte, limit=limite, kinds=tuple(sorte or Found))
    answer(found_sheet(texte, found), [asdict(one) for one in found], shape, sortie)

"""Layouts of files of places: which columns say what."""

from collections.abc import Iterable, Mapping
from importlib.resources import files

from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.errors import SupportFileError
from ancrage.language.folding import address


class Layout(Declared):
    """A layout: the columns that mark it, and those that say each thing."""

    id: str
    label: str
    marks: tuple[str, ...]
    columns: Mapping[str, str]
    kind: str | None = None
    kinds_by_id: Mapping[str, str] = {}


@compiled("listes", "coverage", "declarations")
def layouts() -> tuple[Layout, ...]:
    """Every layout, the most telling first."""
    document = read_yaml((files(__package__) / "layouts.yaml").read_text("utf-8"))
    return tuple(Layout.model_validate(row) for row in document["layouts"])


def layout_of(columns: Iterable[str], name: str, where: str) -> Layout:
    """The layout of a file, its columns as the file writes them: case, accents and signs do not count.

    ``where``: its first row, told when it is of none of those known: :class:`SupportFileError`.
    """
    held = {address(column): column for column in sorted(columns)}
    for layout in layouts():
        if all(address(mark) in held for mark in layout.marks):
            found = {what: held.get(address(column), column) for what, column in layout.columns.items()}
            return layout.model_copy(update={"columns": found})
    told = ", ".join(sorted(held.values())[:10])
    raise SupportFileError(
        f"« {name} » n'est d'aucun schéma connu ({where}, colonnes : {told}).",
        "Donnez au moins les colonnes id, nom, code_insee, longitude et latitude du schéma data.inclusion.",
    )

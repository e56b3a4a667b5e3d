"""What each line of a file designates: a list of codes or names, or a column of a table that has a title."""

from collections.abc import Sequence
from pathlib import Path

from ancrage.declarations.faults import Fault
from ancrage.declarations.reader import Reader
from ancrage.declarations.tables import Rows
from ancrage.errors import SetDefinitionError
from ancrage.language.folding import spaced

LONGEST = 200
"""Signs of a line of a file: the longest name of a territory has 123."""
SEPARATORS = ";\t"
"""A comma is none: names have some."""
TITLES = (
    *("code insee", "insee", "codgeo", "depcom", "code commune", "code geographique", "code", "com"),
    *("siren epci", "epci", "territoire", "commune", "nom commune", "nom"),
)
"""Titles of the column that designates, codes before names."""
READER = Reader(
    SetDefinitionError,
    "Donnez un fichier de texte ou un classeur, un code ou un nom de territoire par ligne.",
    guessed=True,
)


def read_set(path: Path) -> dict[int, str]:
    """The code or the name that each line holds. Raises :class:`SetDefinitionError`."""
    rows = _rows(path)
    column = _column(rows[0][1]) if rows else None
    found = {line: _designation(cells, column) for line, cells in rows[column is not None :]}
    with READER.telling(path.name):
        if too_long := next((line for line, written in found.items() if len(written) > LONGEST), None):
            raise Fault("cette ligne est trop longue pour désigner un territoire", too_long)
    return {line: written for line, written in found.items() if written}


def _rows(path: Path) -> Rows:
    """The cells of each line that is not blank, its comment put aside."""
    content = READER.content(path)
    if sheet := READER.rows(content, path.name):
        return sheet
    text = READER.text_of(content, path.name).text
    lines = ((line, written.split("#")[0].strip()) for line, written in enumerate(text.splitlines(), 1))
    return tuple((line, _cut(written)) for line, written in lines if written)


def _cut(line: str) -> tuple[str, ...]:
    separator = next((sign for sign in SEPARATORS if sign in line), None)
    return tuple(cell.strip().strip('"').strip() for cell in line.split(separator or "\n"))


def _column(header: Sequence[str]) -> int | None:
    """Rank of the column that designates; ``None`` when the first line is no line of titles."""
    titles = [spaced(cell) for cell in header]
    return next((titles.index(title) for title in TITLES if title in titles), None)


def _designation(cells: Sequence[str], column: int | None) -> str:
    """The cell of the column, else the first that holds something."""
    if column is not None:
        return cells[column] if column < len(cells) else ""
    return next(filter(None, cells), "")

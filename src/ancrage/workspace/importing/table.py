"""The table of a plan in a file that people bring, kept as text between two screens, in the form itself.

Nothing of the file is written anywhere before people say so: it may hold names that no journal should keep.
"""

import json
from dataclasses import dataclass

from django.core import signing

from ancrage.declarations.csv_text import as_title
from ancrage.declarations.faults import Fault
from ancrage.declarations.reader import Reader
from ancrage.declarations.tables import Rows
from ancrage.declarations.workbook import HEADER_AMONG, is_workbook, read_sheet
from ancrage.errors import WorkspaceFileError

MOST_LINES, MOST_COLUMNS = 2_000, 80
LARGEST_PACKED = 600_000
"""Signs of what a form carries: below what the door lets in."""
LARGEST = 8 << 20
READER = Reader(WorkspaceFileError, "", largest=LARGEST, guessed=True)
Reason = tuple[int, str]
"""A line of the file and why it is set aside."""


@dataclass(frozen=True, slots=True)
class Table:
    """Titles of columns, which may be the same twice, lines of as many cells, what is already set aside."""

    name: str
    how: str
    titles: tuple[str, ...]
    lines: Rows
    aside: tuple[Reason, ...]


def read_table(content: bytes, name: str) -> Table:
    """The table of a workbook or of a CSV. Raises :class:`WorkspaceFileError`."""
    how = ""
    with READER.telling(name):
        if is_workbook(content):
            sheet = read_sheet(content, LARGEST)
            rows, how = sheet.rows, sheet.how
        else:
            rows = READER.lines_of(content, name)
        return _cut(name, how, rows)


def _cut(name: str, how: str, rows: Rows) -> Table:
    """The titles are on the first line that fills more than half of the width."""
    full = [(line, tuple(map(str.strip, cells))) for line, cells in rows if any(map(str.strip, cells))]
    if len(full) < 2:
        raise Fault("ce tableau n’a pas de ligne sous ses titres")
    width = max(_filled(cells) for _, cells in full[:HEADER_AMONG])
    start = next(rank for rank, (_, cells) in enumerate(full) if 2 * _filled(cells) > width)
    header, body = full[start][1], full[start + 1 :]
    last = max(rank for rank, title in enumerate(header) if title) + 1
    if last > MOST_COLUMNS or len(body) > MOST_LINES:
        raise Fault(f"ce tableau dépasse {MOST_LINES} lignes ou {MOST_COLUMNS} colonnes")
    titles = tuple(as_title(one) or f"colonne {rank}" for rank, one in enumerate(header[:last], 1))
    aside = [(line, "au-dessus de la ligne de titres") for line, _ in full[:start]]
    lines = []
    for line, cells in body:
        if any(cells[last:]):
            aside.append((line, f"plus de cellules que de titres ({last})"))
        else:
            lines.append((line, (*cells[:last], *[""] * (last - len(cells)))))
    return Table(name, how, titles, tuple(lines), tuple(aside))


def _filled(cells: tuple[str, ...]) -> int:
    return sum(map(bool, cells))


def packed(table: Table, salt: str) -> str:
    """A table as a form carries it, which only this site can have written, for this place."""
    told = [table.name, table.how, table.titles, table.lines, table.aside]
    written = signing.dumps(json.dumps(told, ensure_ascii=False), salt=salt, compress=True)
    if len(written) > LARGEST_PACKED:
        raise WorkspaceFileError(
            "Ce tableau est trop long pour être importé en une fois.", "Coupez-le en deux fichiers."
        )
    return written


def unpacked(written: str, salt: str) -> Table:
    """The table that a form carries. Raises :class:`WorkspaceFileError` for any other."""
    try:
        name, how, titles, lines, aside = json.loads(signing.loads(written, salt=salt))
    except signing.BadSignature as error:
        raise WorkspaceFileError(
            "Le fichier choisi n’est plus dans le formulaire.", "Choisissez-le de nouveau."
        ) from error
    return Table(
        name,
        how,
        tuple(titles),
        tuple((line, tuple(cells)) for line, cells in lines),
        tuple((line, why) for line, why in aside),
    )

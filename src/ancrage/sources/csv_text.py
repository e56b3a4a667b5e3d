"""The text of a CSV cut into rows; what cannot be cut is set aside with its line, never lost."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from ancrage.errors import SourceContentError
from ancrage.sources.envelope import RETRY
from ancrage.sources.rejects import Reject
from ancrage.sources.wording import counted

SEPARATORS = ";,\t|"


def sniff_separator(text: str) -> str:
    """Separator found most often in the header, quoted names left out."""
    header = re.sub(r'"[^"]*"', "", text.split("\n", 1)[0])
    return max(SEPARATORS, key=header.count)


def split_header(text: str, separator: str, path: Path) -> tuple[str, ...]:
    """Names of the columns, as :func:`split_rows` gives them."""
    _, cells, _ = next(records(text, separator, path), (0, [], ""))
    return _named([_column(name) for name in cells])


def split_rows(
    text: str, separator: str, path: Path
) -> tuple[tuple[str, ...], list[list[str]], list[Reject]]:
    """Columns, rows of as many cells, and the lines that have another number of cells.

    A separator at the end of each line makes a last column without a name: it is no column. Raises
    :class:`SourceContentError` when a quote is never closed.
    """
    found = records(text, separator, path)
    header = [_column(name) for name in next(found, (0, [], ""))[1]]
    columns = _named(header)
    rows: list[list[str]] = []
    rejects: list[Reject] = []
    for line, cells, raw in found:
        if len(cells) == len(header) > len(columns) and not cells[-1]:
            cells.pop()
        if len(cells) == len(columns):
            rows.append(cells)
        else:
            rejects.append(
                Reject(line, raw, f"{counted(len(cells), 'cellule', 'cellules')} au lieu de {len(columns)}")
            )
    return columns, rows, rejects


def _named(header: list[str]) -> tuple[str, ...]:
    return tuple(header[:-1] if header and not header[-1] else header)


def _column(name: str) -> str:
    """Header as one line without outer spaces: some producers break theirs over several lines."""
    return re.sub(r"\s+", " ", name).strip()


def records(text: str, separator: str, path: Path) -> Iterator[tuple[int, list[str], str]]:
    """Each non-blank record with the number of its first line and its text as received."""
    consumed: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            consumed.append(line)
            yield line

    reader, first = csv.reader(lines(), delimiter=separator), 1
    try:
        for cells in reader:
            raw, spread = "".join(consumed), len(consumed) > 1
            if spread and raw.count('"') % 2:
                raise csv.Error("guillemet ouvert et jamais refermé")
            if cells:
                yield first, cells, raw.rstrip("\r\n")
            consumed.clear()
            first = reader.line_num + 1
    except csv.Error as error:
        raise SourceContentError(f"« {path.name} », ligne {first} : {error}.", RETRY) from error

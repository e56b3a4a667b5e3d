"""The text of a CSV cut into rows; what cannot be cut is set aside with its line, never lost."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ancrage.declarations.faults import Fault, shown
from ancrage.language.phrases import plural

SEPARATORS = ";,\t|"
LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
MOST_COLUMNS = 2_000
"""Columns beyond which a header is no header: a text of separators has as many as it has signs."""

# A cell may be a whole debate: files are bounded, not their cells.
csv.field_size_limit(1 << 28)


@dataclass(frozen=True, slots=True)
class Reject:
    """A line set aside: its number in the file (the header is line 1), its text as read, why in French."""

    line: int
    text: str
    reason: str


def first_line(text: str) -> str:
    """What comes before the first end of line, whichever sign ends it."""
    return re.split(r"[\r\n]", text[: 1 << 16], maxsplit=1)[0]


def sniff_separator(text: str) -> str:
    """Separator found most often in the header, quoted names left out."""
    header = re.sub(r'"[^"]*"', "", first_line(text))
    return max(SEPARATORS, key=header.count)


def split_header(text: str, separator: str) -> tuple[str, ...]:
    """Names of the columns, as :func:`split_rows` gives them."""
    _, cells, _ = next(records(text, separator), (0, [], ""))
    return _named([as_title(name) for name in cells])


def split_rows(text: str, separator: str) -> tuple[tuple[str, ...], list[list[str]], list[Reject]]:
    """Columns, rows of as many cells, and the lines that have another number of cells.

    A separator at the end of each line makes a last column without a name: it is no column. Raises
    :class:`Fault` when a quote is never closed.
    """
    columns, cut, rejects = cut_rows(text, separator)
    return columns, [cells for _, cells in cut], rejects


def cut_rows(text: str, separator: str) -> tuple[tuple[str, ...], list[tuple[int, list[str]]], list[Reject]]:
    """As :func:`split_rows`, each row with its first line."""
    found = records(text, separator)
    header = [as_title(name) for name in next(found, (0, [], ""))[1]]
    columns = _named(header)
    if len(columns) > MOST_COLUMNS:
        raise Fault(f"la ligne de titres a plus de {MOST_COLUMNS} colonnes", 1)
    rows: list[tuple[int, list[str]]] = []
    rejects: list[Reject] = []
    for line, cells, raw in found:
        if len(cells) == len(header) > len(columns) and not cells[-1]:
            cells.pop()
        if len(cells) == len(columns):
            rows.append((line, cells))
        else:
            rejects.append(Reject(line, raw, _miscounted(len(cells), len(columns))))
    return columns, rows, rejects


def refuse_titles(columns: Sequence[str], line: int = 1) -> None:
    """Raise :class:`Fault` for a column written twice (which one is meant cannot be told), or too many."""
    if len(columns) > MOST_COLUMNS:
        raise Fault(f"la ligne de titres a plus de {MOST_COLUMNS} colonnes", line)
    twice = next((name for name, count in Counter(columns).items() if count > 1), None)
    if twice is not None:
        repair = "Gardez-en une seule, ou renommez l'autre."
        raise Fault(f"la colonne « {shown(twice)} » y est deux fois", line, repair)


def _miscounted(found: int, expected: int) -> str:
    return f"{found} {plural(found, 'cellule')} au lieu de {expected}"


def _named(header: list[str]) -> tuple[str, ...]:
    return tuple(header[:-1] if header and not header[-1] else header)


def as_title(name: str) -> str:
    """Header as one line without outer spaces: some producers break theirs over several lines."""
    return re.sub(r"\s+", " ", name).strip()


def records(text: str, separator: str) -> Iterator[tuple[int, list[str], str]]:
    """Each non-blank record with the number of its first line and its text as received."""
    consumed: list[str] = []

    def lines() -> Iterator[str]:
        for found in LINE.finditer(text):
            consumed.append(found[0])
            yield found[0]

    reader, first = csv.reader(lines(), delimiter=separator), 1
    try:
        for cells in reader:
            raw, spread = "".join(consumed), len(consumed) > 1
            if spread and raw.count('"') % 2:
                raise Fault("un guillemet y est ouvert et jamais refermé", first, CLOSE)
            if cells:
                yield first, cells, raw.rstrip("\r\n")
            consumed.clear()
            first = reader.line_num + 1
    except csv.Error as error:
        raise Fault("ce n'est pas du CSV lisible", first, CLOSE) from error


CLOSE = "Vérifiez les guillemets de cette ligne."

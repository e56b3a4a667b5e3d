"""Texts kept as rows: a CSV, a workbook or JSON lines, one text a row, its date in a column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ancrage.declarations.csv_text import Reject, cut_rows, sniff_separator
from ancrage.declarations.faults import Fault
from ancrage.declarations.json_text import read_json
from ancrage.declarations.workbook import read_sheet, table_of
from ancrage.language.folding import folded
from ancrage.watch.extracting import UnreadableTextError
from ancrage.watch.moments import Moment, read_moment

TEXT_NAMES = (
    "texte", "text", "contenu", "content", "corps", "body", "description", "descriptif", "article",
    "intervention",
)  # fmt: skip
DATE_NAMES = (
    "date", "jour", "date_texte", "date_publi", "date_publication", "date_seance", "date_mise_a_jour",
    "published",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that hold the text and the date; empty: to be found by their names."""

    text: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A text of a table: the line where its record begins, its date when the column holds one."""

    line: int
    text: str
    moment: Moment | None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, the rows set aside (line, reason), the columns used, whether one holds a date."""

    rows: tuple[Row, ...]
    refused: tuple[tuple[int, str], ...]
    columns: Columns

    @property
    def dated(self) -> bool:
        """Whether a column of dates was found; without one, the name of the file may give the date."""
        return bool(self.columns.date)


def read_csv(text: str, columns: Columns) -> Table:
    """A CSV, its separator found in its header. Raises :class:`UnreadableTextError`."""
    try:
        header, cut, rejects = cut_rows(text, sniff_separator(text))
    except Fault as fault:
        raise UnreadableTextError(f"CSV mal formé, ligne {fault.line} : {fault.what}") from fault
    return _of_cells(header, cut, rejects, columns)


def read_workbook(content: bytes, columns: Columns, largest: int) -> Table:
    """The fullest sheet of a workbook. Raises :class:`UnreadableTextError`."""
    try:
        table = table_of(read_sheet(content, largest))
    except Fault as fault:
        raise UnreadableTextError(fault.placed) from fault
    return _of_cells(table.columns, table.rows, table.rejects, columns)


def _of_cells(
    header: Sequence[str],
    rows: Sequence[tuple[int, Sequence[str]]],
    rejects: Sequence[Reject],
    columns: Columns,
) -> Table:
    named = [(line, dict(zip(header, cells, strict=True))) for line, cells in rows]
    return _table(header, named, [(one.line, one.reason) for one in rejects], columns)


def read_jsonl(text: str, columns: Columns) -> Table:
    """JSON lines: one object a line. Raises :class:`UnreadableTextError` when no line is one."""
    kept: list[tuple[int, dict[str, Any]]] = []
    refused: list[tuple[int, str]] = []
    for line, written in enumerate(text.split("\n"), start=1):
        if written.strip():
            row = _object(written)
            kept.append((line, row)) if row is not None else refused.append((line, "JSON mal formé"))
    names = dict.fromkeys(name for _, row in kept for name in row)
    return _table(list(names), kept, refused, columns)


def _object(written: str) -> dict[str, Any] | None:
    try:
        row = read_json(written, halves=True)
    except Fault:
        return None
    return row if isinstance(row, dict) else None


def _table(
    header: Sequence[str],
    rows: Sequence[tuple[int, dict[str, Any]]],
    refused: Sequence[tuple[int, str]],
    asked: Columns,
) -> Table:
    text = asked.text if asked.text in header else "" if asked.text else _named(header, TEXT_NAMES)
    if not text:
        wanted = f"« {asked.text} »" if asked.text else "de texte reconnue"
        listed = ", ".join(header[:8]) or "aucune"
        raise UnreadableTextError(f"ligne 1 : colonne {wanted} absente (colonnes : {listed})")
    date = asked.date if asked.date in header else "" if asked.date else _date_column(header)
    kept = tuple(_rows(rows, text, date))
    return Table(kept, tuple(refused), Columns(text, date))


def _rows(rows: Sequence[tuple[int, dict[str, Any]]], text: str, date: str) -> Iterator[Row]:
    for line, row in rows:
        written, told = row.get(text), row.get(date) if date else None
        moment = read_moment(str(told)) if told is not None else None
        yield Row(line, _writable(written) if isinstance(written, str) else "", moment)


def _writable(text: str) -> str:
    """JSON may hold half characters (``\\ud800``), which no output can write."""
    return text.encode(errors="replace").decode()


def _named(header: Sequence[str], names: Sequence[str]) -> str:
    plain = {_plain(name): name for name in reversed(header)}
    return next((plain[name] for name in names if name in plain), "")


def _date_column(header: Sequence[str]) -> str:
    """A column with a known name, else the only one whose name begins with « date »: never a guess."""
    beginning = [name for name in header if _plain(name).startswith("date")]
    return _named(header, DATE_NAMES) or (beginning[0] if len(beginning) == 1 else "")


def _plain(name: str) -> str:
    return "_".join(folded(name).replace("_", " ").split())

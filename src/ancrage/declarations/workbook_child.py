"""The cells of a workbook, as a process of its own: the system bounds what it takes in memory and time.

Run by its path, it imports nothing of Ancrage. It reads a workbook on its standard input and writes JSON, one
value a line: what was chosen, then ``[row, cells]`` for each row that is not blank, all cells as text.
"""

import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MEMORY = 768 << 20
"""Bytes of address space: a list of 100,000 rows and 20 columns takes a third of it."""
SECONDS = 10
"""Of processor."""
UNPACKED = 256 << 20
"""Bytes that the parts of a workbook say they have: a small archive may hold a huge one."""
WHOLE = 1e15
"""From there on a float no longer holds every whole number."""

PASSWORD, HEAVY = 4, 3
"""Exit codes of a workbook under a password, and of one that does not fit in memory."""


def main() -> None:
    """Bound oneself, then read and write."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        for line in _lines(sys.stdin.buffer.read()):
            sys.stdout.write(json.dumps(line) + "\n")
    except PasswordError:
        sys.exit(PASSWORD)
    except MemoryError:
        sys.exit(HEAVY)


def _lines(content: bytes) -> Iterator[Any]:
    """What was chosen, then its rows: the visible sheet with most cells, the first one of those."""
    if _unpacked_size(content) > UNPACKED:
        raise MemoryError
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in sheets if sheet.visible is SheetVisibleEnum.Visible]
    hidden = [sheet.name for sheet in sheets if sheet.name not in visible]
    filled = {name: size for name in visible if (size := _size(book, name))}
    chosen = max(filled, key=filled.__getitem__, default="")
    yield {"sheet": chosen, "unread": [*(name for name in filled if name != chosen), *hidden]}
    if chosen:
        yield from _rows(book, chosen)


def _unpacked_size(content: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:  # an old workbook, or a damaged one, which the library refuses
        return 0


def _size(book: CalamineWorkbook, name: str) -> int:
    return sum(cell != "" for row in book.get_sheet_by_name(name).iter_rows() for cell in row)


def _rows(book: CalamineWorkbook, name: str) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(book.get_sheet_by_name(name).iter_rows(), 1):
        cells = [_text(cell) for cell in row]
        if any(cells):
            yield number, cells


def _text(cell: object) -> str:
    """A cell as a person would write it in a CSV, days as ISO 8601."""
    match cell:
        case bool():
            return "oui" if cell else "non"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < WHOLE else repr(cell)
        case datetime():
            return cell.isoformat(" ", "seconds") if cell.time() != time() else cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell).strip()


if __name__ == "__main__":
    main()

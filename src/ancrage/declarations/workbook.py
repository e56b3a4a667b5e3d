"""Workbooks (XLSX, ODS, XLS): the sheet that holds most, read by a process bounded in memory and time."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from signal import SIGABRT, SIGKILL, SIGXCPU
from tempfile import TemporaryFile
from threading import Timer

from ancrage.declarations.csv_text import Reject, as_title, refuse_titles
from ancrage.declarations.faults import Fault
from ancrage.declarations.given import refuse_beyond
from ancrage.declarations.tables import Rows, Table
from ancrage.language.phrases import listed

MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How a zip (XLSX, ODS) and an old workbook (XLS, or one under a password) begin."""
PASSWORD, HEAVY = 4, 3
"""Exit codes of the child: see there."""
CHILD = Path(__file__).with_name("workbook_child.py")
PATIENCE = 30
"""Seconds."""
AS_CSV = "Enregistrez la feuille en CSV, ou n'y gardez que le tableau."
TOO_HEAVY = "le classeur demande trop de mémoire ou de temps"
DAMAGED = "ce n'est pas un classeur lisible (XLSX, ODS ou XLS), ou il est abîmé"
FAULTS = {
    PASSWORD: "le classeur est protégé par un mot de passe",
    **dict.fromkeys((HEAVY, *(-end for end in (SIGKILL, SIGXCPU, SIGABRT))), TOO_HEAVY),
}
"""By the code with which the child ends; a negative one is that of a signal."""
HEADER_AMONG = 50
"""Rows among which the row of titles is looked for."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet that are not blank, and the names of the other sheets, which are not read."""

    name: str
    rows: Rows
    unread: tuple[str, ...]

    @property
    def how(self) -> str:
        """How it was read, for what tells its source."""
        others = f", sans {listed([f'« {name} »' for name in self.unread])}" if self.unread else ""
        return f"feuille « {self.name} »{others}"


def is_workbook(content: bytes) -> bool:
    """Whether bytes begin as a workbook does."""
    return content.startswith(MARKS)


def read_sheet(content: bytes, largest: int) -> Sheet:
    """The sheet with most cells. Raises :class:`Fault` for what is no workbook, or too heavy a one."""
    told, *rows = map(json.loads, _written_by_child(content, largest).splitlines())
    if not rows:
        raise Fault("aucune feuille visible du classeur ne contient de cellule", None, AS_CSV)
    return Sheet(
        told["sheet"], tuple((number, tuple(cells)) for number, cells in rows), tuple(told["unread"])
    )


def _written_by_child(content: bytes, largest: int) -> bytes:
    """The lines of JSON that the child writes, ``largest`` bytes at most."""
    with TemporaryFile() as given:
        given.write(content)
        given.seek(0)
        child = subprocess.Popen(  # noqa: S603 our own file, by the interpreter that runs us
            [sys.executable, "-I", str(CHILD)],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    with child:
        written = _taken_in_time(child, largest)
    code = child.returncode
    if code:
        raise Fault(FAULTS.get(code, DAMAGED), None, AS_CSV)
    return written


def _taken_in_time(child: "subprocess.Popen[bytes]", largest: int) -> bytes:
    """What the child writes; it does not outlive this."""
    assert child.stdout is not None  # noqa: S101 it is a pipe
    clock = Timer(PATIENCE, child.kill)
    clock.start()
    try:
        written = child.stdout.read(largest + 1)
        refuse_beyond(len(written), largest, " une fois décompressé")
        child.wait()
    finally:
        clock.cancel()
        child.kill()
    return written


def table_of(sheet: Sheet) -> Table:
    """The table of a sheet: its titles are the first row that fills more than half of the width.

    What stands above (a title, a note) is set aside; a column that holds nothing at all is left out; one
    without a title is named by its rank.
    """
    width = max(_filled(cells) for _, cells in sheet.rows[:HEADER_AMONG])
    start = next(rank for rank, (_, cells) in enumerate(sheet.rows) if 2 * _filled(cells) > width)
    above, (row, header), body = sheet.rows[:start], sheet.rows[start], sheet.rows[start + 1 :]
    kept = [rank for rank, title in enumerate(header) if title or any(cells[rank] for _, cells in body)]
    titles = tuple(as_title(header[rank]) or f"colonne {rank + 1}" for rank in kept)
    refuse_titles(titles, row)
    return Table(
        titles,
        tuple((number, tuple(cells[rank] for rank in kept)) for number, cells in body),
        tuple(
            Reject(number, " ; ".join(filter(None, cells)), "au-dessus de la ligne de titres")
            for number, cells in above
        ),
        sheet.how,
    )


def _filled(cells: tuple[str, ...]) -> int:
    return sum(map(bool, cells))

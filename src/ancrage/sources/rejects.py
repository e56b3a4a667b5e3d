"""Lines that cannot be used: counted, listed with the reason, never dropped in silence."""

from collections.abc import Sequence
from pathlib import Path

from ancrage.declarations.csv_text import Reject
from ancrage.spreadsheets import PEOPLE, Cell

REJECTS_FILE = "rejets.csv"
COLUMNS = ("ligne", "raison", "texte")


def write_rejects(rejects: Sequence[Reject], path: Path) -> None:
    """Write the rejects for a spreadsheet: ligne, raison, texte."""
    PEOPLE.write(path, COLUMNS, map(_row, rejects))


def rejects_csv(rejects: Sequence[Reject]) -> str:
    """The same, as a text."""
    return PEOPLE.text(COLUMNS, map(_row, rejects))


def _row(reject: Reject) -> tuple[Cell, ...]:
    return reject.line, reject.reason, reject.text

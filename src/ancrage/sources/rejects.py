"""Lines that cannot be used: counted, listed with the reason, never dropped in silence."""

import csv
from collections.abc import Sequence
from pathlib import Path

from ancrage.declarations.csv_text import Reject

REJECTS_FILE = "rejets.csv"


def write_rejects(rejects: Sequence[Reject], path: Path) -> None:
    """Write the rejects as a CSV (ligne, raison, texte) that a spreadsheet opens."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(("ligne", "raison", "texte"))
        writer.writerows((reject.line, reject.reason, reject.text) for reject in rejects)

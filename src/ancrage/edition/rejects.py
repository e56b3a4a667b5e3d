"""Rows set aside by a build: listed in one file with the edition, counted in its manifest."""

from collections import Counter
from itertools import chain
from pathlib import Path

from ancrage.edition.inputs import Inputs
from ancrage.register.build import RegisterTables
from ancrage.spreadsheets import PEOPLE

REJECTS_FILE = "rejets.csv"


def write_rejects(inputs: Inputs, register: RegisterTables | None, folder: Path) -> None:
    """Write ``rejets.csv`` for a spreadsheet: source, ligne, motif."""
    read = ((reject["source"], reject["ligne"], reject["motif"]) for reject in inputs.rejects)
    counted = register.rejects.to_pylist() if register else ()
    kept = ((row["source"], f"{row['key']} {row['values']}".strip(), row["reason"]) for row in counted)
    PEOPLE.write(folder / REJECTS_FILE, ("source", "ligne", "motif"), chain(read, kept))


def count_rejects(inputs: Inputs, register: RegisterTables | None) -> dict[str, dict[str, int]]:
    """Number of rows set aside, by source and reason."""
    counts: dict[str, Counter[str]] = {}
    for reject in inputs.rejects:
        counts.setdefault(reject["source"], Counter())[reject["motif"]] += 1
    for account in register.accounts if register else ():
        if account.rejected:
            counts.setdefault(account.source, Counter()).update(account.rejected)
    return {source: dict(found) for source, found in sorted(counts.items())}

"""Rows set aside by a build: listed in one file with the edition, counted in its manifest."""

import csv
from collections import Counter
from pathlib import Path

from ancrage.edition.inputs import Inputs
from ancrage.register.build import RegisterTables

REJECTS_FILE = "rejets.csv"


def write_rejects(inputs: Inputs, register: RegisterTables | None, folder: Path) -> None:
    """Write ``rejets.csv`` (source, ligne, motif), which a spreadsheet opens."""
    with (folder / REJECTS_FILE).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(("source", "ligne", "motif"))
        for reject in inputs.rejects:
            writer.writerow((reject["source"], reject["ligne"], reject["motif"]))
        for row in register.rejects.to_pylist() if register else ():
            writer.writerow((row["source"], f"{row['key']} {row['values']}".strip(), row["reason"]))


def count_rejects(inputs: Inputs, register: RegisterTables | None) -> dict[str, dict[str, int]]:
    """Number of rows set aside, by source and reason."""
    counts: dict[str, Counter[str]] = {}
    for reject in inputs.rejects:
        counts.setdefault(reject["source"], Counter())[reject["motif"]] += 1
    for account in register.accounts if register else ():
        if account.rejected:
            counts.setdefault(account.source, Counter()).update(account.rejected)
    return {source: dict(found) for source, found in sorted(counts.items())}

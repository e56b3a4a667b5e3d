"""What an edition keeps of its register for the next month: beside its tables, removed with it.

``suite/prints.npy`` holds a print of each bucket of units, ``suite/remarks.parquet`` the rows remarked and
whose unit they are, ``suite/told.json`` the rest. The last one is written last: without it, there is nothing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from ancrage.register.build import RegisterInputs, RegisterTables
from ancrage.register.months.following import Whole
from ancrage.register.months.prints import Prints, Sums, units_of
from ancrage.register.months.setting import Setting
from ancrage.register.rejects import REJECTS_LISTED
from ancrage.sources.storage import sha256_of

FOLDER, TOLD, REMARKS = "suite", "told.json", "remarks.parquet"
VERSION = 1
"""Version of what is kept; another one is not read."""


@dataclass(frozen=True, slots=True)
class Before:
    """The month before: the folder of its edition, its day, its prints.

    ``always``: numbers of the units that had rows set aside, worked out again each month.
    """

    folder: Path
    on: date
    setting: Setting
    always: Sequence[int]
    sums: Sums

    @property
    def buckets(self) -> int:
        """How many buckets the units share."""
        return len(self.sums)

    @property
    def remarks(self) -> Path:
        """Where the rows remarked are told."""
        return self.folder / FOLDER / REMARKS


def is_kept(folder: Path) -> bool:
    """Whether an edition kept something for the next month, be it unreadable now."""
    return (folder / FOLDER / TOLD).exists()


def read_before(folder: Path | None) -> Before:
    """What an edition kept. Raises :class:`Whole` when it kept nothing that can be read."""
    try:
        if folder is None:
            raise FileNotFoundError
        told = json.loads((folder / FOLDER / TOLD).read_text("utf-8"))
        if told["version"] != VERSION:
            raise ValueError(told["version"])
        if sha256_of(folder / FOLDER / REMARKS) != told["remarks"]:
            raise ValueError(REMARKS)
        sums = np.load(folder / FOLDER / "prints.npy", mmap_mode="r")
        if sums.shape != (told["buckets"],) or sums.dtype != np.uint64:
            raise ValueError(sums.shape)
        return Before(folder, date.fromisoformat(told["on"]), told["setting"], told["always"], sums)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Whole("l'édition en vigueur ne garde pas de quoi la comparer") from error


def keep(
    folder: Path, inputs: RegisterInputs, register: RegisterTables, setting: Setting, prints: Prints, on: date
) -> None:
    """Keep for the next month what ``register`` was made of; the remarks are written already.

    Nothing is, when more rows were set aside than are listed.
    """
    place = folder / FOLDER
    stock = inputs.stocks[0]
    histories = (inputs.histories.establishments, inputs.histories.units)
    names = {stock.establishments.name, stock.units.name, *(one.name for one in histories if one)}
    counts = [sum(one.rejected.values()) for one in register.accounts if one.source in names]
    if any(count >= REJECTS_LISTED for count in counts):
        return
    refused = (row["key"] for row in register.rejects.to_pylist() if row["source"] in names)
    np.save(place / "prints.npy", prints.sums)
    told: dict[str, Any] = {
        "version": VERSION,
        "on": on.isoformat(),
        "setting": setting,
        "always": units_of(refused),
        "buckets": prints.buckets,
        "remarks": sha256_of(place / REMARKS),
    }
    (place / TOLD).write_text(json.dumps(told), "utf-8")


def write_remarks(register: RegisterTables, folder: Path) -> None:
    """Write the rows remarked of each unit of a register made whole."""
    (folder / FOLDER).mkdir(exist_ok=True)
    register.con.to_parquet(register.remarks, folder / FOLDER / REMARKS)

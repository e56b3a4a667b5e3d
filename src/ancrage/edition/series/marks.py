"""The layout of a series, and the small file that says a month is whole.

::

    <place>/mois=2026-10/mois.json                      written last: names the folder that counts
    <place>/mois=2026-10/<tirage>/establishment.parquet …  the tables of the register, as an edition has them
    <place>/mois=2026-10/<tirage>/suite/…                  what the next month is made from

A month made again lies in another folder, until its file is written in one go: who reads finds the month
before, or the month after, never a mixture.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from ancrage.edition.series.stocks import Stock, month_name, month_of
from ancrage.sources.depot import Depot, Found

PARTITION, MARK = "mois=", "mois.json"
VERSION = 1
"""Version of the layout; a month of another one is made again."""
ABANDONED_S = 86_400.0
"""Age past which a folder that no mark names is what a killed machine left."""


@dataclass(frozen=True, slots=True)
class FileTold:
    """A file a month was made from."""

    name: str
    bytes: int
    modified: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A month that is whole. ``folder``: where its tables lie; ``tables``: size and print of each.

    ``since``: the month it was made from, empty when it was made whole, ``because`` then says why in French
    if it could have been. ``register``: coverage and accounts, as the manifest of an edition tells them.
    """

    month: str
    folder: str
    counted_on: str
    made_at: str
    version: str
    files: dict[str, FileTold]
    tables: dict[str, dict[str, Any]]
    register: dict[str, Any]
    fictitious: bool = False
    since: str = ""
    because: str = ""
    kept: tuple[str, ...] = field(default=())
    layout: int = VERSION

    @property
    def first_day(self) -> date:
        """First day of the month."""
        return date.fromisoformat(f"{self.month}-01")

    def path(self, table: str) -> str:
        """Where a table lies in the place."""
        return f"{self.folder}/{table}.parquet"

    def as_json(self) -> bytes:
        """The small file."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


def partition(month: date | str) -> str:
    """The folder of a month."""
    return f"{PARTITION}{month if isinstance(month, str) else month_name(month)}"


def read_mark(place: Depot, month: str) -> Mark | None:
    """What is told of a month; ``None`` when it is not there, or of another version."""
    content = place.read(f"{partition(month)}/{MARK}")
    if content is None:
        return None
    try:
        told = json.loads(content)
        if told["layout"] != VERSION:
            return None
        files = {source: FileTold(**one) for source, one in told["files"].items()}
        return Mark(**{**told, "files": files, "kept": tuple(told["kept"])})
    except (ValueError, KeyError, TypeError):
        return None


def marks_of(place: Depot) -> dict[str, Mark]:
    """Every whole month of a place, in order."""
    names = {
        one.name.split("/")[0].removeprefix(PARTITION)
        for one in place.files()
        if one.name.endswith(f"/{MARK}") and one.name.startswith(PARTITION)
    }
    found = {month: read_mark(place, month) for month in sorted(names) if month_of(month)}
    return {month: mark for month, mark in found.items() if mark}


def is_there(place: Depot, mark: Mark) -> bool:
    """Whether every table a mark tells is there, with its size."""
    held = {one.name: one.bytes for one in place.files(mark.folder)}
    return all(held.get(mark.path(name)) == told["bytes"] for name, told in mark.tables.items())


def abandoned(place: Depot, month: date, but: Mark) -> Iterator[str]:
    """Folders of a month that no mark names, and that nobody has written in for a day."""
    latest: dict[str, list[Found]] = {}
    for one in place.files(partition(month)):
        folder = one.name.rpartition("/")[0].removesuffix("/suite")
        if folder not in {but.folder, partition(month)}:
            latest.setdefault(folder, []).append(one)
    for folder, files in latest.items():
        if min(place.age(one) for one in files) > ABANDONED_S:
            yield folder


def same_files(stock: Stock, mark: Mark, sums: Mapping[str, str]) -> bool:
    """Whether a month was made of these very files; ``sums``: prints of those whose day changed."""
    if stock.files.keys() != mark.files.keys():
        return False
    return all(
        found.bytes == mark.files[source].bytes
        and (found.modified == mark.files[source].modified or sums.get(source) == mark.files[source].sha256)
        for source, found in stock.files.items()
    )

"""Whether the files of an edition are those that were published: present, whole, unchanged.

The manifest tells the size and the fingerprint of every table. Sizes and both ends of a file are looked at
each time, which costs nothing; contents are read again only when somebody asks.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ancrage.sources.storage import sha256_of

MARK = b"PAR1"
"""What every Parquet file begins and ends with."""


class Fault(NamedTuple):
    """A file of an edition, and what is wrong with it, in French: « manque »."""

    file: str
    what: str


def contents(folder: Path) -> dict[str, dict[str, Any]]:
    """Size and fingerprint of each table of a folder, as its manifest tells them."""
    return {
        path.stem: {"bytes": path.stat().st_size, "sha256": sha256_of(path)}
        for path in sorted(folder.glob("*.parquet"))
    }


def faults(folder: Path, manifest: Mapping[str, Any], *, deep: bool = False) -> Iterator[Fault]:
    """Tables that are not as the manifest tells; ``deep``: their contents are read too.

    An edition of an earlier version tells nothing of its tables: those that are there are looked at.
    """
    told: Mapping[str, Mapping[str, Any]] = manifest.get("tables", {})
    for name in sorted(told.keys() | {path.stem for path in folder.glob("*.parquet")}):
        if what := _fault(folder / f"{name}.parquet", told.get(name, {}), deep=deep):
            yield Fault(f"{name}.parquet", what)


def _fault(path: Path, told: Mapping[str, Any], *, deep: bool) -> str:
    try:
        size = path.stat().st_size
        if size != told.get("bytes", size) or not _has_both_ends(path, size):
            return "est illisible"
        return "a changé depuis sa publication" if deep and _changed(path, told) else ""
    except FileNotFoundError:
        return "manque"
    except OSError:
        return "est illisible"


def _has_both_ends(path: Path, size: int) -> bool:
    with path.open("rb") as file:
        begins = file.read(len(MARK)) == MARK
        file.seek(max(0, size - len(MARK)))
        return begins and file.read() == MARK


def _changed(path: Path, told: Mapping[str, Any]) -> bool:
    return "sha256" in told and sha256_of(path) != told["sha256"]

"""Where a snapshot comes from: kept beside its files, shown with every figure made from them."""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Self

FILE_NAME = "provenance.json"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of a snapshot: its name, its SHA-256 and its size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who gave the files, when (UTC), under which licence, and what was seen when they were checked.

    ``origin`` is the address, or the path in the mirror. ``sha256`` is that of the only file, or of the list
    of names and sums when there are several. ``rows`` is ``None`` when the file was too large to be counted.
    ``covered``: départements that a file somebody gave covers wholly (``None``: as the source says).
    ``treated``: last day the producer worked on it (2026-10-30), as its content tells; ``begun``: what it
    counts by month, by which two files are known to be of one month.
    """

    source: str
    resource: str
    origin: str
    fetched_at: datetime
    licence: str
    vintage: str
    sha256: str = ""
    size: int = 0
    files: tuple[KeptFile, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    sample: bool = False
    fictitious: bool = False
    note: str = ""
    rows: int | None = None
    rejected: int = 0
    remarks: tuple[str, ...] = ()
    tool_version: str = ""
    covered: tuple[str, ...] | None = None
    treated: str = ""
    begun: dict[str, int] = field(default_factory=dict)

    def with_files(self, files: tuple[KeptFile, ...], digest: str) -> Self:
        """Return the same provenance, told which files it is about."""
        return replace(self, files=files, sha256=digest, size=sum(file.size for file in files))

    def tells_as(self, other: "Provenance") -> bool:
        """Whether the files have the same bytes, and are taken for the same thing."""
        mine = (self.sha256, self.sample, self.fictitious, self.covered)
        return mine == (other.sha256, other.sample, other.fictitious, other.covered)

    def as_json(self) -> dict[str, Any]:
        """Plain values, as written in ``provenance.json``."""
        return asdict(self) | {"fetched_at": self.fetched_at.isoformat()}

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read it back. Raises :class:`ValueError` or :class:`OSError` when the file was altered."""
        written = json.loads(path.read_text(encoding="utf-8"))
        try:
            files = tuple(KeptFile(**file) for file in written["files"])
            moment = datetime.fromisoformat(written["fetched_at"])
            remarks = tuple(written["remarks"])
            covered = tuple(written["covered"]) if written.get("covered") is not None else None
            read = {"files": files, "fetched_at": moment, "remarks": remarks, "covered": covered}
            return cls(**written | read)
        except (KeyError, TypeError) as error:
            raise ValueError(f"{path}: {error}") from error


def tool_version() -> str:
    """Version of the program that fetches."""
    try:
        return version("ancrage")
    except PackageNotFoundError:
        return "inconnue"

"""The data folder built from the mirror, kept from a run of the tests to the next while nothing changed.

Kept under ``var``, by a print of all that it is made of: the mirror, the rooms that read it, the libraries
(their pinned versions), and the day. A run works on a copy: nothing a test does goes to the next run.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

REPOSITORY = Path(__file__).resolve().parent.parent
KEPT = REPOSITORY / "var" / "essais"
ABOVE = frozenset({"cli", "web", "api", "desk", "config", "tasks", "reports", "diagnosis", "questions"})
"""Rooms that only read an edition."""
LATEST = 3


def with_kept(data: Path, mirror: Path, build: Callable[[Path], str]) -> str:
    """Fill ``data`` from what is kept, or build it and keep it; what went wrong, or an empty text."""
    kept = KEPT / _print_of(mirror)
    if kept.is_dir():
        shutil.copytree(kept, data, symlinks=True)
        return ""
    if failure := build(data):
        return failure
    _keep(data, kept)
    return ""


def _keep(data: Path, kept: Path) -> None:
    """Copied aside, then named: two runs that build at once keep one whole folder."""
    KEPT.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=".partiel-", dir=KEPT))
    shutil.copytree(data, aside / "donnees", symlinks=True)
    if not kept.exists():
        (aside / "donnees").rename(kept)
    shutil.rmtree(aside)
    folders = sorted(KEPT.glob("[0-9a-f]*"), key=lambda each: each.stat().st_mtime)
    for older in folders[:-LATEST]:
        shutil.rmtree(older, ignore_errors=True)


def _print_of(mirror: Path) -> str:
    made = hashlib.sha256(date.today().isoformat().encode())  # noqa: DTZ011 - a build tells its own day
    for file in (*_read_by_a_build(), *sorted(each for each in mirror.rglob("*") if each.is_file())):
        made.update(f"{file} {file.stat().st_size}\n".encode())
        made.update(file.read_bytes())
    return made.hexdigest()[:32]


def _read_by_a_build() -> Iterator[Path]:
    sources = REPOSITORY / "src" / "ancrage"
    for file in sorted(sources.rglob("*")):
        inside = file.relative_to(sources).parts
        if file.is_file() and inside[0] not in ABOVE and "__pycache__" not in inside:
            yield file
    yield REPOSITORY / "requirements" / "dev.txt"

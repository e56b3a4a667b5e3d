"""The files of a corpus: those given, and all those under the folders given."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ancrage.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Found:
    """A file, and its name in the answer: its path from the folder given."""

    path: Path
    name: str


def walk(paths: Sequence[Path]) -> Iterator[Found]:
    """Each file once, in order of names; links that loop are cut. Raises :class:`CorpusError`.

    A folder that does not open comes out as itself, to be set aside with the bad files.
    """
    for path in paths:
        if not path.exists():
            raise CorpusError(
                f"« {path} » est introuvable.", "Donnez des fichiers ou des dossiers qui existent."
            )
    seen: set[Path] = set()
    for path in paths:
        yield from _under(Found(path, _shown(path.name)), seen)


def _shown(name: str) -> str:
    """A name that any output can write: some disks hold names in an older encoding."""
    return os.fsencode(name).decode("utf-8", "replace")


def _under(found: Found, seen: set[Path]) -> Iterator[Found]:
    try:
        real = found.path.resolve(strict=True)
    except (OSError, RuntimeError):  # a link that leads nowhere, or to itself
        yield found
        return
    if real in seen:
        return
    seen.add(real)
    if not real.is_dir():
        yield found
        return
    try:
        inside = sorted(found.path.iterdir())
    except OSError:
        yield found
        return
    for path in inside:
        yield from _under(Found(path, f"{found.name}/{_shown(path.name)}".lstrip("/")), seen)

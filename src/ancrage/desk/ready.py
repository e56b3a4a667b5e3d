"""A process that answers says when it is ready: until then, the one it replaces goes on answering."""

import os
from pathlib import Path

FOLDER = "ANCRAGE_PRETS"
"""Variable that names the folder where the processes of a server leave their mark."""


def say_ready() -> None:
    """Leave the mark of this process, with what it holds then, where a server waits for one."""
    if folder := os.environ.get(FOLDER):
        mark = _mark(folder, os.getpid())
        begun = mark.with_suffix(".ecrit")
        begun.write_text(str(held_by(os.getpid())))
        begun.replace(mark)


def is_ready(folder: str, process: int | None) -> bool:
    """Whether a process has left its mark."""
    return _mark(folder, process).exists()


def ready_with(folder: str, process: int | None) -> int:
    """Memory (bytes) that a process held when it was ready; 0 when it is not, or could not tell."""
    try:
        return int(_mark(folder, process).read_text())
    except FileNotFoundError:
        return 0


def forget(folder: str, process: int | None) -> None:
    """Forget the mark of an earlier process of the same number."""
    _mark(folder, process).unlink(missing_ok=True)


def held_by(process: int) -> int:
    """Memory (bytes) that a process holds: its own, and its part of what it shares with others.

    0 where the system does not tell it (it is not Linux, or the process has ended).
    """
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:")), 0)


def _mark(folder: str, process: int | None) -> Path:
    return Path(folder) / str(process)

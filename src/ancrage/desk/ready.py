"""A process that answers says when it is ready: until then, the one it replaces goes on answering."""

import os
from pathlib import Path

FOLDER = "ANCRAGE_PRETS"
"""Variable that names the folder where the processes of a server leave their mark."""


def say_ready() -> None:
    """Leave the mark of this process, where a server waits for one."""
    if folder := os.environ.get(FOLDER):
        _mark(folder, os.getpid()).touch()


def is_ready(folder: str, process: int | None) -> bool:
    """Whether a process has left its mark, which is then forgotten: its number may serve again."""
    try:
        _mark(folder, process).unlink()
    except FileNotFoundError:
        return False
    return True


def _mark(folder: str, process: int | None) -> Path:
    return Path(folder) / str(process)

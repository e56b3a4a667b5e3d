"""What a copy of the law kept in git tells: its states by day, and the text of a file in one of them."""

import os
import subprocess
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ancrage.errors import LawCopyError

SECONDS = 120


@dataclass(frozen=True, slots=True)
class State:
    """A state of a text: the first day it holds, and the commit that tells it."""

    since: date
    commit: str


def states_told(log: str) -> tuple[State, ...]:
    """The states that a log of days and commits tells, by day."""
    found = [State(date.fromisoformat(day), commit) for day, commit in map(str.split, log.splitlines())]
    return tuple(sorted(found, key=lambda one: one.since))


def state_on(states: tuple[State, ...], day: date) -> int:
    """Rank of the state of a day, -1 before the first."""
    return bisect_right([one.since for one in states], day) - 1


def git(folder: Path, *arguments: str, missing: str | None = None) -> str:
    """What git answers in a folder; ``missing`` where it refuses. Raises :class:`LawCopyError`."""
    command = ("git", "-C", str(folder), *arguments)
    safe = os.environ | {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(  # noqa: S603 - git reads a folder that the person names
            command, capture_output=True, timeout=SECONDS, env=safe, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise LawCopyError(
            "La copie des codes se lit par git, qui n'a pas répondu.", "Installez git."
        ) from error
    if done.returncode and missing is not None:
        return missing
    if done.returncode:
        raise LawCopyError(
            f"« {folder} » n'est pas une copie du droit : git n'y lit rien.",
            "Donnez le dossier d'un dépôt git, entier, tel que « git clone » le fait.",
        )
    return done.stdout.decode("utf-8", "replace")

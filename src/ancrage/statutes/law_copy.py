"""A public copy of the codes by day: a git repository with a file a code, and a commit a day it changes.

A commit is dated by the day from which the wording holds: those of later days are already voted. Articles are
headings of a Markdown file; one that stands twice has two wordings at once.
"""

import os
import re
import subprocess
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from ancrage.errors import LawCopyError

SECONDS = 120
HEADING = re.compile(
    r"^(?:#{1,6} |Article \S|(?:sous-)?(?:section|chapitre|titre|livre|paragraphe|partie)\b|\S+ partie\b)",
    re.MULTILINE | re.IGNORECASE,
)
"""What ends an article: the copy wrote its headings without marks before it wrote them with."""
TITLE = re.compile(r'^title: "?(?P<title>.*?)"?$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class State:
    """A state of a code: the first day it holds, and the commit that tells it."""

    since: date
    commit: str


@dataclass
class LawCopy:
    """A copy in a folder. Raises :class:`LawCopyError` when it is no git repository of codes."""

    folder: Path
    _texts: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The file of each code by its title; a file that the copy does not hold whole is left out."""
        found: dict[str, str] = {}
        for path in self._git("ls-tree", "-r", "--name-only", "HEAD").splitlines():
            title = TITLE.search(self._text(path, "HEAD")[:2_000]) if path.endswith(".md") else None
            if title:
                found[title["title"]] = path
        if not found:
            raise LawCopyError(
                f"« {self.folder} » ne tient aucun code.",
                "Donnez un dépôt git où chaque code est un fichier Markdown avec son titre en tête.",
            )
        return found

    def states(self, code: str) -> tuple[State, ...]:
        """The states of a code, by day."""
        told = self._git("log", "--format=%as %H", "--", self.codes[code]).splitlines()
        found = [State(date.fromisoformat(day), commit) for day, commit in map(str.split, told)]
        return tuple(sorted(found, key=lambda one: one.since))

    def wording(self, code: str, article: str, state: State) -> tuple[str, ...]:
        """The wordings of an article in a state: none when it is not there, several if the copy has them."""
        text = self._text(self.codes[code], state.commit)
        heading = re.compile(rf"^(?:#{{1,6}} )?Article {re.escape(article)}[ \t]*$", re.MULTILINE)
        return tuple(_section(text, found.end()) for found in heading.finditer(text))

    def _text(self, path: str, commit: str) -> str:
        key = (path, commit)
        if key not in self._texts:
            self._texts[key] = self._git("show", f"{commit}:{path}", missing="")
        return self._texts[key]

    def _git(self, *arguments: str, missing: str | None = None) -> str:
        command = ("git", "-C", str(self.folder), *arguments)
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
                f"« {self.folder} » n'est pas une copie des codes : git n'y lit rien.",
                "Donnez le dossier d'un dépôt git, entier, tel que « git clone » le fait.",
            )
        return done.stdout.decode("utf-8", "replace")


def state_on(states: tuple[State, ...], day: date) -> int:
    """Rank of the state of a day, -1 before the first."""
    return bisect_right([one.since for one in states], day) - 1


def _section(text: str, start: int) -> str:
    following = HEADING.search(text, start)
    body = text[start : following.start() if following else len(text)]
    return " ".join(body.split())

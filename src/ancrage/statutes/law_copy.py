"""A public copy of the codes by day: a git repository with a file a code, and a commit a day it changes.

A commit is dated by the day from which the wording holds: those of later days are already voted. Articles are
headings of a Markdown file; one that stands twice has two wordings at once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from ancrage.errors import LawCopyError
from ancrage.statutes.git_copy import State, git, states_told

HEADING = re.compile(
    r"^(?:#{1,6} |Article \S|(?:sous-)?(?:section|chapitre|titre|livre|paragraphe|partie)\b|\S+ partie\b)",
    re.MULTILINE | re.IGNORECASE,
)
"""What ends an article: the copy wrote its headings without marks before it wrote them with."""
TITLE = re.compile(r'^title: "?(?P<title>.*?)"?$', re.MULTILINE)


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

    until: ClassVar[None] = None
    """Days to come are told as far as they are voted: the copy says no last day."""

    def holds(self, name: str) -> bool:
        """Whether the copy has a code."""
        return name in self.codes

    def states(self, name: str) -> tuple[State, ...]:
        """The states of a code, by day."""
        return states_told(self._git("log", "--format=%as %H", "--", self.codes[name]))

    def wording(self, name: str, article: str, state: State) -> tuple[str, ...]:
        """The wordings of an article in a state: none when it is not there, several if the copy has them."""
        text = self._text(self.codes[name], state.commit)
        heading = re.compile(rf"^(?:#{{1,6}} )?Article {re.escape(article)}[ \t]*$", re.MULTILINE)
        return tuple(_section(text, found.end()) for found in heading.finditer(text))

    def _text(self, path: str, commit: str) -> str:
        key = (path, commit)
        if key not in self._texts:
            self._texts[key] = self._git("show", f"{commit}:{path}", missing="")
        return self._texts[key]

    def _git(self, *arguments: str, missing: str | None = None) -> str:
        return git(self.folder, *arguments, missing=missing)


def _section(text: str, start: int) -> str:
    following = HEADING.search(text, start)
    body = text[start : following.start() if following else len(text)]
    return " ".join(body.split())

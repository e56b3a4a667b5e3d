"""A public copy of laws and decrees outside the codes: a git repository, a folder a text, a file an article.

Such is Etalab's « lois-non-codifiees-et-reglements-francais »: ``loi/2014/loi-n-2014-856-du-31-juillet-…/``
holds titles as folders and ``article-9.md``. A commit is dated by the day from which the wording holds.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath

from ancrage.errors import LawCopyError
from ancrage.statutes.git_copy import State, git, states_told

KINDS = {
    "loi": "Loi",
    "loi-organique": "Loi",
    "decret": "Décret",
    "ordonnance": "Ordonnance",
    "arrete": "Arrêté",
}
"""Folders of the copy, and how a text of each is named."""
FOLDER = re.compile(r"(?P<kind>[^/]+)/\d{4}/[a-z-]*?n-?(?P<number>\d+(?:-\d+)+)-du-[^/]+")
"""The folder of a text: its kind, the year it entered the copy, its number and its day."""
ARTICLE = "article-"


@dataclass
class StatuteCopy:
    """A copy in a folder. Raises :class:`LawCopyError` when it is no git repository of texts."""

    folder: Path
    _files: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def texts(self) -> Mapping[str, tuple[str, ...]]:
        """The folders of each text, by its name: « Loi n° 2014-856 »."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in self._git("ls-tree", "-r", "-d", "--name-only", "HEAD").splitlines():
            if (told := FOLDER.fullmatch(path)) and told["kind"] in KINDS:
                found[f"{KINDS[told['kind']]} n° {told['number']}"].append(path)
        if not found:
            raise LawCopyError(
                f"« {self.folder} » ne tient aucun texte.",
                "Donnez un dépôt git où chaque texte est un dossier, et chaque article un fichier.",
            )
        return {name: tuple(folders) for name, folders in found.items()}

    @cached_property
    def until(self) -> date:
        """The last day that the copy tells."""
        return date.fromisoformat(self._git("log", "-1", "--format=%as").strip())

    def holds(self, name: str) -> bool:
        """Whether the copy has a text."""
        return name in self.texts

    def states(self, name: str) -> tuple[State, ...]:
        """The states of a text, by day."""
        return states_told(self._git("log", "--format=%as %H", "--", *self.texts[name]))

    def wording(self, name: str, article: str, state: State) -> tuple[str, ...]:
        """The wordings of an article in a state, or of the whole text when none is named."""
        paths = self._articles(name, state.commit)
        if not article:
            whole = " ".join(self._text(path, state.commit) for path in paths)
            return (whole,) if whole else ()
        file = f"{ARTICLE}{article.lower().replace(' ', '-')}.md"
        found = (path for path in paths if PurePosixPath(path).name == file)
        return tuple(self._text(path, state.commit) for path in found)

    def _articles(self, name: str, commit: str) -> Sequence[str]:
        if (name, commit) not in self._files:
            told = self._git("ls-tree", "-r", "--name-only", commit, "--", *self.texts[name])
            named = (path for path in told.splitlines() if PurePosixPath(path).name.startswith(ARTICLE))
            self._files[name, commit] = tuple(sorted(named))
        return self._files[name, commit]

    def _text(self, path: str, commit: str) -> str:
        return " ".join(self._git("show", f"{commit}:{path}").split())

    def _git(self, *arguments: str) -> str:
        return git(self.folder, *arguments)

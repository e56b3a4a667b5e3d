"""Faults of a file a person wrote, gathered so that they are all mended at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import process, utils

from ancrage.declarations.documents import Document
from ancrage.declarations.faults import shown as cut
from ancrage.declarations.parts import Path
from ancrage.errors import AncrageError
from ancrage.language.phrases import plural
from ancrage.language.typography import uncapitalised

NEAR = 70
"""Likeness, out of 100, from which a name is suggested."""
SHORTEST = 3
"""Letters under which any name would look alike."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """A document being checked, and the faults found so far as (line, words).

    ``refuses`` makes the error of the room from its sentence; ``where`` words a path.
    """

    document: Document
    refuses: Callable[[str], AncrageError]
    name: str = ""
    where: Callable[[Path], str] | None = None
    faults: list[tuple[int, str]] = field(default_factory=list)
    places: list[tuple[Path, str]] = field(default_factory=list)

    def say(self, path: Path, what: str) -> None:
        """Note a fault of a part."""
        where = (self.where or written)(path)
        told = f"{where} : {what}" if where else what
        self.faults.append((self.document.line(path), told))
        self.places.append((path, told if self.where else what))

    def mapping(self, value: Any, path: Path, known: Iterable[str]) -> Mapping[str, Any] | None:
        """Keys and values of a part, its unknown keys noted; ``None``, noted, when it is none."""
        if not isinstance(value, dict):
            self.say(path, f"des clés et des valeurs étaient attendues, pas {shown(value)}")
            return None
        keys = tuple(known)
        for key in value:
            if key not in keys:
                self.say((*path, str(key)), f"cette clé n'existe pas{suggestion(key, {k: k for k in keys})}")
        return value

    def text(self, holder: Mapping[str, Any], key: str, path: Path, *, required: bool = False) -> str:
        """A text of a part, empty when it is absent or null and not required."""
        value = holder.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            if required:
                self.say((*path, key), "un texte est attendu, rien n'est écrit")
            return ""
        if not isinstance(value, str):
            self.say((*path, key), f"un texte est attendu, pas {shown(value)} (mettez-le entre guillemets)")
            return ""
        if any("\ud800" <= character <= "\udfff" for character in value):
            self.say((*path, key), "ce texte porte un caractère qui n'existe pas")
            return ""
        return value

    def refuse(self, path: Path, error: AncrageError) -> None:
        """Note what a type of the house refused."""
        self.say(path, f"{uncapitalised(error.message)} {error.hint}".strip().rstrip("."))

    def close(self) -> None:
        """Raise the error of the room with every fault by line, when there is one."""
        for path, line in self.document.repeated.items():
            self.faults.append((line, f"{(self.where or written)(path)} : écrit deux fois"))
        if self.faults:
            listed = "\n".join(f"  ligne {line} – {what}." for line, what in sorted(self.faults))
            count = len(self.faults)
            told = f"{count} {plural(count, 'faute')}.\n{listed}"
            error = self.refuses(f"« {self.name} » : {told}" if self.name else told)
            error.places = tuple(self.places)
            raise error


def written(path: Path) -> str:
    """A path as a person reads it: ``assessments[2].levels.tresorerie``, counted from 1."""
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def shown(value: Any) -> str:
    """A value as it was received, cut short."""
    if value is None:
        return "rien"
    return f"« {cut(value, 40)} »"


def suggestion(key: object, choices: Mapping[str, str]) -> str:
    """« (vouliez-vous dire … ?) » with the nearest choice by its name, or nothing when none is near."""
    if len(str(key)) < SHORTEST:
        return ""
    near = process.extractOne(str(key), choices, processor=utils.default_process, score_cutoff=NEAR)
    return f" (vouliez-vous dire « {near[2]} » ?)" if near else ""

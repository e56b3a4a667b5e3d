"""The journal checked: its chains, what each line starts from, and the rows it leads to."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from ancrage.errors import BrokenJournalError
from ancrage.journal.columns import canonical
from ancrage.journal.models import Line
from ancrage.journal.registry import recorded
from ancrage.journal.triggers import missing
from ancrage.journal.values import digest_of, told

Key = tuple[str, UUID]


@dataclass(frozen=True, slots=True)
class Sound:
    """What was checked and found whole."""

    lines: int
    chains: int
    rows: int


def verify() -> Sound:
    """Check every chain, every line, every row. Raises :class:`BrokenJournalError` at the first break."""
    with transaction.atomic():
        if absent := missing():
            raise BrokenJournalError(f"La base n'est plus gardée : il lui manque « {absent[0]} ».")
        walk = _Walk()
        for line in Line.objects.order_by("chain", "rank").iterator(2000):
            walk.on(line)
        if fault := next(_faults(walk), ""):
            raise BrokenJournalError(fault)
    return Sound(walk.lines, len(walk.last), len(walk.versions))


class _Walk:
    """What the lines say, one after the other."""

    def __init__(self) -> None:
        self.last: dict[UUID, tuple[int, str]] = defaultdict(lambda: (0, ""))
        self.states: dict[Key, dict[str, Any]] = defaultdict(dict)
        self.versions: dict[Key, int] = defaultdict(int)
        self.lines = 0

    def on(self, line: Line) -> None:
        """Take a line. Raises :class:`BrokenJournalError` when it does not follow."""
        key = (line.object_kind, line.object_id)
        if fault := _fault(line, *self.last[line.chain], self.states[key], self.versions[key]):
            raise BrokenJournalError(f"{_where(line)} : {fault}.")
        self.last[line.chain] = (line.rank, line.digest)
        self.states[key].update(line.after)
        self.versions[key] = line.version
        self.lines += 1


def _fault(line: Line, rank: int, digest: str, state: dict[str, Any], version: int) -> str:
    if line.rank != rank + 1:
        return f"une ligne manque avant elle, le rang {rank + 1} était attendu"
    if line.previous_digest != digest:
        return "elle ne suit pas la précédente, dont l'empreinte est autre"
    if line.digest != digest_of(line):
        return "son contenu a été changé, son empreinte ne convient plus"
    if line.version != version + 1:
        return f"elle écrit la version {line.version} quand la {version + 1} était attendue"
    if any(canonical(state.get(name)) != canonical(value) for name, value in line.before.items()):
        return "elle part de valeurs que l'objet n'avait pas"
    return ""


def _where(line: Line) -> str:
    return f"Ligne {line.rank} de l'atelier {line.chain} ({line.verb}, {line.object_kind} {line.object_id})"


def _faults(walk: _Walk) -> Iterator[str]:
    waiting = set(walk.versions)
    for model in recorded():
        for row in model._default_manager.order_by("pk").iterator(2000):
            key = (row.kind(), row.pk)
            waiting.discard(key)
            if fault := _unlike(row, walk.states.get(key), walk.versions.get(key)):
                yield fault
    for kind, identity in sorted(waiting):
        yield f"Le journal dit {kind} {identity}, que la base n'a pas."


def _unlike(row: Any, said: dict[str, Any] | None, version: int | None) -> str:
    name = f"{row.kind()} {row.pk}"
    if said is None:
        return f"La base a {name}, dont le journal ne dit rien."
    if row.version != version:
        return f"{name} est à la version {row.version}, le journal à la {version}."
    here = told(row)
    apart = [column for column, value in said.items() if canonical(value) != canonical(here.get(column))]
    return f"{name} : « {apart[0]} » n'a pas la valeur que dit le journal." if apart else ""

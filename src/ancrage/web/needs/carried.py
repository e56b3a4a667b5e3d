"""What another page already knows of who asks: facts of « Mes aides », weak criteria of the grid.

Each is proposed, none is sent unless it is chosen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ancrage.errors import FactError
from ancrage.facts.declaration import load_facts
from ancrage.facts.values import read_facts, show_value
from ancrage.grid.criteria import HIGHEST, LOWEST, criteria

MOST = 30
CRITERION = "critere:"


@dataclass(frozen=True, slots=True)
class Carried:
    """A fact that may be sent. ``written``: as an address says it."""

    written: str
    label: str
    value: str


def carried(written: Sequence[str]) -> tuple[Carried, ...]:
    """Those that can be read, each once; the others are left out."""
    found = (one for each in dict.fromkeys(written[:MOST]) for one in _read(each))
    return tuple(found)


def _read(written: str) -> Iterator[Carried]:
    if written.startswith(CRITERION):
        yield from _criterion(written)
        return
    try:
        facts = read_facts([written])
    except FactError:
        return
    for name, value in facts.items():
        if value is not None:
            fact = load_facts()[name]
            yield Carried(written, fact.label, str(show_value(fact, value)))


def _criterion(written: str) -> Iterator[Carried]:
    name, _, level = written.removeprefix(CRITERION).partition("=")
    for one in criteria():
        if one.id == name and level.isdecimal() and LOWEST <= int(level) <= HIGHEST:
            yield Carried(written, f"Fragile : {one.label}", f"niveau {int(level)} sur {HIGHEST}")

"""Places a list names without their code: communes and intercommunalités of the first vintage, by name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ancrage.language.folding import plain_words

LINKING = frozenset({"de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "a", "au", "aux"})
SAINTS = {"st": "saint", "ste": "sainte"}
Name = tuple[str, ...]


def words_of(name: str) -> Name:
    """The words that tell a name from another, as one writes « St » or « Saint », « du » or nothing."""
    return tuple(SAINTS.get(word, word) for word in plain_words(name) if word not in LINKING)


@dataclass(frozen=True)
class Places:
    """Communes by name, members of each EPCI and EPT, EPCI by name; codes of one vintage."""

    communes: Mapping[Name, tuple[str, ...]] = field(default_factory=dict)
    epci: Mapping[Name, tuple[str, ...]] = field(default_factory=dict)
    members: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, communes: Iterable[Mapping[str, Any]], units: Iterable[Mapping[str, Any]]) -> "Places":
        """From rows of the tables ``commune`` and ``unit`` of one vintage."""
        named: dict[Name, list[str]] = defaultdict(list)
        members: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in communes:
            named[words_of(row["name"])].append(row["code"])
            for kind in ("epci", "ept"):
                if row[kind]:
                    members[kind, row[kind]].append(row["code"])
        epci: dict[Name, list[str]] = defaultdict(list)
        for row in units:
            if row["kind"] == "epci":
                epci[words_of(row["name"])].append(row["code"])
        return cls(_frozen(named), _frozen(epci), _frozen(members))


def _frozen(found: Mapping[Any, Iterable[str]]) -> dict[Any, tuple[str, ...]]:
    return {key: tuple(codes) for key, codes in found.items()}

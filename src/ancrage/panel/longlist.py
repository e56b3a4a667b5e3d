"""A long list: candidates, their traits known or not, the lines set aside, and a draw among them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ancrage.declarations.csv_text import Reject
from ancrage.errors import PanelFileError
from ancrage.panel.traits import Trait
from ancrage.repairs import GiveField


@dataclass(frozen=True, slots=True)
class Candidate:
    """A structure that may be kept. ``values``: keys by trait, a missing trait being unknown.

    ``commune``: name and code of its commune on the day asked, empty when it is not known.
    """

    id: str
    name: str
    line: int
    values: Mapping[str, str]
    commune: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What was read otherwise than written, or not understood, in a line that is kept, and the repair."""

    line: int
    what: str
    repair: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class LongList:
    """Candidates by identifier. ``labels``: words of each value, by trait. ``source``: how it was read.

    ``rejects``: lines set aside; ``remarks``: what is worth telling of lines that are kept.
    """

    name: str
    candidates: tuple[Candidate, ...]
    traits: Mapping[str, Trait]
    labels: Mapping[str, Mapping[str, str]]
    rejects: tuple[Reject, ...] = ()
    source: str = ""
    drawn_from: int | None = None
    seed: int | None = None
    remarks: tuple[Remark, ...] = ()

    def label(self, trait: str, value: str) -> str:
        """Words of a value."""
        return self.labels.get(trait, {}).get(value, value)

    def values_of(self, trait: str) -> Mapping[str, tuple[int, ...]]:
        """Ranks of the candidates of each known value of a trait, by key."""
        found: dict[str, list[int]] = {}
        for rank, one in enumerate(self.candidates):
            if trait in one.values:
                found.setdefault(one.values[trait], []).append(rank)
        return {value: tuple(found[value]) for value in sorted(found)}

    def unknown_of(self, trait: str) -> tuple[int, ...]:
        """Ranks of the candidates whose trait is not known."""
        return tuple(rank for rank, one in enumerate(self.candidates) if trait not in one.values)

    def drawn(self, size: int, seed: int) -> "LongList":
        """``size`` candidates drawn at random: the same for the same seed, whatever the order of the file.

        Raises :class:`PanelFileError` when there are fewer.
        """
        total = len(self.candidates)
        if not 1 <= size <= total:
            raise PanelFileError(
                f"Le tirage de {size} structures n'est pas possible : la liste en compte {total}.",
                f"Donnez un nombre entre 1 et {total}.",
                GiveField("tirer", (str(total),)),
            )
        kept = sorted(self.candidates, key=lambda one: fingerprint(one.id, seed))[:size]
        ordered = tuple(sorted(kept, key=lambda one: one.id))
        return replace(self, candidates=ordered, drawn_from=total, seed=seed)

    def __iter__(self) -> Iterator[Candidate]:
        return iter(self.candidates)

    def __len__(self) -> int:
        return len(self.candidates)


def fingerprint(identifier: str, seed: int = 0) -> int:
    """A number that looks drawn at random, the same on every machine: SHA-256 of the seed and identifier."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{identifier}".encode()).digest()[:8])

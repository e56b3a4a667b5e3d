"""How far a build is, and how long it still takes: told by the last build of this machine, else by our own.

Each step is expected to last what it lasted; that of the register, in proportion to the files of SIRENE. What
the steps already done took, beside what was expected of them, corrects the others.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ancrage.edition.inputs import Store

SECONDS: Mapping[str, float] = {
    "Découpage administratif": 0.2,
    "Événements et filiation des communes": 2,
    "Zonages et programmes": 36,
    "Contours et quartiers": 12,
    "Lieux d'accompagnement": 3,
    "Aides publiées ailleurs": 1.5,
    "Guichets": 1.5,
    "Registre de l'ESS": 8,
    "Marchés notifiés": 6.5,
    "Rejets et manifeste": 0.2,
}
"""Steps in their order, and what they took on two cores with the sources of 2026 and no whole stock."""
REGISTER = "Registre de l'ESS"
WORTH = 40 << 20
"""Bytes of SIRENE that cost as much as all the rest of the register."""
STOCKS = (
    "sirene-etablissements",
    "sirene-unites-legales",
    "sirene-etablissements-historique",
    "sirene-unites-legales-historique",
    "sirene-geolocalisation",
)
LEAST = 0.1
"""Part of a step that is always thought to remain, as long as it is not over."""
TRUST = 2.0
"""Seconds as expected that stand before the first is measured: one quick step says little."""


@dataclass(slots=True)
class Pace:
    """Steps expected, in seconds, and those begun; ``clock`` tells seconds."""

    expected: Mapping[str, float]
    clock: Callable[[], float] = time.monotonic
    begun: list[tuple[str, float]] = field(default_factory=list)

    def begin(self, step: str) -> None:
        """A step begins; the one before it is over."""
        self.begun.append((step, self.clock()))

    def lasted(self) -> dict[str, float]:
        """Seconds of each step begun, the last one until now."""
        ends = [*(at for _, at in self.begun[1:]), self.clock()]
        return {step: end - at for (step, at), end in zip(self.begun, ends, strict=True)}

    def remaining(self) -> float:
        """Seconds until the end, as far as one can tell now."""
        *over, current = self.lasted().items() or [("", 0.0)]
        slower = (TRUST + sum(took for _, took in over)) / (TRUST + self._sum(step for step, _ in over))
        step, took = current
        here = self.expected.get(step, 0.0) * slower
        after = self._sum(self.expected.keys() - dict(self.begun).keys())
        return max(here - took, here * LEAST) + after * slower

    def done(self) -> float:
        """Part of the whole that is done, from 0 to 1."""
        spent = sum(self.lasted().values())
        return spent / ((spent + self.remaining()) or 1.0)

    def told(self, store: Store) -> dict[str, Any]:
        """What the manifest keeps for the next build."""
        seconds = {step: round(took, 1) for step, took in self.lasted().items()}
        return {"seconds": seconds, "received": received(store)}

    def _sum(self, steps: Iterable[str]) -> float:
        return sum(self.expected.get(step, 0.0) for step in steps)


def expected(store: Store, manifest: Mapping[str, Any]) -> dict[str, float]:
    """What each step should last, from what the edition in force tells of its own build."""
    told: Mapping[str, Any] = manifest.get("pace") or {}
    seconds = {**SECONDS, **{step: took for step, took in told.get("seconds", {}).items() if step in SECONDS}}
    seconds[REGISTER] *= (WORTH + received(store)) / (WORTH + told.get("received", 0))
    return seconds


def received(store: Store) -> int:
    """Bytes of the files of SIRENE that a build would read."""
    found = (store.latest(source, one) for source in STOCKS for one in store.resources(source))
    return sum(file.size for snapshot in found if snapshot for file in snapshot.provenance.files)

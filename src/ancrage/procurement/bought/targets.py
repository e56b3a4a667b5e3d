"""The targets of a SPASER beside what is really bought: reached, not reached, or to be checked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ancrage.errors import PurchaseError
from ancrage.procurement.bought.shares import Share
from ancrage.procurement.kit.declaration import Indicator, read_kit
from ancrage.reasoning import Verdict
from ancrage.repairs import GiveField

WRITTEN = re.compile(r"\s*(?P<id>[a-z_]+)\s*[=:]\s*(?P<rate>\d{1,3}(?:[.,]\d+)?)\s*%?\s*", re.IGNORECASE)
WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator, the share measured (``None``: nothing measures it), the share aimed at (1: the whole)."""

    indicator: Indicator
    share: Share | None
    target: float | None

    def reached(self, bounds: tuple[float, float] | None) -> Verdict:
        """Whether the target is reached by what is sure; to be checked when only the possible reaches it."""
        if self.target is None or bounds is None:
            return Verdict.A_VERIFIER
        low, high = bounds
        if low >= self.target:
            return Verdict.OUI
        return Verdict.NON if high < self.target else Verdict.A_VERIFIER


def read_targets(typed: Iterable[str]) -> Mapping[str, float]:
    """Targets written ``ess=10`` or ``reserves=2,5 %``. Raises :class:`PurchaseError` for what is none."""
    known = [one.id for one in read_kit().spaser.indicators]
    told: dict[str, float] = {}
    for written in typed:
        found = WRITTEN.fullmatch(written)
        rate = float(found["rate"].replace(",", ".")) if found else -1.0
        if found is None or found["id"].lower() not in known or not 0 <= rate <= WHOLE:
            raise PurchaseError(
                f"« {written[:40]} » n'est pas la cible d'un indicateur, de 0 à 100 %.",
                f"Écrivez un indicateur, puis un taux : ess=10. Indicateurs : {', '.join(known)}.",
                GiveField("cible", ("ess=10",)),
            )
        told[found["id"].lower()] = rate / WHOLE
    return told


def measured(by: Mapping[str, Share] | None, targets: Mapping[str, float]) -> tuple[Measured, ...]:
    """Every indicator of a SPASER; ``by``: the shares of the buyer, when its contracts are known."""
    return tuple(
        Measured(one, by[one.measured] if by and one.measured else None, targets.get(one.id))
        for one in read_kit().spaser.indicators
    )

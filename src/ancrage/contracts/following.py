"""What a contract owes on a day: a payment waits for a finding of the evaluator."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ancrage.contracts.impact import Finding, ImpactContract


@dataclass(frozen=True, slots=True)
class Owed:
    """A payment of the schedule. ``amount``: ``None`` while no finding founds it; ``most``: at most."""

    on: date
    most: Decimal
    amount: Decimal | None
    finding: Finding | None
    late: bool

    @property
    def told(self) -> str:
        """Where it stands."""
        if self.finding is not None:
            return "dû, sur constat"
        return "en retard : aucun constat" if self.late else "attend un constat"


def owed(contract: ImpactContract, on: date) -> tuple[Owed, ...]:
    """Each payment: it is founded by the last finding made on its day or before."""
    caps = dict(contract.payments(contract.cap))
    return tuple(_owed(contract, day, most, on) for day, most in caps.items())


def _owed(contract: ImpactContract, day: date, most: Decimal, on: date) -> Owed:
    known = [one for one in contract.findings if one.on <= min(day, on)]
    finding = max(known, key=lambda one: one.on, default=None)
    amount = None if finding is None else dict(contract.payments(contract.paid(finding.result)))[day]
    return Owed(day, most, amount, finding, finding is None and day < on)

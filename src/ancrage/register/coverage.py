"""What the register knows of each département, so that no total is shown as complete when it is not."""

from collections.abc import Sequence
from dataclasses import dataclass

from ibis import _

from ancrage.register.sirene import SireneStock
from ancrage.register.stock import Connection, Relation


@dataclass(frozen=True, slots=True)
class Coverage:
    """One département in one delivery: known wholly or as a sample, real or fictitious, at which vintage.

    ``ess_only``: establishments outside the ESS are absent, so no share can be computed. Where two deliveries
    speak of the same département, the complete one comes first.
    """

    departement: str
    complete: bool
    fictitious: bool
    vintage: str
    ess_only: bool = False


def coverage_of(con: Connection, stocks: Sequence[SireneStock], kept: Relation) -> tuple[Coverage, ...]:
    """Coverage by département. ``kept``: rows with ``delivery`` (rank in ``stocks``) and ``departement``.

    A complete delivery without a list of départements covers those it has rows in: the whole country.
    """
    present = con.to_pyarrow(
        kept.filter(_.departement.notnull()).select("delivery", "departement").distinct()
    )
    found: dict[int, set[str]] = {}
    for row in present.to_pylist():
        found.setdefault(row["delivery"], set()).add(row["departement"])
    entries = [
        Coverage(departement, not stock.sample, stock.fictitious, stock.vintage, stock.ess_only)
        for rank, stock in enumerate(stocks)
        for departement in stock.departements or sorted(found.get(rank, set()))
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.departement, not entry.complete, entry.fictitious)))

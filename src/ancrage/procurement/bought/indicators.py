"""The indicators of a SPASER (code de la commande publique, article L. 2111-3), over two years."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ancrage.declarations.dated_parameters import load_parameters
from ancrage.procurement.bought.shares import Scope, Share, Shares, shares_by
from ancrage.warehouse.reading import Warehouse

YEARS = 2
"""Years between two publications of the indicators: article L. 2111-3."""
TOLD = (
    ("sociale", "Contrats avec une considération sociale"),
    ("defavorises", "Titulaires SIAE, EA ou ESAT"),
    ("handicap", "Titulaires EA ou ESAT"),
    ("insertion", "Titulaires de l’insertion par l’activité économique"),
    ("ess", "Titulaires de l’ESS"),
    ("clause", "Contrats avec une clause sociale"),
    ("clause_ou_critere", "Contrats avec une clause ou un critère social"),
    ("reserve", "Contrats réservés"),
    ("environnement", "Contrats avec une considération environnementale"),
)
"""Indicators that the data answers; the ESUS have no list at hand."""


@dataclass(frozen=True, slots=True)
class Indicators:
    """The indicators of two whole years, the threshold of the day, and the largest year of the buyer."""

    since: int
    until: int
    by: Mapping[str, Share]
    threshold_eur: float | None
    largest: tuple[int, float] | None

    @property
    def lines(self) -> tuple[tuple[str, str, Share], ...]:
        """Each indicator: its name, its words, its share."""
        return tuple((name, label, self.by[name]) for name, label in TOLD)


def indicators(warehouse: Warehouse, scope: Scope, whole: Shares) -> Indicators:
    """Of the two whole years before the day; ``whole``: the shares of every year."""
    until = scope.until or scope.on.year - 1
    since = until - YEARS + 1
    priced = [(int(line.id), line.total.value) for line in whole.years if line.id]
    return Indicators(
        since=since,
        until=until,
        by=shares_by(warehouse, replace(scope, since=since, until=until)),
        threshold_eur=_threshold(scope.on),
        largest=max(priced, key=lambda one: one[1], default=None),
    )


def _threshold(on: date) -> float | None:
    values = load_parameters()["commande-publique.spaser"].values
    return next(
        (one.value for one in values if one.since <= on and (one.until is None or on <= one.until)), None
    )

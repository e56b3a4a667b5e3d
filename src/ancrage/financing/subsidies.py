"""The subsidies of a plan as the common base of local data lists them, and what a list lacks to be valid.

Source: schema « subventions » 2.1.1 (schema.data.gouv.fr), made from décret n° 2017-779 of 5 May 2017 and the
arrêté of 17 November 2017; its documentation was read on 2026-11-30, in a public copy.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ancrage.declarations.parts import Path
from ancrage.financing.plan import Plan, Regime, Resource

LONGEST_OBJECT = 255
NOTIFIED = frozenset({Regime.DE_MINIMIS, Regime.DE_MINIMIS_SIEG, Regime.NOTIFIE})
"""Regimes that the schema asks to tell: it names the regulation of de minimis aid."""
YES, NO = "oui", "non"


@dataclass(frozen=True, slots=True)
class Lack:
    """What a subsidy lacks: the part of the plan where it is to be written, and its words."""

    path: Path
    what: str


@dataclass(frozen=True, slots=True)
class Subsidy:
    """A subsidy granted. ``values``: by column of the schema, empty when not told."""

    resource: Resource
    values: dict[str, str]
    lacks: tuple[Lack, ...]


def subsidies_of(plan: Plan) -> tuple[Subsidy, ...]:
    """Public grants that were granted, in the order of the plan."""
    return tuple(
        Subsidy(one, _values(plan, one), tuple(_lacks(plan, one, rank)))
        for rank, one in enumerate(plan.resources)
        if one.counted and one.grant and one.state.granted
    )


def _values(plan: Plan, one: Resource) -> dict[str, str]:
    return {
        "nomAttribuant": one.payer,
        "idAttribuant": one.payer_siret,
        "dateConvention": one.granted_on.isoformat() if one.granted_on else "",
        "referenceDecision": one.decision,
        "nomBeneficiaire": plan.holder.name,
        "idBeneficiaire": plan.holder.siret,
        "rnaBeneficiaire": plan.holder.rna,
        "objet": plan.name[:LONGEST_OBJECT],
        "montant": f"{one.amount}",
        "nature": "aide en numéraire",
        "conditionsVersement": "échelonné" if len(one.payments) > 1 else "unique",
        "datesPeriodeVersement": _period(one),
        "idRAE": "",
        "notificationUE": "" if one.regime is None else YES if one.regime in NOTIFIED else NO,
        # One holder receives the whole of it.
        "pourcentageSubvention": "1.00",
        "dispositifAide": "",
    }


COLUMNS = (
    "nomAttribuant", "idAttribuant", "dateConvention", "referenceDecision", "nomBeneficiaire",
    "idBeneficiaire", "rnaBeneficiaire", "objet", "montant", "nature", "conditionsVersement",
    "datesPeriodeVersement", "idRAE", "notificationUE", "pourcentageSubvention", "dispositifAide",
)  # fmt: skip
"""Columns of the schema, in its order."""


def _period(one: Resource) -> str:
    """The day of a single payment, else the first and the last of which money may come."""
    if not one.payments:
        return ""
    first = min(paid.on for paid in one.payments)
    last = max(paid.latest or paid.on for paid in one.payments)
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _lacks(plan: Plan, one: Resource, rank: int) -> Iterator[Lack]:
    here: Path = ("ressources", rank)
    for missing, key, what in (
        (not one.payer, "attribuant", "le nom officiel de qui accorde"),
        (not one.payer_siret, "siret_attribuant", "le SIRET de qui accorde"),
        (one.granted_on is None, "accordee_le", "le jour de la convention ou de la décision"),
        (not one.payments, "le", "le jour du versement, ou la période"),
        (one.regime is None, "regime", "son régime d'aide d'État"),
    ):
        if missing:
            yield Lack((*here, key), what)
    if not plan.holder.name:
        yield Lack(("porteur", "nom"), "le nom du porteur")
    if not plan.holder.siret:
        yield Lack(("porteur", "siret"), "le SIRET du porteur")

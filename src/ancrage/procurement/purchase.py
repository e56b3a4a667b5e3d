"""A purchase as the rules read it: what a person told, what the code says, who could serve it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ancrage.facts.declaration import Origin
from ancrage.facts.known import Known
from ancrage.interval import Interval
from ancrage.language.numbers import count
from ancrage.procurement.buyer import Buyer
from ancrage.procurement.vocabulary import Cpv
from ancrage.rules.values import Value

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is bought. ``value``: euros without tax; ``months``: how long; ``lots``: their values, when cut.

    ``told``: other facts that the person gives.
    """

    buyer: Buyer
    cpv: Cpv
    nature: str
    value: Interval
    on: date
    months: float | None = None
    lots: tuple[float, ...] = ()
    told: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reach:
    """How many structures could serve it: known to sell it, and those whose activity nobody published."""

    handicap: Interval
    insertion: Interval
    ess: Interval


NOBODY_COUNTED = Reach(Interval(0, None), Interval(0, None), Interval(0, None))
"""Where the lists say nothing: at least none, and no known upper bound."""


def situation(purchase: Purchase, reach: Reach = NOBODY_COUNTED) -> dict[str, Known]:
    """The facts of a purchase, each with where it comes from. What a person tells is never replaced."""
    found = {
        "acheteur": Known(purchase.buyer.kind, Origin.ACHAT, purchase.buyer.why),
        "nature_achat": Known(purchase.nature, Origin.ACHAT, "dit, ou d'après le code CPV"),
        "montant_marche": Known(purchase.value, Origin.DECLARE, "déclaré"),
        "services_sociaux_listes": _service(purchase, purchase.cpv.may_be_reserved),
        "services_procedure_adaptee": _service(purchase, purchase.cpv.is_specific_service),
        "fournisseurs_handicap": _counted(reach.handicap),
        "fournisseurs_insertion": _counted(reach.insertion),
        **_durations(purchase),
        **_lots(purchase),
    }
    if purchase.buyer.kind is None:
        del found["acheteur"]
    told = {fact: Known(value, Origin.DECLARE, "déclaré") for fact, value in purchase.told.items()}
    return {**found, **told}


def _service(purchase: Purchase, listed: bool | None) -> Known:
    """Whether a list of services holds what is bought: never works nor supplies, whatever their code."""
    if purchase.nature != "services":
        return Known(False, Origin.ACHAT, "l'achat n'est pas un service")
    heading = purchase.cpv.service_label
    return Known(listed, Origin.ACHAT, f"d'après le code CPV{' : ' + heading if heading else ''}")


def _counted(found: Interval) -> Known:
    low = int(found.low or 0)
    known = f"{count(low, 'structure connue', 'structures connues')} pour le vendre"
    if found.high is None:
        return Known(found, Origin.CALCULE, known)
    return Known(found, Origin.CALCULE, f"{known}, {int(found.high) - low} à interroger")


def _durations(purchase: Purchase) -> dict[str, Known]:
    if purchase.months is None:
        return {}
    return {"duree_marche_mois": Known(Interval.exactly(purchase.months), Origin.DECLARE, "déclaré")}


def _lots(purchase: Purchase) -> dict[str, Known]:
    """The smallest lot decides whether any may be passed apart; without lots there is no small one."""
    if not purchase.lots:
        return {}
    smallest, whole = min(purchase.lots), sum(purchase.lots)
    return {
        "prestations_distinctes": Known(True, Origin.DECLARE, "des lots sont dits"),
        "montant_petit_lot": Known(Interval.exactly(smallest), Origin.CALCULE, "le plus petit lot"),
        "part_petit_lot": Known(
            Interval.exactly(smallest / whole), Origin.CALCULE, "sa part de tous les lots"
        ),
    }


def small_lots(lots: tuple[float, ...], ceiling: float, share: float) -> tuple[float, ...]:
    """The lots that may be passed apart together: under the ceiling, the smallest first, within the share."""
    whole = sum(lots)
    kept: tuple[float, ...] = ()
    for lot in sorted(lots):
        if lot >= ceiling or sum(kept) + lot > share * whole:
            break
        kept = (*kept, lot)
    return kept

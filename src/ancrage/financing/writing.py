"""A plan written back, in the keys of its file: read again, it is the same plan."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import yaml

from ancrage.financing.plan import SCHEMA, Expense, PastAid, Payment, Plan, Resource

Written = dict[str, Any]


def document_of(plan: Plan) -> Written:
    """Plain values, without what is empty."""
    holder = plan.holder
    about = {
        "nom": holder.name,
        "forme": holder.form,
        "commune": holder.commune,
        "faits": dict(holder.facts),
        "chef_de_file": holder.lead,
        "taille": holder.size.value if holder.size else None,
        "zone_afr": holder.regional_zone,
        "siret": holder.siret,
        "rna": holder.rna,
    }
    return _kept(
        {
            "schema": SCHEMA,
            "nom": plan.name,
            "fictif": plan.fictitious or None,
            "porteur": _kept(about),
            "debut": _day(plan.begins),
            "fin": _day(plan.ends),
            "tresorerie": _money(plan.opening) if plan.opening else None,
            "taux_relais": _share(plan.bridge_rate),
            "depenses": [_expense(one) for one in plan.expenses],
            "ressources": [_resource(one) for one in plan.resources],
            "aides_recues": [_past(one) for one in plan.past],
        }
    )


def write_plan_text(plan: Plan) -> str:
    """Its text, in YAML."""
    return yaml.safe_dump(document_of(plan), allow_unicode=True, sort_keys=False, width=100)


def _expense(one: Expense) -> Written:
    more = {"realise": _money(one.real), "exclue_de": sorted(one.excluded)}
    return _kept({**dict(_line(one)), **more})


def _resource(one: Resource) -> Written:
    more = {
        "etat": one.state.value,
        "financeur": one.funder.value,
        "aide": one.aid,
        "fonds": one.fund.value if one.fund else None,
        "regime": one.regime.value if one.regime else None,
        "taux": _share(one.rate),
        "assiette": _money(one.base),
        "plafond": _money(one.ceiling),
        "texte": one.text,
        "couts": list(one.costs),
        "accordee_le": _day(one.granted_on),
        "verse": _money(one.received),
        "cumul_avec": list(one.beside),
        "attribuant": one.payer,
        "siret_attribuant": one.payer_siret,
        "decision": one.decision,
    }
    return _kept({**dict(_line(one)), **more})


def _line(one: Expense | Resource) -> Iterator[tuple[str, Any]]:
    yield "id", one.id
    yield "compte", one.account
    yield "libelle", one.label
    yield "annee", one.year
    yield "montant", _money(one.amount)
    if len(one.payments) == 1 and one.payments[0].amount == one.amount:
        yield "le", _day(one.payments[0].on)
        yield "au_plus_tard", _day(one.payments[0].latest)
    else:
        yield "paiements", [_payment(paid) for paid in one.payments]


def _payment(paid: Payment) -> Written:
    return _kept({"le": _day(paid.on), "montant": _money(paid.amount), "au_plus_tard": _day(paid.latest)})


def _past(one: PastAid) -> Written:
    return {
        "libelle": one.label,
        "regime": one.regime.value,
        "accordee_le": _day(one.granted_on),
        "montant": _money(one.amount),
    }


def _kept(told: Written) -> Written:
    return {key: value for key, value in told.items() if value not in (None, "", [], {})}


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _share(rate: Decimal | None) -> str | None:
    return None if rate is None else f"{(rate * 100).normalize():f} %"


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()

"""The JSON document of a plan: its schema, key for key."""

from typing import Any

from pydantic import Field

from ancrage.financing.cash import BridgeOffer, Cash, Course
from ancrage.financing.fitting import Fit
from ancrage.financing.ruling.answer import RuleAnswer
from ancrage.financing.verifying import ResourceAnswer, Verification
from ancrage.questions.financing import FinancingFacts
from ancrage.questions.question import Answer
from ancrage.reasoning import Verdict
from ancrage.reports.documents import Common, Document, heading
from ancrage.reports.financing.wording import TextDocument, number_of, text_as_json


class PlanResource(Document, title="Ressource d'un plan"):
    """A resource."""

    id: str = Field(description="Identifiant de la ligne.")
    account: str = Field(description="Compte.")
    label: str = Field(description="Libellé.")
    year: int = Field(description="Année.")
    funder: str = Field(description="Qui paie.")
    aid: str | None = Field(description="Aide du catalogue ; null pour une ressource déclarée.")
    amount: float = Field(description="Montant, en euros.")
    most: float | None = Field(description="Au plus, d'après le financeur ; null si rien ne le dit.")
    received: float | None = Field(description="Versé ; null si rien ne le dit.")
    state: str = Field(description="envisagee, demandee, accordee, conventionnee, versee, soldee, refusee.")
    verdict: Verdict = Field(description="Peut-on compter dessus : oui, non, a_verifier.")
    reasons: list[str] = Field(description="Pourquoi.")


class PlanRule(Document, title="Règle d'un plan"):
    """A rule."""

    id: str = Field(description="Identifiant.")
    verdict: Verdict = Field(description="oui, non ou a_verifier.")
    label: str = Field(description="Nom.")
    text: str = Field(description="Texte qui la fonde.")
    reference: TextDocument = Field(description="Le même, avec son adresse et comment il a été lu.")
    reasons: list[str] = Field(description="Pourquoi.")
    change: str | None = Field(description="Ce qu'il faut changer ; null si rien.")
    resources: list[str] = Field(description="Identifiants des ressources en cause.")


class PlanYear(Document, title="Année d'un plan"):
    """A year."""

    year: int = Field(description="Année.")
    expenses: float = Field(description="Dépenses, en euros.")
    resources: float = Field(description="Ressources, en euros.")
    gap: float = Field(description="Ce qui manque ; négatif s'il y en a trop.")


class LowestPoint(Document, title="Point bas"):
    """A lowest point."""

    lowest: float = Field(description="Au plus bas, en euros.")
    on: str = Field(description="Premier jour où il est atteint.")


class CashGap(Document, title="Période négative"):
    """A spell."""

    since: str = Field(description="Premier jour.")
    until: str | None = Field(description="Dernier jour ; null si rien ne la relève.")
    days: int = Field(description="Durée en jours.")
    deepest: float = Field(description="Au plus bas.")


class CashMonth(Document, title="Mois de trésorerie"):
    """A month."""

    rank: int = Field(description="Rang, à partir de 1.")
    since: str = Field(description="Premier jour.")
    income: float = Field(description="Entrées.")
    outcome: float = Field(description="Sorties.")
    balance: float = Field(description="En caisse à la fin.")


class CashBridge(Document, title="Moyen de passer le creux"):
    """A bridge."""

    id: str = Field(description="Identifiant.")
    name: str = Field(description="Nom.")
    who: str = Field(description="Qui l'accorde.")
    holders: list[str] = Field(description="Parts de collectivités que le plan écrit, pour leur avance.")
    doubts: list[str] = Field(description="Ce que la durée ou le plan laissent à voir.")
    amount: float = Field(description="Montant.")
    since: str = Field(description="Du.")
    until: str = Field(description="Au.")
    cost: float | None = Field(description="Coût ; null si aucun taux n'est dit.")
    text: TextDocument = Field(description="Texte.")


class CashDocument(LowestPoint, title="Trésorerie d'un plan"):
    """Cash."""

    month: int = Field(description="Rang du mois du point bas.")
    worst: LowestPoint = Field(description="Au pire des jours incertains.")
    best: LowestPoint = Field(description="Au mieux.")
    gaps: list[CashGap] = Field(description="Périodes négatives, aux jours dits.")
    months: list[CashMonth] = Field(description="Mois par mois.")
    supposed: list[str] = Field(description="Lignes dont le jour est supposé.")
    bridges: list[CashBridge] = Field(description="Qui peut avancer.")


class FittedResource(Document, title="Ressource qui tient"):
    """A resource."""

    id: str = Field(description="Identifiant de la ligne.")
    asked: float = Field(description="Demandé.")
    amount: float = Field(description="Au plus, avec les autres.")
    why: list[str] = Field(description="Ce qui la borne.")


class PlanFit(Document, title="Plan qui tient"):
    """What would fit."""

    resources: list[FittedResource] = Field(description="Ressources publiques qui ne sont pas accordées.")
    missing: float = Field(description="Ce qui reste à trouver ailleurs.")


class FinancingDocument(
    Common,
    title="Plan de financement vérifié",
    json_schema_extra={"description": "Équilibre, ressources, règles, trésorerie."},
):
    """A plan, verified."""

    name: str = Field(description="Nom du plan.")
    holder: str = Field(description="Porteur.")
    balanced: bool = Field(description="Vrai si charges et produits sont égaux au centime.")
    funded: Verdict = Field(description="Financé : oui seulement si tout est confirmé et chaque règle tenue.")
    missing: float = Field(description="Ressources qui manquent ; négatif s'il y en a trop.")
    expenses: float = Field(description="Dépenses en argent.")
    in_kind: float = Field(description="Contributions en nature (compte 86).")
    found: float = Field(description="Ressources en argent.")
    years: list[PlanYear] = Field(description="Année par année.")
    resources: list[PlanResource] = Field(description="Ressources.")
    rules: list[PlanRule] = Field(description="Règles.")
    fit: PlanFit | None = Field(description="Ce qui tiendrait ; null si aucune règle ne refuse.")
    cash: CashDocument = Field(description="Trésorerie.")


def document(answer: Answer[FinancingFacts]) -> dict[str, Any]:
    """Plain values: :class:`FinancingDocument` is their schema."""
    verified = answer.facts.verified
    plan = verified.plan
    return {
        **heading(answer),
        "name": plan.name,
        "holder": plan.holder.name,
        "balanced": verified.balanced,
        "funded": verified.funded.value,
        "missing": float(verified.missing),
        "expenses": float(plan.spent()),
        "in_kind": float(plan.spent("nature")),
        "found": float(plan.found()),
        "years": [
            {
                "year": one.year,
                "expenses": float(one.expenses),
                "resources": float(one.resources),
                "gap": float(one.gap),
            }
            for one in verified.years
        ],
        "resources": [_resource(one) for one in verified.resources],
        "rules": [rule_as_json(one) for one in verified.rules],
        "fit": None if answer.facts.fit is None else _fit(answer.facts.fit),
        "cash": _cash(verified),
    }


def _fit(fit: Fit) -> dict[str, Any]:
    return {
        "resources": [
            {
                "id": one.resource.id,
                "asked": float(one.resource.amount),
                "amount": float(one.amount),
                "why": list(one.why),
            }
            for one in fit.kept
        ],
        "missing": float(fit.missing),
    }


def _resource(told: ResourceAnswer) -> dict[str, Any]:
    one = told.resource
    return {
        "id": one.id,
        "account": one.account,
        "label": one.label,
        "year": one.year,
        "funder": one.funder.value,
        "aid": one.aid or None,
        "amount": float(one.amount),
        "most": number_of(told.most),
        "received": number_of(one.received),
        "state": one.state.value,
        "verdict": told.verdict.value,
        "reasons": list(told.reasons),
    }


def rule_as_json(one: RuleAnswer) -> dict[str, Any]:
    """The keys of :class:`PlanRule`."""
    return {
        "id": one.id,
        "verdict": one.verdict.value,
        "label": one.label,
        "text": one.text.title,
        "reference": text_as_json(one.text),
        "reasons": list(one.reasons),
        "change": one.change or None,
        "resources": list(one.resources),
    }


def _cash(verified: Verification) -> dict[str, Any]:
    cash = verified.cash
    return {
        **_lowest(cash.central),
        "month": cash.rank_of(cash.central.lowest[1]),
        "worst": _lowest(cash.courses["worst"]),
        "best": _lowest(cash.courses["best"]),
        "gaps": [
            {
                "since": gap.since.isoformat(),
                "until": gap.until.isoformat() if gap.until else None,
                "days": gap.lasts(cash.ends),
                "deepest": float(gap.deepest),
            }
            for gap in cash.central.gaps
        ],
        "months": list(_months(cash)),
        "supposed": list(dict.fromkeys(one.label for one in cash.supposed)),
        "bridges": [_bridge(one) for one in cash.bridges(verified.on)],
    }


def _lowest(course: Course) -> dict[str, Any]:
    amount, on = course.lowest
    return {"lowest": float(amount), "on": on.isoformat()}


def _months(cash: Cash) -> Any:
    for one in cash.months():
        yield {
            "rank": one.rank,
            "since": one.since.isoformat(),
            "income": float(one.income),
            "outcome": float(one.outcome),
            "balance": float(one.balance),
        }


def _bridge(one: BridgeOffer) -> dict[str, Any]:
    return {
        "id": one.bridge.id,
        "name": one.bridge.name,
        "who": one.bridge.who,
        "holders": list(one.holders),
        "doubts": list(one.doubts),
        "amount": float(one.amount),
        "since": one.since.isoformat(),
        "until": one.until.isoformat(),
        "cost": number_of(one.cost),
        "text": text_as_json(one.bridge.text),
    }

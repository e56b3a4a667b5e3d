"""The JSON document of a purchase: its schema, key for key. Other tools rely on these keys."""

from typing import Any, Literal

from pydantic import Field

from ancrage.declarations.texts import Text
from ancrage.facts.declaration import load_facts
from ancrage.interval import Interval
from ancrage.procurement.answering import RuleAnswer, Settled
from ancrage.procurement.declaration import Group
from ancrage.procurement.suppliers import Scheme, Supplier
from ancrage.questions.purchases import PurchaseFacts
from ancrage.questions.question import Answer
from ancrage.reports.documents import Common, Document, NamedTerritory, heading, named

Says = Literal["oui", "non", "a_verifier"]


class RuleText(Document, title="Texte d'une règle d'achat", description="Le texte qui fonde une réponse."):
    """A cited text."""

    article: str = Field(description="Article.")
    title: str = Field(description="Titre.")
    quote: str | None = Field(
        description="Rédaction de ce jour ; null quand l'article ne vaut pas ce jour-là."
    )
    since: str | None = Field(
        description="Premier jour de cette rédaction, ou de la lecture qui en est faite."
    )
    href: str | None = Field(description="Adresse.")
    basis: str | None = Field(description="Jusqu'où il a été vérifié.")
    note: str = Field(description="Ce qu'il faut savoir de la lecture.")


class Figure(Document, title="Nombre", description="Un nombre que donne une règle."):
    """A figure."""

    low: float | None = Field(description="Au moins.")
    high: float | None = Field(description="Au plus.")
    unit: str = Field(description="EUR, part ou jours.")
    label: str = Field(description="Ce qu'il compte.")


class RuleDocument(Document, title="Règle d'un achat", description="Ce qu'une règle répond."):
    """A rule answered."""

    id: str = Field(description="Identifiant.")
    article: str = Field(description="Article.")
    verdict: Says = Field(description="oui, non ou a_verifier.")
    label: str = Field(description="Ce qui vaut.")
    reason: str = Field(description="Pourquoi.")
    missing: list[str] = Field(description="Faits à donner pour savoir.")
    amount: Figure | None = Field(description="Le nombre qu'elle donne, s'il y en a un.")
    note: str = Field(description="Ce qu'il faut savoir de plus.")
    text: RuleText = Field(description="Le texte, dans sa rédaction du jour.")


class SettledDocument(Document, title="Ce qui s'applique", description="Une de plusieurs règles."):
    """The one that applies."""

    id: str = Field(description="Identifiant ; la plus exigeante des possibles quand il manque un fait.")
    label: str = Field(description="En clair.")
    verdict: Says = Field(description="oui, ou a_verifier quand plusieurs restent possibles.")
    reason: str = Field(description="Pourquoi.")
    possible: list[str] = Field(description="Celles qui restent possibles.")
    text: RuleText = Field(description="Le texte, dans sa rédaction du jour.")


class SupplierDocument(
    Document, title="Fournisseur possible", description="Une structure qui peut répondre."
):
    """A supplier."""

    siret: str = Field(description="SIRET.")
    name: str | None = Field(description="Nom publié ; null si l'unité n'est pas diffusible.")
    commune: str | None = Field(description="Code de la commune.")
    commune_name: str | None = Field(description="Commune.")
    km: float | None = Field(description="Kilomètres à vol d'oiseau ; null si le lieu est inconnu.")
    naf: str | None = Field(description="Activité publiée.")
    website: str | None = Field(description="Site qu'une liste publie ; null s'il n'est pas connu.")
    sells: bool | None = Field(
        description="Vend ce qui est acheté ; null quand l'activité n'est pas publiée."
    )
    kinds: list[str] = Field(description="Insertion et handicap : ACI, EI, EA, ESAT…")
    reserves: list[str] = Field(description="Articles des réserves auxquelles elle répond.")
    able: Says = Field(description="Sa taille publiée suffit à le porter seule.")
    reasons: list[str] = Field(description="Pourquoi elle est là.")


class SuppliersDocument(Document, title="Fournisseurs possibles", description="Qui peut répondre."):
    """Who could serve it."""

    count: int = Field(description="Structures connues pour vendre ce qui est acheté.")
    to_ask: int = Field(
        description="Structures d'insertion ou du handicap dont l'activité n'est pas publiée."
    )
    within_km: float | None = Field(description="Rayon ; null quand on cherche dans le territoire seul.")
    territory: NamedTerritory = Field(description="Autour d'où.")
    handicap: int = Field(description="Dont connues pour répondre à la réserve du handicap.")
    insertion: int = Field(description="Dont connues pour répondre à la réserve de l'insertion.")
    employees_needed: tuple[float | None, float | None] = Field(
        description="Salariés que l'achat occupe, au moins et au plus : un ordre de grandeur."
    )
    structures: list[SupplierDocument] = Field(description="Les plus sûres et les plus proches d'abord.")


class PurchaseDocument(
    Common, title="Que puis-je faire pour cet achat ?", description="Un achat, et le droit du jour."
):
    """A purchase."""

    territory: NamedTerritory | None = Field(default=None, description="Où l'on cherche qui peut répondre.")
    buyer: dict[str, Any] = Field(description="Qui achète : name, kind, why, siren.")
    cpv: dict[str, Any] = Field(description="Ce qui est acheté : code, key, written, label.")
    nature: str = Field(description="travaux, fournitures ou services.")
    value: tuple[float | None, float | None] = Field(
        description="Valeur estimée hors taxes, au moins et au plus."
    )
    months: float | None = Field(description="Durée en mois.")
    lots: list[float] = Field(description="Valeur des lots.")
    procedure: SettledDocument = Field(description="La procédure.")
    publicity: SettledDocument = Field(description="La publicité.")
    options: list[RuleDocument] = Field(description="Ce qui peut être fait autrement.")
    reservations: list[RuleDocument] = Field(description="Ce qui peut être réservé.")
    duties: list[RuleDocument] = Field(description="Ce que l'acheteur doit.")
    exceptions: list[RuleDocument] = Field(description="Les exceptions de la condition sociale.")
    subsidy: RuleDocument = Field(description="Si une subvention est la bonne forme.")
    questions: list[dict[str, str]] = Field(description="Ce qui reste à savoir : fait, question.")
    suppliers: SuppliersDocument | None = Field(
        description="Qui peut répondre ; null quand aucun lieu n'est dit."
    )


def document(answer: Answer[PurchaseFacts]) -> dict[str, Any]:
    """Plain values: :class:`PurchaseDocument` is their schema."""
    found = answer.facts
    bought, answers = found.purchase, found.answers
    return {
        **heading(answer),
        "buyer": {
            "name": bought.buyer.name,
            "kind": bought.buyer.kind,
            "why": bought.buyer.why,
            "siren": bought.buyer.siren or None,
        },
        "cpv": {
            "code": bought.cpv.code,
            "key": bought.cpv.key,
            "written": bought.cpv.written,
            "label": bought.cpv.label,
        },
        "nature": bought.nature,
        "value": (bought.value.low, bought.value.high),
        "months": bought.months,
        "lots": list(bought.lots),
        "procedure": settled_told(answers.procedure),
        "publicity": settled_told(answers.publicity),
        "options": [rule_told(one) for one in answers.of(Group.OPTION)],
        "reservations": [rule_told(one) for one in answers.of(Group.RESERVATION)],
        "duties": [rule_told(one) for one in answers.of(Group.DUTY)],
        "exceptions": [rule_told(one) for one in answers.of(Group.EXCEPTION)],
        "subsidy": rule_told(answers.of(Group.SUBSIDY)[0]),
        "questions": [{"fact": fact, "question": load_facts()[fact].question} for fact in open_facts(found)],
        "suppliers": suppliers_told(found) if found.suppliers else None,
    }


def open_facts(found: PurchaseFacts) -> tuple[str, ...]:
    """The facts that rules still wait for, each once."""
    return tuple(dict.fromkeys(fact for one in found.answers.answers for fact in one.missing))


def settled_told(one: Settled) -> dict[str, Any]:
    """The one that applies, in plain values."""
    return {
        "id": one.answer.rule.id,
        "label": one.answer.label,
        "verdict": one.verdict.value,
        "reason": one.answer.reason,
        "possible": [each.rule.id for each in one.possible],
        "text": text_told(one.answer),
    }


def rule_told(one: RuleAnswer) -> dict[str, Any]:
    """A rule answered, in plain values."""
    amount = one.wording.amount if one.wording else None
    return {
        "id": one.rule.id,
        "article": one.rule.article,
        "verdict": one.verdict.value,
        "label": one.rule.name,
        "reason": one.reason,
        "missing": list(one.missing),
        "amount": _figure(one.amount, amount.unit, amount.label) if amount else None,
        "note": one.wording.note if one.wording else "",
        "text": text_told(one),
    }


def _figure(found: Interval | None, unit: str, label: str) -> dict[str, Any]:
    low, high = (found.low, found.high) if found else (None, None)
    return {"low": low, "high": high, "unit": unit, "label": label}


def text_told(one: RuleAnswer) -> dict[str, Any]:
    """The text that founds a rule, in its wording of the day."""
    wording = one.wording or one.rule.versions[0]
    text: Text = wording.text
    return {
        "article": one.rule.article,
        "title": text.title,
        "quote": wording.quote if one.wording else None,
        "since": wording.since.isoformat(),
        "href": text.href,
        "basis": text.basis.value,
        "note": text.note,
    }


def suppliers_told(found: PurchaseFacts) -> dict[str, Any]:
    """Who could serve it, in plain values."""
    everyone = found.suppliers
    assert everyone is not None  # noqa: S101 asked only where there are some
    return {
        "count": len(everyone.known),
        "to_ask": len(everyone.to_ask),
        "within_km": everyone.within_km,
        "territory": named(everyone.territory.named),
        "handicap": sum(Scheme.HANDICAP in one.schemes for one in everyone.known),
        "insertion": sum(Scheme.INSERTION in one.schemes for one in everyone.known),
        "employees_needed": (everyone.need.employees.low, everyone.need.employees.high),
        "structures": [_supplier(one) for one in everyone.found],
    }


def _supplier(one: Supplier) -> dict[str, Any]:
    return {
        "siret": one.card.siret,
        "name": one.card.name,
        "commune": one.card.commune,
        "commune_name": one.card.commune_name,
        "km": None if one.km is None else round(one.km, 1),
        "naf": one.card.naf,
        "website": one.website or None,
        "sells": True if one.sells else None,
        "kinds": list(one.card.kinds),
        "reserves": list(one.reserves),
        "able": one.able.value,
        "reasons": list(one.reasons),
    }

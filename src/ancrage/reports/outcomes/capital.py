"""The capital of a SCIC, before and after who enters: shares, votes, rules, what becomes of a profit."""

from typing import Any

from pydantic import Field

from ancrage.contracts.capital import Capital, Category
from ancrage.financing.money import eur, pct
from ancrage.questions.outcomes import CapitalFacts
from ancrage.questions.question import Answer
from ancrage.reports.cells import Cell, lines, quiet, share
from ancrage.reports.documents import Common, Document, heading
from ancrage.reports.financing.document import PlanRule, rule_as_json
from ancrage.reports.financing.wording import cited, money
from ancrage.reports.sheet import Grid, KeyFigure, Section, Sheet
from ancrage.reports.topic import Topic


class AssociateDocument(Document, title="Associé"):
    """An associate."""

    name: str = Field(description="Nom.")
    category: str = Field(description="Catégorie.")
    shares: int = Field(description="Parts.")
    capital: float = Field(description="Part du capital, de 0 à 1.")
    votes: float = Field(description="Part des voix, de 0 à 1.")


class AllocationDocument(Document, title="Emploi d'un résultat"):
    """A profit."""

    profit: float = Field(description="Résultat.")
    legal: float = Field(description="À la réserve légale.")
    statutory: float = Field(description="À la réserve statutaire.")
    shareable: float = Field(description="Ce qui peut rémunérer les parts, aides publiques ôtées.")


class CapitalDocument(
    Common, title="Capital d'une SCIC", json_schema_extra={"description": "Avant et après l'entrée."}
):
    """A table."""

    name: str = Field(description="Nom.")
    capital: float = Field(description="Capital avant, en euros.")
    capital_after: float = Field(description="Capital après.")
    public: float = Field(description="Part des collectivités avant, de 0 à 1.")
    public_after: float = Field(description="Part après.")
    room: int | None = Field(
        description="Parts que les collectivités peuvent encore prendre ; null : règle inconnue."
    )
    associates: list[AssociateDocument] = Field(description="Associés, après l'entrée.")
    rules: list[PlanRule] = Field(description="Règles.")
    allocation: AllocationDocument = Field(description="Emploi du résultat.")


def describe(answer: Answer[CapitalFacts]) -> Sheet:
    """The sheet."""
    facts = answer.facts
    before, after = facts.before, facts.after
    enters = (
        f"{before.entry.name} entre avec {before.entry.shares} parts."
        if before.entry
        else "Personne n'entre."
    )
    return Sheet(
        kicker="Capital d'une SCIC",
        title=before.name,
        lead=enters,
        sections=(_rules(facts), _table(after), _profit(facts)),
        figures=(
            KeyFigure("Capital", eur(after.amount), f"{eur(before.amount)} avant"),
            KeyFigure("Part des collectivités", pct(after.public_share), f"{pct(before.public_share)} avant"),
            KeyFigure("Elles peuvent prendre", _room(facts), "avant cette entrée"),
        ),
        sources=("La table donnée ; les textes cités à chaque règle.",),
        method="contrats-impact",
    )


def _room(facts: CapitalFacts) -> str:
    if facts.room is None:
        return "règle inconnue"
    return f"{facts.room} parts"


def _rules(facts: CapitalFacts) -> Section:
    rows = tuple(
        (one.verdict, one.label, lines(*one.reasons, quiet(one.change)), cited(one.text))
        for one in facts.rules
    )
    return Section(
        "regles", "Les règles, ce jour-là", (Grid("Règles", ("Verdict", "Règle", "Pourquoi", "Texte"), rows),)
    )


def _table(after: Capital) -> Section:
    votes = after.votes()
    rows: list[tuple[Cell, ...]] = [
        (
            one.name,
            one.category.label,
            f"{one.shares}",
            money(after.share_value * one.shares),
            share(one.shares / after.shares if after.shares else None),
            share(float(votes[one.name])),
        )
        for one in after.associates
    ]
    columns = ("Associé", "Catégorie", "Parts", "Montant", "Capital", "Voix")
    by = tuple(
        (
            one.label,
            f"{after.held_by(one)}",
            share(after.held_by(one) / after.shares if after.shares else None),
        )
        for one in Category
        if after.held_by(one)
    )
    return Section(
        "capital",
        "Tour de table",
        (
            Grid("Associés", columns, tuple(rows), right=frozenset({2, 3, 4, 5})),
            Grid("Par catégorie", ("Catégorie", "Parts", "Capital"), by, right=frozenset({1, 2})),
        ),
    )


def _profit(facts: CapitalFacts) -> Section:
    found = facts.allocation
    rows = (
        ("Résultat", money(found.profit)),
        ("Réserve légale (15 %, jusqu'au capital)", money(found.legal)),
        ("Réserve statutaire (50 % du reste)", money(found.statutory)),
        ("Peut rémunérer les parts, aides publiques ôtées", money(found.shareable)),
    )
    return Section(
        "resultat",
        "Emploi du résultat",
        (Grid("Résultat", ("Emploi", "Montant"), rows, right=frozenset({1})),),
    )


def document(answer: Answer[CapitalFacts]) -> dict[str, Any]:
    """Plain values: :class:`CapitalDocument` is their schema."""
    facts = answer.facts
    after, found = facts.after, facts.allocation
    votes = after.votes()
    return {
        **heading(answer),
        "name": facts.before.name,
        "capital": float(facts.before.amount),
        "capital_after": float(after.amount),
        "public": float(facts.before.public_share),
        "public_after": float(after.public_share),
        "room": facts.room,
        "associates": [
            {
                "name": one.name,
                "category": one.category.value,
                "shares": one.shares,
                "capital": one.shares / after.shares if after.shares else 0.0,
                "votes": float(votes[one.name]),
            }
            for one in after.associates
        ],
        "rules": [rule_as_json(one) for one in facts.rules],
        "allocation": {
            "profit": float(found.profit),
            "legal": float(found.legal),
            "statutory": float(found.statutory),
            "shareable": float(found.shareable),
        },
    }


TOPIC = Topic(describe, document, CapitalDocument)

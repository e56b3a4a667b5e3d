"""A SPASER to write, as a sheet: whether it is due, its objectives, its indicators with their targets."""

from typing import Any

from pydantic import Field

from ancrage.language.days import day
from ancrage.procurement.kit.declaration import read_kit
from ancrage.questions.purchases import SpaserFacts
from ancrage.questions.question import Answer
from ancrage.reports.documents import Common, NamedTerritory, heading
from ancrage.reports.purchases.document import RuleDocument, rule_told
from ancrage.reports.purchases.sheet import METHOD
from ancrage.reports.sheet import Grid, Items, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic

BLANK = "……"


class SpaserDocument(Common, title="SPASER", description="Un schéma des achats responsables à écrire."):
    """A SPASER."""

    territory: NamedTerritory | None = Field(
        default=None, description="L'acheteur, quand c'est un territoire."
    )
    buyer: str = Field(description="Qui l'écrit.")
    yearly: float | None = Field(description="Achats de l'année, hors taxes ; null s'ils ne sont pas dits.")
    due: RuleDocument = Field(description="S'il est obligatoire.")
    objectives: list[str] = Field(description="Ses objectifs, à compléter.")
    indicators: list[dict[str, str]] = Field(description="Ses indicateurs : id, label.")


def document(answer: Answer[SpaserFacts]) -> dict[str, Any]:
    """Plain values: :class:`SpaserDocument` is their schema."""
    found, kit = answer.facts, read_kit().spaser
    return {
        **heading(answer),
        "buyer": found.buyer.name,
        "yearly": found.yearly,
        "due": rule_told(found.answer),
        "objectives": list(kit.objectives),
        "indicators": [{"id": one.id, "label": one.label} for one in kit.indicators],
    }


def describe(answer: Answer[SpaserFacts]) -> Sheet:
    """The scheme, ready to be completed."""
    found, kit = answer.facts, read_kit().spaser
    return Sheet(
        kicker="Schéma de promotion des achats publics socialement et écologiquement responsables, "
        f"{day(answer.on)}",
        title=f"SPASER : {found.buyer.name}",
        lead=f"Obligatoire : {found.answer.verdict.label}. {found.answer.reason}.",
        sections=(
            Section("objectifs", "Objectifs", (Items(kit.objectives),), aside=f"articles {kit.articles}"),
            Section(
                "indicateurs",
                "Indicateurs",
                (_indicators(), Paragraph(f"« {kit.quote} » (article L. 2111-3)", weight="quiet")),
            ),
            Section(
                "texte",
                "Le seuil de ce jour",
                (Paragraph(f"« {_quote(found)} » (article {found.answer.rule.article})", weight="quiet"),),
            ),
        ),
        method=METHOD,
        on=answer.on,
    )


def _quote(found: SpaserFacts) -> str:
    return found.answer.wording.quote if found.answer.wording else ""


def _indicators() -> Grid:
    """Blank where the buyer writes: its real rates are those of its own contracts."""
    rows = tuple((one.label, BLANK, BLANK, BLANK) for one in read_kit().spaser.indicators)
    return Grid(
        "Indicateurs", ("Indicateur", "Taux réel, en valeur", "En nombre", "Cible, et pour quand"), rows
    )


TOPIC = Topic(describe, document, SpaserDocument)

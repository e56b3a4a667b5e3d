"""The buyers found, told."""

from typing import Any

from pydantic import Field

from ancrage.procurement.bought.finding import Buyer
from ancrage.questions.paging import Page
from ancrage.questions.question import Answer
from ancrage.reports import cells
from ancrage.reports.columns import Column, grid
from ancrage.reports.documents import Document, PagedDocument, heading, paged
from ancrage.reports.sheet import Paragraph, Section, Sheet
from ancrage.reports.topic import Topic

NOBODY = (
    "Aucun acheteur ne répond, parmi ceux dont des contrats ont été lus. Un acheteur peut ne rien "
    "publier ; les données "
    "essentielles de la commande publique peuvent ne pas être synchronisées : voyez les sources."
)


class FoundBuyer(Document, title="Acheteur trouvé", description="Un acheteur dont des contrats ont été lus."):
    """A buyer found."""

    siren: str = Field(description="SIREN.")
    name: str = Field(description="Nom ; le SIREN quand aucune source ne le nomme.")
    territory: str | None = Field(description="Collectivité qu'il est ; sinon null.")
    departement: str | None = Field(description="Département de son siège ; null s'il n'est pas connu.")
    contracts: int = Field(description="Contrats lus.")
    value_eur: float = Field(description="Montants connus, en euros hors taxes.")
    first_on: str | None = Field(description="Première notification.")
    last_on: str | None = Field(description="Dernière notification.")


class BuyersDocument(PagedDocument, title="Acheteurs", description="Des acheteurs publics."):
    """The buyers found."""

    items: list[FoundBuyer] = Field(description="Les acheteurs.")


COLUMNS: tuple[Column[Buyer], ...] = (
    Column("Acheteur", lambda one: cells.buyer(one.shown, one.siren)),
    Column("SIREN", lambda one: one.siren),
    Column("Département", lambda one: one.departement or cells.UNKNOWN),
    Column("Contrats", lambda one: cells.figure(one.contracts)),
    Column("Montants", lambda one: cells.figure(round(one.value), unit="€")),
    Column("Dernière notification", lambda one: cells.day_cell(one.last_on)),
)


def describe(answer: Answer[Page[Buyer]]) -> Sheet:
    """The buyers found."""
    page, typed = answer.facts, getattr(answer.question, "text", "")
    block = grid("Acheteurs", COLUMNS, page.items) if page.items else Paragraph(NOBODY)
    return Sheet(
        kicker="Commande publique",
        title=f"« {typed} »" if typed else "Acheteurs publics",
        lead=(
            "Ceux dont des contrats ont été lus, de qui en a le plus à qui en a le moins. "
            "Un contrat dont la notification est à venir y compte déjà."
        ),
        sections=(Section("acheteurs", "Acheteurs", (block,)),),
        sources=answer.sources,
        method="achats",
    )


def document(answer: Answer[Page[Buyer]]) -> dict[str, Any]:
    """Plain values: :class:`BuyersDocument` is their schema."""
    return {**heading(answer), **paged(answer.facts, _told)}


def _told(one: Buyer) -> dict[str, Any]:
    return {
        "siren": one.siren,
        "name": one.name,
        "territory": one.territory,
        "departement": one.departement,
        "contracts": one.contracts,
        "value_eur": round(one.value, 2),
        "first_on": one.first_on.isoformat() if one.first_on else None,
        "last_on": one.last_on.isoformat() if one.last_on else None,
    }


TOPIC = Topic(describe, document, BuyersDocument)

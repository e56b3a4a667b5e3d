"""A SPASER to write, as a sheet: whether it is due, its objectives, its indicators with their targets."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from ancrage.language.days import day
from ancrage.language.numbers import percent
from ancrage.language.typography import ended
from ancrage.procurement.bought.targets import Measured
from ancrage.procurement.kit.declaration import read_kit
from ancrage.questions.question import Answer
from ancrage.questions.spaser import Measures, SpaserFacts
from ancrage.repairs import SynchroniseSources
from ancrage.reports import cells
from ancrage.reports.bought.sheet import AMOUNTS_NOTE, SOURCES, UNKNOWN_NOTE, quality_blocks
from ancrage.reports.bought.words import bounds_cell
from ancrage.reports.columns import Column, grid
from ancrage.reports.documents import Common, Document, NamedTerritory, heading
from ancrage.reports.purchases.document import RuleDocument, rule_told
from ancrage.reports.purchases.sheet import METHOD
from ancrage.reports.sheet import Block, Items, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic

BLANK = "……"


class SpaserIndicatorDocument(
    Document, title="Indicateur d'un SPASER", description="Un indicateur, ce qui est mesuré, sa cible."
):
    """An indicator."""

    id: str = Field(description="Identifiant.")
    label: str = Field(description="En clair.")
    contracts_low: float | None = Field(
        description="Part des contrats, au moins ; null si rien ne la mesure."
    )
    contracts_high: float | None = Field(description="Part des contrats, au plus.")
    value_low: float | None = Field(description="Part des montants, au moins ; null si rien ne la mesure.")
    value_high: float | None = Field(description="Part des montants, au plus.")
    unknown: str = Field(description="Pourquoi rien ne la mesure ; vide sinon.")
    target: float | None = Field(description="Cible, de 0 à 1 ; null si elle n'est pas dite.")
    reached: str | None = Field(
        description="Cible atteinte, en valeur : oui, non, a_verifier ; null sans cible."
    )


class SpaserDocument(Common, title="SPASER", description="Un schéma des achats responsables à écrire."):
    """A SPASER."""

    territory: NamedTerritory | None = Field(
        default=None, description="L'acheteur, quand c'est un territoire."
    )
    buyer: str = Field(description="Qui l'écrit.")
    yearly: float | None = Field(description="Achats de l'année, hors taxes ; null s'ils ne sont pas dits.")
    due: RuleDocument = Field(description="S'il est obligatoire.")
    objectives: list[str] = Field(description="Ses objectifs, à compléter.")
    known_buyer: str | None = Field(
        description="SIREN de l'acheteur dont les contrats ont été lus ; null si aucun ne l'a été."
    )
    since: int | None = Field(description="Première année mesurée ; null sans contrat lu.")
    until: int | None = Field(description="Dernière année mesurée.")
    indicators: list[SpaserIndicatorDocument] = Field(description="Ses indicateurs, mesurés, et leur cible.")


def document(answer: Answer[SpaserFacts]) -> dict[str, Any]:
    """Plain values: :class:`SpaserDocument` is their schema."""
    found, kit, told = answer.facts, read_kit().spaser, answer.facts.measures.indicators
    return {
        **heading(answer),
        "buyer": found.buyer.name,
        "yearly": found.yearly,
        "due": rule_told(found.answer),
        "objectives": list(kit.objectives),
        "known_buyer": found.measures.known.siren if found.measures.known else None,
        "since": told.since if told else None,
        "until": told.until if told else None,
        "indicators": [_indicator(one) for one in found.measures.lines],
    }


def _indicator(one: Measured) -> dict[str, Any]:
    number = (one.share.number() if one.share else None) or (None, None)
    value = one.share.value() if one.share else None
    low, high = value or (None, None)
    return {
        "id": one.indicator.id,
        "label": one.indicator.label,
        "contracts_low": number[0],
        "contracts_high": number[1],
        "value_low": low,
        "value_high": high,
        "unknown": one.indicator.unknown,
        "target": one.target,
        "reached": one.reached(value).value if one.target is not None else None,
    }


def describe(answer: Answer[SpaserFacts]) -> Sheet:
    """The scheme, ready to be completed."""
    found, kit = answer.facts, read_kit().spaser
    return Sheet(
        kicker="Schéma de promotion des achats publics socialement et écologiquement responsables, "
        f"{day(answer.on)}",
        title=f"SPASER : {known.name if (known := found.measures.known) else found.buyer.name}",
        lead=f"Obligatoire : {found.answer.verdict.label}. {ended(found.answer.reason)}",
        sources=answer.sources,
        sections=(
            Section("objectifs", "Objectifs", (Items(kit.objectives),), aside=f"articles {kit.articles}"),
            *_worth(found.measures),
            Section(
                "indicateurs",
                "Indicateurs, et leurs cibles",
                (
                    *_indicators(found.measures),
                    Paragraph(f"« {kit.quote} » (article L. 2111-3)", weight="quiet"),
                ),
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


def _worth(told: Measures) -> Iterator[Section]:
    """What the data is worth, before any indicator."""
    if told.known and told.quality:
        name = f"Ce que valent les données : {told.known.shown}"
        yield Section("qualite", name, tuple(quality_blocks(told.quality)))


def _indicators(told: Measures) -> Iterator[Block]:
    """Measured shares beside targets; blank where the buyer writes."""
    yield _said(told)
    columns: tuple[Column[Measured], ...] = (
        Column("Indicateur", lambda one: one.indicator.label),
        Column("Taux réel, en valeur", lambda one: _rate(one, one.share.value() if one.share else None)),
        Column("En nombre", lambda one: _rate(one, one.share.number() if one.share else None)),
        Column("Cible", lambda one: BLANK if one.target is None else percent(one.target)),
        Column("Atteinte, en valeur ?", _reached),
    )
    yield grid("Indicateurs", columns, told.lines)
    if told.known:
        yield Paragraph(UNKNOWN_NOTE, "quiet")
        yield Paragraph(AMOUNTS_NOTE, "quiet")


def _said(told: Measures) -> Paragraph:
    if told.indicators and told.known:
        years = f"{told.indicators.since} et {told.indicators.until}"
        return Paragraph(
            f"Taux réels des contrats de {told.known.shown} (SIREN {told.known.siren}) notifiés en {years}, "
            "deux années entières, d’après ses données : de ce qui est sûr à ce qui est possible."
        )
    if told.readable:
        return Paragraph(
            "Aucun contrat de cet acheteur n’est dans les données lues : ses taux réels sont inconnus, "
            "et non nuls."
        )
    return Paragraph(
        "Les données essentielles de la commande publique ne sont pas synchronisées : ses taux réels "
        "sont inconnus.",
        repairs=(SynchroniseSources(SOURCES),),
    )


def _rate(one: Measured, bounds: tuple[float, float] | None) -> cells.Cell | str:
    if one.indicator.unknown:
        return f"indéterminé : {one.indicator.unknown}"
    return bounds_cell(bounds) if one.share else BLANK


def _reached(one: Measured) -> str:
    if one.target is None or one.share is None:
        return BLANK
    return one.reached(one.share.value()).label


TOPIC = Topic(describe, document, SpaserDocument)

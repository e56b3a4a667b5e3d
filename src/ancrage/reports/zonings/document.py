"""The JSON documents of the zonings: their schemas, key for key."""

from pydantic import Field

from ancrage.declarations.texts import ListText
from ancrage.reasoning import Verdict
from ancrage.reports.documents import Common, Document, Heading, PagedDocument


class ShownZoning(
    Document, title="Zonage", json_schema_extra={"description": "Un zonage ou un programme déclaré."}
):
    """A declared zoning."""

    id: str = Field(description="Identifiant.")
    label: str = Field(description="Nom.")
    summary: str = Field(description="Ce qu'il est, en une phrase.")
    since: str | None = Field(description="Premier jour où il existe ; null s'il n'est pas établi.")
    until: str | None = Field(description="Dernier jour ; null s'il existe encore.")
    text: ListText = Field(description="Le texte qui le fonde, et s'il a été lu.")
    sources: list[str] = Field(description="Sources des listes publiées.")


class ZoningListDocument(
    PagedDocument,
    title="Page de zonages",
    json_schema_extra={"description": "Les zonages et programmes déclarés."},
):
    """The zonings."""

    items: list[ShownZoning] = Field(description="Les lignes de la page.")


class DeclaredZoningDocument(
    ShownZoning, Common, title="Zonage déclaré", json_schema_extra={"description": "Un zonage, et son texte."}
):
    """A zoning."""


class ZoningVerdict(
    Document,
    title="Réponse d'un zonage",
    json_schema_extra={"description": "Ce qu'un zonage dit d'un territoire un jour."},
):
    """What a zoning says of a territory."""

    id: str = Field(description="Identifiant du zonage.")
    label: str = Field(description="Nom du zonage.")
    verdict: Verdict = Field(description="oui, non, partiel ou a_verifier.")
    share: float | None = Field(
        description="Part de la population classée, de 0 à 1 ; null si elle n'est pas connue."
    )
    communes: dict[str, int] = Field(description="Nombre de communes par réponse.")
    details: list[str] = Field(description="Noms et précisions donnés par les listes.")
    reason: str = Field(description="Pourquoi.")
    since: str | None = Field(
        description="Jour du classement, d'après un texte ou une signature ; null si rien ne le dit."
    )
    until: str | None = Field(description="Dernier jour du classement ; null s'il n'est pas fixé ou pas dit.")
    source: str | None = Field(
        description="Source de la liste qui répond ; null si aucune ne répond ce jour-là."
    )


class ZoningHereDocument(
    Heading,
    ZoningVerdict,
    title="Zonage d'un territoire",
    json_schema_extra={"description": "Un zonage, pour un territoire, un jour."},
):
    """A zoning for a territory."""


class CommuneVerdict(
    Document,
    title="Réponse pour une commune",
    json_schema_extra={"description": "Ce qu'un zonage dit d'une commune."},
):
    """What a zoning says of a commune."""

    commune: str = Field(description="Code INSEE.")
    name: str = Field(description="Nom.")
    population: int | None = Field(description="Population municipale ; null si elle n'est pas connue.")
    verdict: Verdict = Field(description="oui, non, partiel ou a_verifier.")
    details: list[str] = Field(description="Noms et précisions donnés par la liste.")
    reason: str = Field(description="Pourquoi.")
    source: str | None = Field(description="Source de la liste qui répond.")
    edition: str | None = Field(description="La liste qui répond.")


class ZoningDocument(
    PagedDocument,
    title="Page de verdicts",
    json_schema_extra={"description": "Un zonage, commune par commune."},
):
    """A zoning of every commune."""

    zoning: str = Field(description="Identifiant du zonage.")
    communes: dict[str, int] = Field(description="Nombre de communes de France par réponse.")
    items: list[CommuneVerdict] = Field(description="Les lignes de la page.")

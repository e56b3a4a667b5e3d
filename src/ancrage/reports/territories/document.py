"""The JSON documents of territories: their schemas, key for key."""

from datetime import date

from pydantic import Field

from ancrage.reports.documents import Document, Heading, NamedTerritory, PagedDocument
from ancrage.reports.zonings.document import ZoningVerdict


class FoundTerritory(
    NamedTerritory,
    title="Territoire trouvé",
    json_schema_extra={"description": "Une réponse à une recherche, ou une ligne d'une liste."},
):
    """A territory that answers a search, or a line of a list."""

    context: str = Field(description="Ce qui le situe : son département, le pays…")
    via: str = Field(description="Ce qui a mené à lui : code, nom, code postal, liste.")
    score: float = Field(description="Ressemblance, de 0 à 100 ; 100 pour une réponse exacte.")
    population: int | None = Field(description="Population municipale ; null si elle n'est pas dite.")


class TerritoriesDocument(
    PagedDocument,
    title="Page de territoires",
    json_schema_extra={"description": "Les territoires trouvés, ou ceux d'une nature."},
):
    """Territories found or listed."""

    items: list[FoundTerritory] = Field(description="Les lignes de la page.")


class TerritoryDocument(
    Heading,
    NamedTerritory,
    title="Territoire",
    json_schema_extra={"description": "Un territoire un jour donné : qui il est, où il se range."},
):
    """A territory on a day."""

    vintage: int = Field(description="Millésime du code officiel géographique.")
    population: int | None = Field(
        description="Population municipale, la dernière connue ce jour-là ; null si elle n'est pas connue."
    )
    population_label: str = Field(description="Ce que compte la population, de quelle année, depuis quand.")
    population_reference_year: int | None = Field(
        description="Année de référence de la population ; null si elle n'est pas dite."
    )
    population_in_force_on: date | None = Field(
        description="Jour d'entrée en vigueur de la population ; null si aucune population légale n'est lue."
    )
    total_population: int | None = Field(
        description="Population totale, des mêmes année et jour ; null si elle n'est pas connue."
    )
    commune_count: int = Field(description="Nombre de communes.")
    communes: list[str] = Field(description="Code INSEE de chacune.")
    uncertain_communes: list[str] = Field(description="Communes dont l'appartenance est incertaine.")
    parents: list[NamedTerritory] = Field(
        description="Territoires qui le contiennent, du plus petit au plus grand."
    )
    zonings: list[ZoningVerdict] = Field(description="Ce que dit chaque zonage qui existe ce jour-là.")
    note: str = Field(description="Ce qu'il faut savoir de lui ; vide sinon.")


class ShownCommune(
    Document,
    title="Commune",
    json_schema_extra={"description": "Une commune d'un territoire, un jour donné."},
):
    """A commune of a territory."""

    code: str = Field(description="Code INSEE.")
    name: str = Field(description="Nom.")
    population: int | None = Field(description="Population municipale ; null si elle n'est pas connue.")
    epci: str | None = Field(description="SIREN de son intercommunalité.")
    departement: str = Field(description="Département.")
    region: str | None = Field(description="Région.")


class CommunesDocument(
    PagedDocument,
    Heading,
    title="Page de communes",
    json_schema_extra={"description": "Les communes d'un territoire, un jour donné."},
):
    """The communes of a territory."""

    items: list[ShownCommune] = Field(description="Les lignes de la page.")

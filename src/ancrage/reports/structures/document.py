"""The JSON documents of the directory: their schemas, key for key."""

from typing import Any

from pydantic import Field

from ancrage.reasoning import Verdict
from ancrage.reports.documents import Common, Document, Heading, NamedTerritory


class JobsBounds(Document, title="Salariés", json_schema_extra={"description": "Bornes d'un effectif."}):
    """Bounds of a workforce."""

    low: float | None = Field(description="Au moins.")
    high: float | None = Field(description="Au plus ; null s'il n'y a pas de borne haute.")


class ListedStructure(
    Document,
    title="Structure listée",
    json_schema_extra={"description": "Un établissement de l'annuaire, en bref."},
):
    """A structure in a list."""

    siret: str = Field(description="SIRET.")
    siren: str = Field(description="SIREN.")
    rna: str | None = Field(description="Numéro de l'association au répertoire national (RNA).")
    name: str | None = Field(description="Nom ; null si l'unité n'est pas diffusible ou n'en a pas.")
    diffusible: bool = Field(description="Faux si l'unité a demandé que rien ne soit dit d'elle.")
    head_office: bool | None = Field(description="Vrai pour un siège ; null si ce n'est pas su.")
    commune: str | None = Field(description="Code INSEE de sa commune.")
    commune_name: str | None = Field(description="Nom de sa commune.")
    departement: str | None = Field(description="Département.")
    created: str | None = Field(description="Jour de création (AAAA-MM-JJ).")
    closed: str | None = Field(description="Premier jour de la fermeture.")
    naf: str | None = Field(description="Activité principale (NAF rév. 2).")
    section: str | None = Field(description="Section de la NAF (A à U).")
    family: str | None = Field(description="Famille de l'ESS.")
    kinds: list[str] = Field(description="Types de structure d'insertion ; vide si elle n'en est pas.")
    employer: bool | None = Field(description="Si elle emploie ; null si ce n'est pas su.")
    band: str | None = Field(description="Tranche d'effectif publiée.")
    jobs: JobsBounds | None = Field(description="Salariés, bornes ; null si rien n'est publié.")
    membership: Verdict = Field(description="Appartenance à l'ESS : oui, non ou a_verifier.")
    quarter: Verdict = Field(description="En quartier prioritaire : oui, non ou a_verifier.")
    longitude: float | None = Field(description="Longitude (WGS 84).")
    latitude: float | None = Field(description="Latitude (WGS 84).")
    distance_km: float | None = Field(description="Distance à la commune demandée, à vol d'oiseau.")
    registered: bool = Field(description="Vrai si elle est dans SIRENE ; sinon d'une liste seule.")
    fictitious: bool = Field(description="Vrai si la structure n'existe pas (démonstration).")
    address: str | None = Field(description="Numéro et voie, là où une liste les publie.")
    postcode: str | None = Field(description="Code postal publié avec l'adresse.")
    sells: bool | None = Field(
        description="Si ce qu'elle fait répond à « vend » ; faux : son activité n'est pas publiée, "
        "elle reste à interroger ; null si rien n'est demandé."
    )


class StructuresDocument(
    Heading, title="Page de structures", json_schema_extra={"description": "Les structures qui répondent."}
):
    """Structures that answer."""

    items: list[ListedStructure] = Field(description="Les lignes de la page.")
    next: str | None = Field(description="Curseur de la page suivante ; null à la dernière.")
    total: int = Field(description="Nombre de structures qui répondent, en tout.")


class PublishedStructure(
    Document,
    title="Structure publiée par une liste",
    json_schema_extra={"description": "Ce qu'une liste publie d'un établissement."},
):
    """What a list publishes of a structure."""

    kind: str = Field(description="Type : ACI, EI, ESAT, GEIQ…")
    commune_reason: str = Field(description="Comment sa commune a été retrouvée.")
    list: str = Field(description="Source de la liste.")
    name: str | None = Field(description="Nom.")
    brand: str | None = Field(description="Enseigne.")
    holder: str | None = Field(description="Gestionnaire.")
    address: str | None = Field(description="Adresse.")
    postcode: str | None = Field(description="Code postal.")
    city: str | None = Field(description="Commune, telle qu'écrite.")
    legal_form: str | None = Field(description="Forme juridique, telle qu'écrite.")
    website: str | None = Field(description="Site, tel qu'écrit.")
    capacity: int | None = Field(description="Places autorisées.")


class StructureDocument(
    Common,
    title="Structure",
    json_schema_extra={"description": "Un établissement un jour donné, et pourquoi."},
):
    """A structure on a day."""

    structure: ListedStructure = Field(description="L'établissement.")
    standing: str = Field(description="Ouvert, fermé, ou inconnu ce jour-là.")
    reasons: list[str] = Field(description="Pourquoi elle est de l'ESS, ou ne l'est pas.")
    activity: str = Field(description="Libellé de son activité ; vide s'il n'est pas connu.")
    lists: list[PublishedStructure] = Field(description="Ce que des listes publient d'elle.")
    legal_form: str = Field(description="Forme juridique.")
    sisters: list[ListedStructure] = Field(description="Autres établissements de la même unité légale.")
    territory: NamedTerritory | None = Field(description="Sa commune.")
    zonings: list[dict[str, Any]] = Field(description="Ce que disent les zonages de sa commune.")
    note: str = Field(description="Ce qu'il faut savoir.")

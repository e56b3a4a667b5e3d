"""The diagnosis of a territory on a day: a frozen, typed result.

Its JSON Schema is published (``ancrage diagnostic --schema``) and its keys are relied on by other tools:
they only ever grow. Anything unknown is ``null`` and explained in ``missing``; it is never zero.
"""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ancrage.reasoning import Verdict


class Part(BaseModel):
    """Base of every part of a diagnosis: immutable, without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TerritoryRef(Part):
    """A territory named beside another."""

    kind: str
    code: str
    name: str


class TerritoryIdentity(TerritoryRef):
    """Who the territory is on that day. ``population`` in inhabitants (municipal population)."""

    on: date
    vintage: int = Field(description="Millésime du code officiel géographique en vigueur ce jour-là")
    population: int | None
    population_label: str = Field(description="Ce que compte la population, et son année de référence")
    commune_count: int
    parents: tuple[TerritoryRef, ...]
    note: str = ""


class LegalText(Part):
    """The text that founds a fact. ``status`` is ``lu`` or ``a_verifier``."""

    title: str
    href: str | None = None
    published_on: date | None = None
    status: Literal["lu", "a_verifier"] = "a_verifier"


class CommuneCounts(Part):
    """Communes of the territory by verdict."""

    oui: int = 0
    non: int = 0
    partiel: int = 0
    a_verifier: int = 0


class ZoningAnswer(Part):
    """What a zoning or a programme says of the territory on that day."""

    id: str
    label: str
    kind: Literal["zonage", "programme"]
    verdict: Verdict
    share: float | None = Field(description="Part de la population dans des communes classées, de 0 à 1")
    communes: CommuneCounts
    details: tuple[str, ...] = Field(description="Noms et codes : quartiers, contrats, niveau de densité…")
    reason: str
    since: date | None
    until: date | None
    text: LegalText | None
    source: str | None
    vintage: str


class Jobs(Part):
    """Salaried jobs as an interval (bands) with a central value; ``unknown`` establishments have no band."""

    low: int
    central: int
    high: int | None = Field(description="null si une tranche n'a pas de borne haute")
    unknown: int = Field(description="Établissements employeurs sans tranche publiée, non comptés")


class Family(Part):
    """Figures of one family of the ESS."""

    label: str
    establishments: int
    employers: int
    jobs: Jobs


class Activity(Part):
    """ESS in one section of activity, beside all establishments of that section."""

    section: str
    label: str
    establishments: int
    employers: int
    jobs: Jobs
    share_of_employers: float | None
    location_quotient: float | None


class YearCount(Part):
    """A count in a year."""

    year: int
    count: int
    complete: bool = Field(description="Faux pour une année que le stock ne couvre pas entièrement")


class Employer(Part):
    """One of the largest employers. ``name`` is null when the unit is not diffusible."""

    siret: str | None
    name: str | None
    commune: str | None = Field(description="Nom de la commune ou de l'arrondissement municipal")
    commune_code: str | None
    family: str | None
    band_label: str
    activity: str
    reasons: tuple[str, ...]
    fictitious: bool


class EssFabric(Part):
    """The ESS of the territory. Establishments judged *à vérifier* are counted apart, in ``to_check``."""

    on: date = Field(description="Jour décrit par les chiffres")
    establishments: int
    to_check: int
    employers: int
    jobs: Jobs
    families: dict[str, Family]
    activities: tuple[Activity, ...]
    share_of_employers: float | None = Field(description="Part de l'ESS dans les établissements employeurs")
    share_of_jobs: float | None
    location_quotient: float | None
    location_quotient_reference: str | None
    births: tuple[YearCount, ...]
    closures: tuple[YearCount, ...]
    largest_employers: tuple[Employer, ...]
    in_qpv: dict[str, int] = Field(description="Établissements de l'ESS en QPV : oui, non, a_verifier")
    disagreements: int = Field(description="Établissements sur lesquels deux sources se contredisent")
    fictitious: bool
    note: str = ""


class Inclusion(Part):
    """Structures of inclusion (SIAE), from their own list: they may be known where SIRENE is not."""

    total: int
    kinds: dict[str, int] = Field(description="Structures par type : ACI, EI, AI, ETTI, GEIQ, EA…")
    in_qpv: dict[str, int]
    unplaced: int = Field(
        description="Structures de la liste, pour tout le pays, dont la commune est inconnue"
    )
    fictitious: bool


class Comparison(Part):
    """The same figures for a parent. ``null`` where the register does not cover it wholly."""

    territory: TerritoryRef
    population: int | None
    establishments: int | None
    employers: int | None
    jobs: Jobs | None
    establishments_per_1000: float | None
    share_of_employers: float | None
    share_of_jobs: float | None
    location_quotient: float | None
    covered: bool
    note: str = ""


class SimilarTerritory(Part):
    """A comparable territory; ``distance`` is 0 for identical ones, without unit."""

    territory: TerritoryRef
    distance: float
    features: dict[str, float | str | None]


class PublishedFigure(Part):
    """A figure the report or the State published, beside the computed one."""

    id: str
    label: str
    territory: TerritoryRef
    published: float
    unit: str
    reference_period: str
    computed: float | None
    agrees: bool | None = Field(description="null si rien n'a pu être calculé")
    warning: str = ""
    source_title: str
    source_href: str | None
    definition: str = ""


class SourceUse(Part):
    """A source used by the diagnosis."""

    id: str
    title: str
    producer: str
    vintage: str
    licence: str
    href: str | None
    fictitious: bool
    sample: bool = False
    fetched_on: date | None = None


class MissingPiece(Part):
    """What the diagnosis lacks, and the command that brings it."""

    subject: str
    why: str
    command: str | None


class TerritoryAid(Part):
    """An aid not refused to the authority of the territory, or to a structure that is there."""

    id: str
    name: str
    for_whom: Literal["collectivite", "structure"]
    verdict: Verdict
    nature: str
    funder: str
    desk: str
    desk_href: str | None
    missing: tuple[str, ...] = Field(description="Faits à connaître, en français")
    doubts: tuple[str, ...]
    since: date
    until: date | None
    text: str
    text_href: str | None


class Outline(Part):
    """Geometry for the map, GeoJSON (WGS 84): the territory, its communes and its QPV."""

    territory: dict[str, object] | None = None
    communes: tuple[dict[str, object], ...] = ()
    zones: tuple[dict[str, object], ...] = ()
    points: tuple[dict[str, object], ...] = ()


class Diagnosis(Part):
    """Everything said of a territory on a day."""

    schema_version: Literal["1"] = "1"
    territory: TerritoryIdentity
    zonings: tuple[ZoningAnswer, ...]
    ess: EssFabric | None
    inclusion: Inclusion | None
    comparisons: tuple[Comparison, ...]
    similar: tuple[SimilarTerritory, ...]
    similar_method: str
    published: tuple[PublishedFigure, ...]
    aids: tuple[TerritoryAid, ...] = ()
    sources: tuple[SourceUse, ...]
    missing: tuple[MissingPiece, ...]
    warnings: tuple[str, ...]
    outline: Outline | None

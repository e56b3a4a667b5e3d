"""The diagnosis of a territory on a day: a frozen, typed result.

Its JSON Schema is published (``ancrage diagnostic --schema``) and its keys are relied on by other tools:
they only ever grow. Anything unknown is ``null`` and explained in ``missing``; it is never zero.
"""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ancrage.reasoning import Verdict
from ancrage.repairs import SynchroniseSources
from ancrage.shell import command_of


class Part(BaseModel):
    """Base of every part of a diagnosis: immutable, without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


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

    total: int | None = Field(description="null dans un quartier dont le périmètre n'est pas connu")
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


def _command(piece: dict[str, Any]) -> str | None:
    """The first repair of a piece as other tools have always read it."""
    return next((typed for one in piece["repairs"] if (typed := command_of(one))), None)


class MissingPiece(Part):
    """What the diagnosis lacks, and what brings it."""

    subject: str
    why: str
    repairs: tuple[SynchroniseSources, ...] = ()

    command: str | None = Field(default_factory=_command)


class TerritoryAid(Part):
    """An aid not refused to the authority of the territory, or to a structure that is there."""

    id: str
    name: str
    for_whom: Literal["collectivite", "structure"]
    verdict: Verdict
    standing: Literal[
        "droit", "a_demander", "reponse_manquante", "a_confirmer", "decrite", "fermee", "non"
    ] = Field(description="Ce qu’on peut en faire, faute d’autre réponse")
    nature: str
    funder: str
    desk: str
    desk_href: str | None
    missing: tuple[str, ...] = Field(description="Faits à connaître, en français")
    doubts: tuple[str, ...]
    since: date | None
    until: date | None
    text: str
    text_href: str | None


class ToolFigure(Part):
    """What sets a tool first: a fact of the territory, beside the same in those that resemble it most."""

    fact: str = Field(description="Identifiant du fait")
    label: str
    value: float | None = Field(
        description="null si le fait n’est pas un nombre (un classement, par exemple)"
    )
    unit: str
    shown: str = Field(description="La valeur en français")
    reference: float | None = Field(
        description="Médiane des territoires semblables, null si elle n’est pas connue"
    )
    similar_with: int | None = Field(
        description="Combien de territoires semblables ont la même raison ; null si trop peu sont connus"
    )
    similar_known: int | None = Field(description="Territoires semblables où c’est connu")
    sentence: str


class ToolAdvice(Part):
    """One of the nineteen tools, and what is advised of it to the authority of the territory."""

    number: int = Field(description="Numéro de l’outil dans le compte rendu de 2021, de 1 à 19")
    id: str
    name: str
    lever: str = Field(description="Levier dont l’outil fait partie")
    status: Literal["prioritaire", "possible", "a_verifier", "hors_competence"]
    reasons: tuple[str, ...]
    missing: tuple[str, ...] = Field(description="Faits à connaître, en français")
    since: date | None = Field(description="Premier jour où les textes lus valent, null s’il n’a pas été lu")
    texts: tuple[LegalText, ...]
    aids: tuple[str, ...] = Field(description="Identifiants des aides qui vont avec l’outil")
    others: tuple[str, ...] = Field(description="Autres autorités que les textes disent compétentes")
    figures: tuple[ToolFigure, ...] = Field(
        default=(),
        description="Ce qui met l’outil en avant, le plus rare d’abord ; vide pour les autres outils",
    )
    open_aids: tuple[str, ...] = Field(
        default=(),
        description="Parmi ses aides, celles qu’on a ou peut demander ici ce jour-là, faute d’autre réponse",
    )


class ToolFirst(Part):
    """A tool to begin with, and the one figure that sets it first."""

    number: int
    id: str
    name: str
    lever: str
    status: Literal["prioritaire"] = "prioritaire"
    reason: str = Field(description="La raison, en français")
    figure: ToolFigure
    sentence: str = Field(description="La raison et son chiffre, en une phrase")


class Levers(Part):
    """What the authority of the territory may do, tool by tool, most pressing first."""

    authority: Literal["commune", "epci", "departement", "region", "etat", "caf"]
    precondition: Verdict = Field(description="Volonté de co-construire un partenariat de long terme")
    tools: tuple[ToolAdvice, ...]
    fictitious: bool = Field(description="Vrai si des raisons tiennent à des données de démonstration")
    first: tuple[ToolFirst, ...] = Field(
        default=(), description="Les trois outils par lesquels commencer, chacun avec son chiffre"
    )


class Remaining(Part):
    """Share of structures still open at an age, from 0 to 1, with its interval at 95 %."""

    age: int
    share: float | None = Field(description="null si personne de cet âge n’a été suivi")
    low: float | None
    high: float | None


class SurvivalGroup(Part):
    """A group of structures and how long they last."""

    label: str
    units: int
    closures: int
    remaining: tuple[Remaining, ...]
    median: float | None = Field(
        description="Âge en années où la moitié a fermé ; null s’il n’est pas atteint"
    )


class Survival(Part):
    """How long establishments of the ESS last, by family. Groups under eleven are not shown."""

    since: date
    groups: tuple[SurvivalGroup, ...]
    hidden_groups: int
    p_value: float | None = Field(description="Test du log-rank entre familles ; null s’il n’y en a qu’une")
    left_out: dict[str, int] = Field(description="Établissements qui n’ont pu être suivis, par motif")
    fictitious: bool


class SupportNetwork(Part):
    """A kind of support and the communes of the territory it covers."""

    id: str
    label: str
    ess: bool = Field(description="Vrai pour un accompagnement propre à l’ESS")
    known: bool = Field(description="Faux si aucune liste de ses lieux n’a été lue")
    states: dict[str, int] = Field(description="Communes par état : couvert, eloigne, non_couvert, inconnu")
    mean_km: float | None = Field(description="Distance moyenne des communes, à vol d’oiseau")
    population_within: float | None = Field(description="Part des habitants à moins de near_km, de 0 à 1")


class Support(Part):
    """Who supports the ESS of the territory, and from how far."""

    near_km: float
    far_km: float
    state: Literal["couvert", "eloigne", "dla_seul", "non_couvert", "inconnu"] = Field(
        description="État de la plupart des habitants pour l’accompagnement à l’ESS"
    )
    states: dict[str, int] = Field(description="Communes par état, tous les accompagnements à l’ESS ensemble")
    networks: tuple[SupportNetwork, ...]


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
    levers: Levers | None = Field(
        default=None, description="null si le territoire n’a pas d’autorité à lui (quartier, contrat, pays)"
    )
    coverage: Support | None = Field(
        default=None,
        description="null pour un territoire sans commune entière (quartier, arrondissement municipal)",
    )
    survival: Survival | None = Field(
        default=None,
        description="null si aucun registre complet ne couvre le territoire, ou s’il est trop petit",
    )
    sources: tuple[SourceUse, ...]
    missing: tuple[MissingPiece, ...]
    warnings: tuple[str, ...]
    outline: Outline | None

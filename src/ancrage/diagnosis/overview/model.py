"""The overview of a territory: a frozen, typed result, short enough for one screen.

Its keys only ever grow. Unknown is ``null``, never zero, and ``missing`` says once what would bring it.
"""

from datetime import date
from typing import Literal

from pydantic import Field

from ancrage.diagnosis.model import MissingPiece, Part, TerritoryRef
from ancrage.reasoning import Verdict


class Trend(Part):
    """How the population changed; ``change`` is a share: -0.026 is 2.6 % fewer."""

    since: int = Field(description="Année de référence de la première population comparée")
    change: float = Field(description="Évolution depuis cette année : -0.026 pour 2,6 % de moins")


class Place(Part):
    """Who the territory is."""

    kind: str
    kind_label: str = Field(description="Nature en français : commune, intercommunalité…")
    code: str = Field(description="Code à donner dans une adresse, avec son préfixe s'il en faut un")
    name: str
    population: int | None
    population_label: str = Field(description="Ce que compte la population, de quelle année")
    trend: Trend | None
    commune_count: int
    held_by: tuple[TerritoryRef, ...] = Field(description="Territoires qui le contiennent, chacun a sa page")
    note: str = ""


class Badge(Part):
    """A zoning or a programme, told in a few words; ``leads_to``: the contracts and quarters it names."""

    id: str
    short: str = Field(description="Nom court : FRR, QPV, PVD…")
    label: str
    kind: Literal["zonage", "programme"]
    verdict: Verdict
    extent: str = Field(description="Sur quelle partie, en français ; vide pour le territoire entier")
    leads_to: tuple[TerritoryRef, ...] = ()


class Badges(Part):
    """Zonings and programmes of the day by what they say: those that concern the territory first."""

    here: tuple[Badge, ...] = Field(description="Oui, ou sur une partie")
    absent: tuple[Badge, ...] = Field(description="Non")
    unknown: tuple[Badge, ...] = Field(description="Pas encore su")


class Rank(Part):
    """Where a figure stands among comparable territories. ``above`` of ``among`` are strictly under it."""

    above: int = Field(description="Territoires semblables dont le chiffre est plus petit")
    among: int = Field(description="Territoires semblables dont le chiffre est connu")
    per: str = Field(description="Ce qui est comparé : pour 1 000 habitants, part…")


class Glance(Part):
    """A figure of the ESS; ``value`` is ``null`` when it is not known. Shares go from 0 to 1."""

    id: Literal["structures", "emplois", "part_employeurs", "structures_insertion"]
    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    is_share: bool = False
    rank: Rank | None = None
    why_unknown: str = ""


class EssGlance(Part):
    """The four figures of the ESS. ``similar``: those it is ranked among; ``method``: how they are found."""

    figures: tuple[Glance, ...]
    similar: tuple[TerritoryRef, ...]
    similar_method: str
    fictitious: bool


class Priority(Part):
    """A tool to use here, with what made it a priority."""

    number: int = Field(description="Numéro de l’outil, de 1 à 19")
    id: str
    name: str
    lever: str
    figure: str = Field(description="Le chiffre qui l’a mis en avant ici ; vide s’il n’y en a pas")
    reasons: tuple[str, ...]


class Priorities(Part):
    """What an authority may do first here; ``authority`` is the territory's, or the one that acts on it."""

    authority: Literal["commune", "epci", "departement", "region", "etat", "caf"]
    own: bool = Field(description="Vrai pour l’autorité du territoire même, faux pour celle qui y agit")
    tools: tuple[Priority, ...]
    others: int = Field(description="Autres outils prioritaires, non montrés ici")
    fictitious: bool


class Caller(Part):
    """Somebody to call. Unknown parts are empty; ``km`` is ``null`` where no place is known."""

    kind: str
    kind_label: str
    name: str
    phone: str
    email: str
    website: str
    address: str
    km: float | None = Field(description="Distance à vol d’oiseau, depuis la commune principale")
    seen_on: str = Field(description="Jour, mois ou année où la source le donne ; vide s’il n’est pas dit")
    to_check: bool = Field(description="Vrai pour un contact ancien, ou lu ailleurs que chez qui il est")
    source: str
    national: bool = Field(description="Vrai quand personne de plus proche n’est connu")
    beyond: bool = Field(description="Vrai pour qui sert d’autres territoires, et reste le plus proche connu")


class Window(Part):
    """An aid whose window opens or closes soon."""

    aid: str
    name: str
    funder: str
    for_whom: Literal["collectivite", "structure"]
    event: Literal["ouvre", "ferme"]
    day: date
    days_left: int
    label: str = Field(description="Ce qui arrive ce jour-là, dans les mots de la source")


class Overview(Part):
    """Everything one screen says of a territory on a day."""

    place: Place
    badges: Badges
    ess: EssGlance
    priorities: Priorities | None = Field(description="null quand aucune autorité n’agit ici")
    callers: tuple[Caller, ...]
    soon: tuple[Window, ...]
    missing: tuple[MissingPiece, ...] = Field(description="Ce qui manque, dit une fois, et ce qui l’apporte")

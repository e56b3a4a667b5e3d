"""How a monograph is declared: a typed header over three parts of text.

The four categories are those the report of 31 March 2021 names; everything a header states carries its
source and how far it was read. What is not known stays empty: it is never a no nor a zero.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ancrage.declarations.base import Declared
from ancrage.levers.authorities import Authority
from ancrage.levers.declaration import TOOLS

SCHEMA = "ancrage-monographie/1"
ID = r"^[a-z][a-z0-9_]{2,59}$"
Words = Annotated[str, Field(min_length=1)]
Status = Literal["lu", "a_verifier"]


class Category(StrEnum):
    """The four categories of the study's volumes, as the report names them."""

    PRODUCTION = "production_consommation_responsables"
    ATTRACTIVITE = "attractivite"
    LIEN_SOCIAL = "lien_social"
    INCLUSION = "inclusion"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return CATEGORY_LABELS[self]


CATEGORY_LABELS = {
    Category.PRODUCTION: "production et consommation responsables",
    Category.ATTRACTIVITE: "attractivité",
    Category.LIEN_SOCIAL: "lien social",
    Category.INCLUSION: "inclusion",
}


class ResourceKind(StrEnum):
    """Kinds of resources a structure may combine."""

    VENTES = "ventes"
    COMMANDE_PUBLIQUE = "commande_publique"
    SUBVENTIONS = "subventions"
    EMPLOI_AIDE = "emploi_aide"
    DONS = "dons_et_mecenat"
    COTISATIONS = "cotisations"
    BENEVOLAT = "benevolat"
    CAPITAL = "capital_et_prets"
    NATURE = "apports_en_nature"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return RESOURCE_LABELS[self]


RESOURCE_LABELS = {
    ResourceKind.VENTES: "ventes à des personnes ou des entreprises",
    ResourceKind.COMMANDE_PUBLIQUE: "commande publique",
    ResourceKind.SUBVENTIONS: "subventions",
    ResourceKind.EMPLOI_AIDE: "aides à l’emploi",
    ResourceKind.DONS: "dons et mécénat",
    ResourceKind.COTISATIONS: "cotisations",
    ResourceKind.BENEVOLAT: "bénévolat",
    ResourceKind.CAPITAL: "capital et prêts",
    ResourceKind.NATURE: "apports en nature",
}


class CaseSource(Declared):
    """Where something was read. ``read``: the whole text, or an extract of it."""

    title: Words
    href: str | None = Field(default=None, pattern=r"^https?://")
    read: Literal["en_entier", "extrait"]
    read_on: date


class Stated(Declared):
    """Something said of a structure, its source (a key of ``sources``) and how far it holds."""

    value: Words
    source: Words
    status: Status


class Resource(Declared):
    """A resource of the economic model; ``share`` of the budget, 0 to 1, ``None`` when unknown."""

    kind: ResourceKind
    share: float | None = Field(default=None, ge=0, le=1)
    source: Words
    status: Status


class Contribution(Declared):
    """What a public authority brought: one of the nineteen tools, who, what, when (a year, or nothing)."""

    tool: int = Field(ge=1, le=TOOLS)
    authority: Authority | None
    what: Words
    since: int | None = Field(default=None, ge=1900, le=2100)
    source: Words
    status: Status


class Header(Declared):
    """What a monograph states in so many words. ``commune`` is the code of its day, ``studied_on``.

    ``commune`` is ``None`` for what has no single place, or whose place is not known.
    """

    format: Literal["ancrage-monographie/1"] = Field(alias="schema")
    id: str = Field(pattern=ID)
    name: Words
    siret: str | None = Field(default=None, pattern=r"^\d{14}$")
    commune: str | None = Field(pattern=r"^(?:\d\d|2A|2B)\d{3}$")
    place: str = ""
    studied_on: date
    category: Category | None = None
    legal_form: Stated | None = None
    family: Stated | None = None
    activity: Stated | None = None
    naf: Stated | None = None
    band: Stated | None = None
    created: Stated | None = None
    resources: tuple[Resource, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    grid: dict[str, int] = Field(default_factory=dict)
    sources: dict[str, CaseSource] = Field(min_length=1)
    fictitious: bool = False

    @model_validator(mode="after")
    def _every_source_is_declared(self) -> Self:
        strangers = sorted({one.source for one in self.statements} - set(self.sources))
        if strangers:
            raise ValueError(f"sources citées sans être déclarées : {', '.join(strangers)}")
        if sum(one.share or 0 for one in self.resources) > 1 + 1e-9:
            raise ValueError("les parts des ressources dépassent le tout")
        return self

    @property
    def where(self) -> str:
        """Its place in words; its commune by its code when nothing else is said."""
        return self.place or self.commune or "lieu à vérifier"

    @property
    def stated(self) -> dict[str, Stated | None]:
        """The fields that hold one statement, by name."""
        return {name: getattr(self, name) for name in STATED}

    @property
    def statements(self) -> tuple[Stated | Resource | Contribution, ...]:
        """Everything that carries a source."""
        return (*filter(None, self.stated.values()), *self.resources, *self.contributions)

    @property
    def tools(self) -> frozenset[int]:
        """Numbers of the tools its authorities used."""
        return frozenset(one.tool for one in self.contributions)


STATED = ("legal_form", "family", "activity", "naf", "band", "created")
"""Fields of the header that are statements, in reading order."""

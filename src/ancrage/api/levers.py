"""Levers and tools: the catalogue, and what is advised to an authority for a territory."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from ancrage.api import asked
from ancrage.api.documents import Told
from ancrage.api.rendering import document
from ancrage.api.territories import named
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.diagnosing import diagnosis_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.diagnosis.levers import AUTHORITY_OF, advise, as_part, rests_on_fiction
from ancrage.errors import UnknownLeverError
from ancrage.facts.situation import declared
from ancrage.facts.values import read_facts
from ancrage.levers.catalogue import get_tool, read_levers
from ancrage.levers.declaration import Authority
from ancrage.territories.territory import Territory

router = Router(tags=["Leviers"])
of_territory = Router(tags=["Leviers"])


class ShownTool(Told, title="Outil", json_schema_extra={"description": "Un des dix-neuf outils."}):
    """One of the nineteen tools."""

    number: int = Field(description="Numéro, de 1 à 19.")
    id: str = Field(description="Identifiant.")
    name: str = Field(description="Nom.")
    summary: str = Field(description="Ce qu'il est.")
    competence: dict[str, Any] = Field(description="Ce que peut chaque autorité, et sur quels textes.")
    steps: list[str] = Field(description="Étapes.")
    aids: list[str] = Field(description="Identifiants des aides qui le servent.")


class ShownLever(
    Told, title="Levier", json_schema_extra={"description": "Un des six leviers et ses outils."}
):
    """One of the six levers."""

    number: int = Field(description="Numéro, de 1 à 6.")
    name: str = Field(description="Nom.")
    summary: str = Field(description="Ce qu'il est.")
    tools: list[ShownTool] = Field(description="Ses outils.")


class Recommended(
    Told,
    title="Recommandation",
    json_schema_extra={"description": "Par où commencer, pour une autorité et un territoire."},
):
    """Tools advised to an authority."""

    territory: dict[str, str] = Field(description="Le territoire.")
    on: str = Field(description="Jour pour lequel la réponse vaut.")
    authority: str = Field(description="L'autorité conseillée.")
    precondition: str = Field(
        description="La volonté de co-construire un partenariat : oui, non ou a_verifier."
    )
    tools: list[dict[str, Any]] = Field(
        description="Chaque outil : prioritaire, possible, a_verifier ou hors_competence."
    )
    fictitious: bool = Field(description="Vrai si des faits viennent de données de démonstration, fictives.")


@router.get(
    "",
    response=list[ShownLever],
    summary="Lister les leviers",
    description="Les six leviers et leurs dix-neuf outils : compétences, étapes, points de vigilance, "
    "indicateurs.",
)
@kept
def levers(request: HttpRequest) -> HttpResponse:
    """The catalogue."""
    return document([lever.model_dump(mode="json") for lever in read_levers().levers])


@router.get(
    "/outils/{outil}",
    response=ShownTool,
    summary="Montrer un outil",
    description="Un outil par son numéro (1 à 19) ou son identifiant.",
)
@kept
def tool(
    request: HttpRequest,
    outil: Annotated[
        str, Path(title="Outil", description="Numéro ou identifiant.", example="4", max_length=100)
    ],
) -> HttpResponse:
    """One tool."""
    return document(get_tool(outil).model_dump(mode="json"))


@of_territory.get(
    "/{code}/leviers",
    response=Recommended,
    summary="Recommander des outils",
    description="Les dix-neuf outils pour une autorité qui agit sur ce territoire, les plus pressants "
    "d'abord, et pourquoi. "
    "Sans « pour », l'autorité est celle du territoire.",
)
@kept
def recommendation(
    request: HttpRequest,
    code: asked.Code,
    pour: Annotated[
        Authority | None, Query(title="Autorité", description="Pour qui.", example="commune")
    ] = None,
    fait: asked.Declared = [],
    le: asked.Day = None,
) -> HttpResponse:
    """Advise an authority."""
    now = opened()
    told = declared(read_facts(fait))
    territory = territory_of(now, code, on=day_of(request, now))
    authority = pour or _own(territory)
    diagnosis = diagnosis_of(now, territory)
    found = advise(now.atlas, territory, diagnosis, authority, declared=told, cache=now.cache)
    part = as_part(found, fictitious=rests_on_fiction(diagnosis)).model_dump(mode="json")
    return document({"territory": named(territory.named), "on": territory.on.isoformat(), **part})


def _own(territory: Territory) -> Authority:
    if territory.kind in AUTHORITY_OF:
        return AUTHORITY_OF[territory.kind]
    possible = ", ".join(one.value for one in Authority)
    raise UnknownLeverError(
        f"{territory.name} n'a pas d'autorité à lui.", f"Dites pour qui, par « pour » : {possible}."
    )

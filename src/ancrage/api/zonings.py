"""Zonings: which there are, what each says of a territory or of every commune of a day."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from ancrage.api import asked
from ancrage.api.documents import Told, page_of
from ancrage.api.rendering import document
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.cursors import page_of_sorted
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.errors import DayOutOfRangeError
from ancrage.reasoning import Verdict
from ancrage.territories.zonings.answering import CommuneAnswer, answer_all, answer_each
from ancrage.territories.zonings.declaration import Zoning, get_zoning, load_zonings

router = Router(tags=["Zonages"])
of_territory = Router(tags=["Zonages"])
Identifier = Annotated[
    str, Path(title="Zonage", description="Identifiant du zonage.", example="frr", max_length=60)
]


class ShownZoning(
    Told, title="Zonage", json_schema_extra={"description": "Un zonage ou un programme déclaré."}
):
    """A declared zoning."""

    id: str = Field(description="Identifiant.")
    label: str = Field(description="Nom.")
    summary: str = Field(description="Ce qu'il est, en une phrase.")
    since: str | None = Field(description="Premier jour où il existe ; null s'il n'est pas établi.")
    until: str | None = Field(description="Dernier jour ; null s'il existe encore.")
    text: dict[str, Any] = Field(description="Le texte qui le fonde, et s'il a été lu.")
    sources: list[str] = Field(description="Sources des listes publiées.")


class ZoningVerdict(
    Told,
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
    since: str | None = Field(description="Premier jour du zonage.")
    until: str | None = Field(description="Dernier jour du zonage.")
    source: str | None = Field(
        description="Source de la liste qui répond ; null si aucune ne répond ce jour-là."
    )


class CommuneVerdict(
    Told,
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


@router.get(
    "",
    response=page_of(ShownZoning, "Page de zonages"),
    summary="Lister les zonages",
    description="Tous les zonages et programmes déclarés, avec le texte qui les fonde, par identifiant.",
)
@kept
def zonings(request: HttpRequest, limite: asked.Limit = 50, curseur: asked.Cursor = None) -> HttpResponse:
    """List them."""
    found = sorted((_shown(zoning) for zoning in load_zonings().values()), key=lambda one: str(one["id"]))
    return document(page_of_sorted(request, found, limite, curseur, key=lambda one: str(one["id"])))


@router.get(
    "/{zonage}",
    response=ShownZoning,
    summary="Montrer un zonage",
    description="Ce qu'il est, ses jours, le texte qui le fonde, les listes publiées.",
)
@kept
def zoning(request: HttpRequest, zonage: Identifier) -> HttpResponse:
    """Show one."""
    return document(_shown(get_zoning(zonage)))


@router.get(
    "/{zonage}/communes",
    response=page_of(CommuneVerdict, "Page de verdicts"),
    summary="Lire un zonage commune par commune",
    description="La réponse du zonage pour chaque commune d'un jour, par code INSEE, de page en page.",
)
@kept
def communes(
    request: HttpRequest,
    zonage: Identifier,
    verdict: Annotated[
        Verdict | None,
        Query(title="Réponse", description="Seulement les communes qui ont cette réponse.", example="oui"),
    ] = None,
    le: asked.Day = None,
    limite: asked.Limit = 100,
    curseur: asked.Cursor = None,
) -> HttpResponse:
    """Every commune of a day."""
    now = opened()
    answers = answer_each(now.atlas, get_zoning(zonage), on=day_of(request, now))
    wanted = [answer for answer in answers if verdict is None or answer.verdict is verdict]
    told = page_of_sorted(request, wanted, limite, curseur, key=lambda answer: answer.commune)
    return document({**told, "items": [_commune(answer) for answer in told["items"]]})


@of_territory.get(
    "/{code}/zonages",
    response=list[ZoningVerdict],
    summary="Répondre de tous les zonages pour un territoire",
    description="La réponse de chaque zonage qui existe ce jour-là, avec sa raison et sa source.",
)
@kept
def verdicts(request: HttpRequest, code: asked.Code, le: asked.Day = None) -> HttpResponse:
    """Every zoning for a territory."""
    now = opened()
    answers = answer_all(now.atlas, territory_of(now, code, on=day_of(request, now)))
    return document([answer.as_json() for answer in answers])


@of_territory.get(
    "/{code}/zonages/{zonage}",
    response=ZoningVerdict,
    summary="Répondre d'un zonage pour un territoire",
    description="La réponse d'un zonage pour un territoire, un jour où ce zonage existe.",
)
@kept
def one_verdict(
    request: HttpRequest, code: asked.Code, zonage: Identifier, le: asked.Day = None
) -> HttpResponse:
    """One zoning for a territory. Raises :class:`DayOutOfRangeError` on a day without this zoning."""
    now = opened()
    wanted = get_zoning(zonage)
    territory = territory_of(now, code, on=day_of(request, now))
    answers = answer_all(now.atlas, territory)
    found = next((answer for answer in answers if answer.zoning.id == wanted.id), None)
    if found is None:
        first, last = wanted.since or now.atlas.first_day, wanted.until or now.today
        raise DayOutOfRangeError(territory.on, first, last)
    return document(found.as_json())


def _shown(one: Zoning) -> dict[str, Any]:
    return {
        "id": one.id,
        "label": one.label,
        "summary": one.summary,
        "since": one.since.isoformat() if one.since else None,
        "until": one.until.isoformat() if one.until else None,
        "text": one.definition.model_dump(mode="json"),
        "sources": sorted({edition.source for edition in one.editions}),
    }


def _commune(answer: CommuneAnswer) -> dict[str, Any]:
    return {
        "commune": answer.commune,
        "name": answer.name,
        "population": answer.population,
        "verdict": answer.verdict.value,
        "details": list(answer.details),
        "reason": answer.reason,
        "source": answer.edition.source if answer.edition else None,
    }

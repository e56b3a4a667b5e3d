"""Structures: the directory asked page by page, and one structure on a day."""

from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from ancrage.api import asked
from ancrage.api.documents import Told, page_of
from ancrage.api.rendering import document
from ancrage.api.territories import named
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.directory import directory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.reasoning import Verdict
from ancrage.register.directory.cards import Card
from ancrage.register.directory.query import DirectoryQuery, InZoning
from ancrage.register.directory.structure import structure_of
from ancrage.register.directory.vocabulary import Employer, Order

router = Router(tags=["Structures"])


class ListedStructure(
    Told,
    title="Structure listée",
    json_schema_extra={"description": "Un établissement de l'annuaire, en bref."},
):
    """A structure in a list."""

    siret: str = Field(description="SIRET.")
    siren: str = Field(description="SIREN.")
    name: str | None = Field(description="Nom ; null si l'unité n'est pas diffusible ou n'en a pas.")
    commune: str | None = Field(description="Code INSEE de sa commune.")
    family: str | None = Field(description="Famille de l'ESS.")
    naf: str | None = Field(description="Activité principale (NAF rév. 2).")
    kinds: list[str] = Field(description="Types de structure d'insertion ; vide si elle n'en est pas.")
    jobs: dict[str, float | None] | None = Field(description="Salariés, bornes ; null si rien n'est publié.")
    membership: Verdict = Field(description="Appartenance à l'ESS : oui, non ou a_verifier.")
    quarter: Verdict = Field(description="En quartier prioritaire : oui, non ou a_verifier.")
    distance_km: float | None = Field(description="Distance à la commune demandée, à vol d'oiseau.")
    fictitious: bool = Field(description="Vrai si la structure n'existe pas (démonstration).")


class ShownStructure(
    Told, title="Structure", json_schema_extra={"description": "Un établissement un jour donné, et pourquoi."}
):
    """A structure on a day."""

    structure: ListedStructure = Field(description="L'établissement.")
    on: str = Field(description="Jour pour lequel la réponse vaut.")
    standing: str = Field(description="Ouvert, fermé, ou inconnu ce jour-là.")
    reasons: list[str] = Field(description="Pourquoi elle est de l'ESS, ou ne l'est pas.")
    legal_form: str = Field(description="Forme juridique.")
    sisters: list[ListedStructure] = Field(description="Autres établissements de la même unité légale.")
    territory: dict[str, str] | None = Field(description="Sa commune.")
    zonings: list[dict[str, Any]] = Field(description="Ce que disent les zonages de sa commune.")
    note: str = Field(description="Ce qu'il faut savoir.")


@router.get(
    "",
    response=page_of(ListedStructure, "Page de structures"),
    summary="Chercher des structures",
    description="L'annuaire de l'ESS d'un territoire, par nom, ou par distance quand « rayon_km » est "
    "donné autour d'une "
    "commune. Plusieurs valeurs d'un champ élargissent la réponse, plusieurs champs la resserrent.",
)
@kept
def structures(
    request: HttpRequest,
    territoire: Annotated[
        str, Query(title="Territoire", description="Où chercher.", example="23077", max_length=2000)
    ] = "fr",
    rayon_km: Annotated[
        float | None,
        Query(title="Rayon", description="Kilomètres autour de la commune.", example=15, gt=0, le=500),
    ] = None,
    q: asked.Words = None,
    famille: Annotated[
        list[str], Query(title="Famille", description="Famille de l'ESS.", max_length=50)
    ] = [],
    activite: Annotated[
        list[str], Query(title="Activité", description="Section, division ou classe NAF.", max_length=50)
    ] = [],
    siae: Annotated[
        list[str], Query(title="SIAE", description="Type de structure d'insertion.", max_length=50)
    ] = [],
    employeur: Annotated[
        list[Employer], Query(title="Employeur", description="Si elle emploie.", max_length=3)
    ] = [],
    ess: Annotated[list[Verdict], Query(title="ESS", description="Appartenance à l'ESS.", max_length=4)] = [],
    qpv: Annotated[list[Verdict], Query(title="Quartier", description="En quartier.", max_length=4)] = [],
    zonage: Annotated[
        list[str], Query(title="Zonage", description="Sa commune est dans ce zonage.", max_length=20)
    ] = [],
    le: asked.Day = None,
    limite: asked.Limit = 50,
    curseur: asked.Cursor = None,
) -> HttpResponse:
    """Ask the directory."""
    now = opened()
    query = DirectoryQuery(
        territory=territory_of(now, territoire, on=day_of(request, now)),
        radius_km=rayon_km,
        text=q or "",
        families=tuple(famille),
        activities=tuple(activite),
        kinds=tuple(siae),
        employers=tuple(employeur),
        memberships=tuple(ess),
        quarters=tuple(qpv),
        zonings=tuple(InZoning(each) for each in zonage),
        order=Order.DISTANCE if rayon_km else Order.NAME,
    )
    found = directory_of(now).page(query, limit=limite, after=curseur)
    return document({"items": [_card(one) for one in found.cards], "next": found.after, "total": None})


@router.get(
    "/{siret}",
    response=ShownStructure,
    summary="Montrer une structure",
    description="Un établissement par son SIRET : ce qu'il est, pourquoi il est de l'ESS, où il se trouve.",
)
@kept
def structure(
    request: HttpRequest,
    siret: Annotated[
        str, Path(title="SIRET", description="Quatorze chiffres.", example="99900014400017", max_length=40)
    ],
    le: asked.Day = None,
) -> HttpResponse:
    """One of them."""
    now = opened()
    found = structure_of(now.atlas, siret, on=day_of(request, now))
    told = {
        "structure": _card(found.card),
        "on": found.on.isoformat(),
        "standing": found.standing.value,
        "reasons": list(found.reasons),
        "legal_form": found.legal_form,
        "sisters": [_card(one) for one in found.sisters],
        "territory": named(found.territory.named) if found.territory else None,
        "zonings": [answer.as_json() for answer in found.zonings],
        "note": found.note,
    }
    return document(told)


def _card(one: Card) -> dict[str, Any]:
    days = {
        name: getattr(one, name).isoformat() if getattr(one, name) else None for name in ("created", "closed")
    }
    jobs = {"low": one.jobs.low, "high": one.jobs.high} if one.jobs else None
    return {**asdict(one), **days, "jobs": jobs, "kinds": list(one.kinds)}

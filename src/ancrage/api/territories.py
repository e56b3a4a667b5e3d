"""Territories: finding one, showing it, listing what it is made of."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from ancrage.api import asked
from ancrage.api.asking import of_territory as ask
from ancrage.api.documents import NamedTerritory, Told, page_of
from ancrage.api.rendering import document, geojson
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.cursors import page, place_of
from ancrage.desk.diagnosing import diagnosis_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.reports.diagnosis.features import features_of
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.finding import Match, find
from ancrage.territories.territory import Named, Territory

router = Router(tags=["Territoires"])
MOST_FOUND = 100


class FoundTerritory(
    NamedTerritory,
    title="Territoire trouvé",
    json_schema_extra={"description": "Une réponse à une recherche, ou une ligne d'une liste."},
):
    """A territory that answers a search, or a line of a list."""

    context: str = Field(description="Ce qui le situe : son département, le pays…")
    via: str = Field(description="Ce qui a mené à lui : code, nom, code postal, liste.")
    score: float = Field(description="Ressemblance, de 0 à 100 ; 100 pour une réponse exacte.")


class ShownTerritory(
    NamedTerritory,
    title="Territoire",
    json_schema_extra={"description": "Un territoire un jour donné : qui il est, où il se range."},
):
    """A territory on a day."""

    on: str = Field(description="Jour pour lequel la réponse vaut.")
    vintage: int = Field(description="Millésime du code officiel géographique.")
    population: int | None = Field(description="Population municipale ; null si elle n'est pas connue.")
    commune_count: int = Field(description="Nombre de communes.")
    uncertain_communes: list[str] = Field(description="Communes dont l'appartenance est incertaine.")
    parents: list[NamedTerritory] = Field(
        description="Territoires qui le contiennent, du plus petit au plus grand."
    )
    note: str = Field(description="Ce qu'il faut savoir de lui ; vide sinon.")


class ShownCommune(
    Told, title="Commune", json_schema_extra={"description": "Une commune d'un territoire, un jour donné."}
):
    """A commune of a territory."""

    code: str = Field(description="Code INSEE.")
    name: str = Field(description="Nom.")
    population: int | None = Field(description="Population municipale ; null si elle n'est pas connue.")
    epci: str | None = Field(description="SIREN de son intercommunalité.")
    departement: str = Field(description="Département.")
    region: str | None = Field(description="Région.")


@router.get(
    "",
    response=page_of(FoundTerritory, "Page de territoires"),
    summary="Chercher ou lister des territoires",
    description="Avec « q », les territoires qui répondent, les meilleurs d'abord, sans page suivante. "
    "Sans « q », tous "
    "ceux d'une nature, par code, de page en page.",
)
@kept
def territories(
    request: HttpRequest,
    q: Annotated[
        str | None,
        Query(
            title="Texte",
            description="Nom, même mal écrit, code ou code postal.",
            example="Faux-la-Montagne",
            max_length=200,
        ),
    ] = None,
    nature: Annotated[
        Kind,
        Query(
            title="Nature", description="Nature des territoires listés, sans « q ».", example="departement"
        ),
    ] = Kind.REGION,
    le: asked.Day = None,
    limite: asked.Limit = 50,
    curseur: asked.Cursor = None,
) -> HttpResponse:
    """Search, or list."""
    now = opened()
    on = day_of(request, now)
    if q:
        found = find(now.atlas, q, on=on, limit=min(limite, MOST_FOUND))
        return document({"items": [_match(match) for match in found], "next": None, "total": len(found)})
    vintage, after = now.atlas.vintage_on(on), place_of(request, curseur) or ""
    rows = now.atlas.warehouse.rows(
        f"SELECT code, name FROM {_table(nature)} AND code > $after ORDER BY code LIMIT $limit",
        {"vintage": vintage, "after": after, "limit": limite + 1, **_named_kind(nature)},
    )
    listed = [_listed(Named(TerritoryCode(nature, row["code"]), row["name"])) for row in rows]
    return document(page(request, listed, limite, key=lambda one: one["code"]))


def _table(kind: Kind) -> str:
    if kind is Kind.COMMUNE:
        return "commune WHERE vintage = $vintage"
    if kind is Kind.ARRONDISSEMENT_MUNICIPAL:
        return "municipal_arrondissement WHERE vintage = $vintage"
    return "unit WHERE vintage = $vintage AND kind = $kind"


def _named_kind(kind: Kind) -> dict[str, str]:
    return {"kind": kind.value} if "$kind" in _table(kind) else {}


@router.get(
    "/{code}",
    response=ShownTerritory,
    summary="Montrer un territoire",
    description="Identité, population, territoires qui le contiennent, un jour donné.",
)
@kept
def territory(request: HttpRequest, code: asked.Code, le: asked.Day = None) -> HttpResponse:
    """Show one."""
    now = opened()
    return document(_shown(territory_of(now, code, on=day_of(request, now))))


@router.get(
    "/{code}/communes",
    response=page_of(ShownCommune, "Page de communes"),
    summary="Lister les communes d'un territoire",
    description="Ses communes un jour donné, par code INSEE, de page en page.",
)
@kept
def communes(
    request: HttpRequest,
    code: asked.Code,
    le: asked.Day = None,
    limite: asked.Limit = 100,
    curseur: asked.Cursor = None,
) -> HttpResponse:
    """Its communes."""
    now = opened()
    found = territory_of(now, code, on=day_of(request, now))
    after = place_of(request, curseur) or ""
    where, parameters = now.atlas.inside(found)
    rows = now.atlas.warehouse.rows(
        "SELECT code, name, population, epci, departement, region FROM commune c "
        f"WHERE {where} AND c.code > ? ORDER BY c.code LIMIT ?",
        (*parameters, after, limite + 1),
    )
    return document(page(request, rows, limite, key=lambda row: row["code"], total=len(found.communes)))


ask(
    router,
    "/{code}/diagnostic",
    "diagnostic",
    operation="territories_diagnosis",
    tags=["Diagnostic"],
    summary="Diagnostiquer un territoire",
    description="Tout ce qu'Ancrage sait d'un territoire un jour donné : limites, zonages, économie "
    "sociale et solidaire, "
    "comparaisons, aides, leviers, sources. Le schéma est celui que la ligne de commande publie avec le "
    "diagnostic.",
)


@router.get(
    "/{code}/carte",
    summary="Dessiner un territoire",
    description="En GeoJSON (WGS 84) : contour, communes et leurs zonages, quartiers, structures. « "
    "couche » dit à quoi "
    "appartient chaque objet. Sans contour connu, la collection est vide.",
    openapi_extra={"ancrage-media": "application/geo+json"},
)
@kept
def outlines(request: HttpRequest, code: asked.Code, le: asked.Day = None) -> HttpResponse:
    """Its map."""
    now = opened()
    found = territory_of(now, code, on=day_of(request, now))
    return geojson(features_of(diagnosis_of(now, found)))


def named(one: Named) -> dict[str, Any]:
    """A territory as it is named beside others."""
    return {"kind": one.code.kind.value, "code": one.code.code, "id": str(one.code), "name": one.name}


def _match(match: Match) -> Mapping[str, Any]:
    return {**named(match.named), "context": match.context, "via": match.via, "score": match.score}


def _listed(one: Named) -> dict[str, Any]:
    return {**named(one), "context": one.code.kind.label, "via": "liste", "score": 100.0}


def _shown(found: Territory) -> dict[str, Any]:
    return {
        **named(found.named),
        "on": found.on.isoformat(),
        "vintage": found.vintage,
        "population": found.population,
        "commune_count": len(found.communes),
        "uncertain_communes": sorted(found.uncertain),
        "parents": [named(parent) for parent in found.parents],
        "note": found.note,
    }

"""Coverage: which support reaches each commune of a territory, from how far."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from ancrage.api import asked
from ancrage.api.documents import Told
from ancrage.api.rendering import document, geojson
from ancrage.api.territories import named
from ancrage.coverage.kinds import get_kind
from ancrage.coverage.states import Reaches, SupportCoverage, cover
from ancrage.coverage.territory import communes_of, edition_directory, weighings
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import Opened, opened
from ancrage.register.reach import register_is_whole
from ancrage.reports.coverage.sheet import as_geojson, as_json
from ancrage.siting.shapes import shapes_of
from ancrage.territories.territory import Territory

of_territory = Router(tags=["Accompagnement"])
Kinds = Annotated[
    list[str],
    Query(title="Réseaux", description="Seulement ces réseaux ; répétable.", example=["dla"], max_length=50),
]
Near = Annotated[
    float,
    Query(title="Seuil", description="Jusqu'où un lieu couvre, en kilomètres.", example=15, ge=0, le=500),
]
Far = Annotated[
    float,
    Query(title="Loin", description="Au-delà, personne ne couvre, en kilomètres.", example=45, ge=0, le=1000),
]


class Covered(
    Told,
    title="Couverture",
    json_schema_extra={"description": "Quel accompagnement couvre chaque commune, et d'où."},
):
    """Which support covers each commune."""

    territory: dict[str, str] = Field(description="Le territoire.")
    on: str = Field(description="Jour pour lequel la réponse vaut.")
    near_km: float = Field(description="Jusqu'où un lieu couvre.")
    far_km: float = Field(description="Au-delà, personne ne couvre.")
    kinds: list[dict[str, Any]] = Field(
        description="Par réseau : s'il est connu, ses lieux, qui est à quelle distance."
    )
    communes: list[dict[str, Any]] = Field(
        description="Par commune : son état et la distance de chaque réseau."
    )
    sources: list[Any] = Field(description="D'où viennent les lieux.")
    fictitious: bool = Field(description="Vrai si le registre est de démonstration, fictif.")


@of_territory.get(
    "/{code}/accompagnement",
    response=Covered,
    summary="Dire quel accompagnement couvre un territoire",
    description="Par commune et par réseau : couverte, proche, loin ou inconnue, et la distance au lieu "
    "le plus proche.",
)
@kept
def coverage(
    request: HttpRequest,
    code: asked.Code,
    reseau: Kinds = [],
    seuil_km: Near = 15.0,
    loin_km: Far = 45.0,
    le: asked.Day = None,
) -> HttpResponse:
    """What covers it."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    found = _covered(now, territory, reseau, Reaches(seuil_km, loin_km))
    whole, fictitious = register_is_whole(now.atlas, territory)
    told = as_json(found, weighings(now.atlas, found.communes, register_whole=whole))
    return document({"territory": named(territory.named), **told, "fictitious": fictitious})


@of_territory.get(
    "/{code}/accompagnement/carte",
    summary="Dessiner la couverture d'un territoire",
    description="Les communes et leur état, en GeoJSON (WGS 84) : leur contour quand il est connu, "
    "sinon un point.",
    openapi_extra={"ancrage-media": "application/geo+json"},
)
@kept
def coverage_map(
    request: HttpRequest,
    code: asked.Code,
    reseau: Kinds = [],
    seuil_km: Near = 15.0,
    loin_km: Far = 45.0,
    le: asked.Day = None,
) -> HttpResponse:
    """Its map."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    found = _covered(now, territory, reseau, Reaches(seuil_km, loin_km))
    return geojson(as_geojson(found, shapes_of(now.atlas, territory)))


def _covered(now: Opened, territory: Territory, kinds: list[str], reaches: Reaches) -> SupportCoverage:
    wanted = [get_kind(name).id for name in kinds]
    communes, directory = communes_of(now.atlas, territory), edition_directory(now.atlas)
    return cover(communes, directory, on=territory.on, kinds=wanted or None, reaches=reaches)

"""Territories: finding one, showing it, listing what it is made of."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from ancrage.api import asked
from ancrage.api.asking import ask
from ancrage.api.rendering import geojson
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.diagnosing import map_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.questions.registry import question_named

router = Router(tags=["Territoires"])
ask(
    router,
    "",
    "territoires",
    "liste_territoires",
    operation="territories_territories",
    summary="Chercher ou lister des territoires",
    description="Avec « q », les territoires qui répondent, les meilleurs d'abord, sans page suivante. "
    "Sans « q », tous ceux d'une nature, par code, de page en page.",
    page=50,
)
ask(
    router,
    "/{code}",
    "territoire",
    operation="territories_territory",
    summary="Montrer un territoire",
    description="Identité, population, territoires qui le contiennent, communes, zonages, un jour donné.",
)
ask(
    router,
    "/{code}/communes",
    "communes",
    operation="territories_communes",
    summary="Lister les communes d'un territoire",
    description="Ses communes un jour donné, par code INSEE, de page en page.",
    page=100,
)
ask(
    router,
    "/{code}/apercu",
    "apercu",
    operation="territories_overview",
    summary="Voir un territoire en un écran",
    description="Ce qu'il faut savoir d'abord d'un territoire un jour donné : zonages qui le concernent, "
    "quatre chiffres de l'ESS et leur rang parmi les territoires semblables, trois outils à employer ici, "
    "trois contacts, ce qui ouvre et ce qui ferme bientôt.",
)
for name, operation, what in (
    ("attestation", "territories_attestation", "Ses zonages, avec le texte de chacun"),
    (
        "synthese",
        "territories_synthesis",
        "Son aperçu, sa place parmi d'autres, son accompagnement, ses aides",
    ),
    ("contrat", "territories_contract", "Signataires, ESS, zones blanches, leviers et aides de chacun"),
    ("note", "territories_note", "La synthèse, et qui associer, pour un comité"),
):
    ask(
        router,
        f"/{{code}}/{name}",
        name,
        operation=operation,
        summary=question_named(name).label,
        description=f"{what}, un jour donné.",
    )
ask(
    router,
    "/{code}/portrait",
    "portrait",
    operation="territories_portrait",
    summary="Faire le portrait de l'ESS d'un territoire",
    description="« L'ESS d'ici » : les chiffres du diagnostic, les structures d'accord pour paraître "
    "et elles seules, leurs besoins, l'agenda ; tout est relu à chaque demande.",
)
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
    return geojson(map_of(now, found))

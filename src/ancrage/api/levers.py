"""Levers and tools: the catalogue, and what is advised to an authority for a territory."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from ancrage.api.asking import ask
from ancrage.api.rendering import document
from ancrage.desk.keeping import kept
from ancrage.levers.catalogue import read_levers
from ancrage.levers.declaration import Lever

router = Router(tags=["Leviers"])
of_territory = Router(tags=["Leviers"])


@router.get(
    "",
    response=list[Lever],
    summary="Lister les leviers",
    description="Les six leviers et leurs dix-neuf outils : compétences, étapes, points de vigilance, "
    "indicateurs.",
)
@kept
def levers(request: HttpRequest) -> HttpResponse:
    """The catalogue: a bare list since the first version of the API."""
    return document([lever.model_dump(mode="json") for lever in read_levers().levers])


ask(
    router,
    "/outils/{outil}",
    "outil",
    operation="levers_tool",
    summary="Montrer un outil",
    description="Un outil par son numéro (1 à 19) ou son identifiant.",
)
ask(
    router,
    "/foncier",
    "foncier",
    operation="levers_land",
    summary="Trouver un local ou un terrain",
    description="L'arbre de décision du foncier : les réponses données, puis la question suivante, ou la "
    "voie trouvée avec ses étapes et ses textes.",
)
ask(
    of_territory,
    "/{code}/leviers",
    "leviers",
    operation="levers_recommendation",
    summary="Recommander des outils",
    description="Les dix-neuf outils pour une autorité qui agit sur ce territoire, les plus pressants "
    "d'abord, et pourquoi. "
    "Sans « pour », l'autorité est celle du territoire.",
)

"""Zonings: which there are, what each says of a territory or of every commune of a day."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from ancrage.api import asked
from ancrage.api.asking import answer_of, ask
from ancrage.api.rendering import document
from ancrage.desk.keeping import kept
from ancrage.questions.registry import question_named
from ancrage.reports.zonings.document import ZoningVerdict

router = Router(tags=["Zonages"])
of_territory = Router(tags=["Zonages"])
ask(
    router,
    "",
    "zonages",
    operation="zonings_zonings",
    summary="Lister les zonages",
    description="Tous les zonages et programmes déclarés, avec le texte qui les fonde, par identifiant.",
    page=50,
)
ask(
    router,
    "/{zonage}",
    "zonage_declare",
    operation="zonings_zoning",
    summary="Montrer un zonage",
    description="Ce qu'il est, ses jours, le texte qui le fonde, les listes publiées.",
)
ask(
    router,
    "/{zonage}/communes",
    "zonage",
    operation="zonings_communes",
    summary="Lire un zonage commune par commune",
    description="La réponse du zonage pour chaque commune d'un jour, par code INSEE, de page en page.",
    page=100,
)


@of_territory.get(
    "/{code}/zonages",
    response=list[ZoningVerdict],
    summary="Répondre de tous les zonages pour un territoire",
    description="La réponse de chaque zonage qui existe ce jour-là, avec sa raison et sa source.",
)
@kept
def verdicts(request: HttpRequest, code: asked.Code, le: asked.Day = None) -> HttpResponse:
    """Every zoning for a territory: a bare list since the first version of the API."""
    telling = answer_of(request, question_named("territoire"), territoire=code)
    return document(telling.document["zonings"])


ask(
    of_territory,
    "/{code}/zonages/{zonage}",
    "zonage_ici",
    operation="zonings_one_verdict",
    summary="Répondre d'un zonage pour un territoire",
    description="La réponse d'un zonage pour un territoire, un jour où ce zonage existe.",
)

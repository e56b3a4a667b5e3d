"""Structures: the directory asked page by page, and one structure on a day."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from ancrage.api import asked
from ancrage.api.asking import answer_of, ask, parameters
from ancrage.api.rendering import document
from ancrage.desk.cursors import place_of, signed
from ancrage.desk.keeping import kept
from ancrage.questions.registry import question_named
from ancrage.reports.structures.document import StructuresDocument

router = Router(tags=["Structures"])
LIST = question_named("structures")


@router.get(
    "",
    response=StructuresDocument,
    summary="Chercher des structures",
    description="L'annuaire de l'ESS d'un territoire, par nom, ou par distance quand « rayon_km » est "
    "donné autour d'une "
    "commune. Plusieurs valeurs d'un champ élargissent la réponse, plusieurs champs la resserrent.",
    openapi_extra={"parameters": list(parameters(LIST, without=("limit",)))},
)
@kept
def structures(request: HttpRequest, limite: asked.Limit = 50, curseur: asked.Cursor = None) -> HttpResponse:
    """Ask the directory."""
    after = place_of(request, curseur)
    telling = answer_of(request, LIST, after=after, limite=str(limite))
    following = telling.answer.facts.after
    return document({**telling.document, "next": signed(request, following) if following else None})


ask(
    router,
    "/{siret}",
    "structure",
    operation="structures_structure",
    summary="Montrer une structure",
    description="Un établissement par son SIRET : ce qu'il est, pourquoi il est de l'ESS, où il se trouve.",
)

"""The catalogue of aids: searching it, one aid on a day, its versions, the facts its rules read."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from ancrage.aids.catalogue import get_aid
from ancrage.api.asking import answered, ask, parameters
from ancrage.api.rendering import document
from ancrage.desk.asking import day_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.questions.registry import question_named
from ancrage.reports.aids.aid import versions_as_json
from ancrage.reports.aids.catalogue_document import AidVersion, FoundAidsDocument

router = Router(tags=["Aides"])
facts = Router(tags=["Aides"])
SEARCH, SHOWN = question_named("recherche_aides"), "20"
ask(
    router,
    "",
    "aides",
    operation="aids_aids",
    summary="Lister les aides",
    description="Le catalogue par identifiant, de page en page, filtré par public, thème et nature. Les "
    "aides importées "
    "se trouvent par la recherche.",
    page=50,
)


@router.get(
    "/recherche",
    response=FoundAidsDocument,
    by_alias=True,
    summary="Chercher des aides",
    description="Par des mots, même mal tapés, dans le catalogue et les aides importées ; les "
    "meilleures d'abord.",
    openapi_extra={"parameters": list(parameters(SEARCH, without=("q",)))},
)
@kept
def search_aids(
    request: HttpRequest,
    q: Annotated[
        str,
        Query(title="Mots", description="Mots cherchés.", example="trésorerie", min_length=1, max_length=200),
    ],
) -> HttpResponse:
    """Search."""
    return answered(request, SEARCH, q=q, limite=request.GET.get("limite") or SHOWN)


ask(
    router,
    "/{aide}",
    "aide",
    operation="aids_aid",
    summary="Montrer une aide",
    description="Qui la donne, à qui, où la demander, et sa version d'un jour : conditions, montant, textes.",
)


ask(
    router,
    "/publiees/{aide}",
    "aide_publiee",
    operation="aids_published",
    summary="Montrer une aide publiée par d'autres",
    description="Sa fenêtre, sa classe, ses conditions, son montant et son guichet, d'après sa liste.",
)


@router.get(
    "/{aide}/versions",
    response=list[AidVersion],
    by_alias=True,
    summary="Lister les versions d'une aide",
    description="Toutes ses versions, de la plus ancienne à la plus récente, avec leurs jours, règles "
    "et textes.",
)
@kept
def versions(
    request: HttpRequest,
    aide: Annotated[
        str,
        Path(
            title="Aide du catalogue",
            description="Identifiant de l'aide.",
            example="urgencess",
            max_length=100,
        ),
    ],
) -> HttpResponse:
    """Its versions: a bare list since the first version of the API."""
    return document(versions_as_json(get_aid(aide), day_of(request, opened())))


ask(
    facts,
    "",
    "faits",
    operation="aids_all_facts",
    summary="Lister les faits",
    description="Les faits que lisent les règles des aides et des leviers : type, unité, question, "
    "valeurs possibles.",
    page=200,
)

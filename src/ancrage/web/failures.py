"""Every failure becomes a page that says what was received, what is possible and what to do.

The status tells machines what the sentence tells people; no traceback is ever shown.
"""

import logging
from collections.abc import Callable, Mapping
from urllib.parse import quote, urlencode

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from ancrage.desk.advice import visitors_hint
from ancrage.desk.documents import most_for
from ancrage.desk.opened import opened
from ancrage.desk.refusals import refused
from ancrage.desk.statuses import status_of
from ancrage.errors import AmbiguousTerritoryError, AncrageError, Choice, SiteFilesError
from ancrage.repairs import Repair
from ancrage.web.again import OUTAGE
from ancrage.web.navigation import address
from ancrage.web.offers import offers
from ancrage.web.typed import typed_again

logger = logging.getLogger("ancrage.web")
REFUSALS: Mapping[int, tuple[str, str, str]] = {
    408: ("Envoi trop lent", "Ce qui était envoyé n'est pas arrivé en trente secondes.", "Recommencez."),
    411: ("Longueur inconnue", "La longueur de ce qui est envoyé n'est pas dite.", "Recommencez autrement."),
    413: ("Envoi trop grand", "Ce qui est envoyé dépasse 1 Mo.", "Envoyez moins de données en une fois."),
    503: ("Site occupé", "Trop d'envois arrivent en même temps.", "Réessayez dans un moment."),
}
"""What is told of a body that was not read: title, sentence, what to do."""
DOCUMENT = (
    "Fichier trop grand",
    "Ce fichier dépasse 4 Mo : rien n'a été écrit.",
    "Revenez en arrière, où le navigateur garde le formulaire, et choisissez un fichier plus petit.",
)
"""The same, where a document is given."""


class FailureMiddleware:
    """Turns what a view raised into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on what may be read; tell the refusal of what may not."""
        if status := refused(request):
            title, message, hint = DOCUMENT if status == 413 and most_for(request.path) else REFUSALS[status]
            return _page(request, title, message, hint, status)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a failure we know; Django's own handlers see to the rest."""
        if isinstance(error, AncrageError):
            return (
                _territory_page(request, error)
                if error.choices
                else _page(request, *_told(error), repairs=error.repairs, asked=True)
            )
        if isinstance(error, DatabaseError):
            logger.exception("the workspace database failed")
            return _page(
                request,
                "Base de travail indisponible",
                "La base où sont gardés les travaux en cours ne répond pas.",
                "Diagnostics, aides et recherches restent consultables. Réessayez dans un moment.",
                503,
            )
        return None


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 named by Django
    """No page answers to this address."""
    return _page(
        request,
        "Page introuvable",
        f"Aucune page ne répond à l'adresse « {request.path} ».",
        "Cherchez un territoire, une structure ou une aide ci-dessous.",
        404,
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 named by Django
    """A request that cannot be read."""
    return _page(
        request,
        "Demande illisible",
        "Cette demande n'a pas pu être lue.",
        "Vérifiez l'adresse ou le formulaire, puis recommencez.",
        400,
    )


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 named by Django
    """A form whose token is not that of its session: the page it came from is too old, or of another site."""
    return _page(
        request,
        "Formulaire périmé",
        "Ce formulaire ne vient pas de votre session : elle a changé depuis que la page s'est ouverte.",
        "Revenez en arrière, rechargez la page, puis renvoyez le formulaire. Rien n'a été écrit.",
        403,
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours: told without detail, written in the log with all of it."""
    return _page(
        request,
        "Erreur d'Ancrage",
        "Cette page n'a pas pu être faite ; l'erreur est notée dans le journal du serveur.",
        "Réessayez ; si elle revient, signalez l'adresse de la page.",
        500,
    )


@never_cache
def _page(
    request: HttpRequest,
    title: str,
    message: str,
    hint: str,
    status: int,
    choices: tuple[tuple[str, Choice], ...] = (),
    repairs: tuple[Repair, ...] = (),
    *,
    asked: bool = False,
) -> HttpResponse:
    told: dict[str, object] = {"title": title, "message": message, "hint": hint, "status": status}
    near = choices or (_suggestions(request) if status == 404 else ())
    told |= {"choices": near, "back": "" if choices else _back(request)}
    told["offers"] = offers(request, repairs)
    told["typed"] = typed_again(request, message) if asked and status < OUTAGE else ()
    try:
        return render(request, "failure.html.j2", told, status=status)
    except SiteFilesError:  # the pages themselves are what is lost
        return render(request, "bare_failure.html.j2", told, status=status)


def _back(request: HttpRequest) -> str:
    """The diagnosis of the territory one of whose pages cannot be made; empty elsewhere."""
    parts = [part for part in request.path.split("/") if part]
    return address("territory", parts[1]) or "" if len(parts) > 2 and parts[0] == "territoires" else ""


def _suggestions(request: HttpRequest) -> tuple[tuple[str, Choice], ...]:
    """Territories near what the address names: an address mistyped still leads somewhere."""
    from ancrage.territories.finding import find

    parts = [part for part in request.path.split("/") if part]
    matched = request.resolver_match
    if len(parts) < 2 or parts[0] != "territoires" or (matched and "code" not in matched.kwargs):
        return ()
    try:
        now = opened()
        near = find(now.atlas, parts[1], on=now.today, limit=6)
    except AncrageError:
        return ()
    choices = (Choice(str(match.named.code), match.label) for match in near)
    return tuple((address("territory", choice.code) or "", choice) for choice in choices)


def _told(error: AncrageError) -> tuple[str, str, str, int]:
    return error.title, error.message, visitors_hint(error), status_of(error)


def _territory_page(request: HttpRequest, error: AncrageError) -> HttpResponse:
    """Which territory? Each choice leads where the visitor was going, the rest of the form kept."""
    title, message, _, status = _told(error)
    chosen = tuple((_same_page(request, error.query, choice.code), choice) for choice in error.choices)
    title = "Lequel ?" if isinstance(error, AmbiguousTerritoryError) else title
    return _page(request, title, message, "", status, chosen)


def _same_page(request: HttpRequest, typed: str, code: str) -> str:
    """The address asked, with a code in the place of what was typed; else the page of the territory."""
    place = quote(code, safe=":")
    path = request.path.split("/")
    if typed in path:
        asked = "/".join(place if part == typed else quote(part, safe=":") for part in path)
        query = request.META.get("QUERY_STRING", "")
        return f"{asked}?{query}" if query else asked
    values = [(name, code if value.strip() == typed else value) for name, value in _pairs(request)]
    if request.method == "GET" and values != _pairs(request):
        return f"{quote(request.path, safe='/:')}?{urlencode(values)}"
    return address("territory", code) or ""


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.GET.lists() for value in values]

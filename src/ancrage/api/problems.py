"""Every failure under ``/api`` is told one way: a problem document (RFC 9457), in French."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from pydantic import BaseModel, Field

from ancrage.api.rendering import written
from ancrage.api.repairs import ToldRepair, as_json
from ancrage.desk.advice import visitors_hint
from ancrage.desk.statuses import status_of
from ancrage.errors import AncrageError, Choice, InvalidQuestionError
from ancrage.language.folding import address
from ancrage.questions.refusals import french
from ancrage.repairs import Repair

logger = logging.getLogger("ancrage.api")
MEDIA_TYPE = "application/problem+json"
URN = "urn:ancrage:probleme:"
TITLES: Mapping[int, tuple[str, str]] = {
    300: ("Territoire ambigu", "Choisissez un code parmi « choices »."),
    400: ("Demande illisible", "Vérifiez que le corps est un objet JSON bien formé, en UTF-8."),
    404: ("Adresse inconnue", "Les adresses de l'API sont décrites dans /api/v1/openapi.json."),
    405: ("Méthode refusée", "L'en-tête Allow donne les méthodes de cette adresse."),
    410: (
        "Territoire disparu",
        "Demandez ce qu'il est devenu, parmi « choices », ou un jour où il existait.",
    ),
    408: ("Demande trop lente", "Envoyez le corps de la demande en moins de trente secondes."),
    411: ("Longueur inconnue", "Donnez la longueur du corps dans l'en-tête Content-Length."),
    413: ("Demande trop grande", "Envoyez moins de données en une fois."),
    415: ("Type de contenu refusé", "Envoyez du JSON, avec l'en-tête Content-Type: application/json."),
    422: ("Paramètres invalides", "Corrigez chaque paramètre nommé dans « errors »."),
    429: ("Trop de demandes", "Attendez le nombre de secondes que donne l'en-tête Retry-After."),
    500: ("Erreur d'Ancrage", "Réessayez ; si elle revient, signalez l'adresse demandée."),
    503: ("Service indisponible", "Réessayez dans un moment."),
}
DETAILS: Mapping[int, str] = {
    300: "Ce nom désigne plusieurs territoires.",
    400: "Cette demande n'a pas pu être lue.",
    404: "Rien ne répond à cette adresse.",
    405: "Cette adresse n'accepte pas cette méthode.",
    408: "Le corps de la demande n'est pas arrivé à temps.",
    410: "Ce territoire n'existe pas ce jour-là.",
    411: "La longueur du corps de la demande n'est pas dite.",
    413: "Le corps de la demande dépasse la taille acceptée.",
    415: "Le corps de la demande n'est pas annoncé comme du JSON.",
    422: "Des paramètres manquent ou ne conviennent pas.",
    429: "Cette adresse a fait plus de demandes qu'il n'est permis en une minute.",
    500: "La réponse n'a pas pu être faite ; l'erreur est notée dans le journal du serveur.",
    503: "La base ou les données ne répondent pas.",
}


class Fault(
    BaseModel,
    title="Faute",
    json_schema_extra={"description": "Un paramètre ou un champ, et ce qu'on lui reproche."},
):
    """One parameter and what is wrong with it."""

    where: str = Field(description="Où : query.limite, path.code, body.territory…")
    message: str = Field(description="Ce qui ne convient pas, en français.")


class Candidate(
    BaseModel,
    title="Choix",
    json_schema_extra={"description": "Un territoire que le texte reçu peut désigner."},
):
    """A territory that was maybe meant."""

    code: str = Field(description="Ce qui le désigne seul : 23096, dep:23…")
    label: str = Field(description="Son nom, sa nature, son département, ses habitants.")


class Problem(
    BaseModel,
    title="Problème",
    json_schema_extra={"description": "Un échec, selon la RFC 9457, en français."},
):
    """A failure told to a program and to the person behind it."""

    type: str = Field(description="Sorte d'échec, stable : urn:ancrage:probleme:territoire-inconnu…")
    title: str = Field(description="L'échec en quelques mots.")
    status: int = Field(description="Statut HTTP, répété.")
    detail: str = Field(description="Ce qui a été reçu et pourquoi cela ne va pas.")
    hint: str = Field(description="Ce qui est possible, ou ce qu'il faut faire ; vide si rien n'est à dire.")
    errors: list[Fault] = Field(description="Chaque paramètre fautif ; vide quand l'échec n'est pas là.")
    choices: list[Candidate] = Field(
        description="Territoires que le texte reçu peut désigner ; vide si rien n'est à choisir."
    )
    repairs: list[ToldRepair] = Field(
        description="Ce qui répare, pour un programme : chaque fois une sorte, et ce qu'il lui faut."
    )


def problem(
    status: int,
    *,
    title: str = "",
    detail: str = "",
    hint: str | None = None,
    errors: Sequence[Mapping[str, str]] = (),
    choices: Sequence[Choice] = (),
    repairs: Sequence[Repair] = (),
) -> HttpResponse:
    """The answer to a failure. What is not given is what is usually said of its status."""
    usual, what_to_do = TITLES.get(status, (HTTPStatus(status).phrase, ""))
    title = title or usual
    document = {
        "type": URN + address(title),
        "title": title,
        "status": status,
        "detail": detail or DETAILS.get(status, title),
        "hint": what_to_do if hint is None else hint,
        "errors": list(errors),
        "choices": [choice._asdict() for choice in choices],
        "repairs": [as_json(one) for one in repairs],
    }
    response = HttpResponse(written(document), status=status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def register(api: NinjaAPI) -> None:
    """Teach the API to tell its failures."""
    api.add_exception_handler(AncrageError, _ours)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(Throttled, _throttled)
    api.add_exception_handler(HttpError, _refused)
    api.add_exception_handler(Http404, _missing)
    api.add_exception_handler(DatabaseError, _unexpected)
    api.add_exception_handler(Exception, _unexpected)


def of_error(error: AncrageError) -> HttpResponse:
    """A failure of the domain: its own title, sentence, hint and repairs."""
    if isinstance(error, InvalidQuestionError):
        return problem(
            422, errors=[{"where": f"query.{name}", "message": told} for name, told in error.faults]
        )
    return problem(
        status_of(error),
        title=error.title,
        detail=error.message,
        hint=visitors_hint(error),
        choices=error.choices,
        repairs=error.repairs,
    )


def _ours(_request: HttpRequest, error: AncrageError | type[AncrageError]) -> HttpResponse:
    assert isinstance(error, AncrageError)  # noqa: S101 ninja types it loosely
    return of_error(error)


def _refused(_request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    assert isinstance(error, HttpError)  # noqa: S101 ninja types it loosely
    return problem(error.status_code)


def _missing(_request: HttpRequest, _error: object) -> HttpResponse:
    return problem(404)


def _throttled(_request: HttpRequest, _error: object) -> HttpResponse:
    return problem(429)


def _unexpected(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """A fault of ours, or an outage: written in the log, told without detail."""
    assert isinstance(error, Exception)  # noqa: S101 ninja types it loosely
    status = status_of(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.error("the API failed", extra={"route": request.path}, exc_info=error)
    return problem(status)


def _invalid(_request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    assert isinstance(error, ValidationError)  # noqa: S101 ninja types it loosely
    faults = [{"where": _where(each["loc"]), "message": french(each)} for each in error.errors]
    return problem(422, errors=faults)


def _where(location: Sequence[str | int]) -> str:
    return ".".join(str(part) for part in location)

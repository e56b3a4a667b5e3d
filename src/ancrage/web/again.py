"""A form asked again in place: what was refused, what it may mean, every field kept."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from ancrage.desk.advice import visitors_hint
from ancrage.desk.statuses import status_of
from ancrage.errors import AmbiguousTerritoryError, AncrageError


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is said beside a form: ``typed`` was not understood; ``choices``: words, addresses to follow."""

    message: str
    hint: str
    typed: str
    choices: tuple[tuple[str, str], ...]


def refusal_of(request: HttpRequest, error: AncrageError) -> Refusal:
    """What to say of a refusal: each choice is the same form, with a code in the place of what was typed."""
    choices = tuple(
        (choice.label, f"{request.path}?{_with(request.GET, error.query, choice.code)}")
        for choice in error.choices
    )
    several = isinstance(error, AmbiguousTerritoryError)
    message = f"« {error.query} » désigne plusieurs territoires : lequel ?" if several else error.message
    return Refusal(message, "" if choices else visitors_hint(error), error.query, choices)


def _with(asked: QueryDict, typed: str, code: str) -> str:
    pairs = [(name, value) for name, values in asked.lists() for value in values]
    return urlencode([(name, value.replace(typed, code) if typed else value) for name, value in pairs])


@never_cache
def asked_again(request: HttpRequest, error: AncrageError, template: str, **around: object) -> HttpResponse:
    """The page of a form whose words were refused, with its status. Raises an outage as it is."""
    status = status_of(error)
    if status >= OUTAGE:
        raise error
    return render(request, template, {"refusal": refusal_of(request, error), **around}, status=status)


OUTAGE = 500

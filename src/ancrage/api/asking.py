"""An operation made from a question: its parameters are its fields, its answer the document of its topic."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from ancrage.api import asked
from ancrage.api.rendering import document, geojson
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.questions.fields import Asked, takes_several
from ancrage.questions.question import Asking, Question
from ancrage.questions.reading import read
from ancrage.questions.registry import question_named
from ancrage.reports.formats.geojson import oriented
from ancrage.reports.topic import Telling, topic_of

SECONDS = 8.0
"""Longest search that a request makes: past it, the answer tells the gap to the best."""
GEOJSON = "application/geo+json"
Schema = dict[str, Any]


def of_territory(
    router: Router,
    path: str,
    name: str,
    *,
    operation: str,
    summary: str,
    description: str,
    mapped: bool = False,
    tags: list[str] | None = None,
) -> None:
    """Add to a router the operation that puts a question to the territory ``{code}`` of its path.

    ``mapped``: it answers the map of the question (GeoJSON), not its document.
    """
    question = question_named(name)
    told: Schema = {"parameters": list(parameters(question, without=("territory",)))}
    if mapped:
        told["ancrage-media"] = GEOJSON

    @kept
    def answer(request: HttpRequest, code: asked.Code) -> HttpResponse:
        return answered(request, question, mapped=mapped, territoire=code)

    answer.__name__ = operation.split("_")[-1]
    router.get(
        path,
        response=None if mapped else topic_of(name).model,
        summary=summary,
        description=description,
        operation_id=operation,
        tags=tags,
        openapi_extra=told,
    )(answer)


def answered(
    request: HttpRequest, question: type[Question], *, mapped: bool = False, **path: str
) -> HttpResponse:
    """The answer to the question that a request asks, ``path`` being what its path says.

    Raises :class:`ancrage.errors.InvalidQuestionError`.
    """
    telling = answer_of(request, question, mapped=mapped, **path)
    return geojson(oriented(telling.features)) if mapped else document(telling.document)


def answer_of(
    request: HttpRequest,
    question: type[Question],
    *,
    mapped: bool = False,
    after: str | None = None,
    **path: str,
) -> Telling:
    """The same, about to be told. ``after``: where its page begins."""
    words: dict[str, Sequence[str]] = dict(request.GET.lists())
    found = read(question, words | {name: [value] for name, value in path.items()})
    now = opened()
    asking = Asking(now, now.today, drawn=mapped, paged=True, seconds=SECONDS, after=after)
    return Telling(found.answer(asking))


def parameters(question: type[Question], *, without: Sequence[str] = ()) -> Iterator[Schema]:
    """The parameters of a question in the query, as the OpenAPI document tells them."""
    whole = question.model_json_schema()
    for name, asked_field in question.asked():
        if name in without or asked_field.local:
            continue
        field = question.model_fields[name]
        schema = _schema(whole["properties"][name], whole.get("$defs", {}))
        yield {
            "in": "query",
            "name": asked_field.name,
            "required": field.is_required(),
            "description": asked_field.help,
            "schema": {**schema, "title": asked_field.label},
            **_example(asked_field, several=takes_several(field)),
        }


def _example(asked_field: Asked, *, several: bool) -> Schema:
    if asked_field.example is None:
        return {}
    return {"example": [asked_field.example] if several else asked_field.example}


def _schema(told: Schema, definitions: Schema) -> Schema:
    """The schema of a field, its references replaced by what they name, its null left out."""
    if "anyOf" in told:
        kept_parts = [part for part in told["anyOf"] if part.get("type") != "null"]
        beside = {key: value for key, value in told.items() if key not in ("anyOf", "default")}
        return _schema({**kept_parts[0], **beside}, definitions)
    if "$ref" in told:
        named = definitions[told["$ref"].rpartition("/")[2]]
        told = {**named, **{key: value for key, value in told.items() if key != "$ref"}}
    if "items" in told:
        told = {**told, "items": _schema(told["items"], definitions)}
    return {key: value for key, value in told.items() if key not in ("description", "title")}

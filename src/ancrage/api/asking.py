"""An operation made from a question: its parameters are its fields, its answer the document of its topic."""

import re
from collections.abc import Iterator, Mapping, Sequence
from inspect import Parameter, Signature
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from ninja import Router
from ninja.params.functions import Path

from ancrage.api import asked
from ancrage.api.rendering import document, geojson
from ancrage.desk.cursors import place_of, signed
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.questions.fields import LONGEST_CODE, Asked, takes_several
from ancrage.questions.question import Asking, Question
from ancrage.questions.reading import choose
from ancrage.questions.registry import question_named
from ancrage.reports.formats.geojson import oriented
from ancrage.reports.topic import Telling, topic_of

SECONDS = 8.0
"""Longest search that a request makes: past it, the answer tells the gap to the best."""
GEOJSON = "application/geo+json"
Schema = dict[str, Any]
PART = re.compile(r"{(\w+)}")
FIELDS = {"code": "territoire"}
"""Names of parts of a path that are not those of the fields they tell."""
CURSOR, LIMIT = "curseur", "limite"
LONGEST_PART = 100


def ask(
    router: Router,
    path: str,
    *names: str,
    operation: str,
    summary: str,
    description: str,
    mapped: bool = False,
    page: int | None = None,
    tags: list[str] | None = None,
) -> None:
    """Add to a router the operation that puts one of these questions, some of whose fields are in the path.

    ``{code}`` there is its territory; any other part bears the name of its field. ``mapped``: it answers the
    map of the question (GeoJSON), not its document. ``page``: it is a long list, given by pages of this size
    unless another is asked.
    """
    questions = [question_named(name) for name in names]
    in_path = {part: FIELDS.get(part, part) for part in PART.findall(path)}
    told: Schema = {"parameters": list(_parameters(questions, tuple(in_path.values())))}
    for one in told["parameters"] if page else ():
        if one["name"] == LIMIT:
            one["schema"]["default"] = page
    if mapped:
        told["ancrage-media"] = GEOJSON

    def answer(request: HttpRequest, /, **given: str) -> HttpResponse:
        words = {in_path[part]: value for part, value in given.items() if part in in_path}
        if page:
            return page_answered(request, *questions, size=page, cursor=given[CURSOR], **words)
        return answered(request, *questions, mapped=mapped, **words)

    anew = any(question.private or question.living for question in questions)
    given_once = never_cache(answer) if anew else kept(answer)
    given_once.__name__ = operation.split("_")[-1]
    given_once.__signature__ = _signature(questions[-1], in_path, paged=bool(page))  # type: ignore[attr-defined]
    router.get(
        path,
        response=None if mapped else topic_of(names[-1]).model,
        by_alias=True,
        summary=summary,
        description=description,
        operation_id=operation,
        tags=tags,
        openapi_extra=told,
    )(given_once)


def _signature(question: type[Question], in_path: Mapping[str, str], *, paged: bool) -> Signature:
    """What ninja reads of an operation: the request, the parts of its path, its cursor."""
    kinds = {part: _part(question, name) for part, name in in_path.items()}
    given = [Parameter(part, Parameter.KEYWORD_ONLY, annotation=kind) for part, kind in kinds.items()]
    if paged:
        given.append(Parameter(CURSOR, Parameter.KEYWORD_ONLY, default=None, annotation=asked.Cursor))
    return Signature(
        [Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest), *given],
        return_annotation=HttpResponse,
    )


def _part(question: type[Question], name: str) -> Any:
    """A field of a question as a part of a path."""
    told = next(each for _, each in question.asked() if each.name == name)
    longest = LONGEST_CODE if told.place else LONGEST_PART
    about: Any = Path(
        title=told.label, description=told.help, example=told.example, min_length=1, max_length=longest
    )
    return Annotated[str, about]


def page_answered(
    request: HttpRequest, *questions: type[Question], size: int, cursor: str | None, **path: str
) -> HttpResponse:
    """A page of a long list, its cursor signed. Raises :class:`ancrage.errors.CursorError`, and as below."""
    words: dict[str, Any] = path if request.GET.get(LIMIT) else {**path, LIMIT: str(size)}
    telling = answer_of(request, *questions, after=place_of(request, cursor), **words)
    following = telling.document["next"]
    return document({**telling.document, "next": signed(request, following) if following else None})


def answered(
    request: HttpRequest, *questions: type[Question], mapped: bool = False, **path: str
) -> HttpResponse:
    """The answer to the one of these questions that a request asks, ``path`` being what its path says.

    Raises :class:`ancrage.errors.InvalidQuestionError`.
    """
    telling = answer_of(request, *questions, mapped=mapped, **path)
    return geojson(oriented(telling.features)) if mapped else document(telling.document)


def answer_of(
    request: HttpRequest,
    *questions: type[Question],
    mapped: bool = False,
    after: str | None = None,
    **path: str,
) -> Telling:
    """The same, about to be told. ``after``: where its page begins."""
    words: dict[str, Sequence[str]] = dict(request.GET.lists())
    found = choose(questions, words | {name: [value] for name, value in path.items()})
    now = opened()
    asking = Asking(now, now.today, drawn=mapped, paged=True, seconds=SECONDS, after=after)
    return Telling(found.answer(asking))


def _parameters(questions: Sequence[type[Question]], without: Sequence[str]) -> Iterator[Schema]:
    """Those of all of them, each once; of several questions, none needs to be asked."""
    told: dict[str, Schema] = {}
    for one in (each for question in questions for each in parameters(question, without=without)):
        told.setdefault(one["name"], {**one, "required": one["required"] and len(questions) == 1})
    return iter(told.values())


def parameters(question: type[Question], *, without: Sequence[str] = ()) -> Iterator[Schema]:
    """The parameters of a question in the query, as the OpenAPI document tells them."""
    whole = question.model_json_schema()
    for name, asked_field in question.asked():
        if {name, asked_field.name} & {*without} or asked_field.local:
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
    one = asked_field.example
    return {"example": [one] if several and not isinstance(one, list) else one}


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

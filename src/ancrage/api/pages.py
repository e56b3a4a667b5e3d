"""The description of the API, for programs (OpenAPI) and for people (a page made from it)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ancrage.api.openapi import Document, openapi
from ancrage.api.problems import problem
from ancrage.api.rendering import document
from ancrage.desk.keeping import kept


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as the page shows it."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Document, ...]
    example: str
    body: str


@require_safe
@kept
def description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return document(openapi())


@require_safe
@kept
def reading(request: HttpRequest) -> HttpResponse:
    """The same, to be read."""
    grouped: dict[str, list[Operation]] = {}
    for tag, operation in _operations(openapi()):
        grouped.setdefault(tag, []).append(operation)
    # The page is kept for everyone: it cannot depend on the name a visitor called the site by.
    origin = settings.SITE_ORIGIN or "http://127.0.0.1:8000"
    told = {
        "groups": grouped,
        "info": openapi()["info"],
        "origin": origin,
        "rate": settings.API_RATE.split("/")[0],
    }
    return render(request, "api.html.j2", told)


def nothing(_request: HttpRequest) -> HttpResponse:
    """No operation has this address."""
    return problem(404)


def _operations(made: Document) -> Iterator[tuple[str, Operation]]:
    for path, methods in made["paths"].items():
        for method, told in methods.items():
            parameters = tuple(told.get("parameters", ()))
            yield (
                told["tags"][0],
                Operation(
                    method=method.upper(),
                    path=path,
                    summary=told["summary"],
                    description=told["description"],
                    parameters=parameters,
                    example=_example(path, parameters),
                    body=_body(told),
                ),
            )


def _example(path: str, parameters: tuple[Document, ...]) -> str:
    """An address that works: examples of what is compulsory, and of one thing that is not."""
    asked: list[tuple[str, Any]] = []
    for parameter in parameters:
        example = parameter.get("example")
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(example))
        elif example is not None and (parameter["required"] or not asked):
            asked += [
                (parameter["name"], each) for each in (example if isinstance(example, list) else [example])
            ]
    return path + (f"?{urlencode(asked)}" if asked else "")


def _body(told: Document) -> str:
    content = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    return json.dumps(content["example"], ensure_ascii=False) if "example" in content else ""

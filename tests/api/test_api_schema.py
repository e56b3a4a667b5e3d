"""Requests drawn from the OpenAPI document: whatever is sent, the answer is one described, never a fault."""

import json
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.test import Client, override_settings
from hypothesis import HealthCheck, given, seed, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import sampled_from
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ancrage.api.openapi import openapi

ADDRESSES = "/api/v1/adresses"
OF_THE_WORKSPACE = (
    *("/api/v1/territoires/{code}/besoins", "/api/v1/territoires/{code}/cas"),
    *("/api/v1/cas", "/api/v1/cas/leviers", "/api/v1/cas/{identifiant}"),
)
"""What reads the base of the workspace, which is not there in these tests (it is in test_people_needs)."""
EXAMPLES = int(os.environ.get("ANCRAGE_EXAMPLES", "4"))
"""Requests drawn for each operation, half as many again; more when asked by the environment."""


def no_fault(context, response, case):  # type: ignore[no-untyped-def]
    """A source this edition has not is told, so is a service or a base out of reach: no fault."""
    told = {"source-non-synchronisee"}
    if case.operation.path == ADDRESSES:
        told.add("source-inaccessible")
    if case.operation.path in OF_THE_WORKSPACE:
        told.add("service-indisponible")
    if response.status_code == 503 and response.json()["type"].removeprefix("urn:ancrage:probleme:") in told:
        return None
    return not_a_server_error(context, response, case)


CHECKS = [
    no_fault,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(autouse=True)
def as_fast_as_one_likes(embedded: object, django_db_blocker: Any) -> Iterator[None]:
    # The bare application, as a server, looks at connections that earlier tests of the process opened.
    with override_settings(API_RATE="1000000/min", ALLOWED_HOSTS=["*"]), django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def described(embedded: object, django_db_blocker: Any) -> schemathesis.BaseSchema:
    with django_db_blocker.unblock():
        from ancrage.config.wsgi import application

        return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


PLACES = (None, "23077", "200044014", "dep:23", "23077+23096", "qpv:QN02301M", "fr")
OPERATIONS = [(method, path) for path, methods in openapi()["paths"].items() for method in methods]


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda value: value)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["valid", "invalid"])
def test_no_request_drawn_from_the_description_makes_the_api_fail(
    described: schemathesis.BaseSchema, method: str, path: str, mode: GenerationMode
) -> None:
    operation = described[path][method.upper()]

    @seed(20261126)
    @settings(
        max_examples=EXAMPLES * 3 // 2, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode), place=sampled_from(PLACES))
    def ask(case: schemathesis.Case, place: str | None) -> None:
        if place and "code" in case.path_parameters:
            # Hardly any code drawn at random is one of a territory.
            case.path_parameters["code"] = place
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    try:
        ask()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE, "nothing valid can be drawn"


def test_every_operation_is_told_in_french_with_an_example() -> None:
    for path, methods in openapi()["paths"].items():
        for told in methods.values():
            assert told["summary"], path
            assert told["description"].endswith("."), path
            for parameter in told["parameters"]:
                assert parameter["description"], (path, parameter["name"])
                if parameter["required"]:
                    assert "example" in parameter, (path, parameter["name"])
            if "requestBody" in told:
                assert told["requestBody"]["content"]["application/json"]["example"], path


NOT_EMBEDDED = {
    ADDRESSES: 503,
    "/api/v1/territoires/{code}/accompagnement/ouvertures": 400,
    "/api/v1/points": 503,
    "/api/v1/aides/publiees/{aide}": 404,
    "/api/v1/acheteurs/{acheteur}": 404,
}
"""What the embedded edition refuses (no outlines, lists nor contracts), and tests (no network, no base)."""


def test_schemas_have_titles_of_their_own() -> None:
    """A generated client names its types after them: two of the same name would be one."""
    titles = [schema["title"] for schema in openapi()["components"]["schemas"].values() if "title" in schema]
    assert sorted(titles) == sorted(set(titles))


def test_the_example_of_every_operation_is_answered(api: Client, db: None) -> None:
    from ancrage.api.pages import _operations

    for _, one in _operations(openapi()):
        answer = (
            api.post(one.path, data=one.body, content_type="application/json")
            if one.method == "POST"
            else api.get(one.example)
        )
        expected = NOT_EMBEDDED.get(one.path, 200)
        assert answer.status_code == expected, (one.example, answer.content[:300])


def test_operations_have_names_of_their_own() -> None:
    names = [told["operationId"] for methods in openapi()["paths"].values() for told in methods.values()]
    assert len(names) == len(set(names))


def test_the_diagnosis_answered_follows_the_schema_published(api: Client) -> None:
    from ancrage.reports.diagnosis.schema import diagnosis_schema

    answer = api.get("/api/v1/territoires/23077/diagnostic")
    Draft202012Validator(diagnosis_schema()).validate(json.loads(answer.content))


def test_every_day_and_every_cursor_of_the_description_has_its_pattern(api: Client) -> None:
    parameters = [
        one
        for methods in openapi()["paths"].values()
        for told in methods.values()
        for one in told["parameters"]
    ]
    days = [
        one for one in parameters if _told_of(one["schema"]).get("format") == "date" or one["name"] == "le"
    ]
    cursors = [one for one in parameters if one["name"] == "curseur"]
    assert days
    assert cursors
    assert {re.fullmatch(_told_of(one["schema"])["pattern"], "2026-01-01") is None for one in days} == {False}
    assert {re.fullmatch(_told_of(one["schema"])["pattern"], "2026-1-1") is None for one in days} == {True}
    following = api.get("/api/v1/structures?limite=1").json()["next"]
    assert all(re.fullmatch(_told_of(one["schema"])["pattern"], following) for one in cursors)


def _told_of(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema, null left aside."""
    merged = dict(schema)
    for part in schema.get("anyOf", ()):
        merged |= {key: value for key, value in part.items() if part.get("type") != "null"}
    return merged

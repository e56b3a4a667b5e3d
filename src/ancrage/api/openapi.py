"""The OpenAPI document: what ninja writes, completed with our failures, our French words, our own schemas."""

from functools import cache
from typing import Any

from ancrage.api.problems import DETAILS, MEDIA_TYPE, TITLES, Problem
from ancrage.api.service import api
from ancrage.reports.diagnosis.schema import diagnosis_schema

PREFIX = "/api/v1/"
FAILURES = {
    "get": (300, 400, 404, 410, 422, 429, 500, 503),
    "post": (300, 400, 404, 410, 413, 415, 422, 429, 500, 503),
}

MEDIA = "ancrage-media"
GEOJSON = {
    "type": "object",
    "title": "Collection GeoJSON",
    "description": "RFC 7946, coordonnées WGS 84.",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": {"type": "object"}},
    },
}
Document = dict[str, Any]


@cache
def openapi() -> Document:
    """The document, ready to be written. Shared: not to be changed."""
    made: Document = api.get_openapi_schema(path_prefix=PREFIX)
    schemas = made["components"]["schemas"]
    schemas |= {"Problem": Problem.model_json_schema(ref_template="#/components/schemas/{model}")}
    schemas |= schemas["Problem"].pop("$defs")
    for schema in schemas.values():
        if "enum" in schema:
            # The docstring of an enumeration is for those who read the code.
            schema.pop("description", None)
            schema.pop("title", None)
    schemas |= _diagnosis()
    for path in made["paths"].values():
        for method, operation in path.items():
            _complete(method, operation)
    return _without_english_titles(made)


def _complete(method: str, operation: Document) -> None:
    operation["operationId"] = operation["operationId"].removeprefix("ancrage_api_")
    for parameter in operation.get("parameters", ()):
        for part in parameter["schema"].get("allOf", ()):
            part.pop("description", None)
            part.pop("title", None)
    media = operation.pop(MEDIA, None)
    answers = {str(status): told for status, told in operation["responses"].items()}
    answers["200"]["description"] = "La réponse."
    if media:
        answers["200"]["content"] = {media: {"schema": GEOJSON}}
    if method == "get":
        answers["304"] = {"description": "Inchangé : l'ETag envoyé par If-None-Match est encore le bon."}
    answers |= {str(status): _failure(status) for status in FAILURES[method]}
    operation["responses"] = answers


def _failure(status: int) -> Document:
    return {
        "description": f"{TITLES[status][0]}. {DETAILS[status]}",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _diagnosis() -> Document:
    """The published schema of a diagnosis, in French, in place of the one made from the model."""
    published = _moved(diagnosis_schema())
    parts: Document = published.pop("$defs")
    whole = {key: value for key, value in published.items() if not key.startswith("$")}
    return {**parts, "Diagnosis": whole}


def _moved(value: Any) -> Any:
    """References to the definitions of a document of its own, turned into those of the components."""
    if isinstance(value, dict):
        return {key: _moved(content) for key, content in value.items()}
    if isinstance(value, list):
        return [_moved(content) for content in value]
    return value.replace("#/$defs/", "#/components/schemas/") if isinstance(value, str) else value


def _without_english_titles(made: Document) -> Document:
    """Titles that pydantic makes from names of fields say nothing to a reader of French."""
    for schema in made["components"]["schemas"].values():
        for field in schema.get("properties", {}).values():
            field.pop("title", None)
    return made

"""Documents as the API writes them: compact JSON, accents as they are."""

import json
from typing import Any

from django.http import HttpResponse
from pydantic_core import to_json

JSON = "application/json"
GEOJSON = "application/geo+json"


NOT_A_NUMBER = (b"NaN", b"Infinity")
"""How a number that JSON cannot hold would be written; a text may hold these letters too."""


def written(document: Any) -> bytes:
    """The document as JSON. Raises :class:`ValueError` for what JSON cannot hold (NaN, infinity)."""
    told = to_json(document)
    if any(mark in told for mark in NOT_A_NUMBER):
        json.dumps(document, allow_nan=False)
    return told


def document(value: Any) -> HttpResponse:
    """A JSON answer."""
    return HttpResponse(written(value), content_type=JSON)


def geojson(features: Any) -> HttpResponse:
    """A GeoJSON answer (RFC 7946), WGS 84."""
    return HttpResponse(written(features), content_type=GEOJSON)


def told_once(value: Any) -> HttpResponse:
    """A JSON answer to what a person said of themselves: nobody keeps it."""
    response = document(value)
    response.headers["Cache-Control"] = "no-store"
    return response

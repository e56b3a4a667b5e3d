"""Documents as the API writes them: compact JSON, accents as they are."""

import json
from typing import Any

from django.http import HttpResponse

JSON = "application/json"
GEOJSON = "application/geo+json"


def written(document: Any) -> str:
    """The document as JSON. Raises :class:`ValueError` for what JSON cannot hold (NaN, infinity)."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


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

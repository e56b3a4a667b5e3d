"""The directory as files: the points of its map, and its list to take away."""

import json
import math
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.diagnosis.outline import outline_of
from ancrage.edition.opened import Opened
from ancrage.questions.question import Answer, Asking
from ancrage.questions.structures import MOST_POINTS, StructureFacts
from ancrage.register.directory.places import EARTH_KM
from ancrage.register.directory.query import DirectoryQuery
from ancrage.register.territory_places import register_places
from ancrage.reports.formats import FORMATS
from ancrage.reports.formats.csv import rows_of
from ancrage.reports.formats.geojson import oriented
from ancrage.reports.structures.directory import card_as_json, chosen, features_of, points_told, row_of
from ancrage.spreadsheets import PEOPLE
from ancrage.territories.codes import Kind
from ancrage.web.asking import answered, asked_of

QUESTION = ("structures",)


def asked(request: HttpRequest, now: Opened) -> Answer[StructureFacts]:
    """What the directory answers to an address."""
    return asked_of(request, QUESTION).answer(Asking(now, now.today))


@kept
def points(request: HttpRequest) -> HttpResponse:
    """Where the structures are; a hidden unit has no place."""
    now = opened()
    facts = asked(request, now).facts
    found = facts.points(MOST_POINTS)
    ground = _ground(now, facts.query)
    drawn = oriented({"features": [*ground, *features_of(found)]})
    told = {**points_told(found), **_framed(ground, facts.query)}
    collection = {"type": "FeatureCollection", **drawn, **told}
    return JsonResponse(collection, content_type=FORMATS["geojson"].mime)


def _ground(now: Opened, query: DirectoryQuery) -> list[dict[str, object]]:
    """Outlines under the points, so that one knows where they are; none for the whole country."""
    territory = query.territory
    if territory.kind is Kind.FRANCE:
        return []
    outline = outline_of(now.atlas, territory, register_places(now.atlas, territory).places)
    if outline is None or outline.territory is None:
        return []
    drawn = [("territoire", outline.territory), *(("commune", one) for one in outline.communes)]
    return [
        {"type": "Feature", "geometry": one["geometry"], "properties": {"couche": layer, "nom": named(one)}}
        for layer, one in drawn
    ]


def _framed(ground: list[dict[str, object]], query: DirectoryQuery) -> dict[str, list[float]]:
    """West, south, east, north of what is asked around a commune: its outline, and so many kilometres."""
    if query.radius_km is None or not ground:
        return {}
    from shapely import total_bounds  # geometry is slow to import: only a map pays
    from shapely.geometry import shape

    west, south, east, north = map(float, total_bounds([shape(one["geometry"]) for one in ground]))
    beyond = math.degrees(query.radius_km / EARTH_KM)
    aside = beyond / math.cos(math.radians((south + north) / 2))
    return {"cadre": [west - aside, south - beyond, east + aside, north + beyond]}


def named(feature: Mapping[str, Any]) -> str:
    """Name of an outline."""
    return str(feature["properties"]["name"])


@require_safe
def export(request: HttpRequest, shape: str) -> HttpResponseBase:
    """The whole list to take away, sent as it is read; the points of its map stop at ``MOST_POINTS``."""
    if shape == "geojson":
        return points(request)
    if shape not in WRITTEN:
        if shape not in ("xlsx", "pdf", "docx"):
            raise Http404(shape)
        return answered(request, QUESTION, words={"format": [shape]}, shape=FORMATS[shape])
    parts = WRITTEN[shape](asked(request, opened()).facts)
    # The first structures are read now: what refuses the question must not come after the answer has begun.
    first = list(islice(parts, 1))
    disposition = f'attachment; filename="structures.{shape}"'
    return StreamingHttpResponse(
        chain(first, parts), content_type=FORMATS[shape].mime, headers={"Content-Disposition": disposition}
    )


def _as_csv(facts: StructureFacts) -> Iterator[str]:
    columns = chosen(facts.columns)
    return PEOPLE.parts(columns, rows_of(row_of(card, columns) for card in facts.every()))


def _as_json(facts: StructureFacts) -> Iterator[str]:
    """A list of structures, one at a time; ``null`` is unknown."""
    before = "[\n"
    for card in facts.every():
        yield before + json.dumps(card_as_json(card), ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


WRITTEN = {"csv": _as_csv, "json": _as_json}

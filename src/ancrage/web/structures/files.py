"""The directory as files: the points of its map, and its list to take away."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from ancrage.desk.directory import directory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.diagnosis.outline import outline_of
from ancrage.edition.opened import Opened
from ancrage.register.directory.cards import Card
from ancrage.register.directory.query import DirectoryQuery
from ancrage.register.territory_places import register_places
from ancrage.reports.structures.directory import cards_csv, cards_json, points_features, points_told
from ancrage.spreadsheets import MACHINES, MEDIA_TYPE
from ancrage.territories.codes import Kind
from ancrage.web.structures.asked import query_of

MOST_POINTS = 5000


@kept
def points(request: HttpRequest) -> HttpResponse:
    """Where the structures are; a hidden unit has no place."""
    now = opened()
    query = query_of(request, now)
    found = directory_of(now).points(query, limit=MOST_POINTS)
    collection = {
        "type": "FeatureCollection",
        "features": [*_ground(now, query), *points_features(found)],
        **points_told(found),
    }
    return JsonResponse(collection, content_type="application/geo+json")


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


def named(feature: Mapping[str, Any]) -> str:
    """Name of an outline."""
    return str(feature["properties"]["name"])


EXPORTS: dict[str, tuple[str, Callable[[Iterable[Card]], Iterator[str]]]] = {
    "csv": (MEDIA_TYPE, cards_csv),
    "csv-machine": (MEDIA_TYPE, partial(cards_csv, convention=MACHINES)),
    "json": ("application/json", cards_json),
}


@require_safe
def export(request: HttpRequest, shape: str) -> HttpResponseBase:
    """The whole list to take away, sent as it is read; the points of its map stop at ``MOST_POINTS``."""
    if shape == "geojson":
        return points(request)
    if shape not in EXPORTS:
        raise Http404(shape)
    now = opened()
    kind, write = EXPORTS[shape]
    cards = directory_of(now).every(query_of(request, now))
    # The first structures are read now: what refuses the question must not come after the answer has begun.
    first = list(islice(cards, 1))
    disposition = f'attachment; filename="structures.{shape.removesuffix("-machine")}"'
    return StreamingHttpResponse(
        write(chain(first, cards)), content_type=kind, headers={"Content-Disposition": disposition}
    )

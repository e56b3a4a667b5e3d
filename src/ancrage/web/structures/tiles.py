"""Tiles of the country, given by ranges as any server of files would: a map reads only what it shows."""

import re
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from ancrage.desk.opened import opened
from ancrage.edition.tiles.layers import NAMES
from ancrage.edition.tiles.writing import tile_file
from ancrage.location import data_directory

MIME = "application/vnd.pmtiles"
MOST_BYTES = 8 << 20
_RANGE = re.compile(r"bytes=([0-9]+)-([0-9]*)")


@require_safe
def tiles(request: HttpRequest, edition: str, name: str) -> HttpResponseBase:
    """The tiles of a layer, or the range asked of them; their address changes with the edition."""
    path = tile_file(data_directory(), edition, name) if edition == opened().edition else None
    if path is None:
        raise Http404(name)
    response = _part(request, path) or FileResponse(path.open("rb"), content_type=MIME)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["ETag"] = f'"{edition}-{name}"'
    return response


def _part(request: HttpRequest, path: Path) -> HttpResponse | None:
    """The bytes of one range; ``None`` when none is asked, or several are (the whole is then given)."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None:
        return None
    size = path.stat().st_size
    first, last = int(asked[1]), min(int(asked[2] or size - 1), size - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    last = min(last, first + MOST_BYTES - 1)
    with path.open("rb") as file:
        file.seek(first)
        body = file.read(last - first + 1)
    return HttpResponse(
        body,
        status=206,
        content_type=MIME,
        headers={"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(len(body))},
    )


def tiles_addresses() -> str:
    """Addresses of the layers that were made of this edition, in the order they are drawn."""
    edition = opened().edition
    made = [name for name in NAMES if tile_file(data_directory(), edition, name)]
    return " ".join(reverse("tiles", args=(edition, name)) for name in made)

"""Pages anyone may see are made once a day and an edition, then given from memory, with their ETag."""

import gzip
import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import cache, caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control

from ancrage import __version__
from ancrage.desk import metrics
from ancrage.desk.compression import LEVEL, accepts, is_worth_it
from ancrage.desk.opened import opened
from ancrage.desk.publisher import publisher_shown
from ancrage.tasks.shared import SHARED

logger = logging.getLogger("ancrage.web")
P = ParamSpec("P")
SECONDS = 3600
HEAVIEST = 500_000
"""Bytes past which an answer is made again rather than kept: no page may take the place of all the others."""
BROWSER_SECONDS = 300
FORMAT = 2
"""Of what is kept: processes of two versions may share it while one takes over from the other."""


View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def kept(view: View[P]) -> View[P]:
    """Keep the successful answers of a view to GET, for this edition, this day and this publisher.

    What a view answers may depend on them, the path and the query, and on nothing else.
    """

    def answer(request: HttpRequest, /, *arguments: P.args, **named: P.kwargs) -> HttpResponse:
        key = _key(request)
        found = cache.get(key) or _from_others(key)
        metrics.pages.labels("faite" if found is None else "gardee").inc()
        if found is None:
            response = view(request, *arguments, **named)
            if response.status_code != HTTPStatus.OK or request.method not in ("GET", "HEAD"):
                return response
            found = _store(key, response)
        return _give(request, *found)

    return update_wrapper(answer, view)


def _key(request: HttpRequest) -> str:
    now = opened()
    signed = publisher_shown().model_dump_json()
    asked = f"{FORMAT}|{__version__}|{now.edition}|{now.today}|{signed}|{request.get_full_path()}"
    return hashlib.sha256(asked.encode()).hexdigest()


Kept = tuple[bytes, bool, str, dict[str, str]]
"""A body, whether it is compressed (a text is, a tenth of what it would take), its ETag, its headers."""


def _store(key: str, response: HttpResponse) -> Kept:
    body = response.content
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    packed = is_worth_it(response)
    found = (gzip.compress(body, LEVEL, mtime=0) if packed else body, packed, etag, headers)
    if len(found[0]) <= HEAVIEST:
        cache.set(key, found, SECONDS)
        with _spared():
            if SHARED in settings.CACHES:
                caches[SHARED].set(key, found, SECONDS)
    return found


def _from_others(key: str) -> Kept | None:
    """A page that another process made, kept here too; ``None`` when there is none, or no telling."""
    with _spared():
        if SHARED in settings.CACHES and (found := caches[SHARED].get(key)) is not None:
            cache.set(key, found, SECONDS)
            kept_page: Kept = found
            return kept_page
    return None


@contextmanager
def _spared() -> Iterator[None]:
    """What is shared is never needed: a base or a Redis that fails leaves a page to be made again."""
    try:
        yield
    except Exception:  # each backend has failures of its own
        logger.warning("the shared pages do not answer", exc_info=True)


def _give(
    request: HttpRequest, body: bytes, packed: bool, etag: str, headers: dict[str, str]
) -> HttpResponse:
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    elif packed and accepts(request):
        response = HttpResponse(body, headers=headers | {"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(gzip.decompress(body) if packed else body, headers=headers)
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=BROWSER_SECONDS)
    return response

"""The national address service: an address as typed, and the places it may be, the likeliest first.

What is asked and what is answered stay in memory for the time of the question. The service that answers is
the first of those declared that does; all together are given a few seconds, whatever makes them slow.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from ancrage.declarations.faults import Fault
from ancrage.declarations.json_text import read_json
from ancrage.errors import SourceUnavailableError
from ancrage.repairs import GiveField, Search, TryLater
from ancrage.sources.catalogue import get_source
from ancrage.sources.transport import Timing, open_client

SOURCE = "adresses-nationales"
OWN = "ANCRAGE_ADRESSES"
"""Variable that names a service of one's own, rather than those declared."""
WHOLE_SECONDS = 4.0
"""Longest a person waits for all the services: each has its share of what is left."""
HEAVIEST = 500_000
CANDIDATES = 8
DOWN = "Le service national d'adresses ne répond pas."
OTHERWISE = "Réessayez dans un moment, ou donnez un point (longitude, latitude) ou la commune."


@dataclass(frozen=True, slots=True)
class Located:
    """A place that an address may be. ``score``: likeness to what was typed, 0 to 1, as the service gives it.

    ``kind``: what was recognised (``housenumber``, ``street``, ``locality``, ``municipality``); the point is
    then a house, or the middle of a street, of a place, of a commune. ``commune``: its official code.
    """

    label: str
    score: float
    kind: str
    commune: str
    city: str
    longitude: float
    latitude: float


class _Properties(BaseModel):
    model_config = ConfigDict(extra="ignore")
    label: str
    score: float
    type: str
    citycode: str
    city: str = ""


class _Geometry(BaseModel):
    coordinates: tuple[float, float]


class _Feature(BaseModel):
    properties: _Properties
    geometry: _Geometry


class _Collection(BaseModel):
    features: tuple[_Feature, ...]


def locate(
    text: str, addresses: Sequence[str] = (), *, whole_seconds: float = WHOLE_SECONDS
) -> tuple[Located, ...]:
    """The places that answer, best score first; none when the service knows nothing like it.

    ``addresses``: services to ask, those declared by default. Raises :class:`SourceUnavailableError` when
    none answers what is expected in ``whole_seconds``.
    """
    urls = addresses or declared()
    end = time.monotonic() + whole_seconds
    for rank, url in enumerate(urls):
        share = (end - time.monotonic()) / (len(urls) - rank)
        places = _within(share, partial(_places, url, text, share))
        if places is not None:
            return tuple(sorted(places, key=lambda one: -one.score))
    raise SourceUnavailableError(
        DOWN, OTHERWISE, TryLater(), GiveField("point", ("1.8713,46.1707",)), Search("territory")
    )


def declared() -> tuple[str, ...]:
    """The services of the source, in the order they are tried; or the one of ``ANCRAGE_ADRESSES``, alone."""
    if own := os.environ.get(OWN):
        return (own,)
    (resource,) = get_source(SOURCE).resources
    return tuple(address.url for address in resource.addresses)


def _within(seconds: float, asked: Callable[[], tuple[Located, ...]]) -> tuple[Located, ...] | None:
    """What is answered in time; ``None`` otherwise, and for an answer that is not the one expected.

    No time-out of the client bounds the look-up of a name, nor an answer that comes drop by drop.
    """
    told: SimpleQueue[tuple[Located, ...] | None] = SimpleQueue()

    def ask() -> None:
        try:
            told.put(asked())
        except (httpx.HTTPError, httpx.InvalidURL, Fault, ValidationError, UnicodeDecodeError):
            told.put(None)

    threading.Thread(target=ask, daemon=True).start()
    try:
        return told.get(timeout=max(0, seconds))
    except Empty:
        return None


def _places(url: str, text: str, seconds: float) -> tuple[Located, ...]:
    return tuple(_read(_ask(url, text, seconds)))


def _ask(url: str, text: str, seconds: float) -> bytes:
    """What the service says; an address it finds impossible answers nothing."""
    asked = {"q": text, "limit": str(CANDIDATES), "autocomplete": "0"}
    end = time.monotonic() + seconds
    patience = Timing(connect=seconds, read=seconds, attempts=1)
    with open_client(patience) as client, client.stream("GET", url, params=asked) as response:
        if response.status_code == httpx.codes.BAD_REQUEST:
            return b'{"features": []}'
        response.raise_for_status()
        body = bytearray()
        for block in response.iter_bytes():
            body += block
            if len(body) > HEAVIEST or time.monotonic() > end:
                raise httpx.ReadTimeout("too long", request=response.request)
    return bytes(body)


def _read(body: bytes) -> Iterator[Located]:
    answer: Any = read_json(body.decode("utf-8"))
    for one in _Collection.model_validate(answer).features:
        told = one.properties
        longitude, latitude = one.geometry.coordinates
        yield Located(
            told.label, told.score, told.type, told.citycode, told.city or told.label, longitude, latitude
        )

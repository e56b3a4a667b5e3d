"""The national address service: an address as typed, and the places it may be, the likeliest first.

What is asked and what is answered stay in memory for the time of the question. The service that answers is
the first of those declared that does; each is given a few seconds in all.
"""

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
PATIENCE = Timing(connect=2.0, read=3.0, attempts=1)
WHOLE_SECONDS = 4.0
"""Longest a service may take to give its whole answer, however slowly it comes."""
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


def locate(text: str, addresses: Sequence[str] = (), timing: Timing = PATIENCE) -> tuple[Located, ...]:
    """The places that answer, best score first; none when the service knows nothing like it.

    ``addresses``: services to ask, those declared by default. Raises :class:`SourceUnavailableError` when
    none answers what is expected.
    """
    with open_client(timing) as client:
        for url in addresses or declared():
            try:
                return tuple(sorted(_read(_ask(client, url, text)), key=lambda one: -one.score))
            except (httpx.HTTPError, httpx.InvalidURL, Fault, ValidationError, UnicodeDecodeError):
                continue
    raise SourceUnavailableError(
        DOWN, OTHERWISE, TryLater(), GiveField("point", ("1.8713,46.1707",)), Search("territory")
    )


def declared() -> tuple[str, ...]:
    """The services of the source, in the order they are tried; or the one of ``ANCRAGE_ADRESSES``, alone."""
    if own := os.environ.get(OWN):
        return (own,)
    (resource,) = get_source(SOURCE).resources
    return tuple(address.url for address in resource.addresses)


def _ask(client: httpx.Client, url: str, text: str) -> bytes:
    """What the service says; an address it finds impossible answers nothing."""
    asked = {"q": text, "limit": str(CANDIDATES), "autocomplete": "0"}
    end = time.monotonic() + WHOLE_SECONDS
    with client.stream("GET", url, params=asked) as response:
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

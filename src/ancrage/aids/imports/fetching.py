"""Pages of an API of the shape of Aides-territoires, asked one after the other within bounds."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import stamina

from ancrage.aids.imports.aides_territoires_api import items_of, read_pages
from ancrage.aids.imports.imported import Reading
from ancrage.aids.imports.territoires_entry import SOURCE
from ancrage.aids.imports.texts import decoded, read_json
from ancrage.errors import ImportFileError
from ancrage.sources.catalogue import get_source
from ancrage.sources.transport import Timing, open_client, retry_hook, unavailable

MOST_PAGES = 500
LARGEST_PAGE = 32 << 20
"""Bytes of a page, beyond which it is no page."""
PATIENCE = Timing(read=30.0, attempts=3, longest_wait=30.0)


def read_address(address: str, *, on: date, timing: Timing = PATIENCE) -> Reading:
    """The aids of all the pages from this one on.

    Raises :class:`SourceUnavailableError` when a page does not come, :class:`ImportFileError` when it is of
    another shape, when its ``next`` leads to another site or turns round, or when there are too many.
    """
    if urlsplit(address).scheme not in ("http", "https"):
        raise ImportFileError(
            f"« {address} » n'est pas une adresse.", "Elle commence par https:// ou http://."
        )
    with open_client(timing) as client:
        pages = list(_pages(client, address, timing))
    return read_pages(pages, address, licence=get_source(SOURCE).licence, on=on)


def _pages(client: httpx.Client, address: str, timing: Timing) -> Iterator[Any]:
    seen: set[str] = set()
    following: str | None = address
    while following:
        if following in seen or len(seen) >= MOST_PAGES:
            why = "revient sur une page déjà lue" if following in seen else f"a plus de {MOST_PAGES} pages"
            raise ImportFileError(
                f"« {address} » {why} : « {following} ».",
                "Signalez-le à qui la publie : rien n'a été importé.",
            )
        seen.add(following)
        page = read_json(decoded(_asked(client, following, timing), following), following)
        items_of(page, following)
        yield page
        following = _following(page, following)


def _following(page: Any, address: str) -> str | None:
    written = page.get("next")
    if not isinstance(written, str) or not written:
        return None
    following = urljoin(address, written)
    if urlsplit(following).netloc != urlsplit(address).netloc:
        raise ImportFileError(
            f"« {address} » renvoie vers un autre site : « {following} ».",
            "Seules les pages du même site sont suivies : rien n'a été importé.",
        )
    return following


def _asked(client: httpx.Client, address: str, timing: Timing) -> bytes:
    attempts = stamina.retry_context(
        on=retry_hook(timing),
        attempts=timing.attempts,
        timeout=None,
        wait_initial=timing.first_wait,
        wait_max=timing.longest_wait,
    )
    try:
        for attempt in attempts:
            with attempt:
                return _received(client, address)
    except httpx.HTTPError as error:
        raise unavailable(error, address, timing) from error
    raise AssertionError("stamina returns or raises")


def _received(client: httpx.Client, address: str) -> bytes:
    content = bytearray()
    with client.stream("GET", address) as response:
        response.raise_for_status()
        for block in response.iter_bytes():
            content += block
            if len(content) > LARGEST_PAGE:
                raise ImportFileError(
                    f"« {address} » dépasse {LARGEST_PAGE >> 20} Mo.", "Ce n'est pas une page d'aides."
                )
    return bytes(content)

"""The first questions of a process, asked before its first visitor: imports, templates, tables, drawings."""

import gc
import io
import json
import logging
import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any
from wsgiref.util import setup_testing_defaults

import duckdb
from django.conf import settings
from django.db import connections

from ancrage.aids.opening import compile_for_all
from ancrage.contacts.helping import of_elsewhere
from ancrage.desk.opened import opened
from ancrage.edition.preparing import tables_ready
from ancrage.errors import AncrageError
from ancrage.questions.search import index_of
from ancrage.register.held import wide_counts
from ancrage.territories.outlined import outlined

PAGES = (
    "/",
    "/territoires/23077/",
    "/territoires/fr/",
    "/structures/",
    "/recherche/suggestions/?q=gueret",
    "/aides/",
    "/leviers/",
    "/territoires/dep:23/dynamiques/",
)
"""A commune with its charts; the country, whose distances load what no commune needs; a département, whose
neighbours are compared with all those of the country."""
AROUND = "/structures/?t=23096&km=20"
"""Distances, which an edition that draws no commune refuses; over a country, they take a second and spare the
next visitor a tenth of it."""
SITUATION = {"facts": {"effectif": 4, "forme": "association"}, "territory": "23096"}
ENOUGH_TO_COMPILE = 6
"""The rules are interpreted the first five times: the sixth compiles them."""

ELIGIBILITY = "/api/v1/eligibilite"
AT_ONCE = 2

NOBODY = "0.0.0.0"  # noqa: S104 the address of no visitor: rates are counted by address

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def pages() -> tuple[str, ...]:
    """Addresses that the edition in force answers."""
    atlas = opened().atlas
    return (*PAGES, AROUND) if outlined(atlas) and not atlas.warehouse.is_large else PAGES


def warm_for_all() -> None:
    """Ask them in the process that the others are born of: each finds code, templates and pages at hand.

    Only where processes are born of one another (Linux). What they cannot share is left for each to open:
    the engine and its tables, and the connections to the database. A failure is left for each to tell.
    """
    if multiprocessing.get_start_method() != "fork":
        return
    from django.core.wsgi import get_wsgi_application

    try:
        with suppress(OSError, duckdb.Error):  # a folder where nobody may write
            tables_ready(opened().atlas.warehouse)
        warm_up(get_wsgi_application())
    except Exception:
        logging.getLogger("ancrage.web").warning("each process will ask the first questions", exc_info=True)
    finally:
        connections.close_all()
    with suppress(AncrageError):
        opened().atlas.warehouse.rest()


def warm_up(application: Application) -> None:
    """Ask them of the site itself; what a page answers, right or wrong, is not looked at nor logged.

    Raises what opening the edition or its index raises.
    """
    now = opened()
    now.atlas.warehouse.wake()
    index_of(now)
    compile_for_all(now.today, now.shelf)
    wide_counts(now.atlas.warehouse)
    if now.atlas.warehouse.holds("contact"):
        for vintage in now.atlas.vintages:  # who asks a past day first would otherwise place them all
            of_elsewhere(now.atlas, vintage)
    logging.disable(logging.CRITICAL)
    gc.disable()  # nearly all that is made stays: going through it again and again takes a second
    try:
        first, *others = pages()
        _ask(application, first)  # alone: it loads most of the code, and modules load one after another
        with ThreadPoolExecutor(AT_ONCE) as together:
            for _ in together.map(partial(_asked_apart, application), (ELIGIBILITY, *others)):
                pass
    finally:
        gc.enable()
        logging.disable(logging.NOTSET)
    _settle()


def _asked_apart(application: Application, page: str) -> None:
    """Ask one in a thread of its own: while the engine works for one, Python works for the other."""
    try:
        if page != ELIGIBILITY:
            _ask(application, page)
            return
        for _ in range(ENOUGH_TO_COMPILE):
            _ask(application, page, json.dumps(SITUATION).encode())
    finally:
        connections.close_all()  # those of this thread


def _settle() -> None:
    """Put what every visitor shares out of the collector's reach: going through it again takes 0.2 s.

    The collector waits until what is new is a quarter of what its last whole turn went through. It takes one
    more turn, without what was put out of its reach: some thirty megabytes of rubbish would wait otherwise.
    """
    gc.collect()
    gc.freeze()
    gc.collect()


def _ask(application: Application, address: str, body: bytes = b"") -> None:
    path, _, query = address.partition("?")
    environ: dict[str, Any] = {
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": _host(),
        "REMOTE_ADDR": NOBODY,
    }
    if body:
        environ |= {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
        }
    setup_testing_defaults(environ)
    answer = application(environ, lambda *_: None)
    for _ in answer:
        pass
    if close := getattr(answer, "close", None):
        close()


def _host() -> str:
    """A name the site answers to."""
    first = str(next(iter(settings.ALLOWED_HOSTS), "")).lstrip(".")
    return "localhost" if first in ("", "*") else first

"""The door of the site: what is slow with a visitor is waited for here, and holds no thread.

A thread is held to make an answer, never to wait for what a visitor sends or reads. The health of the server
is told by a thread of its own: it answers while all the others work.
"""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from itertools import chain
from typing import Any
from urllib.parse import unquote_to_bytes

from ancrage.config.bodies import Bodies, BodyRefusedError, Message, Receive, Scope, VisitorGoneError
from ancrage.config.turns import TooManyWaitingError, Turns
from ancrage.desk.journal import write_turned_away
from ancrage.desk.refusals import REFUSED
from ancrage.desk.visitors import address_told

Site = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Send = Callable[[Message], Awaitable[None]]
Submit = Callable[[Callable[[], Any]], "Future[Any]"]
LATER = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"5")]
TOO_MANY = "Trop de vos demandes attendent déjà. Réessayez dans un moment."
THREADS = 2
"""Pages a process makes at once: they hold the processor, more of them would only hold more memory."""
WATCHED = frozenset(("/sante", "/metriques"))
PIECE = 1 << 18
"""Bytes of an answer made at once: a longer one is made as it is read."""


class Door:
    """An ASGI application that calls a WSGI one in a thread, once what the visitor sends is here."""

    def __init__(self, site: Site, bodies: Bodies, *, threads: int = THREADS) -> None:
        self._site, self._bodies = site, bodies
        self._pages = Turns(threads)
        self._watch = ThreadPoolExecutor(1, "sante")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See a request through."""
        try:
            async with self._bodies.received(scope, receive) as body:
                await self._answer(_environ(scope, body), receive, send)
        except BodyRefusedError as refusal:
            await self._answer(_environ(scope, b"") | {REFUSED: str(refusal.status.value)}, receive, send)
        except TooManyWaitingError:
            write_turned_away(scope["method"], scope["path"], HTTPStatus.TOO_MANY_REQUESTS)
            await send({"type": "http.response.start", "status": 429, "headers": LATER})
            await send({"type": "http.response.body", "body": TOO_MANY.encode()})
        except VisitorGoneError:
            return

    def _threads_for(self, environ: dict[str, Any], *, begun: bool = False) -> Submit:
        if environ["PATH_INFO"] in WATCHED:
            return self._watch.submit
        told = environ.get("HTTP_X_FORWARDED_FOR", "")
        return partial(self._pages.submit, address_told(told, environ["REMOTE_ADDR"]), begun=begun)

    async def _answer(self, environ: dict[str, Any], receive: Receive, send: Send) -> None:
        run = partial(_run, self._threads_for(environ, begun=True))
        answer = await _run(self._threads_for(environ), partial(_Answer, self._site, environ))
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.first, "more_body": not answer.closed})
        if answer.closed:
            return
        left = asyncio.ensure_future(_gone(receive))
        try:
            while not answer.closed and not left.done():
                body = await run(answer.piece)
                await send({"type": "http.response.body", "body": body, "more_body": not answer.closed})
        finally:
            left.cancel()
            await run(answer.close)


async def _run(submit: Submit, work: Callable[[], Any]) -> Any:
    return await asyncio.wrap_future(submit(work))


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class _Answer:
    """What the site answers, made piece by piece, each in a thread."""

    def __init__(self, site: Site, environ: dict[str, Any]) -> None:
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.closed = False
        self._parts = site(environ, self._start)
        self._left: Iterator[bytes] = iter(self._parts)
        self.first = self.piece()

    def _start(self, status: str, headers: Iterable[tuple[str, str]], _error: object = None) -> None:
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]

    def piece(self) -> bytes:
        """What comes next, at least ``PIECE`` bytes unless it is the end: it is then closed."""
        made = bytearray()
        for part in self._left:
            made += part
            if len(made) >= PIECE:
                return self._unless_last(made)
        self.close()
        return bytes(made)

    def _unless_last(self, made: bytearray) -> bytes:
        """A long answer made at once, as most are, needs no second piece to tell its end."""
        following = next(self._left, None)
        if following is None:
            self.close()
        else:
            self._left = chain((following,), self._left)
        return bytes(made)

    def close(self) -> None:
        """Let go of what the answer holds; once is enough."""
        if self.closed:
            return
        self.closed = True
        if close := getattr(self._parts, "close", None):
            close()


def _environ(scope: Scope, body: bytes) -> dict[str, Any]:
    """A request as PEP 3333 tells it, its body read: of a length that is known, chunked or not."""
    raw = scope.get("raw_path") or scope["path"].encode()
    client, server = scope.get("client") or ("", 0), scope.get("server") or ("localhost", 80)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(raw).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": str(client[0]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    return environ | _told(scope["headers"]) | {"CONTENT_LENGTH": str(len(body))}


def _told(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by their names in an environment, but for one in « _ », that could pass for another."""
    told: dict[str, list[str]] = {}
    for name, value in headers:
        if b"_" not in name:
            told.setdefault(name.decode("latin-1").upper().replace("-", "_"), []).append(
                value.decode("latin-1")
            )
    told.pop("TRANSFER_ENCODING", None)
    kind = {"CONTENT_TYPE": told.pop("CONTENT_TYPE")[0]} if "CONTENT_TYPE" in told else {}
    return kind | {
        f"HTTP_{name}": (";" if name == "COOKIE" else ",").join(values) for name, values in told.items()
    }

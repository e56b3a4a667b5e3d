"""Bodies are read whole before a thread is held: within a time, a size, and a share of the memory.

A visitor may send one byte a second: a connection is then busy, no thread is, and not for long.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Scope = dict[str, Any]
BODILESS = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))
"""Methods whose body, if any, nothing here reads."""


class BodyRefusedError(Exception):
    """A body that is not read to its end, and the status that says why."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class VisitorGoneError(Exception):
    """The visitor left before the end of what they were sending: nobody waits for an answer."""


@dataclass(slots=True)
class Bodies:
    """Reads the bodies of a process: ``most_bytes`` each, ``most_held`` together, within ``seconds``.

    ``larger``: how many bytes more the address of a request allows.
    """

    most_bytes: int
    seconds: float = 30.0
    most_held: int = 64_000_000
    held: int = 0
    larger: Callable[[str], int] = lambda _path: 0

    @asynccontextmanager
    async def received(self, scope: Scope, receive: Receive) -> AsyncIterator[bytes]:
        """The body of a request, counted in the memory of all until it is answered.

        Raises :class:`BodyRefusedError` and :class:`VisitorGoneError`.
        """
        body = bytearray()
        try:
            if scope["method"] not in BODILESS:
                await self._read(scope, receive, body)
            yield bytes(body)
        finally:
            self.held -= len(body)

    async def _read(self, scope: Scope, receive: Receive, body: bytearray) -> None:
        most = max(self.most_bytes, self.larger(str(scope.get("path", ""))))
        if _announced(scope["headers"]) > most:
            raise BodyRefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            async with asyncio.timeout(self.seconds):
                while await self._go_on(receive, body, most):
                    pass
        except TimeoutError as error:
            raise BodyRefusedError(HTTPStatus.REQUEST_TIMEOUT) from error

    async def _go_on(self, receive: Receive, body: bytearray, most: int) -> bool:
        """Take one more part; whether others follow."""
        message = await receive()
        if message["type"] != "http.request":
            raise VisitorGoneError
        part = message.get("body", b"")
        if len(body) + len(part) > most:
            raise BodyRefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if self.held + len(part) > self.most_held:
            raise BodyRefusedError(HTTPStatus.SERVICE_UNAVAILABLE)
        body += part
        self.held += len(part)
        return bool(message.get("more_body"))


def _announced(headers: Iterable[tuple[bytes, bytes]]) -> int:
    """The length a request says its body has; 0 when it says none (it is then counted as it comes)."""
    told = next((value for name, value in headers if name == b"content-length"), b"")
    return int(told[:20]) if told.isdigit() else 0

"""A producer on this machine: answers what a test tells it, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    query: dict[str, str]


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a test that cuts a connection makes errors on purpose."""


@dataclass
class Producer:
    server: ThreadingHTTPServer
    answers: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    requests: list[Request] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}{path}"

    def serve(self, path: str, *answers: Answer) -> str:
        """Give these answers in order, the last one again and again."""
        self.answers[path] = list(answers)
        return self.url(path)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.requests.append(Request(parts.path, dict(handler.headers), query))
        waiting = self.answers[parts.path]
        chosen = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        chosen(handler)


def say(status: int, body: bytes = b"", **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if status != 304:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def file(body: bytes, etag: str = '"v1"') -> Answer:
    """A server that knows ETag and ranges."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            say(304, ETag=etag)(handler)
        elif handler.headers.get("Range") and handler.headers.get("If-Range") == etag:
            begin = int(handler.headers["Range"].removeprefix("bytes=").removesuffix("-"))
            if begin >= len(body):
                say(416, Content_Range=f"bytes */{len(body)}")(handler)
            else:
                span = f"bytes {begin}-{len(body) - 1}/{len(body)}"
                say(206, body[begin:], ETag=etag, Content_Range=span)(handler)
        else:
            say(200, body, ETag=etag)(handler)

    return answer


def cut(body: bytes, after: int, etag: str = '"v1"') -> Answer:
    """Announce the whole body, send its beginning, hang up."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("ETag", etag)
        handler.end_headers()
        handler.wfile.write(body[:after])
        handler.wfile.flush()
        handler.close_connection = True

    return answer


def stall(producer: Producer, body: bytes, after: int, etag: str = '"v1"') -> Answer:
    """Send the beginning, then nothing until the test ends."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("ETag", etag)
        handler.end_headers()
        handler.wfile.write(body[:after])
        handler.wfile.flush()
        producer.released.wait(30)

    return answer


@contextmanager
def running_producer() -> Iterator[Producer]:
    """A producer listening on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            local.answer(self)

        def log_message(self, *_: object) -> None:
            """Keep the test output clean."""

    server = QuietServer(("127.0.0.1", 0), Handler)
    local = Producer(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield local
    local.released.set()
    server.shutdown()
    server.server_close()
    thread.join()

"""What a visitor sends slowly, or too much of, holds no thread and is refused in words."""

import asyncio
import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.test import Client
from own_loop import completed

from ancrage.config.bodies import Bodies, BodyRefusedError
from ancrage.config.door import PIECE, WATCHED, Door
from ancrage.desk.refusals import REFUSED

Messages = list[dict[str, Any]]
ADDRESS = {"method": "POST", "path": "/", "query_string": b"", "http_version": "1.1", "headers": []}
LONGEST = 120
"""Seconds after which a server is held not to start: a guard, not a measure."""


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """A site that says back what it was sent."""
    body = environ["wsgi.input"].read()
    told = {name: environ.get(name) for name in ("PATH_INFO", "CONTENT_LENGTH", "HTTP_A_B", REFUSED)}
    start("200 OK", [("X-Told", json.dumps(told))])
    return [body]


def asked(door: Door, *sent: dict[str, Any], told: Messages | None = None, **scope: Any) -> Messages:
    """What the door sends to who sends these messages, then nothing more; put in ``told`` as it comes."""
    told = [] if told is None else told

    async def ask() -> None:
        left = iter(sent)

        async def receive() -> dict[str, Any]:
            message = next(left, None)
            if message is None:
                await asyncio.Event().wait()
            return message or {}

        async def send(message: dict[str, Any]) -> None:
            told.append(message)

        await door({**ADDRESS, **scope}, receive, send)

    completed(ask())
    return told


def part(body: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def environ_of(messages: Messages) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(dict(messages[0]["headers"])[b"x-told"])
    return told


@pytest.fixture
def door() -> Door:
    return Door(echo, Bodies(most_bytes=10, seconds=0.05, most_held=15), threads=1)


def test_a_body_in_pieces_is_given_whole_with_its_length(door: Door) -> None:
    told = asked(door, part(b"01234", more=True), part(b"56789"))
    assert b"".join(one.get("body", b"") for one in told) == b"0123456789"
    assert environ_of(told)["CONTENT_LENGTH"] == "10"
    assert environ_of(told)[REFUSED] is None


@pytest.mark.parametrize(
    ("sent", "headers", "status"),
    [
        ([part(b"0", more=True)], [], "408"),
        ([part(b"01234", more=True), part(b"567890")], [], "413"),
        ([], [(b"content-length", b"11")], "413"),
        ([], [(b"content-length", b"9" * 5000)], "413"),
    ],
    ids=["one byte, then nothing", "a byte too many", "announced too long", "an absurd length"],
)
def test_a_body_too_slow_or_too_long_is_told_to_the_site_without_it(
    door: Door, sent: Messages, headers: list[tuple[bytes, bytes]], status: str
) -> None:
    told = asked(door, *sent, headers=headers)
    assert environ_of(told)[REFUSED] == status
    assert told[-1]["body"] == b""


def test_bodies_together_hold_no_more_memory_than_their_share() -> None:
    bodies = Bodies(most_bytes=10, most_held=15)

    async def both() -> None:
        async def ten() -> dict[str, Any]:
            return part(b"0123456789")

        async with bodies.received({**ADDRESS}, ten):
            with pytest.raises(BodyRefusedError) as refused:
                async with bodies.received({**ADDRESS}, ten):
                    pass
        assert refused.value.status == 503
        async with bodies.received({**ADDRESS}, ten) as body:
            assert body == b"0123456789"

    completed(both())
    assert bodies.held == 0


def test_nobody_is_answered_once_they_left(door: Door) -> None:
    assert asked(door, part(b"0", more=True), {"type": "http.disconnect"}) == []


def test_what_reads_waits_for_no_body(door: Door) -> None:
    assert environ_of(asked(door, method="GET", headers=[(b"content-length", b"5")]))[REFUSED] is None


def test_no_header_passes_for_another_nor_for_a_refusal(door: Door) -> None:
    headers = [(b"a_b", b"false"), (b"a-b", b"true"), (REFUSED.encode(), b"408")]
    told = environ_of(asked(door, part(b""), headers=headers))
    assert (told["HTTP_A_B"], told[REFUSED]) == ("true", None)


def test_an_address_that_is_no_text_is_told_byte_for_byte(door: Door) -> None:
    told = environ_of(asked(door, part(b""), path="/\ufffd", raw_path=b"/%ff\xe9"))
    assert told["PATH_INFO"] == "/\xff\xe9"


def test_health_answers_while_every_other_thread_works() -> None:
    ended, begun = threading.Event(), threading.Event()

    def busy(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        if environ["PATH_INFO"] not in WATCHED:
            begun.set()
            ended.wait(LONGEST)
        start("200 OK", [])
        return [b""]

    door = Door(busy, Bodies(most_bytes=10), threads=1)
    page = threading.Thread(target=asked, args=(door,), kwargs={"method": "GET"})
    page.start()
    assert begun.wait(LONGEST)
    assert asked(door, method="GET", path="/sante")[0]["status"] == 200
    assert page.is_alive()
    ended.set()
    page.join()


class Long:
    """An answer of ten pieces that tells whether it was closed."""

    def __init__(self) -> None:
        self.made = 0
        self.closed = 0

    def __call__(self, _environ: dict[str, Any], start: Callable[..., Any]) -> "Long":
        start("200 OK", [])
        return self

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(10):
            self.made += 1
            yield b"0" * PIECE

    def close(self) -> None:
        self.closed += 1


def test_a_long_answer_is_made_as_it_is_read_and_closed_once() -> None:
    long = Long()
    told = asked(Door(long, Bodies(most_bytes=10)), part(b""))
    assert sum(len(one.get("body", b"")) for one in told) == 10 * PIECE
    assert [one["more_body"] for one in told[1:]] == [True] * 9 + [False]
    assert long.closed == 1


def test_what_is_left_of_a_long_answer_is_not_made_for_who_left() -> None:
    long = Long()
    asked(Door(long, Bodies(most_bytes=10)), part(b""), {"type": "http.disconnect"})
    assert long.made < 10
    assert long.closed == 1


class Failing(Long):
    """An answer whose third piece cannot be made."""

    def __iter__(self) -> Iterator[bytes]:
        yield b"0" * PIECE
        yield b"0" * PIECE
        raise RuntimeError


def test_an_answer_that_fails_on_its_way_is_never_told_whole() -> None:
    failing, told = Failing(), list[dict[str, Any]]()
    with pytest.raises(RuntimeError):
        asked(Door(failing, Bodies(most_bytes=10)), part(b""), told=told)
    assert [one["more_body"] for one in told[1:]] == [True]
    assert failing.closed == 1


BROKEN = """
from ancrage.config.bodies import Bodies
from ancrage.config.door import PIECE, Door

def broken(environ, start):
    if environ["PATH_INFO"] == "/sante":
        start("200 OK", [])
        return [b""]
    start("200 OK", [("Content-Type", "text/csv")])
    def parts():
        yield b"0" * PIECE
        yield b"0" * PIECE
        raise RuntimeError
    return parts()

application = Door(broken, Bodies(most_bytes=10))
"""


def test_who_reads_an_answer_that_fails_on_its_way_knows_it_is_cut(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text(BROKEN, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = (sys.executable, "-m", "granian", "--interface", "asginl", "--http", "1", "--port", str(port))
    quiet = subprocess.DEVNULL
    served = subprocess.Popen([*command, "broken:application"], cwd=tmp_path, stdout=quiet, stderr=quiet)
    try:
        _until_open(f"http://127.0.0.1:{port}")
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete"):
            httpx.get(f"http://127.0.0.1:{port}/", timeout=LONGEST)
    finally:
        served.terminate()
        served.wait(LONGEST)


MILLION_AND_ONE = "0" * 1_000_001


def test_a_form_and_a_question_too_long_are_refused_under_any_server(site: Client) -> None:
    page = site.post("/travaux/", {"territoire": MILLION_AND_ONE})
    assert page.status_code == 413
    assert "Envoi trop grand" in page.content.decode()
    told = site.post("/api/v1/eligibilite", MILLION_AND_ONE, content_type="application/json")
    assert (told.status_code, told.json()["title"]) == (413, "Demande trop grande")


@pytest.mark.parametrize(
    ("status", "page", "problem"),
    [
        ("408", "Envoi trop lent", "Demande trop lente"),
        ("413", "Envoi trop grand", "Demande trop grande"),
        ("503", "Site occupé", "Service indisponible"),
    ],
)
def test_what_the_door_refuses_is_told_in_words(site: Client, status: str, page: str, problem: str) -> None:
    told = site.generic("POST", "/travaux/", **{REFUSED: status})
    assert (told.status_code, page in told.content.decode()) == (int(status), True)
    told = site.generic("POST", "/api/v1/eligibilite", **{REFUSED: status})
    assert (told.status_code, told.json()["title"]) == (int(status), problem)


@pytest.mark.parametrize("address", ["/travaux/", "/api/v1/eligibilite"])
def test_a_body_of_no_told_length_is_refused_by_who_cannot_read_it(site: Client, address: str) -> None:
    told = site.generic("POST", address, CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked")
    assert told.status_code == 411


HEAD = "POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {}\r\n"
SLOW = (
    HEAD.format("/travaux/", "application/x-www-form-urlencoded") + "Content-Length: 1000\r\n\r\na",
    HEAD.format("/grille/fichier/", "multipart/form-data; boundary=x") + "Content-Length: 1000\r\n\r\n--x",
    HEAD.format("/api/v1/eligibilite", "application/json") + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
    "GET / HTTP/1.1\r\nHost: local",
    "",
)
HUGE = SLOW[1].replace("1000", "300000000")


def test_the_others_are_served_while_slow_visitors_wait(
    started: Callable[..., subprocess.Popen[str]], visited: Path
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = f"http://127.0.0.1:{port}"
    with (visited / "sortie").open("w") as out, contextlib.ExitStack() as stack:
        started("serve", "--port", port, "--workers", 1, data=visited, stdout=out)
        _until_open(home)

        def sending(text: str) -> socket.socket:
            made = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=LONGEST))
            made.sendall(text.encode())
            return made

        waiting = [sending(each) for each in SLOW * 8]
        assert httpx.get(f"{home}/sante", timeout=LONGEST).status_code == 200
        assert httpx.get(f"{home}/territoires/23077/", timeout=LONGEST).status_code == 200
        in_pieces = httpx.post(
            f"{home}/api/v1/eligibilite",
            content=iter([b'{"facts":', b"{}}"]),
            headers={"Content-Type": "application/json"},
            timeout=LONGEST,
        )
        assert in_pieces.status_code == 200
        assert sending(HUGE).recv(100).startswith(b"HTTP/1.1 413 ")
        for each in waiting:
            each.setblocking(False)
            with pytest.raises(BlockingIOError):
                each.recv(1)


def _until_open(home: str) -> None:
    for _ in range(LONGEST * 5):
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{home}/sante", timeout=LONGEST).status_code == 200:
                return
        time.sleep(0.2)
    pytest.fail("the site does not open")

"""Visitors take the threads of the site in turn: nobody waits behind all that another asked."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.test import override_settings
from own_loop import completed

from ancrage.config.bodies import Bodies
from ancrage.config.door import TOO_MANY, WATCHED, Door
from ancrage.config.turns import TooManyWaitingError, Turns

GREEDY, OTHER, THIRD, HERE = "203.0.113.7", "203.0.113.8", "2001:db8::1", "127.0.0.1"
LONGEST = 60


class Works:
    """Works that say whose turn it was, and go on only when they are let."""

    def __init__(self, turns: Turns) -> None:
        self.turns, self.order, self._let = turns, [], threading.Semaphore(0)
        self._begun = threading.Semaphore(0)

    def ask(self, visitor: str) -> Any:
        def work() -> str:
            self.order.append(visitor)
            self._begun.release()
            assert self._let.acquire(timeout=LONGEST)
            return visitor

        return self.turns.submit(visitor, work)

    def wait_begun(self, number: int) -> list[str]:
        for _ in range(number):
            assert self._begun.acquire(timeout=LONGEST)
        return list(self.order)

    def let(self, number: int) -> None:
        self._let.release(number)


def test_the_next_thread_is_for_whoever_waits_and_not_for_who_asked_most() -> None:
    works = Works(Turns(1))
    asked = [works.ask(GREEDY) for _ in range(10)] + [works.ask(OTHER), works.ask(THIRD)]
    works.let(12)
    assert sorted(one.result(LONGEST) for one in asked) == sorted([GREEDY] * 10 + [OTHER, THIRD])
    assert {OTHER, THIRD} <= set(works.order[:4])


def test_a_visitor_never_holds_the_last_thread() -> None:
    works = Works(Turns(4))
    for _ in range(9):
        works.ask(GREEDY)
    assert works.wait_begun(3) == [GREEDY] * 3
    works.ask(OTHER)
    assert works.wait_begun(1)[-1] == OTHER
    works.let(10)


def test_addresses_of_one_subscriber_are_one_visitor() -> None:
    works = Works(Turns(2))
    for number in range(4):
        works.ask(f"2001:db8::{number}")
    assert len(works.wait_begun(1)) == 1
    works.ask(OTHER)
    assert works.wait_begun(1)[-1] == OTHER
    works.let(5)


def test_where_addresses_name_nobody_all_threads_serve_all() -> None:
    works = Works(Turns(3, most_waiting=1))
    asked = [works.ask(HERE) for _ in range(8)]
    assert works.wait_begun(3) == [HERE] * 3
    works.let(8)
    assert [one.result(LONGEST) for one in asked] == [HERE] * 8


def test_a_line_has_an_end_which_what_was_begun_may_pass() -> None:
    turns = Turns(2, most_waiting=2)
    works = Works(turns)
    works.ask(GREEDY)
    works.wait_begun(1)
    works.ask(GREEDY)
    works.ask(GREEDY)
    with pytest.raises(TooManyWaitingError):
        works.ask(GREEDY)
    assert works.ask(OTHER)
    went_on = turns.submit(GREEDY, lambda: "piece", begun=True)
    works.let(4)
    assert went_on.result(LONGEST) == "piece"


def test_a_work_that_fails_gives_its_thread_back_and_one_given_up_is_never_done() -> None:
    turns = Turns(1)
    works = Works(turns)
    held = works.ask(GREEDY)
    works.wait_begun(1)
    failing = turns.submit(GREEDY, lambda: 1 // 0)
    given_up = works.ask(GREEDY)
    assert given_up.cancel()
    last = turns.submit(GREEDY, lambda: "last")
    works.let(1)
    assert (held.result(LONGEST), last.result(LONGEST)) == (GREEDY, "last")
    assert isinstance(failing.exception(LONGEST), ZeroDivisionError)
    assert works.order == [GREEDY]


def test_through_the_door_a_visitor_is_served_while_another_floods_it() -> None:
    """Sixty heavy pages of one visitor, held; the page of another, and the health, are answered."""
    held, begun = threading.Event(), threading.Semaphore(0)

    def site(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        if environ["REMOTE_ADDR"] == GREEDY and environ["PATH_INFO"] not in WATCHED:
            begun.release()
            assert held.wait(LONGEST)
        start("200 OK", [])
        return [environ["REMOTE_ADDR"].encode()]

    door = Door(site, Bodies(most_bytes=10), threads=2)

    async def ask(client: str, path: str = "/") -> tuple[int, bytes]:
        told: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            told.append(message)

        scope = {"method": "GET", "path": path, "query_string": b"", "http_version": "1.1", "headers": []}
        await door({**scope, "client": (client, 1)}, receive, send)
        return told[0]["status"], told[1]["body"]

    async def all_at_once() -> None:
        flood = [asyncio.ensure_future(ask(GREEDY)) for _ in range(70)]
        refused = [one for one in [await asyncio.wait_for(_first(flood), LONGEST)] if one[0] == 429]
        assert refused == [(429, TOO_MANY.encode())]
        assert await asyncio.wait_for(ask(OTHER), LONGEST) == (200, OTHER.encode())
        assert await asyncio.wait_for(ask(GREEDY, "/sante"), LONGEST) == (200, GREEDY.encode())
        held.set()
        found = [one[0] for one in await asyncio.gather(*flood)]
        assert (found.count(200), found.count(429)) == (65, 5)

    with override_settings(NINJA_NUM_PROXIES=0):
        completed(all_at_once())


async def _first(flood: list["asyncio.Future[tuple[int, bytes]]"]) -> tuple[int, bytes]:
    done, _ = await asyncio.wait(flood, return_when=asyncio.FIRST_COMPLETED)
    return next(iter(done)).result()


def test_who_is_turned_away_is_a_line_of_the_log_without_what_opens_a_door(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door(lambda _environ, _start: [], Bodies(most_bytes=10))

    def full(*_told: object, **_more: object) -> None:
        raise TooManyWaitingError

    monkeypatch.setattr(door._pages, "submit", full)
    told: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    async def nothing() -> dict[str, Any]:
        return {"type": "http.request"}

    path = "/alertes/confirmer/le-jeton-de-quelqu-un/"
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"q=x", "headers": [],
             "client": (GREEDY, 1), "server": ("h", 80), "scheme": "http", "http_version": "1.1"}  # fmt: skip
    with caplog.at_level("INFO", "ancrage.acces"):
        completed(door(scope, nothing, send))
    assert told[0]["status"] == 429
    (line,) = [one for one in caplog.records if one.name == "ancrage.acces"]
    assert (line.status, line.method) == (429, "GET")  # type: ignore[attr-defined]
    assert "jeton" not in str(line.__dict__)
    assert line.path.startswith("/alertes/")  # type: ignore[attr-defined]

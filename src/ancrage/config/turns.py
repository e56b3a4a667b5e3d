"""Threads that visitors take in turn: one who asks a hundred heavy pages makes nobody wait behind them.

Each visitor has a line. A free thread takes the first of the line whose turn it is, and a visitor never
holds the last thread. Where addresses name nobody (a proxy that was not told of, this very machine), all are
one line that may hold every thread.
"""

import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from ancrage.desk.visitors import is_here, visitor_of
from ancrage.warehouse.alongside import fulfil

MOST_WAITING = 64
"""Requests of one visitor that may wait in a process."""
Work = Callable[[], Any]


class TooManyWaitingError(Exception):
    """A visitor whose line is full."""


class Turns:
    """Works of many visitors, done by a few threads."""

    def __init__(self, threads: int, *, most_waiting: int = MOST_WAITING) -> None:
        self._threads, self._most_waiting = threads, most_waiting
        self._pool = ThreadPoolExecutor(threads, "pages")
        self._lines: OrderedDict[str, deque[tuple[Work, Future[Any]]]] = OrderedDict()
        self._held: Counter[str] = Counter()
        self._lock = threading.Lock()

    def submit(self, address: str, work: Work, *, begun: bool = False) -> "Future[Any]":
        """Have a work done when its turn comes. Raises :class:`TooManyWaitingError`, unless it goes on.

        A work given up before its turn is not done.
        """
        visitor = "" if is_here(address) else visitor_of(address)
        done: Future[Any] = Future()
        with self._lock:
            line = self._lines.setdefault(visitor, deque())
            if visitor and not begun and len(line) >= self._most_waiting:
                raise TooManyWaitingError
            line.append((work, done))
            self._begin()
        return done

    def _begin(self) -> None:
        """Called with the lock: give the free threads to the next visitors."""
        while self._held.total() < self._threads and (visitor := self._next()) is not None:
            work, done = self._lines[visitor].popleft()
            self._lines.move_to_end(visitor)
            if not self._lines[visitor]:
                del self._lines[visitor]
            self._held[visitor] += 1
            self._pool.submit(partial(self._do, visitor, work, done))

    def _next(self) -> str | None:
        free = (one for one in self._lines if not one or self._held[one] < max(1, self._threads - 1))
        return next(free, None)

    def _do(self, visitor: str, work: Work, done: "Future[Any]") -> None:
        try:
            if done.set_running_or_notify_cancel():
                fulfil(done, work)
        finally:
            with self._lock:
                self._held[visitor] -= 1
                if not self._held[visitor]:
                    del self._held[visitor]
                self._begin()

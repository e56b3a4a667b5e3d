"""The server whose processes take over from one another without a visitor being refused."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.process import BaseProcess
from tempfile import TemporaryDirectory
from typing import Any

from granian.server.mp import MPServer, WorkerProcess

from ancrage.desk.ready import FOLDER, forget, held_by, is_ready, ready_with

LONGEST = 180
"""Seconds a fresh process is waited for: one that is not ready by then takes over as it is."""
STEP = 0.1
WATCHED_EACH = 15
"""Seconds between two looks at what each process holds."""
FINISHING = 300
"""Seconds a process that gave its place is left to finish its answers: a whole list takes a minute."""
GROWTH = 1.25
"""What a process may hold, at least, beside what it held when ready: on a large edition, a limit under that
would replace it without end."""


class Relay(MPServer):
    """Stops a process, for its memory or at a reload, once the fresh one has its tables and pages.

    A fresh process takes some fifteen seconds to be ready; stopped after three and a half, as the server of
    the library does, the old one would leave its visitors before a closed door.
    """

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        self._begun: set[int] = set()
        self._asked_rss: int = self.workers_rss or 0
        self._leaving: dict[int, WorkerProcess] = {}

    def _spawn_worker(self, idx: int, *args: Any, **named: Any) -> WorkerProcess:
        worker: WorkerProcess = super()._spawn_worker(idx, *args, **named)
        if idx in self._begun:
            # The library builds its processes itself: what starts this one is all there is to hold.
            worker.start = partial(self._begin, worker.start, worker.inner)  # type: ignore[method-assign]
        self._begun.add(idx)
        return worker

    def _begin(self, start: Callable[[], None], process: BaseProcess) -> None:
        start()
        forget(os.environ[FOLDER], process.pid)
        end = time.monotonic() + LONGEST
        while process.is_alive() and not self.interrupt_signal and time.monotonic() < end:
            if is_ready(os.environ[FOLDER], process.pid):
                return
            time.sleep(STEP)

    def _handle_rss_signal(self, *args: Any) -> None:
        ready = [ready_with(os.environ[FOLDER], each.inner.pid) for each in self.wrks]
        if not all(ready):
            return  # One that opens is born with what all share: it is judged by what it then holds.
        self.workers_rss = allowed(self._asked_rss, ready)
        # The library sets its own as it starts, which counts for each what all share.
        self._rss_collector = Shares()  # type: ignore[assignment]
        super()._handle_rss_signal(*args)  # type: ignore[no-untyped-call]

    def _respawn_workers(self, workers: Iterable[int], target: Any, loader: Any, delay: float = 0) -> None:
        """Put a fresh process in the place of each; the old one finishes what it answers, out of the way.

        At most one for each place: that of an earlier turn which has not finished by then is stopped.
        """
        for rank in workers:
            self.respawned_wrks[rank] = time.monotonic()
            old = self.wrks[rank]
            fresh = self._spawn_worker(rank, target, loader)
            fresh.start()  # type: ignore[no-untyped-call]
            self.wrks[rank] = fresh
            time.sleep(delay)
            stop(self._leaving.get(rank))
            self._leaving[rank] = old
            old.terminate()  # type: ignore[no-untyped-call]
            threading.Thread(target=stop, args=(old, FINISHING), daemon=True).start()

    def _stop_workers(self) -> None:
        super()._stop_workers()  # type: ignore[no-untyped-call]
        for old in self._leaving.values():
            stop(old)


class Shares:
    """Told to the library when it asks what its processes hold: their part, not all that they map."""

    def memory(self, processes: Iterable[int]) -> dict[int, int]:
        """Bytes by number of process."""
        return {process: held_by(process) for process in processes}


def stop(worker: WorkerProcess | None, after: float = 0) -> None:
    """End a process, once it has finished or so many seconds have passed."""
    if worker is None:
        return
    worker.inner.join(after)
    if worker.inner.is_alive():
        worker.kill()  # type: ignore[no-untyped-call]


def allowed(asked: int, ready: Iterable[int]) -> int:
    """Bytes a process may hold: what was asked, or more where those of this edition begin near it.

    ``ready``: what each held when it was ready.
    """
    return max([asked, *(round(GROWTH * one) for one in ready)])


@contextmanager
def marks_kept() -> Iterator[None]:
    """A folder for the marks of the processes of this server."""
    with TemporaryDirectory(prefix="ancrage-prets-", ignore_cleanup_errors=True) as folder:
        os.environ[FOLDER] = folder
        yield

"""The server whose processes take over from one another without a visitor being refused."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.process import BaseProcess
from tempfile import TemporaryDirectory
from typing import Any

from granian.server.mp import MPServer, WorkerProcess

from ancrage.desk.ready import FOLDER, is_ready

LONGEST = 180
"""Seconds a fresh process is waited for: one that is not ready by then takes over as it is."""
STEP = 0.1


class Relay(MPServer):
    """Stops a process, for its memory or at a reload, once the fresh one has its tables and pages.

    A fresh process takes some fifteen seconds to be ready; stopped after three and a half, as the server of
    the library does, the old one would leave its visitors before a closed door.
    """

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        self._begun: set[int] = set()

    def _spawn_worker(self, idx: int, *args: Any, **named: Any) -> WorkerProcess:
        worker: WorkerProcess = super()._spawn_worker(idx, *args, **named)
        if idx in self._begun:
            # The library builds its processes itself: what starts this one is all there is to hold.
            worker.start = partial(self._begin, worker.start, worker.inner)  # type: ignore[method-assign]
        self._begun.add(idx)
        return worker

    def _begin(self, start: Callable[[], None], process: BaseProcess) -> None:
        start()
        end = time.monotonic() + LONGEST
        while process.is_alive() and not self.interrupt_signal and time.monotonic() < end:
            if is_ready(os.environ[FOLDER], process.pid):
                return
            time.sleep(STEP)


@contextmanager
def marks_kept() -> Iterator[None]:
    """A folder for the marks of the processes of this server."""
    with TemporaryDirectory(prefix="ancrage-prets-", ignore_cleanup_errors=True) as folder:
        os.environ[FOLDER] = folder
        yield

"""Where charts are drawn: one painter a process, started at the first chart, kept for the next ones.

One that dies in the middle of a drawing is replaced and the drawing done again, once. One that takes too long
is killed: the same drawing would last as long again. After two failures in a minute nobody waits any more:
for some seconds whoever asks is told at once, then the next one tries.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import Any

from ancrage.errors import DrawingError

PAINTER = Path(__file__).with_name("painter.py")
PATIENCE_SECONDS = 20
"""A guard: a drawing takes some hundredths of a second, the first one of a painter some tenths."""
IDLE_SECONDS = 600
"""A painter nobody asked anything of for so long ends."""
TRIES = 2
FAILURES = 2
FAILURES_WITHIN_SECONDS = 60
REST_SECONDS = 30
"""After that many failures in that time, how long nothing is tried."""


class Studio:
    """A painter and whoever waits for it: one drawing at a time."""

    def __init__(
        self, patience: int = PATIENCE_SECONDS, idle: int = IDLE_SECONDS, script: Path = PAINTER
    ) -> None:
        self.patience, self.idle, self.script = patience, idle, script
        self.painter: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()
        self._failures: list[float] = []

    def draw(self, spec: Mapping[str, Any], locale: Mapping[str, Any]) -> str:
        """Draw a Vega-Lite specification as SVG.

        Raises :class:`DrawingError` when nothing answers, ``ValueError`` for a wrong specification.
        """
        return self._ask({"spec": spec, "locale": locale}).decode()

    def picture(self, svg: str, scale: float) -> bytes:
        """Make a PNG of an SVG: ``scale`` pixels for each of its units. Raises as :meth:`draw` does."""
        return self._ask({"svg": svg, "scale": scale})

    def close(self) -> None:
        """End the painter, if there is one."""
        painter, self.painter = self.painter, None
        if painter is not None:
            painter.kill()
            painter.communicate()

    def forget(self) -> None:
        """Leave the painter to the process this one was forked from."""
        if self.painter is not None:
            self.painter.returncode = 0
        self.painter, self._turn = None, threading.Lock()

    def _ask(self, order: Mapping[str, Any]) -> bytes:
        sent = json.dumps(order).encode()
        self._refuse_at_rest()
        if not self._turn.acquire(timeout=TRIES * self.patience):
            raise DrawingError("d’autres dessins attendent depuis trop longtemps")
        try:
            answer = self._answered(sent)
        finally:
            self._turn.release()
        if answer[:1] != b"+":
            raise ValueError(answer[1:].decode())
        return answer[1:]

    def _refuse_at_rest(self) -> None:
        """Spare a wait that two others had in vain."""
        failures = self._failures[-FAILURES:]
        if len(failures) < FAILURES or failures[-1] - failures[0] > FAILURES_WITHIN_SECONDS:
            return
        left = failures[-1] + REST_SECONDS - time.monotonic()
        if left > 0:
            raise DrawingError(f"deux dessins viennent d’échouer, le prochain essai est dans {ceil(left)} s")

    def _answered(self, sent: bytes) -> bytes:
        self._refuse_at_rest()  # whoever waited for a turn may have waited for a failure
        try:
            answer = self._tried(sent)
        except DrawingError:
            self._failures = [*self._failures[1 - FAILURES :], time.monotonic()]
            raise
        self._failures = []
        return answer

    def _tried(self, sent: bytes) -> bytes:
        for _ in range(TRIES):
            late = threading.Event()
            if answer := self._one_try(sent, late):
                return answer
            if late.is_set():
                raise DrawingError(f"il a pris plus de {self.patience} s")
        raise DrawingError("ce qui le dessine s’est arrêté deux fois de suite")

    def _one_try(self, sent: bytes, late: threading.Event) -> bytes:
        """The answer of the painter; nothing when it ended before, ``late`` when it was made to."""
        painter = self._at_work()
        guard = threading.Timer(self.patience, _end, (painter, late))
        guard.daemon = True
        guard.start()
        try:
            answer = _exchange(painter, sent)
        finally:
            guard.cancel()
        if not answer:
            self.close()
        return answer

    def _at_work(self) -> "subprocess.Popen[bytes]":
        if self.painter is not None and self.painter.poll() is None:
            return self.painter
        self.close()
        self.painter = subprocess.Popen(  # noqa: S603 our own file, by the interpreter that runs us
            [sys.executable, "-I", str(self.script), str(self.idle)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # a Ctrl-C on the terminal is for whoever orders
        )
        return self.painter


def _exchange(painter: "subprocess.Popen[bytes]", sent: bytes) -> bytes:
    assert painter.stdin is not None and painter.stdout is not None  # noqa: S101, PT018 both are pipes
    with suppress(OSError):
        painter.stdin.write(len(sent).to_bytes(4) + sent)
        painter.stdin.flush()
        head = painter.stdout.read(4)
        size = int.from_bytes(head)
        answer = painter.stdout.read(size)
        if len(head) == 4 and len(answer) == size:
            return answer
    return b""


def _end(painter: "subprocess.Popen[bytes]", late: threading.Event) -> None:
    late.set()
    painter.kill()


studio = Studio()
atexit.register(studio.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=studio.forget)

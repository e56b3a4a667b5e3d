"""The worker process a server keeps beside it."""

import logging
import os
import subprocess
import sys
import threading

logger = logging.getLogger("ancrage.tasks")
PATIENCE_SECONDS = 20
"""What a step may take to end once the worker is asked to."""
REST_SECONDS = 5
COMMAND = (sys.executable, "-m", "ancrage.tasks.worker")


class WorkerBeside:
    """Starts a worker, starts another when it fails, and ends it with the server."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watch = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start, and watch."""
        self._process = _started()
        self._watch.start()

    def stop(self) -> None:
        """Ask it to end and wait; kill it when a step lasts too long (another worker takes the job again)."""
        self._ending.set()
        self._watch.join(REST_SECONDS)
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _keep(self) -> None:
        while not self._ending.wait(1):
            if self._process is not None and self._process.poll() is not None:
                logger.warning("the worker ended; another one starts")
                if self._ending.wait(REST_SECONDS):
                    return
                self._process = _started()


def _started() -> subprocess.Popen[bytes]:
    """In a session of its own: a Ctrl-C on the terminal is for the server, which ends it properly."""
    command = (*COMMAND, str(os.getpid()))
    return subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)  # noqa: S603 our own module

"""A process that ends when the server that started it is gone, even killed: no orphan keeps a port."""

import os
import signal
import threading
import time

SECONDS = 2


def end_with_parent() -> None:
    """Watch the parent from now on; once it is another one, ask this process to end (SIGTERM)."""
    parent = os.getppid()
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)

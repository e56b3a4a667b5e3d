"""A process that ends when the server that started it is gone, even killed: no orphan keeps a port."""

import os
import signal
import threading
import time

SECONDS = 2


def end_with(parent: int) -> None:
    """Ask this process to end (SIGTERM) once ``parent``, which started it, is no longer its parent.

    The number is told by the parent: asked of the system here, it would be that of another process when the
    parent was killed while this one was still loading, which would then live on for ever.
    """
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(SECONDS)
    while True:
        # Again and again: one that is still loading hears with the ears of the server it was born from.
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(SECONDS)

"""Being asked to stop: raised at once, and remembered, since a library may swallow what is raised in it."""

import signal
from types import FrameType

from ancrage.warehouse import engines

_asked = False


def listen() -> None:
    """Treat a request to end (SIGTERM) as an interruption from the keyboard (SIGINT)."""
    for request in (signal.SIGTERM, signal.SIGINT):
        signal.signal(request, _interrupt)


def heed() -> None:
    """Stop here if it was asked. Raises :class:`KeyboardInterrupt`; long work calls it between its steps."""
    if _asked:
        raise KeyboardInterrupt


def asked() -> bool:
    """Whether it was asked: an engine stopped in the middle fails in words of its own."""
    return _asked


def deafen() -> None:
    """Hear no other request: the command is already on its way out."""
    for request in (signal.SIGTERM, signal.SIGINT):
        signal.signal(request, signal.SIG_IGN)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    global _asked
    _asked = True
    engines.interrupt()
    raise KeyboardInterrupt

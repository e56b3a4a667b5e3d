"""Says that a server answers once it does: its processes take seconds to be ready, or minutes."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

BETWEEN = 0.2
"""Seconds between two tries, while nothing listens."""
LONGEST = 600
"""Seconds an answer is waited for, before asking again."""
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # where all addresses are listened to, one of them


@contextmanager
def told_once_answering(address: str, port: int, tell: Callable[[], None]) -> Iterator[None]:
    """Inside, call ``tell`` once the home page answers there, whatever its status; never if it does not."""
    over = threading.Event()
    asking = threading.Thread(target=_wait, args=(address, port, tell, over), daemon=True)
    asking.start()
    try:
        yield
    finally:
        over.set()


def _wait(address: str, port: int, tell: Callable[[], None], over: threading.Event) -> None:
    while not over.wait(BETWEEN):
        if _answers(EVERYWHERE.get(address, address), port):
            if not over.is_set():
                tell()
            return


def _answers(address: str, port: int) -> bool:
    connection = http.client.HTTPConnection(address, port, timeout=LONGEST)
    try:
        connection.request("HEAD", "/", headers={"Connection": "close"})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()

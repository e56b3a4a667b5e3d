"""Connections that are slow in one way each, held open towards this machine only."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

HOST = b"Host: localhost\r\n"
FORM = b"POST /travaux/ HTTP/1.1\r\n" + HOST + b"Content-Type: application/x-www-form-urlencoded\r\n"
JSON = b"POST /api/v1/eligibilite HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
FILE = b"POST /grille/fichier/ HTTP/1.1\r\n" + HOST + b"Content-Type: multipart/form-data; boundary=x\r\n"
LENGTH = b"Content-Length: 100000\r\n\r\n"
LONG = b"GET /aides/catalogue.csv HTTP/1.1\r\n" + HOST + b"\r\n"
DRIP_SECONDS = 1.0

Kind = tuple[bytes, bytes]
KINDS: dict[str, Kind] = {
    "corps de formulaire": (FORM + LENGTH, b"a"),
    "corps JSON": (JSON + LENGTH, b" "),
    "fichier en plusieurs parties": (FILE + LENGTH, b"-"),
    "corps par morceaux": (JSON + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "en-têtes": (b"GET / HTTP/1.1\r\n" + HOST, b"X-A: b\r\n"),
    "lecture": (LONG * 20, b""),
    "connexion inactive": (b"", b""),
}
"""What each sends at once, then every second."""


@contextmanager
def slow(port: int, kind: Kind, count: int) -> Iterator[Callable[[], int]]:
    """Hold ``count`` connections of a kind open; gives how many the server has not closed."""
    first, drop = kind
    ended = threading.Event()
    with ExitStack() as stack:
        sockets = [stack.enter_context(_opened(port, first)) for _ in range(count)]
        drip = threading.Thread(target=_drip, args=(sockets, drop, ended), daemon=True)
        drip.start()
        try:
            yield lambda: sum(map(_open, sockets))
        finally:
            ended.set()
            drip.join()


def _opened(port: int, first: bytes) -> socket.socket:
    made = socket.socket()
    # What a slow reader does not read must not fit in the machine's own memory of the connection.
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.settimeout(10)
    made.connect(("127.0.0.1", port))
    made.sendall(first)
    return made


def _drip(sockets: list[socket.socket], drop: bytes, ended: threading.Event) -> None:
    while not ended.wait(DRIP_SECONDS):
        for each in sockets if drop else ():
            try:
                each.sendall(drop)
            except OSError:
                continue


def _open(each: socket.socket) -> bool:
    each.setblocking(False)
    try:
        return each.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False

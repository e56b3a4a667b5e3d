"""What ClamAV says of the bytes that a person brings, when this installation has one.

The command INSTREAM of clamd: pieces, each after its length, then a length of zero; the answer is one line.
``clamd(8)``, https://docs.clamav.net/manual/Usage/Scanning.html#clamd.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings

from ancrage.errors import ScannerUnavailableError, UnsafeFileError

SECONDS = 20
"""A scanner that says nothing for so long is taken for lost: the file is not kept."""
PIECE = 1 << 16
LONGEST = 1_000
CLEAN, FOUND = "stream: OK", " FOUND"
PORT = 3310


def look_at(written: bytes) -> None:
    """Have these bytes looked at; nothing is asked where no scanner is set (``ANCRAGE_ANTIVIRUS``).

    Raises :class:`UnsafeFileError` for a file that it recognises, :class:`ScannerUnavailableError` when it
    does not answer, or not that all is well: nothing passes for want of an answer.
    """
    if not settings.ANTIVIRUS:
        return
    said = _asked(b"zINSTREAM\0", _pieces(written))
    if said.endswith(FOUND):
        raise UnsafeFileError(said.removeprefix("stream: ").removesuffix(FOUND))
    if said != CLEAN:
        raise ScannerUnavailableError


def answers() -> bool:
    """Whether the scanner of this installation answers."""
    try:
        return _asked(b"zPING\0", ()) == "PONG"
    except ScannerUnavailableError:
        return False


def _pieces(written: bytes) -> Iterator[bytes]:
    for start in range(0, len(written), PIECE):
        piece = written[start : start + PIECE]
        yield len(piece).to_bytes(4, "big") + piece
    yield bytes(4)


def _asked(command: bytes, pieces: Iterator[bytes] | tuple[()]) -> str:
    try:
        with _connected() as scanner:
            scanner.sendall(command)
            for piece in pieces:
                scanner.sendall(piece)
            return _answer(scanner)
    except (OSError, ValueError) as error:
        raise ScannerUnavailableError from error


def _answer(scanner: socket.socket) -> str:
    """What it says, to its end: a byte of zero, or a connection that closes."""
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST and (more := scanner.recv(LONGEST)):
        said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


@contextmanager
def _connected() -> Iterator[socket.socket]:
    told = urlsplit(settings.ANTIVIRUS)
    if told.scheme == "unix":
        with socket.socket(socket.AF_UNIX) as here:
            here.settimeout(SECONDS)
            here.connect(told.path)
            yield here
    else:
        with socket.create_connection((told.hostname or "localhost", told.port or PORT), SECONDS) as there:
            yield there

"""The bytes and the text of a file a person brings: bounded, unpacked, decoded, or refused with its line."""

import codecs
import errno
import gzip
import io
import os
import select
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ancrage.declarations.decoding import Decoded, decode
from ancrage.declarations.faults import Fault
from ancrage.declarations.system import reason_of

BLOCK = 1 << 18
PATIENCE = 5
"""Seconds after which nobody is held to write in a pipe."""
GZIP_MARK = b"\x1f\x8b"
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
FOREIGN = {
    b"PK\x03\x04": ("c'est une archive zip, ou un classeur", "Sortez-en le fichier, ou enregistrez en CSV"),
    b"%PDF-": ("c'est un PDF, pas un texte", "Donnez le fichier dont il a été fait"),
    b"\xd0\xcf\x11\xe0": ("c'est un ancien classeur ou document", "Enregistrez-le en CSV ou en texte"),
}
CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
MANY_CONTROLS = 0.01
"""Share of control codes from which bytes are no text."""


def read_bytes(path: Path, largest: int, *, packed: bool = False) -> bytes:
    """The bytes of a file, unpacked when it is gzip, ``largest`` at most. Raises :class:`Fault`.

    ``packed``: its name says that it is gzip.
    """
    content = bytearray()
    with readable(), _opened(path) as file:
        while block := file.read(BLOCK):
            content += block
            refuse_beyond(len(content), largest)
    return unpacked(bytes(content), largest, packed=packed)


def unpacked(content: bytes, largest: int, *, packed: bool = False) -> bytes:
    """Bytes out of their gzip, if they are in one. Raises :class:`Fault`.

    They are measured before they are kept: a small archive may hold a huge file.
    """
    if not packed and not content.startswith(GZIP_MARK):
        return content
    with readable():
        size = 0
        for block in _inflated(content):
            size += len(block)
            refuse_beyond(size, largest, " une fois décompressé")
        return b"".join(_inflated(content))


def _inflated(content: bytes) -> Iterator[bytes]:
    with gzip.open(io.BytesIO(content)) as stream:
        while block := stream.read(BLOCK):
            yield block


def text_of(content: bytes, *, guessed: bool = False) -> Decoded:
    """The text of bytes: UTF-8, or UTF-16 that says so; ``guessed``: what old spreadsheets write too.

    Raises :class:`Fault` with the line for what is no text: another encoding, a zero, an archive.
    """
    for mark, (what, repair) in FOREIGN.items():
        if content.startswith(mark):
            raise Fault(what, 1, f"{repair}.")
    if not content.strip():
        raise Fault("le fichier est vide")
    wide = content.startswith(UTF16_MARKS)
    if not wide:
        _refuse_binary(content)
    return _lines_of(_decoded(content, guessed=guessed or wide))


def _decoded(content: bytes, *, guessed: bool) -> Decoded:
    try:
        if guessed:
            return decode(content, "utf-8")
        return Decoded(content.decode("utf-8-sig"), "utf-8-sig")
    except UnicodeDecodeError as error:
        wide = content.startswith(UTF16_MARKS)
        before = content[: error.start].decode("utf-16" if wide else "utf-8", "ignore")
        raise Fault(
            "l'UTF-16 y est coupé ou abîmé" if wide else f"ce n'est pas de l'UTF-8 (octet {error.start})",
            before.count("\n") + 1,
            "Enregistrez le fichier en UTF-8.",
        ) from error


def _lines_of(decoded: Decoded) -> Decoded:
    """Refuse a zero that UTF-16 hides."""
    position = decoded.text.find("\0")
    if position >= 0:
        raise Fault("un caractère nul s'y trouve", decoded.text.count("\n", 0, position) + 1, NOT_TEXT)
    return decoded


NOT_TEXT = "Donnez un fichier de texte, enregistré en UTF-8."


def _refuse_binary(content: bytes) -> None:
    zero = content.find(b"\0")
    if zero >= 0:
        line = content.count(b"\n", 0, zero) + 1
        raise Fault(f"ce n'est pas un texte (octet nul à la position {zero})", line, NOT_TEXT)
    start = content[: 1 << 16]
    controls = len(start) - len(start.translate(None, CONTROLS))
    if controls > max(1, MANY_CONTROLS * len(start)):
        raise Fault("ce n'est pas un texte (caractères de commande)", 1, NOT_TEXT)


def refuse_beyond(size: int, largest: int, once: str = "") -> None:
    """Raise :class:`Fault` for what is larger than its kind of file ever is."""
    if size > largest:
        shown = f"{largest >> 20} Mo" if largest >= 1 << 20 else f"{largest >> 10} ko"
        raise Fault(f"le fichier dépasse {shown}{once}", None, "Donnez-en un plus petit, ou partagez-le.")


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The file open; a pipe in which nobody writes is not waited for longer than ``PATIENCE``."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "", str(path))
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if stat.S_ISFIFO(os.fstat(descriptor).st_mode) and not select.select([file], [], [], PATIENCE)[0]:
            raise Fault("c'est un tube dans lequel personne n'écrit", None, "Donnez un fichier.")
        os.set_blocking(descriptor, True)
        yield file


@contextmanager
def readable() -> Iterator[None]:
    """Turn what the system or a compression refuses into a :class:`Fault`."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Fault(
            "la compression gzip est coupée ou abîmée", None, "Reprenez le fichier d'origine."
        ) from error
    except OSError as error:
        why = "introuvable" if isinstance(error, FileNotFoundError) else f"illisible ({reason_of(error)})"
        raise Fault(f"le fichier est {why}", None, "Vérifiez son nom et ses droits.") from error
    except ValueError as error:  # a name that no file can have
        raise Fault("ce nom n'est pas celui d'un fichier", None, "Vérifiez-le.") from error

"""The bytes of a received file, whatever envelope they came in (gzip, zip, none), and its soundness.

The envelope is recognised from the first bytes, not from a name: producers and mirrors rename files.
"""

import gzip
import lzma
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import IO, cast

from ancrage.errors import SourceContentError
from ancrage.repairs import See
from ancrage.sources.declaration import Compression, Format, Resource
from ancrage.sources.storage import BLOCK, disk_failures

RETRY = "Relancez la synchronisation ; si l'erreur persiste, signalez-la au producteur."
MOVED = "L'adresse a sans doute changé : voyez la page du producteur."
COMPOSED = "La composition de l'archive a changé : signalez-le pour que la déclaration soit corrigée."
PARQUET_MARK = b"PAR1"
WEB_PAGE_MARKS = (b"<!doctype html", b"<html")

BESIDE = "__MACOSX/"
"""Where a Mac puts, in a zip, what is not the files."""
WORKBOOK = "xl/workbook.xml"
DATA = (".csv", ".json", ".geojson", ".parquet")
"""Ends of the names of data: a notice that came with them in an archive is left aside."""
SMALL, SWELL = 256 << 20, 100
"""Bytes that any file may hold once unpacked, and how many times its own size a large one may."""
_BROKEN = (EOFError, gzip.BadGzipFile, zlib.error, zipfile.BadZipFile, lzma.LZMAError, struct.error)


def compression_of(path: Path) -> Compression:
    """Envelope told by the first bytes of the file."""
    with path.open("rb") as file:
        mark = file.read(4)
    if mark.startswith(b"\x1f\x8b"):
        return Compression.GZ
    return Compression.ZIP if mark.startswith(b"PK\x03\x04") else Compression.NONE


def format_of(path: Path, resource: Resource) -> Format:
    """Shape the file really has: a resource offered as Parquet may be received as CSV, a CSV as JSON."""
    with open_inside(path, resource) as stream:
        start = stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(PARQUET_MARK):
        return Format.PARQUET
    if resource.format in (Format.CSV, Format.PARQUET):
        return Format.JSON if start.startswith((b"{", b"[")) else Format.CSV
    return resource.format


@contextmanager
def open_inside(path: Path, resource: Resource) -> Iterator[IO[bytes]]:
    """Stream of the decompressed bytes.

    Raises :class:`SourceContentError` when the envelope is truncated or holds no expected file.
    """
    with sound(path):
        match compression_of(path):
            case Compression.GZ:
                with gzip.open(path, "rb") as stream:
                    yield cast("IO[bytes]", stream)
            case Compression.ZIP:
                with (
                    zipfile.ZipFile(path) as archive,
                    archive.open(_member(archive, path, resource)) as stream,
                ):
                    yield stream
            case Compression.NONE:
                with path.open("rb") as stream:
                    yield stream


def extract(path: Path, resource: Resource, into: Path) -> Path:
    """Decompress a file into a folder and return the copy, for an engine that cannot read zip archives.

    Raises :class:`SourceContentError` when the envelope is damaged, :class:`StorageError` on a full disk.
    """
    copy = into / f"{path.stem}.{format_of(path, resource).value}"
    with open_inside(path, resource) as stream, disk_failures(into), copy.open("wb") as file:
        shutil.copyfileobj(stream, file, BLOCK)
    return copy


@contextmanager
def sound(path: Path) -> Iterator[None]:
    """Tell a broken envelope in French, naming the file."""
    try:
        yield
    except _BROKEN as error:
        raise SourceContentError(f"« {path.name} » est tronqué ou abîmé ({_why(error)}).", RETRY) from error


def _why(error: Exception) -> str:
    """What the libraries say in English, in French."""
    told = str(error)
    if "CRC" in told or "Incorrect length" in told:
        return "ses octets ont changé : la somme de contrôle est autre"
    if isinstance(error, EOFError) or "not a zip file" in told or "truncated" in told:
        return "il s'arrête avant sa fin"
    return "il ne se décompresse pas"


def check_envelope(path: Path, resource: Resource) -> None:
    """Refuse an empty file, a web page, a truncated archive: everything that is not the data announced.

    Reads the whole file once. Raises :class:`SourceContentError`.
    """
    if path.stat().st_size == 0:
        raise SourceContentError(f"« {path.name} » est vide.", RETRY)
    check_sums(path)
    with open_inside(path, resource) as stream:
        start = stream.read(512)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(WEB_PAGE_MARKS):
        raise SourceContentError(
            f"« {path.name} » est une page web, pas des données.",
            MOVED,
            See("source"),
        )
    if not start:
        raise SourceContentError(f"« {path.name} » ne contient rien.", RETRY)
    if start.startswith(PARQUET_MARK):
        _check_parquet(path)


def check_sums(path: Path) -> None:
    """Read an archive to its end. Raises :class:`SourceContentError` when it is damaged or swells."""
    with sound(path):
        match compression_of(path):
            case Compression.GZ:
                with gzip.open(path, "rb") as stream:
                    _measure(stream, path)
            case Compression.ZIP:
                with zipfile.ZipFile(path) as archive:
                    for entry in archive.infolist():
                        with archive.open(entry) as stream:
                            _measure(stream, path)
            case Compression.NONE:
                pass


def _measure(stream: IO[bytes] | gzip.GzipFile, path: Path) -> None:
    """Read to the end, which checks the sums, without ever going beyond what a real file may hold."""
    largest, size = max(SMALL, SWELL * path.stat().st_size), 0
    while block := stream.read(BLOCK):
        size += len(block)
        if size > largest:
            told = f"« {path.name} » enfle démesurément une fois décompressé (plus de {largest >> 20} Mo)."
            raise SourceContentError(told, RETRY)


def _check_parquet(path: Path) -> None:
    with path.open("rb") as file:
        file.seek(-min(4, path.stat().st_size), 2)
        if file.read() != PARQUET_MARK:
            raise SourceContentError(f"« {path.name} » est un fichier Parquet tronqué.", RETRY)


def _member(archive: zipfile.ZipFile, path: Path, resource: Resource) -> str:
    names = [name for name in archive.namelist() if not name.endswith("/") and not name.startswith(BESIDE)]
    if WORKBOOK in names:
        raise SourceContentError(
            f"« {path.name} » est un classeur de tableur, pas un CSV ni un Parquet.",
            "Enregistrez la feuille en CSV, puis donnez ce CSV.",
        )
    found = [name for name in names if fnmatch(name, resource.member)] if resource.member else names
    if len(found) > 1 and not resource.member:
        found = [name for name in names if name.lower().endswith(DATA)] or names
    if len(found) != 1:
        wanted = resource.member or "un seul fichier"
        raise SourceContentError(
            f"« {path.name} » devait contenir {wanted} ; il contient : {', '.join(names[:5]) or 'rien'}.",
            COMPOSED,
        )
    return found[0]

"""A file a person brings: text or table, compressed or not, in whatever encoding, told as it was read."""

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path

from ancrage.errors import SourceContentError
from ancrage.sources.csv_text import sniff_separator, split_rows
from ancrage.sources.decoding import Decoded, decode
from ancrage.sources.rejects import Reject
from ancrage.sources.storage import reason_of

GZIP_MARK = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class OwnTable:
    """Columns, rows of as many cells (all text), and the lines that could not be cut."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    rejects: tuple[Reject, ...]
    encoding: str
    separator: str


def read_own_text(path: Path) -> Decoded:
    """Text of a file, unzipped when it is gzip. Raises :class:`SourceContentError` when it cannot be read."""
    try:
        content = path.read_bytes()
        if content.startswith(GZIP_MARK):
            content = gzip.decompress(content)
    except OSError as error:
        raise SourceContentError(
            f"« {path} » ne peut pas être lu ({reason_of(error)}).",
            "Vérifiez le nom du fichier et ses droits.",
        ) from error
    except (EOFError, zlib.error) as error:
        raise SourceContentError(
            f"« {path} » est tronqué ou abîmé.", "Reprenez le fichier d'origine."
        ) from error
    return decode(content, "utf-8")


def read_own_table(path: Path) -> OwnTable:
    """Table of a CSV, its separator found in its header. Raises :class:`SourceContentError`."""
    decoded = read_own_text(path)
    separator = sniff_separator(decoded.text)
    columns, rows, rejects = split_rows(decoded.text, separator, path)
    if not columns:
        raise SourceContentError(f"« {path} » est vide.", "Donnez un fichier CSV avec une ligne de titres.")
    return OwnTable(columns, tuple(map(tuple, rows)), tuple(rejects), decoded.encoding, separator)

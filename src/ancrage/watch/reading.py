"""One file of a corpus: what it is, its encoding, the texts it holds, or why it cannot be used."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ancrage.declarations.decoding import Decoded, decode
from ancrage.declarations.faults import Fault
from ancrage.declarations.given import UTF16_MARKS, read_bytes, text_of
from ancrage.declarations.system import reason_of
from ancrage.watch.extracting import Extracted, UnreadableTextError, html, plain, xml
from ancrage.watch.moments import Moment, moment_of_name
from ancrage.watch.tables import Columns, Table, read_csv, read_jsonl, read_workbook

LARGEST = 200 << 20
"""Bytes of a file, once decompressed, beyond which it is set aside."""

_DOCUMENTS: dict[str, Callable[[str], Extracted]] = {
    ".txt": plain, ".md": plain, ".html": html, ".htm": html, ".xml": xml,
}  # fmt: skip
_TABLES: dict[str, Callable[[str, Columns], Table]] = {".csv": read_csv, ".jsonl": read_jsonl}
_MARKED = (".html", ".htm", ".xml")
UTF8 = "utf-8"
_WORKBOOKS = (".xlsx", ".ods", ".xls")
READ = (*_DOCUMENTS, *_TABLES, *_WORKBOOKS)
_DECLARED_ENCODING = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?([A-Za-z0-9._-]{2,30})""")


@dataclass(frozen=True, slots=True)
class Document:
    """A text of the corpus. ``inside``: in a table, where ``line`` is the first one of its record."""

    file: str
    text: str
    moment: Moment | None
    line: int = 1
    inside: bool = False

    @property
    def name(self) -> str:
        """The file, and the line of the record when the file holds several texts."""
        return f"{self.file}, ligne {self.line}" if self.inside else self.file


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, or a row of one, that cannot be used, and why, in French."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a file gave: its texts, what was set aside in it, its encoding, what is worth telling."""

    documents: tuple[Document, ...] = ()
    refused: tuple[Refused, ...] = ()
    encoding: str = ""
    remarks: tuple[str, ...] = ()


def read_file(path: Path, name: str, columns: Columns, day: Moment | None = None) -> FileRead:
    """Read one file; nothing is raised for a bad one. ``day``: its date when the person gave it."""
    suffix, stem = _kind(path)
    try:
        if not path.is_file():
            what = "dossier qui ne s'ouvre pas" if path.is_dir() else "lien brisé ou fichier spécial"
            raise UnreadableTextError(what)
        if suffix not in READ:
            raise UnreadableTextError(f"type de fichier non lu ({suffix or 'sans extension'})")
        content = _content(path)
        if suffix in _WORKBOOKS:
            table = read_workbook(content, columns, LARGEST)
            return _of_table(table, name, Decoded("", ""), day, moment_of_name(stem))
        decoded = _decoded(content, suffix)
        if suffix in _TABLES:
            table = _TABLES[suffix](decoded.text, columns)
            return _of_table(table, name, decoded, day, moment_of_name(stem))
        extracted = _DOCUMENTS[suffix](decoded.text)
    except OSError as error:
        return FileRead(refused=(Refused(name, f"illisible ({reason_of(error)})"),))
    except UnreadableTextError as error:
        return FileRead(refused=(Refused(name, str(error)),))
    moment = day or extracted.moment or moment_of_name(stem)
    return _sorted_out([Document(name, extracted.text, moment)], decoded)


def _kind(path: Path) -> tuple[str, str]:
    """Suffix and stem of a file, ``.gz`` put aside."""
    inner = Path(path.stem) if path.suffix.lower() == ".gz" else Path(path.name)
    return inner.suffix.lower(), inner.stem


def _content(path: Path) -> bytes:
    """The bytes of a file, unpacked; one byte more than allowed is enough to refuse it."""
    try:
        return read_bytes(path, LARGEST, packed=path.suffix.lower() == ".gz")
    except Fault as fault:
        raise UnreadableTextError(fault.placed) from fault


def _decoded(content: bytes, suffix: str) -> Decoded:
    try:
        decoded = text_of(content, guessed=True)
    except Fault as fault:
        raise UnreadableTextError(fault.placed) from fault
    if suffix in _MARKED and decoded.remark and not content.startswith(UTF16_MARKS):
        # Not UTF-8: only then is the encoding it declares believed, for many pages declare a wrong one.
        decoded = decode(content, _declared_encoding(content))
    lines = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(lines, decoded.encoding.removesuffix("-sig"), decoded.remark)


def _declared_encoding(content: bytes) -> str:
    found = _DECLARED_ENCODING.search(content[:2048])
    name = found.group(1).decode("ascii") if found else UTF8
    try:
        "".encode(name)
    except LookupError:
        return UTF8
    # Browsers read what is declared ISO-8859-1 as Windows-1252, which holds « œ » and « € ».
    return "cp1252" if codecs.lookup(name).name == "iso8859-1" else name


def _of_table(
    table: Table, name: str, decoded: Decoded, day: Moment | None, named: Moment | None
) -> FileRead:
    """The texts of a table. Where a column holds dates, an empty cell is not replaced by the file's name."""
    fallback = None if table.dated else named
    documents = [
        Document(name, row.text, row.moment or day or fallback, row.line, inside=True) for row in table.rows
    ]
    used = f"texte « {table.columns.text} », date " + (
        f"« {table.columns.date} »" if table.dated else "sans colonne reconnue"
    )
    read = _sorted_out(documents, decoded, (f"{name} : colonnes {used}",))
    set_aside = tuple(Refused(f"{name}, ligne {line}", reason) for line, reason in table.refused)
    return FileRead(read.documents, (*read.refused, *set_aside), read.encoding, read.remarks)


def _sorted_out(documents: list[Document], decoded: Decoded, remarks: tuple[str, ...] = ()) -> FileRead:
    kept = tuple(one for one in documents if _has_words(one.text))
    empty = tuple(Refused(one.name, "vide") for one in documents if not _has_words(one.text))
    return FileRead(kept, empty, decoded.encoding, remarks)


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))

"""Open a stock file, whatever its envelope, as a table of texts with the columns the register knows.

Parquet is read where it lies. CSV (plain, gzip or zip) is copied once to Parquet with the known columns only,
streamed by DuckDB, whatever the engine at work: the later passes over forty million rows then read little.
Lines DuckDB cannot split are set aside with their number.
"""

import codecs
import csv
import gzip
import hashlib
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa

from ancrage.declarations.given import UTF16_MARKS
from ancrage.errors import SourceContentError
from ancrage.register.damage import telling_damage
from ancrage.register.rejects import reject_table
from ancrage.repairs import SynchroniseSources
from ancrage.sources.envelope import BESIDE
from ancrage.warehouse import keeping
from ancrage.warehouse.engines import connect_ibis, connect_ibis_here
from ancrage.warehouse.limits import settings
from ancrage.warehouse.narrowing import narrowed
from ancrage.warehouse.room import lacks_room

Connection = Any
"""An Ibis DuckDB backend; the library publishes no types that mypy can follow."""
Relation = Any
"""An Ibis table."""

SMALL_MEMORY, SMALL_THREADS = "2GB", 2
FEW_VALUES = 2_000
"""Values of a column in a group of rows beyond which a dictionary costs more to write than it saves."""
ROWS_IN_CACHE = 50_000
"""Rows of a group: fewer than usual, so that each is written while the processor still has it at hand."""
DELIMITERS = ",;\t|"
HEAD_BYTES = 1 << 20
RETRY = SynchroniseSources()
QUICK = {"dictionary_size_limit": FEW_VALUES, "row_group_size": ROWS_IN_CACHE, "write_bloom_filter": False}
"""How DuckDB writes what is read once or twice: no filter to look rows up, few dictionaries."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of a published file that the register reads: those it cannot do without, and the others.

    ``typed``: those that keep the days or the truth values a Parquet file gives, rather than be written as
    texts to be read again, forty million times.
    """

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All the columns read, required first."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Opened:
    """A file opened: its rows as texts, and the lines set aside (``REJECT_SCHEMA``)."""

    rows: Relation
    rejects: pa.Table


def connect(scratch: Path, engine: Callable[..., Connection] = connect_ibis) -> Connection:
    """A DuckDB engine that spills to ``scratch`` rather than fill the memory; row order is not kept.

    Within the limits of a build when there are some (:mod:`ancrage.warehouse.limits`), else small ones.
    Another engine, when one was chosen for what follows (:func:`working_with`).
    """
    small = {"memory_limit": SMALL_MEMORY, "threads": SMALL_THREADS}
    return engine(
        **{**small, **settings(), "temp_directory": str(scratch), "preserve_insertion_order": False}
    )


def saved(con: Connection, table: Relation, path: Path) -> Relation:
    """Run an expression once, into a Parquet file, and read it from there; what was kept of it will do."""
    with telling_damage():
        keeping.made(table, path, lambda aside: _written(con, table, aside))
    return keeping.read(con, path)


def _written(con: Connection, table: Relation, path: Path) -> None:
    if con.name == "duckdb":
        narrowed(con.con, lambda: con.to_parquet(table, path, **QUICK))
    else:
        con.to_parquet(table, path)


def registered(con: Connection, name: str, rows: pa.Table) -> Relation:
    """Give a small Arrow table to the engine under a name, so that compiled expressions may use it."""
    unique = ibis.util.gen_name(name)
    con.create_table(unique, ibis.memtable(rows), temp=True)
    keeping.note_rows(unique, rows)
    return con.table(unique)


def open_stock(con: Connection, path: Path, layout: Layout, scratch: Path) -> Opened:
    """Open ``path`` (Parquet, or CSV as it is, in gzip or alone in a zip) in the columns of ``layout``.

    Every column is text, but for those ``typed``; optional columns the file does not have are NULL.
    ``scratch`` receives the copies.
    Raises :class:`SourceContentError` when the file is not what its layout says.
    """
    head = _head(path)
    if head.lstrip()[:1] == b"<":
        raise SourceContentError(f"{path.name} contient une page web, pas des données.", "", RETRY)
    if head.startswith(b"PAR1"):
        return Opened(_open_parquet(con, path, layout), reject_table())
    return _open_csv(con, path, layout, scratch, head)


def _head(path: Path) -> bytes:
    try:
        with _reader(path) as file:
            head: bytes = file.read(HEAD_BYTES)
            return head
    except FileNotFoundError as error:
        raise SourceContentError(f"Le fichier {path.name} n'existe pas.", "", RETRY) from error
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise SourceContentError(f"{path.name} est tronqué ou abîmé ({error}).", "", RETRY) from error


def _reader(path: Path) -> Any:
    with path.open("rb") as file:
        magic = file.read(4)
    if magic.startswith(b"\x1f\x8b"):
        return gzip.open(path, "rb")
    if magic.startswith(b"PK"):
        return zipfile.ZipFile(path).open(_member(path))
    return path.open("rb")


def _member(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        every = (name for name in archive.namelist() if not name.startswith(BESIDE))
        names = [name for name in every if name.lower().endswith(".csv")]
    if len(names) != 1:
        raise SourceContentError(
            f"{path.name} contient {len(names)} fichiers CSV ; un seul est attendu.",
            "Vérifiez l'adresse de la source.",
        )
    return names[0]


def _open_parquet(con: Connection, path: Path, layout: Layout) -> Relation:
    try:
        table = keeping.read(con, path)
    except duckdb.Error as error:
        raise SourceContentError(
            f"{path.name} est un fichier Parquet tronqué ou abîmé.", "", RETRY
        ) from error
    _require(layout, path, table.columns)
    return _as_texts(table, layout)


def _open_csv(con: Connection, path: Path, layout: Layout, scratch: Path, head: bytes) -> Opened:
    if head.startswith(UTF16_MARKS):
        raise SourceContentError(
            f"« {path.name} » est en UTF-16, qui ne se lit pas à cette taille.",
            "Enregistrez-le en UTF-8.",
        )
    encoding = _encoding(head)
    header, delimiter = _header(head.decode(encoding, "replace"))
    _require(layout, path, header)
    identity = hashlib.sha256(str(path).encode()).hexdigest()[:12]
    copy = scratch / f"{layout.name}-{identity}.parquet"
    here = connect(scratch, connect_ibis_here)
    with _plain(path, scratch / f"{identity}.csv") as plain:
        try:
            here.to_parquet(
                _as_texts(_read_csv(here, plain, header, delimiter, encoding, identity), layout), copy
            )
        except duckdb.Error as error:
            if lacks_room(error):  # the copy, not the file
                raise
            raise SourceContentError(
                f"{path.name} ne se lit pas comme un CSV : {str(error).splitlines()[0]}",
                "Vérifiez que le fichier est complet.",
                RETRY,
            ) from error
    keeping.note_copy(copy, path, layout.name + ",".join(layout.columns))
    return Opened(keeping.read(con, copy), _unsplit_lines(here, f"reject_{identity}", path))


def _read_csv(
    con: Connection, plain: Path, header: list[str], delimiter: str, encoding: str, identity: str
) -> Relation:
    return con.read_csv(
        str(plain),
        columns=dict.fromkeys(header, "string"),
        delim=delimiter,
        quote='"',
        escape='"',
        header=True,
        auto_detect=False,
        nullstr="",
        encoding="latin-1" if encoding == "latin-1" else "utf-8",
        store_rejects=True,
        rejects_table=f"reject_{identity}",
        rejects_scan=f"reject_scan_{identity}",
    )


@contextmanager
def _plain(path: Path, extracted: Path) -> Iterator[Path]:
    """The file as DuckDB can read it: a CSV in a zip is extracted for the time of the reading."""
    if not zipfile.is_zipfile(path):
        yield path
        return
    try:
        with _reader(path) as packed, extracted.open("wb") as target:
            shutil.copyfileobj(packed, target, 1 << 22)
        yield extracted
    except (zipfile.BadZipFile, EOFError) as error:
        raise SourceContentError(f"{path.name} est tronqué ou abîmé ({error}).", "", RETRY) from error
    finally:
        extracted.unlink(missing_ok=True)


def _encoding(head: bytes) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=False)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8-sig"


def _header(text: str) -> tuple[list[str], str]:
    first = text.partition("\n")[0].strip("\r\n")
    delimiter = max(DELIMITERS, key=first.count)
    return next(csv.reader([first], delimiter=delimiter), []), delimiter


def _require(layout: Layout, path: Path, found: Any) -> None:
    missing = [column for column in layout.required if column not in found]
    if missing:
        raise SourceContentError(
            f"{path.name} n'a pas les colonnes attendues de {layout.name} : {', '.join(missing)}.",
            f"Colonnes trouvées : {', '.join(list(found)[:12]) or 'aucune'}. Vérifiez la source.",
        )


def _as_texts(table: Relation, layout: Layout) -> Relation:
    return table.select(
        **{
            column: _read(table[column], column in layout.typed)
            if column in table.columns
            else ibis.null("string")
            for column in layout.columns
        }
    )


def _read(column: Any, typed: bool) -> Any:
    kept = typed and (column.type().is_date() or column.type().is_boolean())
    return column if kept else column.cast("string")


def _unsplit_lines(con: Connection, rejects: str, path: Path) -> pa.Table:
    """Lines whose number of cells is wrong or whose bytes are not text; their content is not repeated."""
    lines = con.raw_sql(
        f"SELECT line, min(error_message) FROM {rejects} GROUP BY line ORDER BY line"
    ).fetchall()
    return reject_table(
        [(path.name, f"ligne {line}", "", f"ligne illisible : {message}") for line, message in lines]
    )

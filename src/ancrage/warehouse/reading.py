"""Read an edition: DuckDB over its Parquet files, one view a table."""

import json
import logging
import os
import shutil
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from hashlib import sha256
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import duckdb

from ancrage.errors import NoEditionError
from ancrage.repairs import BuildEdition, Repair
from ancrage.warehouse import at_hand, mapped
from ancrage.warehouse.engines import connect, watched
from ancrage.warehouse.holding import hold
from ancrage.warehouse.naming import tables_named
from ancrage.warehouse.recording import Reading, note, recording
from ancrage.warehouse.wholeness import Fault, faults

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from ancrage.warehouse.mapped import Columns
    from ancrage.warehouse.table import Table

T = TypeVar("T")
Row = dict[str, Any]
Parameters = Sequence[object] | Mapping[str, object]


Mending = Callable[[], tuple[Repair, ...]]
"""What to do about an edition that is lost or damaged; worked out only then."""

QUOTE = "'"
ROWS_AT_ONCE = 10_000
TRIES = 3
"""How many times a query is asked when copies of tables, set aside one after the other, turn out damaged."""
FORMAT = 4
"""Version of the tables and of the manifest; an edition of another one must be built again."""


def build_again() -> tuple[Repair, ...]:
    """What mends any edition built here."""
    return (BuildEdition(),)


class Warehouse:
    """An edition opened for reading. ``manifest`` tells its sources, coverage and day of building.

    A table is opened when a query first reads it, where it lies; a process that asks thousands of questions
    may have it in memory (:class:`ResidentWarehouse`). A copy made beside the edition and damaged since is
    set aside: the table itself is read. Several threads may ask at once: each has a cursor of
    its own. :meth:`recording` tells which tables an answer was read from.

    Raises :class:`NoEditionError` when a
    file is not the one published, at once or when a query meets it.
    """

    is_large = False
    """Whether a table that a server otherwise holds in memory is too large for that."""

    def __init__(self, folder: Path, mending: Mending = build_again) -> None:
        self.folder, self._mending = folder, mending
        self._release = self._held()
        if self.manifest.get("format") != FORMAT:
            raise NoEditionError(
                f"L'édition « {folder.name} » a été construite par une autre version d'Ancrage.",
                "Elle est à reconstruire.",
                *mending(),
            )
        self.check()
        self._engine: duckdb.DuckDBPyConnection | None = None
        self._local = threading.local()
        self._opening = threading.RLock()
        self._derived: dict[str, frozenset[str]] = {}
        self._copies: dict[str, Path] = {}
        self._shunned: frozenset[Path] = frozenset()
        self._mended = 0
        self._excerpts, self._free_excerpts = count(), list[str]()
        self._unopened: Mapping[str, str] = {path.stem: _reading(path) for path in folder.glob("*.parquet")}
        self._opened: dict[str, str] = {}

    def _held(self) -> "weakref.finalize[..., Self]":
        """Hold the edition as long as this object is open, or lives: its files stay where they are."""
        try:
            return weakref.finalize(self, os.close, hold(self.folder))
        except OSError as error:
            told = f"Aucune édition de l'entrepôt dans {self.folder}."
            raise NoEditionError(told, "", *self._mending()) from error

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """What the edition is made of; written by the build."""
        try:
            content = json.loads((self.folder / "manifest.json").read_text("utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise self._damaged(Fault("manifest.json", "est illisible")) from error
        if not isinstance(content, dict):
            raise self._damaged(Fault("manifest.json", "est illisible"))
        return content

    def check(self, *, deep: bool = False) -> None:
        """Raise :class:`NoEditionError` when a table is not the one published; ``deep``: read them all."""
        for fault in faults(self.folder, self.manifest, deep=deep):
            raise self._damaged(fault)

    def _damaged(self, fault: Fault) -> NoEditionError:
        return NoEditionError(
            f"L'édition « {self.folder.name} » est abîmée : {fault.file} {fault.what}.",
            "Elle est à reconstruire.",
            *self._mending(),
        )

    def holds(self, name: str) -> bool:
        """Whether the edition has a table: one built by an earlier version may lack the latest."""
        return (self.folder / f"{name}.parquet").is_file()

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Run a query and give its rows as dictionaries; parameters by position (?) or by name ($name)."""

        def ask() -> list[Row]:
            cursor = self._cursor.execute(sql, _bound(parameters))
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

        return self._answered(sql, ask)

    def each(self, sql: str, parameters: Parameters = ()) -> Iterator[Row]:
        """The rows of a query one by one, a few thousand in memory at once: for a table read whole.

        They are read on a cursor of their own: other queries may be asked meanwhile.
        """

        def begin() -> tuple[duckdb.DuckDBPyConnection, list[tuple[Any, ...]]]:
            cursor = watched(self._connection.cursor())
            cursor.execute(sql, _bound(parameters))
            return cursor, cursor.fetchmany(ROWS_AT_ONCE)

        cursor, some = self._answered(sql, begin)
        with cursor:
            names = [column[0] for column in cursor.description or ()]
            while some:
                yield from (dict(zip(names, values, strict=True)) for values in some)
                with self._telling_damage(sql):
                    some = cursor.fetchmany(ROWS_AT_ONCE)

    def arrays(self, sql: str, parameters: Parameters = ()) -> "dict[str, NDArray[Any]]":
        """Run a query and give its columns as NumPy arrays; none may hold a NULL."""

        def ask() -> "dict[str, NDArray[Any]]":
            found: dict[str, NDArray[Any]] = self._cursor.execute(sql, _bound(parameters)).fetchnumpy()
            return found

        return self._answered(sql, ask)

    def frame(self, sql: str, parameters: Parameters = ()) -> "pl.DataFrame":
        """Run a query and give its rows as a Polars frame."""
        import polars as pl  # only simulations pay for it

        def ask() -> Any:
            return self._cursor.sql(sql, params=_bound(parameters)).to_arrow_table()

        return pl.DataFrame(self._answered(sql, ask))

    def _answered(self, sql: str, ask: Callable[[], T]) -> T:
        """What a query gives, its tables being open; asked again when a copy it read had to be set aside."""
        names = tables_named(sql)
        with self._telling_damage(sql):
            for tried in range(1, TRIES + 1):
                known = self._mended
                try:
                    self._open(names)
                    return ask()
                except duckdb.InterruptException:
                    raise
                except duckdb.Error:
                    # Another thread may have set aside meanwhile what this one had begun to read.
                    if tried == TRIES or not (self._set_aside(names) or self._mended != known):
                        raise
            raise AssertionError("the last try answers or raises")

    @contextmanager
    def _telling_damage(self, sql: str) -> Iterator[None]:
        """A query that fails because a file did tells so; one that fails by itself is a fault of ours."""
        try:
            yield
        except duckdb.InterruptException:
            raise
        except duckdb.Error as error:
            self.check(deep=True)
            for name in sorted(self._made_of(tables_named(sql))):
                if not is_readable(self.folder / f"{name}.parquet"):
                    raise self._damaged(Fault(f"{name}.parquet", "est illisible")) from error
            raise

    def _set_aside(self, names: frozenset[str]) -> bool:
        """Leave the copies behind these tables that cannot be read any more; whether there was one."""
        with self._opening:
            used = {name: self._copies[name] for name in self._behind(names) if name in self._copies}
            spoilt = {name: path for name, path in used.items() if not is_readable(path)}
            for name, path in spoilt.items():
                del self._copies[name]
                self._forget(path)
                if name in self._opened:
                    self._create(name)
            self._mended += bool(spoilt)
        return bool(spoilt)

    def _forget(self, path: Path) -> None:
        """Remove a copy; where nobody may, this process reads it no more."""
        logging.getLogger("ancrage.warehouse").warning("a damaged copy is set aside: %s", path)
        try:
            path.unlink(missing_ok=True)
        except OSError:
            self._shunned |= {path}

    @property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        """The engine, started when it is first wanted."""
        if self._engine is None:
            with self._opening:
                if self._engine is None:
                    if not self._release.alive:  # it was at rest
                        self._release = self._held()
                    self._engine = self._started()
        return self._engine

    def _started(self) -> duckdb.DuckDBPyConnection:
        engine = connect(config={"threads": 2})
        # The files of an edition never change: what heads each is read once, not at each query.
        engine.execute("SET parquet_metadata_cache = true")
        return engine

    def rest(self) -> None:
        """Stop the engine, whose threads do not go along when this process gives birth to another.

        The edition is no longer held. The next question starts the engine again, there or here.
        """
        if self._engine is not None:
            self._local = threading.local()
            self._engine.close()
            self._engine = None
        self._unopened = {**self._unopened, **self._opened}
        self._release()

    def wake(self) -> None:
        """Open again the tables that were open before it rested."""
        self._open(frozenset(self._opened))

    @property
    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """The cursor of this thread; it is released with the thread."""
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._local, "cursor", None)
        if cursor is None:
            cursor = self._local.cursor = watched(self._connection.cursor())
        return cursor

    def derive(self, name: str, sql: str) -> None:
        """Name a table worked out from those of the edition; it is opened as they are, when first asked.

        The name must not be one of the edition's; naming it again changes nothing.
        """
        with self._opening:
            if name not in self._derived:
                self._derived[name] = tables_named(sql)
                self._unopened = {**self._unopened, name: sql}

    def has_written(self, name: str) -> bool:
        """Whether a table that was derived lies in a file beside the edition, for whoever asks."""
        text = self._unopened.get(name) or self._opened.get(name)
        return name in self._derived and text is not None and self._has_copy(self._aside(name, text))

    def _has_copy(self, path: Path) -> bool:
        return path not in self._shunned and path.is_file()

    def mapped(self, name: str) -> "Columns | None":
        """Columns of a derived table that the build or a server wrote to be mapped; ``None`` without them.

        Whoever is done with them lets them go: the pages read count as memory of the process until then.
        """
        if (found := mapped.opened(self._mapped_at(name))) is not None:
            note(self, self._made_of({name}))
        return found

    def _mapped_at(self, name: str) -> Path:
        return self._aside(name, self._told(name)).with_suffix("")

    @contextmanager
    def excerpt(self, sql: str, parameters: Parameters = ()) -> Iterator[str]:
        """Hold the rows of a query in memory, under a name to be read as long as the ``with`` lasts.

        For several questions put to the same few rows of a large file, which is then read once.
        """
        made_of = tables_named(sql)
        with self._naming_excerpt() as name:
            text = f"CREATE TABLE {name} AS {sql}"
            self._answered(sql, lambda: self._cursor.execute(text, _bound(parameters)))
            self._derived[name] = made_of
            try:
                yield name
            finally:
                self._cursor.execute(f"DROP TABLE {name}")

    @contextmanager
    def _naming_excerpt(self) -> Iterator[str]:
        """A name that no other holds; few in all, so that what is known of a query's text serves again."""
        with self._opening:
            name = self._free_excerpts.pop() if self._free_excerpts else f"extrait_{next(self._excerpts)}"
        try:
            yield name
        finally:
            self._free_excerpts.append(name)

    @contextmanager
    def recording(self) -> Iterator[Reading]:
        """Names of the tables read inside the ``with``, by this context alone, kept answers included.

        See :mod:`ancrage.warehouse.recording`.
        """
        with recording(self) as reading:
            yield reading

    def _open(self, names: frozenset[str]) -> None:
        """Open the tables a query reads: opening all of them would cost more than most questions.

        A table leaves the list once it is there, and the list is replaced, never changed: a thread that
        finds nothing to open needs no lock.
        """
        if not names.isdisjoint(self._unopened):
            with self._opening:
                for name in sorted(names & self._unopened.keys()):
                    self._open_one(name)
        note(self, self._made_of(names))

    def _open_one(self, name: str) -> None:
        if name not in self._unopened:  # opened meanwhile, for a table made of it
            return
        self._open(self._derived.get(name, frozenset()))
        self._create(name)
        self._opened = {**self._opened, name: self._unopened[name]}
        self._unopened = {other: text for other, text in self._unopened.items() if other != name}

    def _create(self, name: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS {self._text_of(name)}")

    def _behind(self, names: Iterable[str]) -> frozenset[str]:
        """These tables, and those that each is worked out from."""
        return frozenset(names).union(
            *(self._behind(self._derived[name]) for name in names if name in self._derived)
        )

    def _made_of(self, names: Iterable[str]) -> frozenset[str]:
        """Tables of the edition behind these names."""
        return frozenset().union(
            *(self._made_of(self._derived[name]) if name in self._derived else {name} for name in names)
        )

    def _text_of(self, name: str) -> str:
        """Where a table lies; a derived one, in the file that a server or the build made of it, if any."""
        text = self._told(name)
        path = self._aside(name, text)
        if name not in self._derived or not self._has_copy(path):
            return text
        self._copies[name] = path
        return _reading(path)

    def _told(self, name: str) -> str:
        """What was said of a table, open or not."""
        return self._unopened.get(name) or self._opened[name]

    @property
    def _apart(self) -> Path:
        """Where what is worked out of a large edition lies: with it, removed with it."""
        return self.folder / at_hand.FOLDER

    def _aside(self, name: str, text: str) -> Path:
        return self._apart / f"{name}-{sha256(text.encode()).hexdigest()[:16]}.parquet"

    def row(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """First row of a query, or ``None``."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def close(self) -> None:
        """Release the connection, and the cursors of every thread."""
        self._local = threading.local()
        if self._engine is not None:
            self._engine.close()
        self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _quoted(path: Path) -> str:
    return str(path).replace(QUOTE, QUOTE * 2)


def _reading(path: Path) -> str:
    return f"SELECT * FROM read_parquet('{_quoted(path)}')"


def is_readable(path: Path) -> bool:
    """Whether a Parquet file can be read to its end."""
    try:
        with connect() as alone:
            alone.execute(f"SELECT bit_xor(hash(COLUMNS(*))) FROM read_parquet('{_quoted(path)}')").fetchall()
    except duckdb.Error:
        return False
    return True


def _bound(parameters: Parameters) -> list[object] | dict[str, object]:
    return dict(parameters) if isinstance(parameters, Mapping) else list(parameters)


LARGE_MEMORY = "320MiB"
"""What DuckDB may take in a process that stays, over an edition too large to be held."""
RESIDENT_BYTES = 6 << 20
"""Size of a file past which its table is read where it lies: a national register is never held in memory."""


ROWS_OF_A_GROUP = 50_000
HELD_BYTES = 1 << 20
"""Size of the file of a derived table past which it is read there."""
HELD = "held"
"""Where tables are held: compressed, a fifth of what they would take."""


class CopiedWarehouse(Warehouse):
    """An edition whose tables declared ``resident`` are read in the copy made for all, where there is one.

    ``tables``: those of the edition, as they are declared; one whose file is larger than ``RESIDENT_BYTES``
    is read where it lies.
    """

    def __init__(self, folder: Path, tables: "Iterable[Table]", mending: Mending = build_again) -> None:
        super().__init__(folder, mending)
        self._declared = frozenset(table.name for table in tables if table.resident)
        self._residents = frozenset(filter(self._is_small, self._declared))
        self._at_hand: frozenset[str] = frozenset()

    def _is_small(self, name: str) -> bool:
        path = self.folder / f"{name}.parquet"
        return path.is_file() and path.stat().st_size <= RESIDENT_BYTES

    @property
    def _copy(self) -> Path:
        return at_hand.file_of(self._apart, self._residents)

    def _started(self) -> duckdb.DuckDBPyConnection:
        engine = super()._started()
        self._at_hand = at_hand.opened(engine, self._copy)
        return engine

    def _create(self, name: str) -> None:
        engine = self._connection  # once it is started, what is at hand is known
        if name in self._at_hand:
            engine.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {at_hand.NAME}.{name}")
        else:
            super()._create(name)

    def _set_aside(self, names: frozenset[str]) -> bool:
        """The copy of the tables at hand too: the tables themselves are read."""
        with self._opening:
            left = super()._set_aside(names)
            if at_hand.is_sound(self._connection, self._made_of(names) & self._at_hand):
                return left
            gone, self._at_hand = self._at_hand, frozenset()
            self._forget(self._copy)
            for name in sorted(gone & self._opened.keys()):
                self._create(name)
            self._mended += 1  # last: who began meanwhile to read what was there asks again
        return True


class ResidentWarehouse(CopiedWarehouse):
    """An edition for a process that stays: tables declared ``resident`` are copied into memory when read.

    One that is not told, or whose file is larger than ``RESIDENT_BYTES``, is read where it lies. Those that
    :meth:`prepare` copied are read there.
    """

    def __init__(self, folder: Path, tables: "Iterable[Table]", mending: Mending = build_again) -> None:
        super().__init__(folder, tables, mending)
        self._large = frozenset(filter(self.holds, self._declared)) - self._residents
        self.is_large = bool(self._large)

    def prepare(self) -> None:
        """Copy the tables to be held into a file that every process will open, unless that was done.

        Raises :class:`OSError` and what DuckDB raises where there is no room.
        """
        if self._residents and not at_hand.is_there(self._copy):
            texts = {name: _reading(self.folder / f"{name}.parquet") for name in self._residents}
            at_hand.write(self._connection, self._copy, texts)

    def _started(self) -> duckdb.DuckDBPyConnection:
        engine = super()._started()
        engine.execute(f"ATTACH ':memory:' AS {HELD} (COMPRESS)")
        if self._large:
            engine.execute(f"SET memory_limit = '{LARGE_MEMORY}'")
            engine.execute(f"SET temp_directory = '{_quoted(self._apart / 'debordement')}'")
        return engine

    def _create(self, name: str) -> None:
        engine = self._connection
        if name in self._at_hand or not self._is_held(name):
            super()._create(name)
            return
        engine.execute(f"CREATE TABLE {HELD}.{name} AS {self._text_of(name)}")
        # Compressed once written down; where others read meanwhile, the next table held does it for both.
        with suppress(duckdb.TransactionException):
            engine.execute(f"CHECKPOINT {HELD}")
        engine.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {HELD}.{name}")

    def _set_aside(self, names: frozenset[str]) -> bool:
        """This process copies for itself the tables that were at hand; another copy is made of them."""
        with self._opening:
            had = bool(self._at_hand)
            left = super()._set_aside(names)
            if had and not self._at_hand:
                with suppress(OSError, duckdb.Error):
                    self.prepare()
        return left

    def _is_held(self, name: str) -> bool:
        """A derived table is, when all it is made of is small, unless it was written and is not."""
        if name not in self._derived:
            return name in self._residents
        path = self._aside(name, self._told(name))
        written = path.is_file() and path.stat().st_size > HELD_BYTES
        return not written and all(map(self._is_small, self._made_of({name})))

    def _text_of(self, name: str) -> str:
        """A derived table of a large edition is worked out once for all processes, in a file beside it."""
        text = self._told(name)
        if name in self._derived and self._made_of_large(name):
            # A folder where nobody may write: worked out at each question.
            with suppress(OSError, duckdb.IOException):
                self._keep(text, self._aside(name, text))
        return super()._text_of(name)

    def write_derived(self, name: str, *, rows: int = ROWS_OF_A_GROUP) -> None:
        """Write a derived table beside the edition, for every process. Raises what the disk refuses.

        ``rows``: so many in a group, which is read whole or not at all.
        """
        text = self._told(name)
        self._open(self._derived[name])
        self._keep(text, self._aside(name, text), rows)

    def write_mapped(self, name: str, laid: "Callable[[Columns], Columns] | None" = None) -> None:
        """Write the columns of a derived table to be mapped, unless that was done and they are whole.

        ``laid``: what makes the columns to write of those read. Raises what the disk refuses.
        """
        folder = self._mapped_at(name)
        if mapped.is_whole(folder):
            return
        found = self.arrays(self._told(name))
        mapped.write(folder, laid(found) if laid else found)
        for older in self._apart.glob(f"{name}-*"):
            if older.is_dir() and older != folder:  # made from another text
                shutil.rmtree(older, ignore_errors=True)

    def _keep(self, text: str, path: Path, rows: int = ROWS_OF_A_GROUP) -> None:
        if path.is_file():
            return
        self._apart.mkdir(exist_ok=True)
        aside = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        try:
            self._connection.execute(
                f"COPY ({text}) TO '{_quoted(aside)}' "
                f"(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {rows})"
            )
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
        for older in self._apart.glob(f"{path.stem.rpartition('-')[0]}-*.parquet"):
            if older != path:  # made from another text; who still reads it goes without
                older.unlink(missing_ok=True)

    def _made_of_large(self, name: str) -> bool:
        """Whether a table too large to be held, among those a server otherwise holds, is behind a name."""
        return not self._large.isdisjoint(self._made_of({name}))

"""Build the months of a series that are not there yet; one that fails leaves the others as they are."""

import fcntl
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import duckdb

from ancrage.edition.kept import warehouse_folder
from ancrage.edition.register.writing import Ground
from ancrage.edition.series.making import Made, ground_of_package, make_stock, mark_of
from ancrage.edition.series.marks import (
    MARK,
    Mark,
    abandoned,
    is_there,
    partition,
    read_mark,
    same_files,
)
from ancrage.edition.series.stocks import Stock, require_whole
from ancrage.errors import AncrageError, BuildError, StorageError
from ancrage.sources.depot import Depot
from ancrage.sources.storage import disk_failures, sha256_of
from ancrage.warehouse.engines import larger_engine
from ancrage.warehouse.limits import Limits, limited
from ancrage.warehouse.room import lacks_room

AT_WORK, LOCK = "serie", "verrou"


class Outcome(StrEnum):
    """What became of a month; the values are shown."""

    MADE = "fait"
    KEPT = "gardé"
    FAILED = "échec"


@dataclass(frozen=True, slots=True)
class Month:
    """A month looked at: ``mark`` is what stands in the place afterwards, ``None`` when nothing does."""

    stock: Stock
    outcome: Outcome
    mark: Mark | None = None
    error: AncrageError | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked: stocks of a place, the place they go to, the folder this machine works in.

    ``invented``: the files say nothing of real structures. ``again``: make again what is there too.
    """

    source: Depot
    target: Depot
    data: Path
    limits: Limits
    invented: bool = False
    again: bool = False


def build_series(
    stocks: Sequence[Stock],
    order: Order,
    *,
    now: Callable[[], datetime],
    step: Callable[[str], None] = lambda _: None,
    after: Callable[[Month], None] = lambda _: None,
) -> list[Month]:
    """Make each month that is not in the place, or was made of other files; told in the order given.

    Each month is whole in the place, or not there. ``step`` is told what is done, in French; ``after``, each
    month. Raises what concerns the whole: :class:`StorageError`, :class:`NoEditionError`.
    """
    done: list[Month] = []
    with _at_work(order.data) as workplace:
        bench = _Bench(order, workplace, step, now)
        for rank, stock in enumerate(stocks):
            done.append(bench.month(stock, stocks[rank - 1] if rank else None))
            after(done[-1])
    return done


class _Bench:
    """The months under way on this machine: what they stand on is made once, when one has to be made."""

    def __init__(
        self, order: Order, workplace: Path, step: Callable[[str], None], now: Callable[[], datetime]
    ) -> None:
        self.order, self.workplace, self.step, self.now = order, workplace, step, now
        self.ground: Ground | None = None
        self.last: tuple[str, Path] | None = None

    def month(self, stock: Stock, before: Stock | None) -> Month:
        order = self.order
        there = read_mark(order.target, stock.name)
        if there and not order.again and self._is_as_asked(stock, there):
            return Month(stock, Outcome.KEPT, there)
        try:
            require_whole(stock)
            return Month(stock, Outcome.MADE, self._made(stock, before, there))
        except duckdb.InterruptException:
            raise
        except AncrageError as failure:
            error = failure
        except Exception as failure:  # nobody foresaw it: it must not keep from making the months that follow
            error = _told(failure)
        return Month(stock, Outcome.FAILED, there, error)

    def _is_as_asked(self, stock: Stock, there: Mark) -> bool:
        sums: dict[str, str] = {}
        if folder := self.order.source.folder:
            sums = {
                source: sha256_of(folder / found.name)
                for source, found in stock.files.items()
                if (told := there.files.get(source))
                and found.bytes == told.bytes
                and found.modified != told.modified
            }
        same = same_files(stock, there, sums) and there.fictitious >= self.order.invented
        return same and is_there(self.order.target, there)

    def _made(self, stock: Stock, before: Stock | None, there: Mark | None) -> Mark:
        order, run = self.order, uuid.uuid4().hex[:12]
        if self.ground is None:
            self.step("Découpage administratif")
            self.ground = ground_of_package()
        since, previous = self._previous(before)
        folder = self.workplace / run
        folder.mkdir()
        try:
            self.step(f"{stock.name} : registre")
            with limited(order.limits, folder / "debordement"), disk_failures(folder):
                made = make_stock(
                    stock, order.source, self.ground, folder, invented=order.invented, previous=previous
                )
            self.step(f"{stock.name} : rangement")
            mark = self._put(made, mark_of(made, stock, f"{partition(stock.month)}/{run}", since, self.now()))
            self._keep(stock, made)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        self._forget(stock, mark, there)
        return mark

    def _put(self, made: Made, mark: Mark) -> Mark:
        """Put the tables in the place, then, last, the file that says they are there."""
        for path in sorted(made.folder.rglob("*")):
            if path.is_file():
                self.order.target.send(path, f"{mark.folder}/{path.relative_to(made.folder).as_posix()}")
        self.order.target.write(f"{partition(mark.month)}/{MARK}", mark.as_json())
        return mark

    def _keep(self, stock: Stock, made: Made) -> None:
        """Keep the tables here for the next month, when the place they went to is not on this machine."""
        if self.order.target.folder is None:
            self._let_go()
            kept = self.workplace / f"avant-{stock.name}"
            made.folder.rename(kept)
            self.last = (stock.name, kept)

    def _let_go(self) -> None:
        if self.last:
            shutil.rmtree(self.last[1], ignore_errors=True)
            self.last = None

    def _previous(self, before: Stock | None) -> tuple[str, Path | None]:
        """The month before and the folder of its tables, when it is whole in the place; Spark reads none."""
        if before is None or larger_engine() is not None:
            return "", None
        target = self.order.target
        mark = read_mark(target, before.name)
        if mark is None or not is_there(target, mark):
            return "", None
        if target.folder:
            return before.name, self._plainly_named(before, target.folder / mark.folder)
        if self.last and self.last[0] == before.name:
            return self.last
        self._let_go()
        kept = self.workplace / f"avant-{before.name}"
        for found in target.files(mark.folder):
            target.fetch(found.name, kept / found.name.removeprefix(f"{mark.folder}/"))
        self.last = (before.name, kept)
        return self.last

    def _plainly_named(self, before: Stock, folder: Path) -> Path:
        """The same folder by a name without « mois= »: DuckDB would read one more column in each table."""
        link = self.workplace / f"avant-{before.name}"
        link.unlink(missing_ok=True)
        link.symlink_to(folder, target_is_directory=True)
        return link

    def _forget(self, stock: Stock, mark: Mark, there: Mark | None) -> None:
        target = self.order.target
        for folder in abandoned(target, stock.month, mark):
            target.remove(folder)
        if there and there.folder != mark.folder:
            target.remove(there.folder)


@contextmanager
def _at_work(data: Path) -> Iterator[Path]:
    """A folder of this process, emptied whatever happens; those of processes that were killed are removed."""
    parent = warehouse_folder(data) / AT_WORK
    folder = parent / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
    with disk_failures(parent):
        folder.mkdir(parents=True)
        with (folder / LOCK).open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            for other in parent.iterdir():
                if other != folder and _is_left(other):
                    shutil.rmtree(other, ignore_errors=True)
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)


def _told(failure: Exception) -> AncrageError:
    if lacks_room(failure):
        return StorageError("Plus de place pour ce que la construction de ce mois écrit ou déborde.")
    if isinstance(failure, duckdb.OutOfMemoryException):
        return BuildError("La mémoire permise n'a pas suffi à ce mois.")
    told = next(iter(str(failure).splitlines()), "")[:160]
    return BuildError(f"Ce mois ne se construit pas ({type(failure).__name__} : {told}).")


def _is_left(folder: Path) -> bool:
    """Whether nobody works in a folder any more; one without its lock yet was just made."""
    try:
        with (folder / LOCK).open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

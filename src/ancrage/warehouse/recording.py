"""Which tables an answer was read from, kept answers included.

::

    with warehouse.recording() as read:
        answer = ...            # any number of queries, kept answers, nested recordings
    read.tables                 # frozenset({"commune", "register_count"})
    origins(warehouse, read.tables)   # ancrage.edition.opening: entries of the manifest they come from

A recording holds what its own context reads: other threads, other requests and other tasks are left out. A
thread that an answer starts belongs to it when it runs in a copy of its context
(``contextvars.copy_context().run``). What is kept from one answer to the next must be kept by
:func:`remembered`, or the second answer would seem to have read nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

from ancrage.warehouse.answers import KeptAnswers

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """Tables read so far; it grows as long as its recording is open."""

    _names: set[str] = field(default_factory=set)

    @property
    def tables(self) -> frozenset[str]:
        """Names of the tables of the edition; one derived from them is told by those it is made of."""
        return frozenset(self._names)

    def add(self, names: Iterable[str]) -> None:
        """Tables just read."""
        self._names.update(names)


_readings: ContextVar[tuple[tuple[object, Reading], ...]] = ContextVar("_readings", default=())


@contextmanager
def recording(of: object) -> Iterator[Reading]:
    """Record what is read of one warehouse in this context; recordings nest, each sees what is inside it."""
    reading = Reading()
    token = _readings.set((*_readings.get(), (of, reading)))
    try:
        yield reading
    finally:
        _readings.reset(token)


def note(of: object, names: Iterable[str]) -> None:
    """Tell the recordings under way that these tables of a warehouse were read."""
    for warehouse, reading in _readings.get():
        if warehouse is of:
            reading.add(names)


def remembered(of: object, question: Callable[P, T], *, answers: int, among: KeptAnswers) -> Callable[P, T]:
    """A question whose last answers are kept, each with the tables it was read from. Errors are not kept.

    ``among``: all that is kept with them, under a number of bytes.
    """
    mark = object()

    @wraps(question)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (args, tuple(sorted(kwargs.items()))) if kwargs else args
        found = among.get(mark, key)
        if found is None:
            with recording(of) as read:
                answer = question(*args, **kwargs)
            found = ((answer, read.tables),)
            among.put(mark, key, found[0], answers=answers)
        answer, tables = found[0]
        note(of, tables)
        return answer

    return asked

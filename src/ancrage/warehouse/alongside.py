"""A part of an answer worked out in a thread of its own: the engine works for one, Python for the other.

What it reads is recorded with the answer it belongs to (:mod:`ancrage.warehouse.recording`).
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import copy_context
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def alongside(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Begin a work; what is given waits for it, and gives its result or raises what it raised.

    It is over when the ``with`` is, wanted or not: nothing reads an edition that its caller has left.
    """
    done: Future[T] = Future()
    thread = Thread(target=copy_context().run, args=(fulfil, done, work))
    thread.start()
    try:
        yield done.result
    finally:
        thread.join()


def fulfil(done: "Future[T]", work: Callable[[], T]) -> None:
    """Do a work, and give its result, or what it raised, to who waits for it."""
    try:
        result = work()
    except BaseException as error:  # whoever waits for it is told, whatever it is
        done.set_exception(error)
    else:
        done.set_result(result)

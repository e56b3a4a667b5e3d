"""The end of a process of ours: what is due is done, and nothing is given back object by object.

Giving objects back takes a quarter of the time of an answer of a second, and DuckDB's binding then tells
in forty English lines, on the person's screen, those of its own that are never given back.
"""

import atexit
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

INTERRUPTED = 130
UNWRITTEN = 120
"""Code of Python itself for an output that refuses what is left to write."""


def whole_process(run: Callable[[], object]) -> NoReturn:
    """Do a work as the whole of a process, and leave it with the exit code that Python would give."""
    try:
        run()
    except SystemExit as leaving:
        leave(_code_of(leaving))
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
        leave(INTERRUPTED if isinstance(error, KeyboardInterrupt) else 1)
    leave(0)


def leave(code: int) -> NoReturn:
    """Leave at once, all that was said written and all that was to be done at the end done.

    As Python does, in its order: threads that are not daemons are waited for (a request to stop ends the
    wait), then what was to be done at the end is (temporary folders, logs, processes born of this one), the
    database is closed, and the outputs are written.
    """
    with suppress(KeyboardInterrupt):
        threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    _close_database()
    os._exit(code if _written() else code or UNWRITTEN)


def _code_of(leaving: SystemExit) -> int:
    if leaving.code is None or isinstance(leaving.code, int):
        return leaving.code or 0
    print(leaving.code, file=sys.stderr)
    return 1


def _close_database() -> None:
    """SQLite folds its journal into the database when its last connection is closed, not when it dies."""
    if (database := sys.modules.get("django.db")) is not None:
        with suppress(Exception):  # one that never was, or answers no more, has nothing to close
            database.connections.close_all()


def _written() -> bool:
    """Write what the outputs still hold; whether they took it."""
    taken = True
    for output in (sys.stdout, sys.stderr):
        try:
            if output is not None:
                output.flush()
        except (OSError, ValueError):
            taken = False
    return taken

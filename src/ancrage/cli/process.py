"""A command as the whole of a process; a brief one leaves it without giving its objects back one by one."""

import atexit
import gc
import os
import sys


def main() -> None:
    """Run the command typed, then leave with its exit code.

    Python's search for cycles and the end of each object take a quarter of the time of an answer of a second:
    a brief command does without either. A command that lasts begins the search again when it is loaded.
    """
    gc.disable()
    from ancrage.cli.main import main as run

    try:
        run()
    except SystemExit as leaving:
        if gc.isenabled() or not isinstance(leaving.code, int):
            raise
        _leave(leaving.code)


def _leave(code: int) -> None:
    """Leave at once, all that was said written and all that was to be done at the end done.

    Comes back when an output refuses what is left to write: Python says so as it leaves.
    """
    atexit._run_exitfuncs()
    try:
        for output in (sys.stdout, sys.stderr):
            if output is not None:
                output.flush()
    except (OSError, ValueError):
        return
    os._exit(code)

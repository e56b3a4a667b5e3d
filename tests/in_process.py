"""The command ``ancrage`` inside the process of the tests: the same entry and answer, without a start.

What a command changes of its process (outputs, environment, folder, signals) is put back behind it. Warnings
fail here, as everywhere in the tests, where a process of its own would only have written them.
"""

import os
import signal
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, chdir, contextmanager
from io import StringIO
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryFile
from typing import TextIO
from unittest.mock import patch

from ancrage.cli import interruption
from ancrage.cli.main import main

ALONE = frozenset({"serve", "travaux", "sauvegarde", "restauration"})
"""Commands on the workspace: Django's settings, and the database they name, are those of a whole process."""


def run_here(
    arguments: list[str], *, environment: Mapping[str, str], cwd: Path | None = None, stdin: str = ""
) -> CompletedProcess[str]:
    """What the command wrote on both outputs, and the code it ended with; a crash is a traceback and 1."""
    assert not ALONE.intersection(arguments[:1]), "this command needs a process of its own"
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, environment, clear=True))
        stack.enter_context(patch.object(sys, "argv", ["ancrage", *arguments]))
        stack.enter_context(chdir(cwd or Path.cwd()))
        stack.enter_context(_signals_kept())
        out, err = (stack.enter_context(_output(errors)) for errors in ("strict", "backslashreplace"))
        with patch.multiple(sys, stdin=StringIO(stdin), stdout=out, stderr=err):
            code = _ended()
        return CompletedProcess(arguments, code, _written(out), _written(err))


def _ended() -> int:
    try:
        main()
    except SystemExit as leaving:
        return _code_of(leaving)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def _code_of(leaving: SystemExit) -> int:
    if leaving.code is None or isinstance(leaving.code, int):
        return leaving.code or 0
    print(leaving.code, file=sys.stderr)
    return 1


@contextmanager
def _output(errors: str) -> Iterator[TextIO]:
    """A real file, as an output sent elsewhere is: it has a descriptor, bytes underneath, no terminal."""
    with TemporaryFile("w+", encoding="utf-8", errors=errors) as file:
        yield file


def _written(output: TextIO) -> str:
    output.seek(0)
    return output.read()


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Whoever stops the tests in the middle of a command stops the tests, not only the command."""
    kept = {request: signal.getsignal(request) for request in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for request, handler in kept.items():
            signal.signal(request, handler)
        if interruption._asked:
            interruption._asked = False
            raise KeyboardInterrupt

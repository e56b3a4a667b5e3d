"""The command in a process of its own, as a person runs it."""

import os
import subprocess
import sys
from pathlib import Path

COMMAND = (sys.executable, "-c", "from ancrage.cli import main; main()")


def ancrage(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], env=settings(data), capture_output=True, text=True, check=False
    )


def begin(arguments: list[str], data: Path) -> subprocess.Popen[bytes]:
    silent = subprocess.DEVNULL
    return subprocess.Popen([*COMMAND, *arguments], env=settings(data), stdout=silent, stderr=silent)


def settings(data: Path) -> dict[str, str]:
    return os.environ | {"ANCRAGE_DATA": str(data), "COLUMNS": "120", "NO_COLOR": "1"}

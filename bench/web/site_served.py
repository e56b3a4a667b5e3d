"""The site as its visitors meet it: the real command, two processes, on this machine only."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COMMAND = Path(sys.executable).with_name("ancrage")
WORKERS = 2
STARTED = "Started worker-"
TOLD_LINES = 60
LONGEST_START = 300
"""Seconds: two processes that warm up on a machine with fifteen other works take more than two minutes."""


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Address of a site on this data folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"ANCRAGE_DATA": str(data), "ANCRAGE_DEBIT_API": "1000000"}
    told = tempfile.NamedTemporaryFile(suffix=".log")  # noqa: SIM115 closed with the server
    server = subprocess.Popen(
        [str(COMMAND), "serve", "--port", str(port), "--workers", str(WORKERS)],
        env=environment,
        stdout=told,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/", Path(told.name), server)
        yield f"http://127.0.0.1:{port}"
    except OSError:  # a page that failed, or no longer answers
        _tell(Path(told.name))
        raise
    finally:
        server.terminate()
        server.wait(LONGEST_START)
        told.close()


def _wait(address: str, told: Path, server: subprocess.Popen[bytes]) -> None:
    """Until every process has warmed up: one may still build the search index while another answers.

    A site that does not start says why: the end of what it told is printed.
    """
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address).read()  # noqa: S310 our own address
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            if told.read_text("utf-8").count(STARTED) >= WORKERS:
                return
            time.sleep(0.2)
    _tell(told)
    raise SystemExit("le site ne démarre pas : ce qu'il a dit est au-dessus")


def _tell(told: Path) -> None:
    """The end of what the site said."""
    print(*told.read_text("utf-8").splitlines()[-TOLD_LINES:], sep="\n", file=sys.stderr)

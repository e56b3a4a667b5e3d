"""The site as its visitors meet it: the real command, two processes, on this machine only."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COMMAND = Path(sys.executable).with_name("ancrage")
WORKERS = 2


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Address of a site on this data folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"ANCRAGE_DATA": str(data), "ANCRAGE_DEBIT_API": "1000000"}
    server = subprocess.Popen(
        [str(COMMAND), "serve", "--port", str(port), "--workers", str(WORKERS)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address).read()  # noqa: S310 our own address
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            time.sleep(5)  # every process has warmed up
            return
    raise SystemExit("le site ne démarre pas")

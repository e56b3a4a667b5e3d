"""The workspace on the database of ``DATABASE_URL`` (SQLite when nothing is said), and a real PostgreSQL."""

import database_here  # noqa: F401 - sets Django up

# isort: split
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator

import pytest

from ports_here import free_port
from postgresql_here import server


@pytest.fixture
def redis() -> Iterator[str]:
    """Address of a Redis started for the test, on loopback, that keeps nothing, and ended after it."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("Redis is not installed (redis-server)")
    port = free_port()
    settings = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
    with tempfile.TemporaryDirectory(prefix="ancrage-redis-") as folder:
        process = subprocess.Popen([program, *settings, "--dir", folder], stdout=subprocess.DEVNULL)
        try:
            _until_it_listens(port, process)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.kill()
            process.wait()


def _until_it_listens(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("Redis does not start")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of a PostgreSQL started for the tests, on loopback, and ended after them."""
    with server() as address:
        if address is None:
            pytest.skip("PostgreSQL is not installed (initdb, pg_ctl)")
        yield address

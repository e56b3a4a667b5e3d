"""The workspace on the database of ``DATABASE_URL`` (SQLite when nothing is said), and a real PostgreSQL."""

import database_here  # noqa: F401 - sets Django up

# isort: split
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

DEBIAN = Path("/usr/lib/postgresql")
UNPRIVILEGED = ("postgres", "nobody")


def binary(name: str) -> str | None:
    """A program of PostgreSQL, on the PATH or where Debian puts it, the latest version first."""
    versions = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]), reverse=True)
    return shutil.which(name) or next((str(path) for path in versions), None)


def as_somebody(folder: Path) -> list[str]:
    """How to run PostgreSQL, which refuses to be root; ``folder`` becomes that of who runs it."""
    if os.geteuid() != 0:
        return []
    name = next(name for name in UNPRIVILEGED if _exists(name))
    shutil.chown(folder, name)
    return ["runuser", "-u", name, "--"]


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


@pytest.fixture
def redis() -> Iterator[str]:
    """Address of a Redis started for the test, on loopback, that keeps nothing, and ended after it."""
    server = shutil.which("redis-server")
    if server is None:
        pytest.skip("Redis is not installed (redis-server)")
    port = free_port()
    settings = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
    with tempfile.TemporaryDirectory(prefix="ancrage-redis-") as folder:
        process = subprocess.Popen([server, *settings, "--dir", folder], stdout=subprocess.DEVNULL)
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
    initdb, pg_ctl = binary("initdb"), binary("pg_ctl")
    if not (initdb and pg_ctl):
        pytest.skip("PostgreSQL is not installed (initdb, pg_ctl)")
    folder = Path(tempfile.mkdtemp(prefix="ancrage-pg-"))
    run = as_somebody(folder)
    port = free_port()
    data = folder / "data"
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c synchronous_commit=off"

    def call(*command: str) -> None:
        # Nothing is captured: the server would keep the pipe, and the test would wait for its end.
        done = subprocess.run([*run, *command], cwd=folder, stdout=subprocess.DEVNULL, check=False)
        assert done.returncode == 0, command

    call(initdb, "-D", str(data), "-U", "ancrage", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    call(pg_ctl, "-D", str(data), "-o", options, "-l", str(folder / "journal"), "-w", "start")
    try:
        yield f"postgres://ancrage@127.0.0.1:{port}/postgres"
    finally:
        call(pg_ctl, "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)

"""A real PostgreSQL of one's own, on loopback: for one fixture, or under a whole run of tests.

``ANCRAGE_TEST_DATABASE=postgresql`` puts a whole run on it: the server starts before Django reads its
settings and ends with the run; each worker makes its own base there, as pytest-django names them.
"""

import atexit
import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ports_here import free_port

ASKED = "ANCRAGE_TEST_DATABASE"
ENGINES = ("sqlite", "postgresql")
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


@contextlib.contextmanager
def server() -> Iterator[str | None]:
    """Address of a server started for whoever asks, and ended after; ``None`` where it is not installed."""
    initdb, pg_ctl = binary("initdb"), binary("pg_ctl")
    if not (initdb and pg_ctl):
        yield None
        return
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


def under_the_run() -> None:
    """Start the server that ``ANCRAGE_TEST_DATABASE`` asks for, if any; it ends with this process.

    Called by the first conftest read: those of some rooms set Django up before pytest is configured.

    Raises:
        pytest.UsageError: no such engine, it is not installed, or the settings were read already.

    """
    engine = os.environ.get(ASKED, ENGINES[0])
    if engine not in ENGINES:
        raise pytest.UsageError(f"{ASKED}={engine}: one of {', '.join(ENGINES)}")
    if engine == "sqlite" or os.environ.get("PYTEST_XDIST_WORKER"):
        return  # a worker has the address from the environment
    if os.environ.get("DJANGO_SETTINGS_MODULE"):
        raise pytest.UsageError(f"{ASKED}={engine}: unset DJANGO_SETTINGS_MODULE, read before any conftest")
    closing = contextlib.ExitStack()
    atexit.register(closing.close)
    address = closing.enter_context(server())
    if address is None:
        raise pytest.UsageError(f"{ASKED}={engine}: PostgreSQL is not installed (initdb, pg_ctl)")
    os.environ["DATABASE_URL"] = address

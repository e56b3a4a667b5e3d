"""The tests of tasks, of the journal and of pages that read the database, again, on a real PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from postgresql_here import ASKED, binary

INHERITED = ("PYTEST_XDIST", "DJANGO_SETTINGS_MODULE")
FOLDER = Path(__file__).parents[1]
MARKED = tuple(
    file for file in sorted(FOLDER.rglob("test_*.py")) if "mark.both_engines" in file.read_text("utf-8")
)
"""Files that hold a test of both engines: the others are not even read."""


@pytest.mark.skipif(not binary("initdb"), reason="PostgreSQL is not installed (initdb, pg_ctl)")
def test_every_test_marked_for_both_engines_passes_on_postgresql(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-n", "0", "-m", "both_engines", *map(str, MARKED)]
    # A worker of xdist waits for the server of its run; settings named so early are read before it starts.
    alone = {name: told for name, told in os.environ.items() if not name.startswith(INHERITED)}
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=FOLDER.parent,
        env=alone | {ASKED: "postgresql", "ANCRAGE_DATA": str(tmp_path)},
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert " passed" in done.stdout


@pytest.mark.both_engines
@pytest.mark.django_db
def test_a_run_is_on_the_engine_it_asks_for() -> None:
    assert connection.vendor == os.environ.get(ASKED, "sqlite")

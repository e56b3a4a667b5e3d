"""The database of the tests in a file, as in real life: several threads and processes write in it."""

import site_here  # noqa: F401 - sets Django up

# isort: split
import tempfile
from pathlib import Path

from django.db import connections

if connections.settings["default"]["ENGINE"].endswith("sqlite3"):
    # In memory they could not wait for one another.
    connections.settings["default"]["TEST"]["NAME"] = str(Path(tempfile.mkdtemp()) / "essais.sqlite3")
    # This one need not outlive the machine: nothing waits for the disk.
    connections.settings["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"

"""Processes that start together agree on what they create; what a full disk or a kill left is made again."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ancrage.config.secret import IN_A_FILE, NAME, secret_key, secret_of
from ancrage.errors import StorageError

LONGEST = 300
"""Seconds after which processes are held to hang: a guard, not a measure."""
START = textwrap.dedent(
    """
    import hashlib, json, os, sys, time
    from datetime import date
    from pathlib import Path

    data, go = Path(os.environ["ANCRAGE_DATA"]), Path(sys.argv[1])
    go.with_name(f"pret-{os.getpid()}").touch()
    while not go.exists():
        time.sleep(0.002)
    import django
    django.setup()
    from django.conf import settings
    from django.db import connection
    from ancrage.aids.opening import open_day
    from ancrage.desk.opened import opened
    from ancrage.questions.search import index_of
    from ancrage.tasks.migrating import migrate

    migrate(data)
    now = opened()
    found = index_of(now)
    day = open_day(date(2026, 11, 23), cache=now.cache)
    print(json.dumps({
        "secret": hashlib.sha256(settings.SECRET_KEY.encode()).hexdigest(),
        "tables": sorted(connection.introspection.table_names()),
        "index": [len(found), [one.code for one in found.suggest("gueret", limit=3)]],
        "aids": [entry.id for entry in day.entries],
    }))
    """
)


def start(data: Path, go: Path, url: str = "") -> subprocess.Popen[str]:
    given = {"ANCRAGE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "ancrage.config.settings"}
    inherited = {name: value for name, value in os.environ.items() if name != "ANCRAGE_SECRET_KEY"}
    return subprocess.Popen(
        [sys.executable, "-c", START, str(go)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=inherited | given | {"DATABASE_URL": url},
    )


def together(data: Path, number: int, tmp_path: Path, url: str = "", *, killed: float = 0) -> list[Any]:
    """What processes that begin at once find; ``killed``: when one more of them is, in seconds."""
    go = tmp_path / f"depart-{random.random()}" / "go"  # noqa: S311 - a name
    go.parent.mkdir()
    begun = [start(data, go, url) for _ in range(number + bool(killed))]
    guard = time.monotonic() + LONGEST
    while len(list(go.parent.glob("pret-*"))) < len(begun):
        assert time.monotonic() < guard
        time.sleep(0.01)
    go.touch()
    if killed:
        victim = begun.pop()
        time.sleep(killed)
        victim.kill()
        victim.communicate()
    ended = [(*one.communicate(timeout=LONGEST), one.returncode) for one in begun]
    assert [code for *_, code in ended] == [0] * number, [error[-800:] for _, error, _ in ended]
    return [json.loads(told.splitlines()[-1]) for told, *_ in ended]


def files(data: Path) -> list[str]:
    """What is left in the data folder that is nobody's any more."""
    return [path.name for path in data.rglob("*") if path.name.endswith(".partiel") or "-tmp" in path.name]


@pytest.fixture(scope="module")
def begun(embedded: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Any]]:
    """A folder that was empty, and what four processes that began there at once found; tests only read it."""
    folder = tmp_path_factory.mktemp("ensemble")
    return folder / "data", together(folder / "data", 4, folder)


def test_four_processes_on_an_empty_folder_agree_on_key_tables_index_and_rules(
    begun: tuple[Path, list[Any]],
) -> None:
    data, (first, *others) = begun
    assert others == [first] * 3
    assert first["index"][1][0] == "23096"
    assert {"tasks_job", "tasks_bucket", "ancrage_pages"} <= set(first["tables"])
    assert (data / NAME).stat().st_mode & 0o077 == 0
    assert files(data) == []


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def cut_index(data: Path) -> None:
    for folder in (data / "cache").glob("annuaire-*"):
        if folder.is_dir():
            for path in folder.iterdir():
                cut(path)


def cut_rules(data: Path) -> None:
    for path in (data / "cache").rglob("*.pickle"):
        cut(path)


def cut_key(data: Path) -> None:
    (data / NAME).write_bytes(b"")


HALF_WRITTEN: tuple[Callable[[Path], None], ...] = (cut_index, cut_rules, cut_key)


def test_what_a_full_disk_left_half_written_is_made_again_by_processes_that_agree(
    begun: tuple[Path, list[Any]], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    made, (before, *_) = begun
    shutil.copytree(made, data)
    for half in HALF_WRITTEN:
        half(data)
    first, second = together(data, 2, tmp_path)
    assert first == second
    assert first["secret"] != before["secret"]
    assert {name: first[name] for name in ("index", "aids", "tables")} == {
        name: before[name] for name in ("index", "aids", "tables")
    }
    (after,) = together(data, 1, tmp_path)
    assert after == first


@pytest.mark.parametrize("moment", [0.8, 2.5])
def test_one_killed_while_it_creates_leaves_the_others_agreed(
    embedded: Path, tmp_path: Path, moment: float
) -> None:
    first, second = together(tmp_path / "data", 2, tmp_path, killed=moment)
    assert first == second


KILLED = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from django.db.migrations.recorder import MigrationRecorder
from ancrage.tasks.migrating import migrate
record = MigrationRecorder.record_applied
def killed(self, app, name):
    if app == "workspace" and name == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
    record(self, app, name)
MigrationRecorder.record_applied = killed
migrate(Path(os.environ["ANCRAGE_DATA"]))
"""
"""A process killed as it is about to write that a change was applied, if it applies it."""


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_one_killed_between_a_change_of_the_base_and_its_record_leaves_it_to_the_next(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = "" if engine == "sqlite" else emptied(request.getfixturevalue("postgresql"))
    given = {"ANCRAGE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "ancrage.config.settings"}
    ended = [
        subprocess.run(
            [sys.executable, "-c", KILLED, name],
            env=os.environ | given | {"DATABASE_URL": url},
            check=False,
            timeout=LONGEST,
        ).returncode
        for name in ("0011_voices", "none")
    ]
    assert ended == [-signal.SIGKILL, 0]


def emptied(postgresql: str) -> str:
    """Address of a database with nothing in it."""
    import psycopg

    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS ensemble")
        connection.execute("CREATE DATABASE ensemble")
    return postgresql.rpartition("/")[0] + "/ensemble"


def test_processes_on_one_postgresql_agree_on_its_tables(
    embedded: Path, postgresql: str, tmp_path: Path
) -> None:
    """Two machines: each its data folder, one database."""
    first, second = together(tmp_path / "data", 2, tmp_path, emptied(postgresql))
    assert first == second
    assert {"tasks_job", "ancrage_pages"} <= set(first["tables"])


@pytest.mark.parametrize("left", ["", "trop-court", "\n"])
def test_what_is_no_secret_is_replaced_by_one(tmp_path: Path, left: str) -> None:
    (tmp_path / NAME).write_text(left, encoding="ascii")
    made = secret_key(tmp_path)
    assert len(made) >= 64
    assert secret_key(tmp_path) == made == (tmp_path / NAME).read_text(encoding="ascii")


def test_the_secret_of_a_vault_is_read_in_its_file_and_never_replaced(tmp_path: Path) -> None:
    vault, data = tmp_path / "cle", tmp_path / "data"
    vault.write_text("k" * 32 + "\n", encoding="ascii")
    assert secret_of({IN_A_FILE: str(vault)}, data) == "k" * 32
    assert not data.exists()
    vault.write_text("k" * 31, encoding="ascii")
    for lost in (vault, tmp_path / "absent"):
        with pytest.raises(StorageError, match=lost.name):
            secret_of({IN_A_FILE: str(lost)}, data)


def test_a_full_disk_gives_a_secret_for_the_process_and_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ancrage.config.secret.os.fsync", full)
    assert len(secret_key(tmp_path)) >= 64
    assert not (tmp_path / NAME).exists()
    assert [path.name for path in tmp_path.iterdir()] == [f".{NAME}.verrou"]

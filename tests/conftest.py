"""Fixtures every room's tests may use."""

import contextlib
import fcntl
import gc
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import IO, Any

import duckdb
import pytest
from hypothesis import settings

from ancrage.edition.opening import open_edition
from ancrage.edition.publication import EMBEDDED, current_edition
from ancrage.territories.atlas import Atlas
from ancrage.territories.tables import OUTLINE
from ancrage.warehouse.naming import tables_named
from ancrage.warehouse.writing import write
from in_process import run_here
from kept_edition import with_kept
from objects import object_store
from postgresql_here import under_the_run
from told_again import tell_again

under_the_run()

# Nothing is timed in tests: on a busy machine a deadline would fail what is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

REPOSITORY = Path(__file__).resolve().parent.parent
MIRROR = REPOSITORY.parent / "shared" / "data"
TODAY = date(2026, 11, 23)
LONGEST_COMMAND = 300
"""Seconds after which a command is held to hang: a guard, not a measure."""
MADE_FOR_THE_SITE = "ancrage-site-"

Answer = subprocess.CompletedProcess[str]
Command = Callable[..., Answer]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Share files out, not tests (``sharing_out``)."""
    from sharing_out import ByFile

    return ByFile(config, log)


def pytest_collection() -> None:
    """Nearly all that is read stays: nothing is looked for to be given back meanwhile."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Put it out of the collector's reach: what is frozen is never gone through again."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def mirror() -> Path:
    """The mirror of real open data; the test is left out, saying so, where the folder is absent."""
    if not (MIRROR / "README.md").is_file():
        pytest.skip("the mirror of real open data is not beside the repository (../shared/data)")
    return MIRROR


@pytest.fixture(scope="session")
def embedded() -> Path:
    """Folder of the edition that travels in the package."""
    if not (EMBEDDED / "manifest.json").is_file():
        pytest.fail("The embedded edition is not built: run « make reference » first.", pytrace=False)
    return EMBEDDED


@pytest.fixture(scope="session")
def embedded_atlas(embedded: Path) -> Iterator[Atlas]:
    """The atlas with nothing synchronised."""
    with open_edition(embedded, resident=True) as warehouse:
        yield Atlas(warehouse, today=TODAY)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Address of an empty bucket of a local object store."""
    with object_store(monkeypatch) as bucket:
        yield bucket


def command_line() -> list[str]:
    """The real command, as installed beside this Python."""
    script = Path(sysconfig.get_path("scripts")) / "ancrage"
    return (
        [str(script)] if script.is_file() else [sys.executable, "-c", "from ancrage.cli import main; main()"]
    )


@pytest.fixture(scope="session")
def command_words() -> list[str]:
    """The words that start the real command, for who must start it their own way."""
    return command_line()


def environment(data: Path, columns: int = 120) -> dict[str, str]:
    """Settings of a process that works on a data folder."""
    return os.environ | {"ANCRAGE_DATA": str(data), "COLUMNS": str(columns), "NO_COLOR": "1"}


def run_ancrage(
    *arguments: object, data: Path, cwd: Path | None = None, stdin: str = "", columns: int = 120
) -> Answer:
    """Run the command on a data folder, in this process, and give its outputs and its exit code."""
    return run_here([*map(str, arguments)], environment=environment(data, columns), cwd=cwd, stdin=stdin)


def spawn_ancrage(*arguments: object, data: Path, cwd: Path | None = None, stdin: str = "") -> Answer:
    """The same in a process of its own."""
    return subprocess.run(
        [*command_line(), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST_COMMAND,
        env=environment(data),
        cwd=cwd,
        input=stdin,
    )


@pytest.fixture(scope="session")
def ancrage() -> Command:
    """Run ``ancrage`` without starting a process: ``ancrage("zonage", "zrr", data=folder)``."""
    return run_ancrage


@pytest.fixture(scope="session")
def spawned() -> Command:
    """Run ``ancrage`` in a process of its own: for what a process alone shows, and some commands each run."""
    return spawn_ancrage


@pytest.fixture
def started() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start ``ancrage`` and go on at once; whatever is still running at the end of the test is killed."""
    running: list[subprocess.Popen[str]] = []

    def start(
        *arguments: object,
        data: Path,
        stdout: IO[str] | int = subprocess.PIPE,
        stdin: int | None = None,
    ) -> subprocess.Popen[str]:
        command = [*command_line(), *map(str, arguments)]
        running.append(
            subprocess.Popen(
                command,
                stdin=stdin,
                stdout=stdout,
                stderr=subprocess.PIPE,
                text=True,
                env=environment(data),
            )
        )
        return running[-1]

    yield start
    for process in running:
        process.kill()
        try:
            process.communicate(timeout=LONGEST_COMMAND)
        except subprocess.TimeoutExpired:
            pytest.fail(f"{process.args}: killed, it leaves processes that keep its pipes", pytrace=False)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all the workers of a run share: the parent of their temporary folders."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def placeless_atlas(embedded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:
    """The embedded edition without a point of any commune."""
    folder = tmp_path_factory.mktemp("sans_points")
    for path in embedded.iterdir():
        if path.stem not in ("outline", "manifest"):
            (folder / path.name).symlink_to(path)
    shutil.copy(embedded / "manifest.json", folder)
    write(OUTLINE, OUTLINE.empty(), folder)
    tell_again(folder)
    with open_edition(folder, resident=True) as warehouse:
        yield Atlas(warehouse, today=TODAY)


@pytest.fixture(scope="session")
def nothing(kept: Path, embedded: Path) -> Path:
    """A data folder where nothing was synchronised; commands keep in it what they work out, nothing else."""
    return kept.parent


@pytest.fixture(scope="session")
def kept(shared: Path) -> Path:
    """What is worked out with nothing synchronised (index of the search, rules compiled), once a run."""
    folder = shared / "rien" / "cache"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def visited(kept: Path, embedded: Path, tmp_path: Path) -> Path:
    """A data folder of one's own, where nothing was synchronised and visitors came already."""
    (tmp_path / "cache").symlink_to(kept)
    return tmp_path


@pytest.fixture(scope="session", autouse=True)
def _the_site_was_visited(kept: Path) -> None:
    """The site in the process of the tests works on a folder made for it (see ``site_here``)."""
    data = Path(os.environ.get("ANCRAGE_DATA", ""))
    if data.name.startswith(MADE_FOR_THE_SITE):
        # Workers that were given the folder of their parent share it.
        with contextlib.suppress(FileExistsError):
            (data / "cache").symlink_to(kept)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The base that pytest-django makes, kept as its migrations left it (``emptying``)."""
    from emptying import remember

    with django_db_blocker.unblock():
        remember()


@pytest.fixture(scope="session")
def real_data(mirror: Path, embedded: Path, shared: Path) -> Path:
    """A data folder filled and built from the mirror by the real command, once a run; tests only read it.

    Who runs the tests again and again may give one already built (``ANCRAGE_TEST_DATA``).
    """
    if given := os.environ.get("ANCRAGE_TEST_DATA"):
        return Path(given)
    data, outcome = shared / "donnees-reelles", shared / "donnees-reelles.issue"
    with (shared / "donnees-reelles.verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not outcome.exists():
            outcome.write_text(with_kept(data, mirror, partial(_build_real, mirror)), encoding="utf-8")
    if failure := outcome.read_text(encoding="utf-8"):
        pytest.fail(f"The real data cannot be built: {failure}", pytrace=False)
    return data


def _build_real(mirror: Path, data: Path) -> str:
    """What went wrong, or an empty text."""
    for arguments in (("sources", "sync", "--mirror", mirror), ("entrepot", "construire")):
        answer = spawn_ancrage(*arguments, data=data)
        if answer.returncode:
            return f"ancrage {' '.join(map(str, arguments))} ends with {answer.returncode}: {answer.stderr}"
    return "" if current_edition(data) != EMBEDDED else "nothing was published"


@pytest.fixture(scope="session")
def real_atlas(real_data: Path) -> Iterator[Atlas]:
    """The atlas of the edition built from the mirror."""
    with open_edition(current_edition(real_data), resident=True) as warehouse:
        yield Atlas(warehouse, today=TODAY)


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """One base for all the queries of a process: opening it takes longer than reading them."""
    return duckdb.connect()


@cache
def _parsed(sql: str) -> frozenset[str]:
    """Tables of a query in DuckDB's own tree, its WITH left out where it is in scope."""
    with _parser().cursor() as connection:
        found = connection.execute("SELECT json_serialize_sql(?)", (sql,)).fetchall()[0][0]
    tree = json.loads(found)
    assert not tree["error"], (sql, tree)
    return frozenset(name.lower() for name in _tables(tree, frozenset()))


def _tables(node: Any, given: frozenset[str]) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _tables(one, given)
    elif isinstance(node, dict):
        if node.get("type") == "BASE_TABLE" and node["table_name"] not in given:
            yield node["table_name"]
        if node.get("type") == "RECURSIVE_CTE_NODE":
            given |= {node["cte_name"]}
        for entry in node.get("cte_map", {}).get("map", ()):
            yield from _tables(entry["value"], given)
            given |= {entry["key"]}
        for key, value in node.items():
            if key != "cte_map":
                yield from _tables(value, given)


@pytest.fixture(scope="session")
def parsed() -> Callable[[str], frozenset[str]]:
    """Tables that DuckDB's own parser finds in a query: ``parsed("FROM commune")``."""
    return _parsed


@pytest.fixture(scope="session", autouse=True)
def _no_address_leaves_this_machine() -> Iterator[None]:
    """The address service of every test, in this process or another, is a port where nobody listens."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANCRAGE_ADRESSES", "http://127.0.0.1:9/search")
        yield


@pytest.fixture(scope="session", autouse=True)
def _every_query_is_held_to_the_parser() -> Iterator[None]:
    """The tables told of each query the tests run are those the parser finds in it."""

    def told(sql: str) -> frozenset[str]:
        names = tables_named(sql)
        assert names == _parsed(sql), sql
        return names

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ancrage.warehouse.reading.tables_named", told)
        yield

"""A command loads what it needs and nothing more: what a person waits for before the answer."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer

from ancrage.cli.main import COMMANDS, app

COMMAND = """
import sys
from ancrage.cli.main import main
try:
    main()
finally:
    print("loaded", *sys.modules, file=sys.stderr)
"""
HEAVY = {
    "PIL",
    "altair",
    "django",
    "ibis",
    "jinja2",
    "pandas",
    "polars",
    "pyarrow",
    "scipy",
    "shapely",
    "yaml",
}
RULES_READ = {"ancrage.rules.parsing", "ancrage.rules.lowering", "sqlglot"}


def loaded(*arguments: str, data: Path) -> set[str]:
    """Modules that a process of its own loads to run a command."""
    return set(loaded_by(COMMAND, *arguments, data=data).rpartition("loaded ")[2].split())


def loaded_by(script: str, *arguments: str, data: Path) -> str:
    """What a process of its own says of what it loads as it runs a command."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={"ANCRAGE_DATA": str(data), "PYTHONPATH": str(Path(sys.modules["ancrage"].__path__[0]).parent)},
    )
    return done.stderr


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder where a diagnosis was already asked."""
    data = tmp_path_factory.mktemp("tiede")
    loaded("diagnostic", "dep:23", data=data)
    return data


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_of_a_command_in_the_help_is_that_of_its_own_help(name: str) -> None:
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    assert command.name == name
    assert COMMANDS[name].help == " ".join(command.help.partition("\n\n")[0].split())


def test_the_help_loads_no_command_and_none_of_the_house_s_libraries(warm: Path) -> None:
    modules = loaded("--help", data=warm)
    assert not modules & (HEAVY | RULES_READ | {"duckdb", "numpy", "pydantic", "rich.table", "yaml"})
    assert not modules & {late.path.partition(":")[0] for late in COMMANDS.values()}


@pytest.mark.parametrize("place", ["23077", "dep:23", "31555", "fr"])
def test_a_warm_diagnosis_parses_no_rule(warm: Path, place: str) -> None:
    modules = loaded("diagnostic", place, data=warm)
    assert sorted(modules & (RULES_READ | {"ancrage.aids.catalogue", "ancrage.aids.compiling"})) == []


@pytest.mark.parametrize("place", ["31555", "dep:75", "fr"])
def test_a_warm_diagnosis_where_no_register_is_whole_loads_no_heavy_library(warm: Path, place: str) -> None:
    assert sorted(loaded("diagnostic", place, data=warm) & (HEAVY | {"numpy"})) == []


BESIDE = """
import sys, threading
from contextlib import contextmanager
from ancrage import deferred
from ancrage.cli.main import main

loading, beside = deferred.loading, []

@contextmanager
def watched(library):
    with loading(library):
        beside.append(library)
        yield
        beside.append("end")

def hear(event, arguments):
    own = threading.current_thread() is threading.main_thread()
    if own and event == "import" and beside[-1:] == ["numpy"]:
        print("loaded by the work:", arguments[0], file=sys.stderr)

deferred.loading = watched
sys.addaudithook(hear)
try:
    main()
finally:
    print(*beside, "numpy" in sys.modules, file=sys.stderr)
"""


def test_the_work_imports_nothing_while_a_library_loads_beside_it(warm: Path) -> None:
    done = loaded_by(BESIDE, "diagnostic", "dep:23", data=warm)
    assert done.splitlines() == ["numpy end True"]

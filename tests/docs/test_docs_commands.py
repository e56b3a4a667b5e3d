import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
import typer
from documentation import PAGES, ROOT, YAML, Quoted, quoted_commands

from ancrage.cli.main import app

Run = Callable[[Quoted], CompletedProcess[str]]
README = ROOT / "README.md"
QUOTED = [one for page in PAGES for one in quoted_commands(page)]
SHOWN_BY_README = [one for one in quoted_commands(README) if one.output]
# Commands of the README that need neither the network nor minutes.
QUICK = [
    one for one in quoted_commands(README) if not one.output and one.arguments[0] in ("diagnostic", "zonage")
]
DAY = re.compile(r"\d{1,2}(?:er)?[\s\u00a0](?:[^\W\d]+)[\s\u00a0]\d{4}|\d{2}/\d{2}/\d{4}")


@pytest.fixture
def run(ancrage: Any, tmp_path: Path) -> Run:
    """Run a quoted command in an empty folder, with nothing synchronised, in a terminal of 80 columns."""
    return lambda one: ancrage(*one.arguments, data=tmp_path / "data", cwd=tmp_path, columns=80)


def parse(command: Any, arguments: list[str], name: str = "ancrage") -> None:
    """Read arguments as the command line does, without running anything; raises what Typer refuses."""
    context = command.make_context(name, arguments)
    below = [*context._protected_args, *context.args]
    if hasattr(command, "commands") and (below or not command.invoke_without_command):
        name, inner, rest = command.resolve_command(context, below)
        parse(inner, rest, name)


def without_days(line: str) -> str:
    """A line whose days are left out: a page written yesterday must hold today."""
    return re.sub(r"\s+", " ", DAY.sub("JOUR", line)).strip()


@pytest.mark.parametrize("one", QUOTED, ids=lambda one: f"{one.page}: {one.command}")
def test_every_quoted_command_is_one_that_ancrage_understands(one: Quoted) -> None:
    parse(typer.main.get_command(app), one.arguments)


@pytest.mark.parametrize("one", QUICK, ids=lambda one: one.command)
def test_the_commands_of_the_readme_run_on_the_embedded_edition(
    one: Quoted, run: Run, tmp_path: Path
) -> None:
    if "@" in one.command or "qpv:" in one.command:
        (tmp_path / "communes.txt").write_text("23077\n", encoding="utf-8")
    done = run(one)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("one", SHOWN_BY_README, ids=lambda one: one.command)
def test_the_readme_quotes_what_ancrage_really_writes(one: Quoted, run: Run) -> None:
    done = run(one)
    written = {without_days(line) for line in (done.stdout + done.stderr).splitlines()}
    assert [line for line in one.output if without_days(line) not in written] == []


def test_the_method_of_comparison_given_as_an_example_is_accepted(run: Run, tmp_path: Path) -> None:
    page = ROOT / "docs" / "methodes.md"
    (example,) = YAML.findall(page.read_text(encoding="utf-8"))
    (tmp_path / "ma-methode.yaml").write_text(example, encoding="utf-8")
    (one,) = (quoted for quoted in quoted_commands(page) if "--similarite" in quoted.command)
    done = run(one)
    assert done.returncode == 0
    assert "population (poids 3)" in " ".join(done.stdout.split())

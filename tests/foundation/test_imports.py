"""No module imports itself through others, even from inside a function."""

import subprocess
import sys
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest
from importlinter.cli import EXIT_STATUS_ERROR, EXIT_STATUS_SUCCESS

CONTRACT = """
[tool.importlinter]
root_package = "{package}"

[[tool.importlinter.contracts]]
name = "No cycle"
type = "acyclic_siblings"
ancestors = ["{package}"]
"""
HIDDEN = {
    "asking": "def ask():\n    from {package} import running\n",
    "running": "from {package} import asking\n",
}
HONEST = {"asking": "from {package} import running\n", "running": ""}


def linted(folder: Path, package: str, modules: Mapping[str, str]) -> int:
    """Exit code of the linter of ``make check`` on a package made of these modules."""
    (folder / package).mkdir()
    for name, text in {"__init__": "", **modules}.items():
        (folder / package / f"{name}.py").write_text(text.format(package=package))
    config = folder / "pyproject.toml"
    config.write_text(CONTRACT.format(package=package))
    # In a process of its own: it silences every logger there is, for good.
    asked = [Path(sys.executable).with_name("lint-imports"), "--config", str(config), "--no-cache"]
    return subprocess.run(asked, cwd=folder, capture_output=True, check=False).returncode


def test_a_cycle_hidden_in_a_function_is_refused(tmp_path: Path) -> None:
    assert linted(tmp_path, "with_a_cycle", HIDDEN) == EXIT_STATUS_ERROR
    assert linted(tmp_path, "without_cycle", HONEST) == EXIT_STATUS_SUCCESS


def test_the_contract_of_the_repository_holds_every_room() -> None:
    text = (Path(__file__).resolve().parents[2] / "pyproject.toml").read_text("utf-8")
    assert 'type = "acyclic_siblings"\nancestors = ["ancrage"]\n' in text
    assert "ignore_imports" not in text


def test_no_module_imports_itself_through_the_package_that_holds_it() -> None:
    graph = grimp.build_graph("ancrage", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))

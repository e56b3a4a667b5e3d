"""What an installation gets is what the tests ran with."""

import re
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^ ]+)", re.MULTILINE)


def pins(name):
    """Package to its versions (several where they depend on that of Python)."""
    found = {}
    for package, version in PIN.findall((REQUIREMENTS / f"{name}.txt").read_text("utf-8")):
        found.setdefault(package, set()).add(version)
    return found


@pytest.mark.parametrize("name", ["run", "servers", "spark"])
def test_what_is_installed_has_the_versions_of_the_tests(name):
    installed = pins(name)
    tested = {package: versions for other in ("cluster", "dev") for package, versions in pins(other).items()}
    assert {"pandas", "duckdb", "django"} <= installed.keys() & tested.keys()
    both = installed.keys() & tested.keys()
    assert {package: installed[package] for package in both} == {package: tested[package] for package in both}

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from documentation import FRENCH_PAGES, PAGES, ROOT, anchors, links

import ancrage.errors
from ancrage.errors import AncrageError
from ancrage.territories.zonings.declaration import load_zonings

GENERATOR = ROOT / "tools" / "generate_docs.py"
# Written so that no host stands in this file either.
REGISTRY_HOSTS = re.compile(
    r"pypi\W(org|python)|registry\W(npmjs|yarnpkg)|pythonhosted|npmjs\Wcom", re.IGNORECASE
)


def check(tools: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(tools / "generate_docs.py"), "--check"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The generator and the pages it writes, where they may be spoiled."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("reference", "schema"):
        shutil.copytree(ROOT / "docs" / folder, tmp_path / "docs" / folder)
    return tmp_path


def test_the_generated_pages_are_current() -> None:
    done = check(GENERATOR.parent)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_check_names_a_page_that_someone_changed_and_one_that_is_missing(copied: Path) -> None:
    errors, schema = copied / "docs/reference/erreurs.md", copied / "docs/schema/diagnostic-v1.json"
    errors.write_text(errors.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    schema.unlink()
    done = check(copied / "tools")
    assert done.returncode == 1
    assert "docs/reference/erreurs.md" in done.stderr
    assert "docs/schema/diagnostic-v1.json" in done.stderr
    assert "tables.md" not in done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        target, _, anchor = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            broken.append(link)
    assert broken == []


def test_the_index_leads_to_every_page_written_for_users() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / link.partition("#")[0]).resolve() for link in links(index)}
    assert {page for page in FRENCH_PAGES if page != index} <= linked


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs" / "decisions"
    assert {page.name for page in folder.glob("0*.md")} == {
        link for link in links(folder / "README.md") if link.startswith("0")
    }


@pytest.mark.parametrize("page", ["docs/zonages.md", "docs/reference/zonages.md"])
def test_the_page_of_zonings_names_every_zoning(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [zoning for zoning in load_zonings() if f"`{zoning}`" not in text] == []


def exit_codes_in_table(page: str) -> list[int]:
    """Numbers of the first column of the tables of a page."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [
        int(code) for row in re.findall(r"^\| ([\d, ]+) \|", text, re.MULTILINE) for code in row.split(",")
    ]


def test_the_page_of_errors_tells_every_exit_code_once() -> None:
    assert sorted(exit_codes_in_table("docs/reference/erreurs.md")) == sorted(
        error.exit_code for error in AncrageError.__subclasses__()
    )


def test_the_page_of_data_only_tells_exit_codes_that_exist() -> None:
    assert set(exit_codes_in_table("docs/donnees.md")) < {
        error.exit_code for error in AncrageError.__subclasses__()
    }


def test_every_failure_is_declared_in_the_one_file_that_the_page_is_made_from() -> None:
    assert {error.__module__ for error in AncrageError.__subclasses__()} == {ancrage.errors.__name__}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_names_the_host_of_a_package_registry(page: Path) -> None:
    assert REGISTRY_HOSTS.search(page.read_text(encoding="utf-8")) is None


def test_the_pictures_stay_light() -> None:
    pictures = list((ROOT / "docs" / "images").glob("*.png"))
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > 400_000] == []

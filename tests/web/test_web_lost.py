"""A site whose data or files were lost says so, on every page and to who watches; nothing replaces them."""

import json
import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, storages
from django.test import Client

from ancrage.desk import opened
from ancrage.edition.publication import current_edition, drafting, publish
from ancrage.reports.drawing import LOCALE
from ancrage.reports.studio import studio
from ancrage.warehouse.reading import Warehouse

files: Any = storages["staticfiles"]
pytestmark = [pytest.mark.both_engines, pytest.mark.django_db]
PAGES = ("/", "/territoires/23077/", "/territoires/", "/structures/", "/sources/", "/recherche/?q=gueret")


@pytest.fixture
def built(embedded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of this site, where an edition was built."""
    with Warehouse(embedded) as warehouse, drafting(tmp_path, "20260101") as draft:
        shutil.copytree(embedded, draft, dirs_exist_ok=True)
        publish(tmp_path, draft, warehouse.manifest)
    monkeypatch.setenv("ANCRAGE_DATA", str(tmp_path))
    opened._state.clear()
    yield tmp_path
    opened._state.clear()


def health(site: Client) -> dict[str, Any]:
    answer = site.get("/sante", headers={"Accept": "application/json"})
    found: dict[str, Any] = json.loads(answer.content)["checks"]
    assert (answer.status_code == 200) == all(check["well"] for check in found.values())
    return found


def test_a_whole_edition_is_well(site: Client, built: Path) -> None:
    assert health(site)["edition"]["well"]
    assert health(site)["fichiers"] == {"well": True, "told": "Tous présents."}


def test_a_lost_edition_turns_health_red_and_every_page_that_needs_it_says_so(
    site: Client, built: Path
) -> None:
    assert site.get("/territoires/23077/").status_code == 200
    shutil.rmtree(current_edition(built))
    told = health(site)["edition"]
    assert not told["well"]
    assert "ancrage entrepot construire" in told["told"]
    for page in PAGES:
        answer = site.get(page)
        text = answer.content.decode()
        assert answer.status_code == 503, page
        assert re.search(r"20260101\W+a disparu", text), page
        assert "reconstruire les données" in text, page
        assert "émonstration" not in text, page
    api = site.get("/api/v1/territoires/23077")
    assert (api.status_code, api.json()["repairs"]) == (503, [{"type": "build_edition"}])


@pytest.mark.parametrize("name", ["siae", "establishment", "commune"])
def test_a_table_lost_under_a_running_site_turns_health_red(site: Client, built: Path, name: str) -> None:
    assert health(site)["edition"]["well"]
    (current_edition(built) / f"{name}.parquet").unlink()
    told = health(site)["edition"]
    assert (told["well"], f"{name}.parquet manque" in told["told"]) == (False, True)


@pytest.fixture
def unmanifested(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The site without the manifest of its styles and scripts, as a process that starts finds it."""
    monkeypatch.setattr(files, "manifest_storage", FileSystemStorage(tmp_path))
    monkeypatch.setattr(files, "hashed_files", {})


def test_pages_without_the_manifest_of_their_files_say_so_and_the_api_answers(
    site: Client, embedded: Path, unmanifested: None
) -> None:
    for page in ("/", "/territoires/23077/", "/inexistante/", "/sante"):
        answer = site.get(page, headers={"Accept": "text/html"})
        text = answer.content.decode()
        assert answer.status_code in (404, 503), page
        assert "<h1>" in text, page
    assert "Fichiers du site absents" in site.get("/").content.decode()
    assert not health(site)["fichiers"]["well"]
    assert site.get("/api/v1/territoires/23077").status_code == 200


def test_a_page_works_again_once_the_manifest_is_back(
    site: Client, embedded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "hashed_files", {})
    assert site.get("/").status_code == 200


def test_a_file_of_the_site_that_is_gone_turns_health_red(
    site: Client, embedded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = {**files.hashed_files, "web/perdu.css": "web/perdu.0123456789ab.css"}
    monkeypatch.setattr(files, "load_manifest", lambda: (paths, ""))
    told = health(site)["fichiers"]
    assert (told["well"], "web/perdu.0123456789ab.css" in told["told"]) == (False, True)


def test_a_page_whose_charts_are_not_drawn_says_so_and_is_whole_the_next_time(
    site: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "/territoires/23096/rapport/?on=2025-03-04"
    studio.draw({"mark": "bar", "data": {"values": []}}, LOCALE)
    assert studio.painter is not None
    os.kill(studio.painter.pid, signal.SIGSTOP)
    with monkeypatch.context() as hurried:
        hurried.setattr(studio, "patience", 1)
        lost = site.get(page)
    assert lost.status_code == 503
    assert "Un graphique n’a pas pu être dessiné : il a pris plus de 1 s." in lost.content.decode()
    again = site.get(page)
    assert (again.status_code, '<svg class="chart"' in again.content.decode()) == (200, True)

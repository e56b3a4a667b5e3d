"""Openings that serve made-up structures say so on every face; those that serve inhabitants do not."""

from pathlib import Path
from typing import Any

import pytest

WORDS = {"territoire": ["dep:23"], "ouvrir": ["2"], "reseau": ["france_services"]}


@pytest.fixture(scope="module")
def without_sirene(tmp_path_factory: pytest.TempPathFactory, mirror: Path, spawned: Any) -> Path:
    """Outlines and places of France services, and the demonstration register."""
    data = tmp_path_factory.mktemp("sans-sirene")
    sync = ("sources", "sync", "contours-communes", "france-services", "--mirror", mirror)
    for arguments in (sync, ("entrepot", "construire")):
        answer = spawned(*arguments, data=data)
        assert answer.returncode == 0, answer.stderr
    return data


@pytest.fixture(autouse=True)
def on_it(without_sirene: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANCRAGE_DATA", str(without_sirene))


@pytest.mark.parametrize(("weight", "fictitious"), [("structures", True), ("habitants", False)])
def test_openings_are_fictitious_when_what_they_serve_is(faces: Any, weight: str, fictitious: bool) -> None:
    words = {**WORDS, "poids": [weight]}
    code, terminal, error = faces.run(
        "couverture", "dep:23", "--ouvrir", "2", "--type", "france_services", "--poids", weight
    )
    assert code == 0, error
    assert ("FICTIVES" in terminal) is fictitious
    page = faces.client.get("/territoires/dep:23/accompagnement/", words).content.decode()
    assert ('class="fictif"' in page) is fictitious
    documents = (
        faces.library("ouvertures", words),
        faces.api("territoires/dep:23/accompagnement/ouvertures", {**words, "territoire": []}),
        faces.task("ouvertures", words),
    )
    assert [one["fictitious"] for one in documents] == [fictitious] * 3

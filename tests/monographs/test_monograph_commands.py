"""The commands of the monographs, as people type them."""

import json
from pathlib import Path
from typing import Any

import pytest

from ancrage.monographs.catalogue import read_monographs

INVENTED = """---
schema: ancrage-monographie/1
id: cas_fictif
name: Cas fictif de démonstration
commune: "23096"
studied_on: 2021-03-31
category: inclusion
contributions:
  - {tool: 8, authority: commune, what: "Local prêté (fictif)", source: ici, status: lu}
sources:
  ici: {title: "Cas inventé pour les tests", read: en_entier, read_on: 2026-11-23}
fictitious: true
---
## Récit

Une ressourcerie inventée, à côté d'une menuiserie.

## Modèle économique

Inventé.

## Enseignements

Aucun.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cas.md").write_text(INVENTED, encoding="utf-8")
    return tmp_path


def test_a_case_shows_its_zonings_of_the_day_and_its_doubts(ancrage: Any, tmp_path: Path) -> None:
    told = ancrage("monographies", "montrer", "ambiance_bois", data=tmp_path).stdout
    assert "Zone de revitalisation rurale (ZRR)" in told
    assert "catégorie à vérifier" in told
    assert "France Active" in told


def test_search_forgives_a_typing_mistake_and_says_what_it_read(ancrage: Any, folder: Path) -> None:
    answer = ancrage("monographies", "chercher", "resourcerie", "--dossier", folder, data=folder)
    assert "Cas fictif" in answer.stdout
    assert "ressourcerie" in answer.stdout
    assert "FICTIVES" in answer.stdout


def test_lists_filter_by_tool_category_and_zoning(ancrage: Any, folder: Path) -> None:
    def ids(*options: str) -> list[str]:
        command = ("monographies", "lister", "--dossier", folder, "--format", "json", *options)
        return [one["id"] for one in json.loads(ancrage(*command, data=folder).stdout)["items"]]

    assert set(ids()) == {"cas_fictif", *(one.id for one in read_monographs().cases)}
    assert ids("--outil", "8") == ["ambiance_bois", "cas_fictif", "comptoir_de_campagne"]
    assert ids("--categorie", "inclusion") == ["cas_fictif"]
    assert "ambiance_bois" in ids("--zonage", "zrr")


def test_a_volume_holds_its_cases_their_sources_and_what_is_to_be_checked(ancrage: Any, folder: Path) -> None:
    volume = folder / "volume.md"
    answer = ancrage("monographies", "volume", "--dossier", folder, "-o", volume, data=folder)
    assert answer.returncode == 0, answer.stderr
    told = volume.read_text(encoding="utf-8")
    assert told.count("\n### Sources") == len(read_monographs().cases) + 1
    assert "Ce qui reste à vérifier" in told
    assert "fictives" in told


def test_the_likest_case_comes_first_with_its_traits(ancrage: Any, folder: Path) -> None:
    command = ("monographies", "semblables", "23077", "--outil", "8", "--naf", "16.10A", "--format", "json")
    found = json.loads(ancrage(*command, data=folder).stdout)["items"]
    assert found[0]["id"] == "ambiance_bois"
    assert found[0]["distance"] == 0
    assert found[0]["unknown"] == ["band", "family"]


@pytest.mark.parametrize(
    "words",
    [
        ("montrer", "inconnue"),
        ("lister", "--categorie", "tourisme"),
        ("volume", "--categorie", "inclusion"),
        ("verifier", "absent.md"),
    ],
)
def test_a_mistake_ends_with_its_own_code(ancrage: Any, tmp_path: Path, words: tuple[str, ...]) -> None:
    answer = ancrage("monographies", *words, data=tmp_path)
    assert answer.returncode == 54
    assert "Traceback" not in answer.stderr


def test_the_file_to_fill_passes_its_own_check(ancrage: Any, tmp_path: Path) -> None:
    file = tmp_path / "cas.md"
    assert ancrage("monographies", "modele", "-o", file, data=tmp_path).returncode == 0
    answer = ancrage("monographies", "verifier", file, data=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "Aucune faute" in answer.stdout

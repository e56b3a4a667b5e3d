import json

import pytest

from ancrage.grid.template import yaml_template


@pytest.fixture
def filled(tmp_path):
    text = yaml_template()
    for key, value in {
        "name:": "name: Essai",
        "commune: ": "commune: 23077 ",
        "- date: ": "- date: 2024-01-15 ",
        "role: ": "role: structure ",
        "signed_by: ": "signed_by: présidence ",
        "tresorerie: null": "tresorerie: 1",
        "fictitious: false": "fictitious: true",
    }.items():
        text = text.replace(key, value)
    path = tmp_path / "essai.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_filled_template_is_evaluated_for_an_authority(ancrage, filled, tmp_path):
    done = ancrage("grille", "evaluer", filled, "--pour", "epci", "--on", "2024-12-31", data=tmp_path / "d")
    assert (done.returncode, done.stderr) == (0, "")
    for part in (
        "FICTIVES",
        "Faux-la-Montagne (23077)",
        "proposition d'Ancrage",
        "intercommunalité",
        "4 points",
    ):
        assert part in done.stdout.replace("\u00a0", " ")


def test_the_answer_as_json_and_as_a_page(ancrage, filled, tmp_path):
    done = ancrage("grille", "evaluer", filled, "--format", "json", data=tmp_path / "d")
    told = json.loads(done.stdout)
    assert [one["number"] for one in told["tools"]] == [1, 6, 14]
    assert len(told["unknown"]) == 14
    page = tmp_path / "page.html"
    done = ancrage("grille", "evaluer", filled, "--format", "html", "--sortie", page, data=tmp_path / "d")
    assert done.returncode == 0
    assert "<svg" in page.read_text(encoding="utf-8")


def test_a_wrong_file_is_refused_with_code_50_and_every_fault(ancrage, filled, tmp_path):
    wrong = filled.read_text(encoding="utf-8").replace("tresorerie: 1", "tresorerie: 7").replace("23077", "2")
    filled.write_text(wrong, encoding="utf-8")
    done = ancrage("grille", "evaluer", filled, data=tmp_path / "d")
    assert (done.returncode, done.stdout) == (50, "")
    assert "2 fautes" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_commune_unknown_that_day_is_told_and_stops_nothing(ancrage, filled, tmp_path):
    filled.write_text(filled.read_text(encoding="utf-8").replace("23077", "23999"), encoding="utf-8")
    done = ancrage("grille", "evaluer", filled, data=tmp_path / "d")
    assert done.returncode == 0
    assert "Commune 23999 (inconnue ce jour-là)" in done.stdout.replace("\u00a0", " ")


def test_the_criteria_and_the_template_are_printed(ancrage, tmp_path):
    done = ancrage("grille", "criteres", "--format", "json", data=tmp_path / "d")
    assert len(json.loads(done.stdout)["items"]) == 15
    assert ancrage("grille", "modele", data=tmp_path / "d").stdout == yaml_template()

"""``ancrage panel`` as a person types it."""

import csv
import json

import pytest

LINES = """id;nom;code_insee;categorie;forme juridique
a1;=cmd|calc;23077;Tiers-lieu;SCIC
a2;Épicerie;23096;Commerce;Association
a3;Ferme;97411;Agriculture;Association
a4;Cantine;97209;Commerce;SCOP
a5;Fablab;23008;Tiers-lieu;Association
a5;Double;23008;Tiers-lieu;Association
a6;Atelier;75056;Insertion;SCIC
;;;;
"""
QUOTAS = """
taille: 4
quotas:
  - {id: outre-mer, label: Au moins deux dans les DROM, trait: drom, min: 2}
  - {id: scic, trait: forme, valeur: scic, min: 1}
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("panel")


@pytest.fixture
def listed(tmp_path):
    (tmp_path / "liste.csv").write_text(LINES, "utf-8")
    (tmp_path / "quotas.yaml").write_text(QUOTAS, "utf-8")
    return tmp_path / "liste.csv"


def test_a_panel_is_told_with_its_quotas_its_proof_and_the_lines_set_aside(ancrage, data, listed):
    answer = ancrage("panel", listed, "--contraintes", listed.parent / "quotas.yaml", data=data)
    assert answer.returncode == 0
    told = " ".join(answer.stdout.split())
    for words in (
        "4 structures parmi 6",
        "optimum prouvé",
        "Au moins deux dans les DROM",
        "Ferme",
        "Cantine",
    ):
        assert words in told.replace("\u00a0", " ")
    assert "Lignes écartées : 2" in answer.stderr


def test_the_json_gives_the_panel_the_costs_and_the_rejects(ancrage, data, listed):
    options = ("--taille", 3, "--quota", "drom>=2", "--quota", "categorie=*<=1", "--format", "json")
    document = json.loads(ancrage("panel", listed, *options, data=data).stdout)
    assert {one["id"] for one in document["panel"]} >= {"a3", "a4"}
    assert document["diversity"]["proven"] is True
    assert [quota["missed"] for quota in document["quotas"]] == [0, 0]
    assert {"gain", "proven", "entering", "leaving"} == set(document["quotas"][0]["cost"])
    assert [one["line"] for one in document["list"]["rejects"]] == [7, 9]
    assert document["panel"][0]["traits"]["taille"] is None


def test_no_cell_of_the_exports_can_run_in_a_spreadsheet(ancrage, data, listed, tmp_path):
    out, rejects = tmp_path / "panel.csv", tmp_path / "rejets.csv"
    listed.write_text(LINES.replace("a5;Double", '"a5";"=1+1"'), "utf-8")
    options = ("--taille", 6, "--sortie", out, "--rejets", rejects)
    assert ancrage("panel", listed, *options, data=data).returncode == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [row["id"] for row in rows] == ["a1", "a2", "a3", "a4", "a5", "a6"]
    assert rows[0]["nom"] == "'=cmd|calc"
    assert rows[0]["taille" if "taille" in rows[0] else "drom"] in ("à vérifier", "non")
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert len(rejects.read_text("utf-8").splitlines()) == 3


def test_a_draw_is_told_and_is_the_same_twice(ancrage, data, listed):
    options = ("--tirer", 4, "--graine", 7, "--taille", 2, "--format", "json")
    first, again = (json.loads(ancrage("panel", listed, *options, data=data).stdout) for _ in range(2))
    assert (first["list"]["drawn_from"], first["list"]["seed"], first["list"]["candidates"]) == (6, 7, 4)
    assert first["panel"] == again["panel"]


def test_impossible_quotas_end_with_53_and_lose_nothing(ancrage, data, listed, tmp_path):
    rejects = tmp_path / "rejets.csv"
    options = ("--taille", 4, "--quota", "drom>=3", "--quota", "forme=scic>=1", "--rejets", rejects)
    answer = ancrage("panel", listed, *options, data=data)
    assert answer.returncode == 53
    assert answer.stdout == ""
    assert "le plus petit renoncement" in answer.stderr
    assert "2 au mieux pour 3 ; la liste en compte 2" in answer.stderr
    assert "SCIC" not in answer.stderr
    assert "même identifiant" in rejects.read_text("utf-8")
    bent = ancrage("panel", listed, *options, "--assouplir", "--format", "json", data=data)
    assert json.loads(bent.stdout)["given_up"] == {
        "quotas": ["drom>=3"],
        "proven_smallest": True,
        "others": [],
    }


def test_the_page_draws_what_the_panel_covers(ancrage, data, listed, tmp_path):
    page = tmp_path / "panel.html"
    answer = ancrage("panel", listed, "--taille", 3, "--quota", "drom>=2", "-o", page, data=data)
    assert answer.returncode == 0
    written = page.read_text("utf-8")
    assert "<svg" in written
    assert "Ce que coûte chaque quota" in written


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 52, "--taille"),
        (("--taille", 99), 52, "99"),
        (("--taille", 2, "--quota", "drm>=1"), 52, "vouliez-vous dire « drom » ?"),
        (("--taille", 2, "--quota", "drom"), 52, "n'est pas lisible"),
        (("--taille", 2, "--colonne", "nom"), 52, "QUOI=TITRE"),
        (("--taille", 2, "--colonne", "nom=Absente"), 52, "Absente"),
        (("--taille", 2, "--poids", "region=lourd"), 52, "n'est pas un poids"),
        (("--taille", 2, "--tirer", 99), 52, "--tirer"),
        (("--taille", 2, "--contraintes", "absent.yaml"), 52, "absent.yaml"),
        (("--taille", 2, "--on", "1950-01-01"), 12, "01/01/1950"),
        (("--taille", 2, "--secondes", "0"), 52, "--secondes"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(ancrage, data, listed, arguments, code, said):
    answer = ancrage("panel", listed, *arguments, data=data)
    assert answer.returncode == code
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_file_that_is_not_there_is_told(ancrage, data):
    answer = ancrage("panel", "absent.csv", "--taille", 2, data=data)
    assert (answer.returncode, "absent.csv" in answer.stderr) == (52, True)


def test_a_panel_larger_than_its_list_names_both_files(ancrage, data, listed):
    (listed.parent / "grand.yaml").write_text("taille: 40\n", "utf-8")
    refused = ancrage("panel", listed, "--contraintes", listed.parent / "grand.yaml", data=data)
    told = " ".join(refused.stderr.split())
    assert refused.returncode == 52
    assert "« liste.csv » et « grand.yaml » : Un panel de 40 ne se tire pas" in told

"""Small files that people really have: the right answer, or one sentence with the line and the repair.

The files, and what is right for each, stand in the folder of cases beside the repository.
"""

import json

import pytest

DAY = "2026-11-23"
SURVIVAL = (
    *("survie_iso", "survie_fr", "survie_slash", "survie_heure", "survie_compact", "survie_excel"),
    "survie_mixte",
)
INVERTED = "clôture (01/01/2026) avant l'ouverture (31/12/2026)"
AIDS = {
    "at_inverse_min.json": (0, [(1, INVERTED)]),
    "at_quirks.json": (5, [(2, INVERTED)]),
    "at_export_cloture.csv": (3, []),
    "dge_dates_inversees.csv": (1, [(2, INVERTED)]),
}
"""By file: how many aids are kept, and those set aside with their line (their rank in a JSON)."""
SETS = {
    "ens_bom.txt": {"23077", "23096"},
    "ens_double.txt": {"23077"},
    "ens_guillemets.txt": {"23077", "23096"},
    "ens_noms.txt": {"23077", "23096"},
}
OTHERS = {"panel_utf16.csv", "lieux_bizarres.geojson", "README.md"}


@pytest.fixture(scope="module")
def cases(mirror):
    return mirror.parent / "cases"


def test_every_file_of_the_folder_has_its_line_here(cases):
    told = {*(f"{name}.csv" for name in SURVIVAL), *AIDS, *SETS, *OTHERS}
    assert {path.name for path in cases.iterdir()} == told


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("cas")


@pytest.fixture(scope="module")
def survive(ancrage, data, cases):
    def answered(name):
        asked = ("--fichier", cases / f"{name}.csv", "--observe-le", "2026-02-18", "--par", "ess")
        answer = ancrage("survie", *asked, "--format", "json", data=data)
        assert answer.returncode == 0, answer.stderr
        return json.loads(answer.stdout)

    return answered


@pytest.mark.parametrize("name", SURVIVAL)
def test_units_give_the_same_curve_however_their_days_are_written(survive, name):
    found, right = survive(name), survive("survie_iso")
    assert found["groups"] == right["groups"]
    assert sum(group["units"] for group in found["groups"]) == 40
    assert (found["left_out"], found["rejects"]) == ({}, [])


@pytest.mark.parametrize("name", AIDS)
def test_aids_are_kept_or_set_aside_with_their_reason(ancrage, tmp_path, cases, name):
    answer = ancrage("aides", "importer", cases / name, "--format", "json", data=tmp_path)
    assert answer.returncode == 0, answer.stderr
    (read,) = json.loads(answer.stdout)["files"]
    assert (read["imported"], [(one["line"], one["reason"]) for one in read["rejected"]]) == AIDS[name]


def test_an_aid_told_permanent_and_closed_is_to_be_checked_and_both_are_shown(ancrage, tmp_path, cases):
    ancrage("aides", "importer", cases / "at_export_cloture.csv", data=tmp_path)
    asked = ("aides", "chercher", "aide permanente datée", "--on", DAY)
    answer = ancrage(*asked, data=tmp_path)
    assert "À vérifier" in answer.stdout or "à vérifier" in answer.stdout
    both = "« Permanente », et clôture le 01/01/2020"
    assert both in " ".join(answer.stdout.split())


@pytest.mark.parametrize("name", SETS)
def test_a_set_of_communes_is_read(ancrage, data, cases, name):
    answer = ancrage("territoire", "montrer", f"@{cases / name}", "--on", DAY, "--format", "json", data=data)
    assert answer.returncode == 0, answer.stderr
    assert set(json.loads(answer.stdout)["communes"]) == SETS[name]


def test_a_list_in_utf_16_gives_its_panel(ancrage, data, cases):
    asked = ("panel", cases / "panel_utf16.csv", "--taille", "2", "--on", DAY, "--format", "json")
    found = json.loads(ancrage(*asked, data=data).stdout)
    assert [(one["id"], one["commune"]) for one in found["panel"]] == [
        ("30542045700031", "Guéret (23096)"),
        ("39282324100022", "Genouillac (23089)"),
    ]
    assert (found["list"]["rejects"], found["list"]["remarks"]) == ([], [])


def test_odd_places_are_placed_or_set_aside_with_the_reason(ancrage, data, cases):
    asked = ("couverture", "dep:23", "--lieux", cases / "lieux_bizarres.geojson", "--on", DAY)
    found = json.loads(ancrage(*asked, "--format", "json", data=data).stdout)
    assert {one["id"]: one["places"] for one in found["kinds"] if one["known"]} == {
        "france_services": 2_519,
        "autre": 4,
    }
    (rejected,) = found["rejected"]
    assert rejected["where"] == "lieux_bizarres.geojson, objet 4"
    assert "ni coordonnées, ni commune" in rejected["why"]

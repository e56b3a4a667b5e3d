"""The directory and the search box from the terminal."""

import csv
import io
import json

import pytest

from ancrage.spreadsheets import as_received


def test_the_structures_of_a_departement_are_listed_with_how_they_share_out(ancrage, nothing):
    answer = ancrage("structures", "dep:23", "--limite", "5", data=nothing)
    assert answer.returncode == 0
    assert "DÉMONSTRATION" in answer.stdout
    assert "Par famille" in answer.stdout
    assert "--limite N ou --format csv" in answer.stdout


def test_the_files_hold_every_structure_and_the_limit_is_obeyed(ancrage, nothing):
    whole = ancrage("structures", "dep:23", "--format", "csv", data=nothing).stdout
    lines = list(csv.DictReader(io.StringIO(whole.lstrip("\ufeff")), delimiter=";"))
    told = json.loads(ancrage("structures", "dep:23", "--format", "json", data=nothing).stdout)["items"]
    assert [as_received(line["siret"]) for line in lines] == [one["siret"] for one in told]
    assert len(lines) > 500
    few = ancrage("structures", "dep:23", "--format", "json", "--limite", "3", data=nothing).stdout
    assert [one["siret"] for one in json.loads(few)["items"]] == [one["siret"] for one in told[:3]]


def test_filters_narrow_what_is_listed(ancrage, nothing):
    answer = ancrage(
        "structures",
        "dep:23",
        "--famille",
        "cooperative",
        "--employeur",
        "oui",
        "--format",
        "json",
        data=nothing,
    )
    found = json.loads(answer.stdout)["items"]
    assert found
    assert {(one["family"], one["employer"]) for one in found} == {("cooperative", True)}


def test_real_structures_around_a_commune_are_nearest_first(ancrage, real_data):
    answer = ancrage("structures", "23096", "--rayon", "30", "--format", "json", data=real_data)
    told = [one["distance_km"] for one in json.loads(answer.stdout)["items"]]
    assert told == sorted(told)
    points = json.loads(
        ancrage("structures", "23096", "--rayon", "30", "--format", "geojson", data=real_data).stdout
    )
    assert points["total"] == len(told) == len(points["features"])


@pytest.mark.parametrize("shape", ["pdf", "docx", "html"])
def test_the_list_is_written_on_paper(ancrage, nothing, tmp_path, shape):
    wanted = tmp_path / f"annuaire.{shape}"
    answer = ancrage("structures", "23096", "--format", shape, "--sortie", wanted, data=nothing)
    assert answer.returncode == 0, answer.stderr
    assert wanted.stat().st_size > 2000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("structures", "dep:23", "--rayon", "10"), "autour d'une commune"),
        (("structures", "--famille", "licorne"), "licorne"),
        (("structures", "--zonage", "licorne"), "licorne"),
        (("structures", "--employeur", "peut-etre"), "peut-etre"),
        (("structures", "--limite", "0"), "--limite"),
        (("structures", "introuvable-sur-saone"), "introuvable-sur-saone"),
        (("structures", "23096", "--format", "pdf"), "--sortie"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(ancrage, nothing, arguments, said):
    answer = ancrage(*arguments, data=nothing)
    assert answer.returncode != 0
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_one_box_finds_places_structures_and_aids(ancrage, nothing):
    answer = ancrage("chercher", "faux la mont", "--format", "json", data=nothing)
    first = json.loads(answer.stdout)["items"][0]
    assert (first["kind"], first["code"]) == ("territoire", "23077")
    shown = ancrage("chercher", "Guéret", "--type", "territoire", data=nothing).stdout
    assert "ancrage diagnostic 23096" in shown


def test_what_nobody_knows_finds_nothing_and_says_what_to_try(ancrage, nothing):
    answer = ancrage("chercher", "zzzzqqqq", data=nothing)
    assert answer.returncode == 0
    assert "Rien ne répond" in answer.stdout

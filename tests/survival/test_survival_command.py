"""``ancrage survie`` as a person types it."""

import json

import pytest


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("survie")


def test_the_survival_of_the_demonstration_is_told_and_labelled(ancrage, data):
    answer = ancrage("survie", "dep:23", "--par", "ess", data=data)
    assert answer.returncode == 0
    assert "FICTIVES" in answer.stdout
    assert "log-rank" in answer.stdout


def test_the_json_gives_the_curves(ancrage, data):
    document = json.loads(ancrage("survie", "dep:23", "--format", "json", data=data).stdout)
    assert document["fictitious"] is True
    first = document["groups"][0]
    assert first["curve"][0]["survival"] <= 1
    assert set(first["survival"]) == {"1", "3", "5", "10"}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("dep:23", "--par", "taille"), 51, "famille"),
        (("dep:23", "--depuis", "2030-01-01"), 51, "--depuis"),
        (("--fichier", "absent.csv"), 51, "--observe-le"),
        (("--fichier", "absent.csv", "--observe-le", "2026-02-18"), 51, "absent.csv"),
        (("qpv:QN02301M", "--par", "ess"), 51, "--par"),
        ((), 2, "TERRITOIRE"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(ancrage, data, arguments, code, said):
    answer = ancrage("survie", *arguments, data=data)
    assert answer.returncode == code
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("place", ["dep:48", "fr"])
def test_where_no_register_covers_the_place_the_answer_says_why_and_draws_nothing(ancrage, data, place):
    answer = ancrage("survie", place, "--format", "json", data=data)
    assert answer.returncode == 0, answer.stderr
    document = json.loads(answer.stdout)
    assert document["groups"] == []
    assert document["unknown"].startswith("Aucun registre complet ne couvre ")
    assert document["unknown"] in document["warnings"]


def test_the_page_draws_the_curves(ancrage, data, tmp_path):
    page = tmp_path / "survie.html"
    assert ancrage("survie", "dep:23", "--format", "html", "-o", page, data=data).returncode == 0
    assert "<svg" in page.read_text("utf-8")

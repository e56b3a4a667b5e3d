"""Openings of a whole région: too long for a page, worked out as a task on real places."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from ancrage.errors import InvalidQuestionError, SitingError, UnknownTaskError
from ancrage.tasks.kinds import get_kind

ASKED = "reseau=france_services&ouvrir=3&seuil=15"


@pytest.fixture
def site(embedded: object) -> Client:
    return Client(SERVER_NAME="localhost")


def steps(told: list[int]):
    return lambda percent, _message: told.append(percent)


def test_the_page_of_a_region_leads_to_the_form_already_filled(site: Client) -> None:
    answer = site.get(f"/territoires/reg:75/accompagnement/?{ASKED}&loin=45&critere=couverture")
    assert answer.status_code == 302
    asked = parse_qs(urlsplit(answer["Location"]).query)
    name, _, words = asked["question"][0].partition("?")
    assert name == "ouvertures"
    assert parse_qs(words) == {"territoire": ["reg:75"], "reseau": ["france_services"], "ouvrir": ["3"]}
    form = site.get(answer["Location"]).content.decode()
    assert "reseau=france_services&amp;ouvrir=3" in form


def test_the_same_openings_written_otherwise_are_the_same_question() -> None:
    read = get_kind("ouvertures").read
    one = read({"territoire": "reg:75", "parametres": ASKED})
    other = read(
        {"territoire": "Nouvelle-Aquitaine", "parametres": "seuil=15,0&ouvrir=3&reseau=france_services"}
    )
    assert one == other


@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        ({"parametres": "ouvrir=abc"}, InvalidQuestionError),
        ({"parametres": "ouvrir=3&seuil=nan"}, InvalidQuestionError),
        ({"parametres": "ouvrir=31"}, SitingError),
        ({"parametres": ASKED, "forme": "odt"}, UnknownTaskError),
    ],
)
def test_openings_that_mean_nothing_are_refused_before_they_wait(parameters, error) -> None:
    with pytest.raises(error):
        get_kind("ouvertures").read({"territoire": "reg:75"} | parameters)


@pytest.mark.parametrize("shape", ["json", "pdf"])
def test_a_region_is_worked_out_on_the_real_places(
    real_data: Path, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    monkeypatch.setenv("ANCRAGE_DATA", str(real_data))
    kind, told = get_kind("ouvertures"), []
    asked = kind.read({"territoire": "reg:75", "parametres": ASKED, "forme": shape})
    result = kind.work(asked, steps(told))
    assert told == sorted(told)
    assert result.filename.startswith("ouvertures-reg-75-")
    if shape == "pdf":
        assert result.content.startswith(b"%PDF")
    else:
        assert len(json.loads(result.content)["sites"]) == 3

"""``ancrage leviers`` as a person types it."""

import json

import pytest


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("leviers")


def test_the_levers_of_a_commune_are_told_with_their_reasons_and_texts(ancrage, data):
    answer = ancrage("leviers", "23077", "--format", "json", data=data)
    document = json.loads(answer.stdout)
    assert answer.returncode == 0
    assert document["authority"] == "commune"
    assert document["precondition"] == "a_verifier"
    tools = {tool["number"]: tool for tool in document["tools"]}
    assert tools[8]["texts"][0]["title"].endswith("L. 2144-3")
    assert document["first"]
    for told in document["first"]:
        assert tools[told["number"]]["status"] == "prioritaire"
        assert told["figure"]["sentence"] in told["sentence"]


def test_the_same_place_may_be_advised_to_another_authority(ancrage, data):
    answer = ancrage("leviers", "23077", "--pour", "caf", "--format", "json", data=data)
    status = {tool["number"]: tool["status"] for tool in json.loads(answer.stdout)["tools"]}
    assert status[2] == "hors_competence"


def test_a_place_without_authority_asks_for_one(ancrage, data):
    answer = ancrage("leviers", "fr", data=data)
    assert answer.returncode == 45
    assert "--pour" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("23077", "--pour", "mairie"), 45, "commune, epci"),
        (("23077", "--outil", "20"), 45, "de 1 à 19"),
        (("--outil", "foncer"), 45, "Faciliter l'accès au foncier"),
        (("23077", "--fait", "accompagnement=loin"), 41, "dla_seul"),
        (("23077", "--partenariat", "peut-être"), 41, "oui"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(ancrage, data, arguments, code, said):
    answer = ancrage("leviers", *arguments, data=data)
    assert answer.returncode == code
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_tool_is_shown_whole_with_the_rule_that_puts_it_first(ancrage, data):
    answer = ancrage("leviers", "23077", "--outil", "8", data=data)
    for told in (
        "conditions est",
        "Points de vigilance",
        "Indicateurs",
        "proposition d’Ancrage",
    ):
        assert told in answer.stdout


def test_the_page_stands_alone(ancrage, data, tmp_path):
    page = tmp_path / "leviers.html"
    assert ancrage("leviers", "200044014", "--format", "html", "-o", page, data=data).returncode == 0
    text = page.read_text("utf-8")
    assert text.count("<h1>") == 1
    assert "<script" not in text


@pytest.mark.parametrize(
    ("told", "verdict"),
    [((), "? à vérifier"), (("--partenariat", "oui"), "● oui"), (("--partenariat", "non"), "○ non")],
)
def test_the_precondition_is_checked_before_any_tool(ancrage, data, told, verdict):
    page = ancrage("leviers", "23077", *told, data=data).stdout
    check = page[page.index("Avant tout outil") :]
    assert check.index(verdict) < check.index("Outil  ")
    assert "article 8, II" in page

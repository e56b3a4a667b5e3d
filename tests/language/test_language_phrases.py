"""French around names and numbers."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.language.phrases import at, listed, of, plural
from ancrage.language.typography import capitalised, ended, uncapitalised

COMMUNES = Path(__file__).parents[2] / "node_modules" / "cog2025" / "data" / "communes.json"
INSEE = {0: "de {}", 1: "d’{}", 2: "du {}", 3: "de {}", 4: "des {}", 5: "de {}"}
"""How each « type de nom en clair » of the official geographic code is preceded."""


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("structures", "de structures"),
        ("habitants", "d’habitants"),
        ("établissements", "d’établissements"),
        ("hameaux", "de hameaux"),
        ("huit", "de huit"),
        ("onze", "de onze"),
        ("Œuilly", "d’Œuilly"),
        ("Le Mans", "du Mans"),
        ("Les Abymes", "des Abymes"),
        ("La Rochelle", "de La Rochelle"),
        ("L'Isle-Adam", "de L'Isle-Adam"),
        ("Lesparre-Médoc", "de Lesparre-Médoc"),
        ("", "de "),
    ],
)
def test_de_is_elided_before_a_vowel_and_joined_to_an_article(name, after):
    assert of(name) == after


@pytest.mark.skipif(not COMMUNES.is_file(), reason="the packages of the geographic code are not installed")
def test_every_commune_is_preceded_as_insee_says_save_those_in_h():
    """Names in « h » have no rule: INSEE elides 428 of them, and leaves 233."""
    told = [one for one in json.loads(COMMUNES.read_text("utf-8")) if one.get("typeLiaison") in INSEE]
    ruled = [one for one in told if one["nom"][0] != "H"]
    assert len(ruled) > 34_000
    wrong = [one["nom"] for one in ruled if of(one["nom"]) != INSEE[one["typeLiaison"]].format(_bare(one))]
    assert wrong == ["Le Vernet-Chaméane"], "its article is not told as one"


def _bare(one):
    name = one["nom"]
    return name.split(" ", 1)[1] if one["typeLiaison"] in (2, 4) else name


def test_a_place_is_reached_with_its_article():
    assert [at(name) for name in ("Guéret", "Le Mans", "Les Abymes", "Ahun")] == [
        "à Guéret",
        "au Mans",
        "aux Abymes",
        "à Ahun",
    ]


@pytest.mark.parametrize(
    ("number", "noun"),
    [(0, "heure"), (1, "heure"), (1.5, "heure"), (1.99, "heure"), (2, "heures"), (-2, "heures")],
)
def test_the_plural_begins_at_two(number, noun):
    assert plural(number, "heure") == noun


def test_an_irregular_plural_is_given():
    assert plural(3, "canal", "canaux") == "canaux"


@pytest.mark.parametrize(
    ("names", "told"), [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")]
)
def test_a_list_ends_with_and(names, told):
    assert listed(names) == told


@given(st.text(max_size=20))
def test_only_the_first_letter_changes(text):
    assert capitalised(text)[-len(text) + 1 :] == text[1:] or len(text) < 2
    assert uncapitalised(text).lower() == text.lower()


@pytest.mark.parametrize(
    ("text", "written"),
    [("Oui", "Oui."), ("Oui.", "Oui."), ("Combien ?", "Combien ?"), ("À suivre…", "À suivre…")],
)
def test_a_sentence_ends_with_one_sign(text: str, written: str) -> None:
    assert ended(text) == written

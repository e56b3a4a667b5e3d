"""The article of a place, as people say it and as the official geographic code has it."""

import json
from pathlib import Path

import pytest

from ancrage.language.places import ARTICLES, in_place, of_place

COG = Path(__file__).resolve().parents[2] / "node_modules" / "cog2026" / "data"
LIAISONS = {2: "le", 3: "la", 4: "les", 5: "l’"}
"""What the code calls « type de nom en clair »."""
SAID_WITHOUT = {"Nouvelle-Aquitaine"}


@pytest.mark.parametrize(
    ("kind", "name", "of", "inside"),
    [
        ("departement", "Creuse", "de la Creuse", "dans la Creuse"),
        ("departement", "Cantal", "du Cantal", "dans le Cantal"),
        ("departement", "Landes", "des Landes", "dans les Landes"),
        ("departement", "Ain", "de l’Ain", "dans l’Ain"),
        ("departement", "Ille-et-Vilaine", "d’Ille-et-Vilaine", "en Ille-et-Vilaine"),
        ("departement", "Maine-et-Loire", "de Maine-et-Loire", "en Maine-et-Loire"),
        ("departement", "Mayotte", "de Mayotte", "à Mayotte"),
        ("region", "La Réunion", "de La Réunion", "à La Réunion"),
        ("region", "Nouvelle-Aquitaine", "de Nouvelle-Aquitaine", "en Nouvelle-Aquitaine"),
        ("region", "Île-de-France", "d’Île-de-France", "en Île-de-France"),
        ("region", "Grand Est", "du Grand Est", "dans le Grand Est"),
        ("commune", "Aubusson", "d’Aubusson", "à Aubusson"),
        ("commune", "La Rochelle", "de La Rochelle", "à La Rochelle"),
        ("commune", "Le Mans", "du Mans", "au Mans"),
        ("commune", "Les Abymes", "des Abymes", "aux Abymes"),
        ("commune", "Creuse", "de Creuse", "à Creuse"),
        ("arrondissement", "Aubusson", "de l’arrondissement d’Aubusson", "dans l’arrondissement d’Aubusson"),
        ("epci", "CC Creuse Grand Sud", "de la CC Creuse Grand Sud", "dans la CC Creuse Grand Sud"),
        ("france", "France", "de la France", "en France"),
    ],
)
def test_a_place_is_said_with_its_article(kind: str, name: str, of: str, inside: str) -> None:
    assert of_place(kind, name) == of
    assert in_place(kind, name) == inside


@pytest.mark.parametrize("level", ["departements", "regions"])
def test_articles_are_those_of_the_official_geographic_code(level: str) -> None:
    units = json.loads((COG / f"{level}.json").read_text())
    told = {name: article for article, names in ARTICLES.items() for name in names}
    assert {
        unit["nom"]: LIAISONS.get(unit["typeLiaison"]) for unit in units if unit["nom"] not in SAID_WITHOUT
    } == {unit["nom"]: told.get(unit["nom"]) for unit in units if unit["nom"] not in SAID_WITHOUT}

"""How the name of a funder is told, whatever list publishes it."""

import pytest

from ancrage.aids.funders import funder_name, load_funders


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (
            "AGENCE DE L ENVIRONNEMENT ET DE LA MAITRISE DE L ENERGIE (ADEME)",
            "Agence de la transition écologique (ADEME)",
        ),
        (
            "ADEME ; Banque des Territoires",
            "Agence de la transition écologique (ADEME) ; Banque des Territoires",
        ),
        ("Région Sud (PACA)", "Région Provence-Alpes-Côte d’Azur"),
        ("Conseil départemental de l'Aube", "Conseil départemental de l’Aube"),
        ("SYNDICAT D'ENERGIE DE LA LOIRE (SIEL)", "Syndicat d’Energie de la Loire (SIEL)"),
        ("ADEFPAT", "ADEFPAT"),
        ("", ""),
    ],
)
def test_a_funder_is_told_by_its_own_name_and_an_unknown_one_keeps_its_letters(published: str, told: str):
    assert funder_name(published) == told
    assert funder_name(told) == told


def test_no_declared_name_is_shouted():
    assert all(name != name.upper() or len(name) <= 6 for name in load_funders().values())

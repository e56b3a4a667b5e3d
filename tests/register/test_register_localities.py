"""A commune from a postcode and a town name."""

import pytest

from ancrage.register.localities import TownLookup, town_key

COMMUNES = TownLookup.of(
    [
        ("85191", "La Roche-sur-Yon", "85000"),
        ("35210", "Pacé", "35740"),
        ("76217", "Dieppe", "76200"),
        ("97801", "Saint-Martin", "97150"),
        ("75056", "Paris", "75013"),
        ("01033", "Saint-Martin", "01200"),
        ("01034", "Saint-Martin", "01300"),
    ]
)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("ST MARTIN", "saint martin"),
        ("Ste-Foy l'Argentière", "sainte foy l argentiere"),
        ("LYON CEDEX 03", "lyon"),
        ("PARIS 13", "paris"),
        ("Paris 1er Arrondissement", "paris"),
        ("Œuilly", "oeuilly"),
    ],
)
def test_a_town_is_recognised_however_it_is_written(written, key):
    assert town_key(written) == key


def test_the_postcode_and_the_name_designate_a_commune():
    assert COMMUNES("35740", "PACE") == "35210"
    assert COMMUNES("97150", "ST MARTIN") == "97801"


def test_the_postcode_of_a_large_sender_falls_back_on_the_departement():
    assert COMMUNES("85021", "LA ROCHE SUR YON") == "85191"


def test_a_name_that_two_communes_share_designates_none():
    assert COMMUNES("01999", "Saint Martin") is None
    assert COMMUNES("01200", "Saint Martin") == "01033"


def test_a_postcode_alone_is_never_enough():
    assert COMMUNES("76200", "Neuville-lès-Dieppe") is None

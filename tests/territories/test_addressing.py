"""What is an address, and which place it is among those the service proposes."""

import math

import pytest

from ancrage.errors import AmbiguousAddressError, UnknownAddressError
from ancrage.sources.api_adresses import Located
from ancrage.territories.addressing import SURE, is_address, the_one

TYPED = "12 rue des Lilas 23000 Guéret"


def place(
    label: str = TYPED, score: float = 0.95, kind: str = "housenumber", longitude: float = 1.87
) -> Located:
    return Located(label, score, kind, "23096", "Guéret", longitude, 46.17)


@pytest.mark.parametrize(
    "text",
    [
        "12 rue des Lilas",
        "12, rue des Lilas, 23000 Guéret",
        "12 bis rue des Lilas",
        "12B av. de la Gare",
        "3 ter bd Carnot Limoges",
        "rue Jules Ferry 64110 Mazères-Lezons",
        "1 rond-point des Cuirassiers",
        "5 lieu-dit Le Bourg",
        "8 chemin de l'Église",
        "14 ALL DES CHENES 87000 LIMOGES",
    ],
)
def test_a_number_and_a_street_or_a_street_and_a_postcode_are_an_address(text):
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23400",
        "23400 Bourganeuf",
        "Saint-Denis (93)",
        "La Rue-Saint-Pierre",
        "rue Jules Ferry",
        "Place des associations",
        "12 structures",
        "3 villages",
        "802 954 785 00012",
        "Cours",
        "69380 Lissieu",
        "12 rue",
        "Le Quai 23000",
    ],
)
def test_what_may_be_a_place_a_structure_or_a_code_is_no_address(text):
    assert not is_address(text)


def test_the_place_is_taken_from_the_score_that_is_sure_and_no_lower():
    sure = place("1 rue A 23000 Guéret", SURE)
    assert the_one(TYPED, [sure]) is sure
    with pytest.raises(AmbiguousAddressError):
        the_one(TYPED, [place("1 rue A 23000 Guéret", math.nextafter(SURE, 0))])


def test_the_next_place_must_be_well_below_the_first():
    first = place("1 rue A 23000 Guéret", 0.9)
    assert the_one(TYPED, [first, place("2 rue A 23000 Guéret", 0.84)]) is first
    with pytest.raises(AmbiguousAddressError) as asked:
        the_one(TYPED, [first, place("2 rue A 23000 Guéret", 0.86)])
    assert [one.label for one in asked.value.choices] == ["1 rue A 23000 Guéret", "2 rue A 23000 Guéret"]


def test_the_label_that_was_typed_is_taken_whatever_resembles_it():
    first = place(TYPED, 0.6)
    assert the_one(TYPED.upper(), [first, place("12 rue des Lilas 23000 Ajain", 0.59)]) is first


def test_two_places_of_one_label_are_told_apart_by_their_points():
    with pytest.raises(AmbiguousAddressError) as asked:
        the_one(TYPED, [place(longitude=1.87), place(longitude=1.9)])
    assert [one.code for one in asked.value.choices] == ["1.87,46.17", "1.9,46.17"]


def test_a_commune_that_comes_before_a_street_is_not_passed_over_in_silence():
    with pytest.raises(AmbiguousAddressError):
        the_one(
            "Guéret",
            [place("Guéret", 0.97, "municipality"), place("Rue de Guéret 23000 Guéret", 0.9, "street")],
        )


def test_a_commune_alone_and_nothing_at_all_are_unknown_addresses():
    with pytest.raises(UnknownAddressError, match="que la commune Guéret"):
        the_one("Guéret", [place("Guéret", 0.97, "municipality")])
    with pytest.raises(UnknownAddressError, match="ne connaît pas"):
        the_one("xyzzy", [])

"""The first page: one field, three doors, the country, and an example that is a real answer."""

import re

import pytest

from ancrage.web.home.country import drawing


@pytest.fixture
def home(site) -> str:
    return site.get("/").content.decode()


def test_the_first_page_has_one_field_and_three_doors(home) -> None:
    assert len(re.findall(r'<input[^>]+type="search"', home)) == 1
    for door in ("Une collectivité", "Une structure", "L’État ou un réseau"):
        assert door in home


def test_every_departement_is_drawn_and_is_a_link_that_needs_no_script(home) -> None:
    drawn = re.findall(r'<a href="/territoires/dep:(\w+)/" tabindex="-1"><path', home)
    listed = set(re.findall(r'<a href="/territoires/dep:(\w+)/">', home))
    assert len(drawn) == len(set(drawn)) == 101
    assert set(drawn) == set(drawing()["paths"]) <= listed | {"973", "974", "971", "972", "976"}


def test_departements_and_regions_stand_in_the_order_of_french(home) -> None:
    listed = re.search(r'class="liste-departements".*?</ul>', home, re.DOTALL)
    assert listed
    assert listed[0].index("Alpes-de-Haute-Provence") < listed[0].index("Alpes-Maritimes")
    assert (
        listed[0].index("Hauts-de-France") < listed[0].index("Île-de-France") < listed[0].index("Martinique")
    )
    assert "Clipperton" not in listed[0]


def test_the_country_is_one_click_away_from_the_first_page_and_from_the_list_of_territories(
    site, home
) -> None:
    for page in (home, site.get("/territoires/").content.decode()):
        assert 'href="/territoires/fr/"' in page


def test_the_example_is_the_answer_of_the_territory_itself(site, home) -> None:
    example = home[home.index('id="exemple"') :]
    assert "CC Creuse Grand Sud" in example
    assert 'href="/territoires/200044014/"' in example
    assert site.get("/territoires/200044014/").status_code == 200


def test_the_first_page_shows_no_figure_of_demonstration(home) -> None:
    assert "Structures de l’ESS" not in home


def test_no_neighbouring_regions_share_a_tone_in_the_drawing() -> None:
    tones = drawing()["tones"]
    for one, other in (("75", "76"), ("75", "24"), ("44", "32"), ("84", "93"), ("11", "28"), ("53", "52")):
        assert tones[one] != tones[other]

"""A form whose words are refused is asked again in place, every field kept."""

import html

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/structures/?t=30+km+de+Saint-Denis&vend=traiteur", 300, ('value="traiteur"', "30+km+de+93066")),
        (
            "/structures/?t=Nulle-Part&vend=traiteur",
            404,
            ('value="traiteur"', "Nulle-Part"),
        ),
        ("/structures/?t=30+km+de+dep:23", 400, ("Un rayon se prend autour d'une commune",)),
        ("/territoires/comparer/?t=Saint-Denis&t=23077", 300, ('value="23077"', "t=93066")),
        ("/territoires/comparer/?t=Zzzzzz&t=23077", 404, ('value="23077"', 'value="Zzzzzz"')),
    ],
)
def test_a_place_that_is_not_understood_is_asked_in_the_form(
    site: Client, address: str, status: int, words: tuple[str, ...]
) -> None:
    answer = site.get(address)
    told = html.unescape(answer.content.decode())
    assert answer.status_code == status
    assert 'role="alert"' in told
    for one in words:
        assert one in told


def test_a_comparison_is_filled_with_those_most_alike(site: Client) -> None:
    assert "checked" in site.get("/territoires/comparer/").content.decode()
    told = site.get("/territoires/comparer/?t=200044014&semblables=oui").content.decode().replace("\xa0", " ")
    assert "4 territoires qui lui ressemblent" in told
    assert "En un coup d’œil" in told
    assert "Où chacun se place" in told

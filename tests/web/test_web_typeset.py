"""Titles are typeset wherever they come from; what is typed, quoted or read by a machine is left as it is."""

import re

import pytest
from django.test import Client

from ancrage.web.typeset import typeset

pytestmark = pytest.mark.django_db
TITLE = re.compile(r"<(title|h[1-6]|caption|legend|summary)\b[^>]*>(.*?)</\1>", re.DOTALL)
STRAIGHT = re.compile(r"\w(?:'|&#39;)\w")


@pytest.mark.parametrize(
    "address",
    ["/", "/territoires/23077/", "/territoires/23077/aides/", "/leviers/", "/financement/", "/achats/"],
)
def test_no_title_of_a_page_has_a_straight_apostrophe(site: Client, address: str) -> None:
    page = site.get(address).content.decode()
    told = [re.sub(r"<[^>]+>", "", found[2]) for found in TITLE.finditer(page)]
    assert told
    assert [one for one in told if STRAIGHT.search(one)] == []


@pytest.mark.parametrize(
    "page",
    [
        "<h2>n° 5'</h2>",
        "<p>l'aide</p>",
        '<input value="l&#39;aide">',
        "<script>const title = '<h1>l\\'aide</h1>'</script>",
        "<textarea><h1>l'aide</h1></textarea>",
    ],
)
def test_what_is_no_title_is_left_as_it_is(page: str) -> None:
    assert typeset(page) == page


def test_the_words_of_a_title_change_and_its_attributes_do_not() -> None:
    page = '<h1 title="l&#39;un"><a href="/?q=l\'un">L&#39;ESS</a> d\'ici</h1>'
    assert typeset(page) == '<h1 title="l&#39;un"><a href="/?q=l\'un">L’ESS</a> d’ici</h1>'

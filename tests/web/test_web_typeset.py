"""Words are typeset wherever they come from; what is typed, quoted or read by a machine is left as it is."""

import re

import pytest
from django.test import Client

from ancrage.reports.formats.typeset import typeset

pytestmark = pytest.mark.django_db
APART = re.compile(r"<(script|style|pre|code|textarea)\b.*?</\1>|<[^>]*>", re.DOTALL)
STRAIGHT = re.compile(r".{0,20}\w(?:'|&#39;)\w.{0,20}")


@pytest.mark.parametrize(
    "address",
    ["/", "/territoires/23077/", "/territoires/23077/aides/", "/leviers/", "/financement/", "/achats/"],
)
def test_no_word_of_a_page_has_a_straight_apostrophe(site: Client, address: str) -> None:
    page = site.get(address).content.decode()
    assert "’" in page
    assert STRAIGHT.findall(APART.sub("\n", page)) == []


@pytest.mark.parametrize(
    "page",
    [
        "<h2>n° 5'</h2>",
        "<p>on dit 'oui'</p>",
        '<input value="l&#39;aide">',
        "<option>l'aide</option>",
        "<script>const title = '<h1>l'aide</h1>'</script>",
        "<textarea><h1>l'aide</h1></textarea>",
    ],
)
def test_what_is_typed_or_read_by_a_machine_is_left_as_it_is(page: str) -> None:
    assert typeset(page) == page


def test_words_change_and_their_attributes_do_not() -> None:
    page = '<h1 title="l&#39;un"><a href="/?q=l\'un">L&#39;ESS</a> d\'ici</h1>'
    assert typeset(page) == '<h1 title="l&#39;un"><a href="/?q=l\'un">L’ESS</a> d’ici</h1>'

"""Levers on the site: facts told, authorities, tools, hostile addresses."""

import pytest
from django.test import Client

HERE = "/territoires/23077/leviers/"


def words(site: Client, address: str) -> str:
    answer = site.get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def advice(page: str) -> str:
    """What is advised, without the form that asked."""
    return page[page.index('<div id="conseil">') : page.index('id="partenariat"')]


def test_every_tool_has_its_page_and_the_catalogue_leads_to_each(site: Client) -> None:
    catalogue = words(site, "/leviers/")
    for number in range(1, 20):
        assert f'href="/leviers/outils/{number}/"' in catalogue
        assert words(site, f"/leviers/outils/{number}/").count("<h1") == 1


def test_a_fact_told_changes_the_advice_and_stays_in_the_form(site: Client) -> None:
    address = f"{HERE}?pour=epci&partenariat=oui"
    few, many = (words(site, f"{address}&f=siae_presentes={count}") for count in (0, 900))
    assert advice(few) != advice(many)
    assert 'value="siae_presentes=900" checked' in many


def test_a_field_of_the_form_says_the_same_as_a_fact_of_the_address(site: Client) -> None:
    typed, written = (words(site, f"{HERE}?{one}") for one in ("siae_presentes=0", "f=siae_presentes=0"))
    assert advice(typed) == advice(written)


def test_a_field_left_empty_is_not_a_zero(site: Client) -> None:
    empty = words(site, f"{HERE}?siae_presentes=&employeurs_ess=")
    assert advice(empty) == advice(words(site, HERE))


def test_a_territory_asked_in_the_catalogue_leads_to_its_advice(site: Client) -> None:
    assert site.get("/leviers/?t=23077").headers["Location"] == HERE


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("f=inconnu=1", 400),
        ("f=siae_presentes=beaucoup", 400),
        ("siae_presentes=beaucoup", 400),
        ("partenariat=peut-etre", 400),
        ("pour=<script>alert(1)</script>", 404),
        ("le=31/02/2021", 400),
        ("&".join(f"f=siae_presentes={n}" for n in range(200)), 400),
    ],
)
def test_a_hostile_question_about_levers_gets_a_sentence(site: Client, query: str, status: int) -> None:
    answer = site.get(f"{HERE}?{query}")
    page = answer.content.decode()
    assert answer.status_code == status
    assert "<script>alert" not in page
    assert "Traceback" not in page

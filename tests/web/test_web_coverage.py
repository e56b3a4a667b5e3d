"""Coverage on the site: what is unknown stays unknown, rounds, bounds, and hostile addresses."""

import re

import pytest
from django.test import Client


def words(site: Client, address: str) -> str:
    answer = site.get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def test_a_newcomer_is_shown_the_france_services_and_where_to_open_others(site: Client) -> None:
    assert "France services" in words(site, "/territoires/dep:23/couverture/")
    opened = site.get("/territoires/200044014/accompagnement/?ouvrir=2&poids=habitants")
    assert opened.status_code == 200
    assert "mairies, annuaire de l" in opened.content.decode()


def test_no_word_of_the_command_line_reaches_a_visitor(site: Client) -> None:
    for query in ("", "?ouvrir=3", "?seuil=50&loin=10"):
        page = site.get(f"/territoires/dep:23/accompagnement/{query}").content.decode()
        assert not re.search(r"\s--[a-z]|ancrage couverture", page)


def test_a_round_of_a_newcomer_starts_from_a_town_hall(site: Client) -> None:
    answer = site.get("/territoires/200044014/accompagnement/?tournee=23077&detour=1,3")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "mairies, annuaire de l" in page
    assert "ancrage sources" not in page


def test_the_page_is_a_form_and_links_without_any_script(site: Client) -> None:
    page = words(site, "/territoires/dep:23/couverture/")
    assert '<form method="get">' in page
    assert " style=" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    assert "onclick" not in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("seuil=nan", 400),
        ("loin=inf", 400),
        ("seuil=-3", 400),
        ("seuil=50&loin=10", 400),
        ("ouvrir=2.5", 400),
        ("ouvrir=1e9", 400),
        ("ouvrir=nan", 400),
        ("reseau=inconnu", 400),
        ("reseau=<script>alert(1)</script>", 400),
        ("tournee=23096", 302),
        ("tournee=dep:87", 400),
        ("tournee=@/etc/passwd", 404),
        ("le=hier", 400),
    ],
)
def test_a_hostile_question_of_coverage_gets_a_sentence(site: Client, query: str, status: int) -> None:
    answer = site.get(f"/territoires/dep:23/accompagnement/?{query}")
    page = answer.content.decode()
    assert answer.status_code == status
    assert "<script>alert" not in page
    assert "Traceback" not in page

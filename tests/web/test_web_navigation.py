"""The menu: five words, and where one stands among them."""

import pytest

from ancrage.web.navigation import menu


def test_the_menu_holds_five_words_each_leading_to_its_first_page() -> None:
    assert [entry.label for entry in menu("/")] == [
        "Mon territoire",
        "Structures",
        "Aides",
        "Agir",
        "Méthode",
    ]
    assert not any(entry.current or entry.pages for entry in menu("/"))


@pytest.mark.parametrize(
    ("path", "part", "page"),
    [
        ("/mes-aides/", "Aides", "Mes aides"),
        ("/aides/fdva_2/", "Aides", "Toutes les aides"),
        ("/territoires/comparer/", "Mon territoire", "Comparer"),
        ("/leviers/outils/8/", "Agir", "Leviers et outils"),
        ("/grille/evaluation/", "Agir", "Grille de pérennité"),
        ("/financement/", "Agir", "Plan de financement"),
        ("/monographies/", "Structures", "Cas étudiés"),
        ("/cas/", "Agir", "Ce que font d’autres"),
        ("/documentation/glossaire/", "Méthode", "Glossaire"),
    ],
)
def test_a_page_marks_its_part_and_its_place_in_it(path: str, part: str, page: str) -> None:
    (here,) = (entry for entry in menu(path) if entry.current)
    assert here.label == part
    assert [entry.label for entry in here.pages if entry.current] == [page]


@pytest.mark.parametrize("path", ["/territoires/23077/", "/territoires/23077/leviers/"])
def test_the_page_of_a_territory_is_in_its_part_without_the_pages_of_the_search(path: str) -> None:
    (here,) = (entry for entry in menu(path) if entry.current)
    assert here.label == "Mon territoire"
    assert here.pages == ()


def test_every_page_says_where_one_is_and_how_to_pass_over_the_menu(site) -> None:
    page = site.get("/aides/").content.decode()
    assert page.count('aria-current="page"') == 1
    assert page.index('href="#contenu"') < page.index('href="#pied"') < page.index("<header")

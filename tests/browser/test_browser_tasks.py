"""The tasks people come for, from the home page, by no more clicks than they deserve.

Those of a register and of lists are done on the edition built from the mirror.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader
from walking import Walk

Walker = Callable[[int], Walk]
pytestmark = pytest.mark.mirror
LONGEST_PAGE = 4500
"""Pixels of a page of a territory, on a desktop as on a telephone."""
TERRITORIES = ("23077", "97311", "74010", "200044014", "dep:23", "dep:974", "reg:75", "crte-75-23-8")
SUBPAGES = ("", "zonages/", "aides/", "accompagnement/", "couverture/", "evolution/", "sources/")
OTHERS = (
    "/territoires/74010/leviers/",
    "/territoires/dep:974/leviers/",
    "/territoires/crte-75-23-8/leviers/?pour=epci",
    "/territoires/crte-75-23-8/contrat/",
    "/territoires/comparer/?t=200044014&semblables=oui",
    "/territoires/dep:23/dynamiques/",
)


def test_an_association_of_four_in_a_quarter_learns_what_it_can_ask_for_and_why_not_the_rest(
    walker: Walker,
) -> None:
    walk = walker(6)
    walk.follow("Mes aides : combien, jusqu’à quand, auprès de qui")
    walk.type("Commune du projet", "Guéret (23096)")
    walk.type("Salariés", "4")
    walk.choose("Forme juridique", "association")
    walk.choose("En quartier prioritaire", "oui")
    walk.press("Voir mes aides")
    walk.reads(
        "Vous y avez droit", "forme juridique : association", "dans un quartier prioritaire (QPV) : oui"
    )
    walk.unfold("Rescrit « mécénat »")
    assert walk.page.locator("main details[open] .guichet").first.inner_text().strip()
    refused = walk.page.locator("main section", has=walk.page.get_by_role("heading", name="Non ("))
    walk.click(refused.locator("summary", has_text="Les montrer").first)
    walk.click(refused.locator("li summary").first)
    walk.reads("Pourquoi non :")


def test_a_project_holder_finds_who_can_help_near_aubusson(walker: Walker) -> None:
    walk = walker(3)
    walk.search("Aubusson")
    walk.follow("Aubusson")
    walk.follow("Accompagnement", exact=True)
    walk.reads("Communauté de communes Creuse Grand Sud", "05 55 67 79 98", "km")


def test_a_buyer_lists_green_spaces_within_thirty_kilometres_of_limoges_and_takes_them_away(
    walker: Walker, tmp_path: Path
) -> None:
    walk = walker(4)
    walk.menu("Structures")
    walk.type("Où ?", "30 km de Limoges")
    walk.type("Ce qu’elles font ou vendent", "espaces verts")
    walk.press("Chercher")
    walk.reads("à 30 km au plus de Limoges", "ESAT L’ENVOL", "activité non publiée")
    page = openpyxl.load_workbook(walk.take("Tableur (XLSX)", tmp_path))["Annuaire"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    heads = next(row for row in rows if "Adresse" in row)
    at = heads.index("Adresse")
    assert any(row[at] == "16 R HUBERT CURIEN" for row in rows)


def test_an_officer_compares_her_epci_with_two_others_and_with_those_most_like_it(
    walker: Walker, tmp_path: Path
) -> None:
    walk = walker(4)
    walk.menu("Mon territoire")
    walk.follow("Comparer", exact=True)
    for rank, name in enumerate(("Creuse Grand Sud", "Limoges Métropole", "CA du Grand Guéret"), 1):
        walk.type(f"territoire {rank}", name)
        walk.page.keyboard.press("Escape")  # what is proposed covers the button, and the name is whole
    walk.press("Comparer")
    walk.reads(
        "est entouré de 3 territoires qui lui ressemblent", "En un coup d’œil", "Les outils, un par un"
    )
    assert walk.page.locator("#territoire thead th").count() == 1 + 3 + 3
    assert walk.page.locator(".petits-multiples .ici").count() > 1


def test_a_secretary_prints_the_zonings_of_her_commune_on_one_sheet_with_their_texts(
    walker: Walker, tmp_path: Path
) -> None:
    walk = walker(3)
    walk.type("Votre commune, une structure, une aide", "Faux-la-Montagne")
    walk.page.keyboard.press("Enter")
    walk.follow("Faux-la-Montagne")
    walk.click(walk.page.locator("main summary", has_text="Télécharger"))
    (sheet,) = PdfReader(walk.take("Zonages (PDF)", tmp_path)).pages
    told = " ".join(sheet.extract_text().split())
    assert "Faux-la-Montagne" in told
    assert "code général des impôts" in told.lower()


@pytest.mark.parametrize(("width", "height", "first"), [(1366, 768, 500), (360, 740, 640)])
def test_the_first_verdict_of_a_territory_is_seen_at_once_and_its_page_is_short(
    visitor: Callable[..., Any], real_site: str, width: int, height: int, first: int
) -> None:
    for code in ("23077", "200044014", "dep:23"):
        page = visitor(real_site, width=width, height=height).open(f"/territoires/{code}/")
        assert page.locator(".badge").first.bounding_box()["y"] < first


@pytest.mark.parametrize("width", [1366, 360])
def test_no_page_of_a_territory_is_longer_than_a_person_reads(
    visitor: Callable[..., Any], real_site: str, width: int
) -> None:
    visit = visitor(real_site, width=width)
    pages = (*(f"/territoires/{code}/{page}" for code in TERRITORIES for page in SUBPAGES), *OTHERS)
    found = {}
    for address in pages:
        visit.page.goto(real_site + address)
        tall, wide = visit.page.evaluate(
            "(root => [root.scrollHeight, root.scrollWidth])(document.documentElement)"
        )
        if tall > LONGEST_PAGE or wide > width:
            found[address] = (tall, wide)
    assert found == {}


def test_a_sub_prefecture_prepares_the_committee_of_a_contract(walker: Walker, tmp_path: Path) -> None:
    walk = walker(4)
    walk.search("CRTE Creuse Grand Sud")
    walk.follow("CRTE CC Creuse Grand Sud")
    walk.reads("26 communes", "Structures d’insertion", "Qui appeler")
    walk.unfold("Télécharger")
    paper = PdfReader(walk.take("Note pour le comité (PDF)", tmp_path))
    assert len(paper.pages) == 1
    assert "CRTE" in paper.pages[0].extract_text()


def test_anybody_shares_what_is_on_screen(walker: Walker) -> None:
    walk = walker(1)
    walk.search("Faux-la-Montagne")
    walk.click(walk.page.locator(".barre-page summary", has_text="Partager").first)
    walk.inspect()
    shared = walk.page.locator(".lien-page").first
    assert "/recherche/?q=Faux-la-Montagne" in shared.input_value()
    if walk.scripted:
        walk.page.get_by_text("Lien copié.").or_(walk.page.get_by_text("Le lien est choisi")).first.wait_for()
        assert shared.input_value().startswith(walk.page.url)


def test_every_page_may_be_shared_by_one_click(walker: Walker) -> None:
    walk = walker(3)
    for address in ("/", "/territoires/23077/zonages/", "/aides/"):
        walk.page.goto(walk.site + address)
        walk.click(walk.page.locator(".barre-page summary", has_text="Partager").first)
        assert walk.page.locator(".lien-page:visible").first.input_value().partition("?")[0].endswith(address)

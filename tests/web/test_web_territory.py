"""A territory in one screen, then its pages: every kind, on two days; former links lead where they did."""

import html
import re

import pytest
from django.test import Client

from ancrage.diagnosis.model import Diagnosis
from ancrage.reports.diagnosis.sheet import diagnosis_sheet
from ancrage.web.territory.screen import REPORT

DAYS = ("2021-03-31", "2026-11-23")
KINDS = ("23077", "200044014", "dep:23", "reg:75", "fr", "qpv:QN02301M", "crte-75-23-8", "97608")
SUBPAGES = ("", "zonages/", "aides/", "evolution/", "nouveautes/", "sources/", "rapport/")
OF_2024 = "qpv:QN02301M"
SHELL = re.compile(r"ancrage (?:sources|entrepot|aides|couverture)\b|--mirror|\$ ")


def words(site: Client, address: str) -> str:
    answer = site.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize("day", DAYS)
def test_every_page_of_every_kind_of_territory_answers_on_both_days(
    site: Client, code: str, day: str
) -> None:
    if code == OF_2024 and day < "2024":
        pytest.skip("a quarter of 2024 is not one of 2021")
    for page in SUBPAGES:
        told = words(site, f"/territoires/{code}/{page}?le={day}")
        assert not SHELL.search(told), page
        assert "à vérifier : 0" not in told
        if page != "rapport/":
            assert 'aria-label="Pages de ce territoire"' in told
            assert told.count("à vérifier") < 30, page


def test_the_tabs_keep_the_day_and_mark_the_page_that_is_open(site: Client) -> None:
    page = words(site, "/territoires/23077/zonages/?le=2021-03-31")
    assert 'href="/territoires/23077/?le=2021-03-31"' in page
    assert 'href="/territoires/23077/zonages/?le=2021-03-31" aria-current="page"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["crte-75-23-8", "qpv:QN02301M", "23077"])
def test_every_tab_of_a_territory_leads_to_a_page(site: Client, code: str) -> None:
    page = site.get(f"/territoires/{code}/").content.decode()
    tabs = re.search(r'aria-label="Pages de ce territoire".*?</nav>', page, re.DOTALL)
    assert tabs
    for address in re.findall(r'<a [^>]*href="([^"]+)"', tabs[0]):
        assert site.get(html.unescape(address), follow=True).status_code == 200, address


def test_former_anchors_of_a_territory_still_lead_to_their_section(site: Client) -> None:
    document = site.get("/territoires/dep:23/diagnostic.json").json()
    page = words(site, "/territoires/dep:23/")
    sections = {one.id for one in diagnosis_sheet(Diagnosis.model_validate(document)).sections}
    assert {anchor for anchor, _ in REPORT} <= sections | {"aides-structure"}
    for anchor in sections:
        assert f'id="{anchor}"' in page, anchor


def test_the_files_its_address_used_to_give_are_still_those_of_the_whole_report(site: Client) -> None:
    answer = site.get("/territoires/23077/?format=csv&le=2021-03-31")
    assert answer.headers["Location"] == "/territoires/23077/diagnostic.csv?le=2021-03-31"


def test_a_badge_of_a_contract_leads_to_it_and_the_communes_are_links(site: Client) -> None:
    page = words(site, "/territoires/200044014/")
    assert re.search(r'class="badge b-oui" href="/territoires/crte-75-23-8/">', page)
    assert 'href="/territoires/23077/">Faux-la-Montagne</a>' in page
    zonings = words(site, "/territoires/200044014/zonages/")
    assert 'href="/territoires/23008/">Aubusson</a>' in zonings
    assert 'href="/territoires/crte-75-23-8/"' in zonings


def test_the_law_and_the_source_of_a_zoning_stand_behind_one_why_a_row(site: Client) -> None:
    page = words(site, "/territoires/23077/zonages/")
    rows = page.count('<p class="tete">')
    assert rows > 10
    assert page.count('<details class="pourquoi">') == rows


def test_what_is_not_known_of_the_ess_is_one_line_with_what_would_bring_it(site: Client) -> None:
    page = words(site, "/territoires/87085/")
    assert "Pas encore su : Structures de l’ESS, Emplois salariés, Part des employeurs" in page
    assert page.count("le registre de cette édition ne couvre pas") <= 2
    assert "Viendrait de : " in page


def test_an_authority_reads_its_own_aids_and_a_quarter_those_of_who_settles_there(site: Client) -> None:
    assert "Ce que la commune peut demander elle-même" in words(site, "/territoires/23077/aides/")
    assert "Ce qu’une structure installée ici peut demander" in words(site, f"/territoires/{OF_2024}/aides/")


def test_no_figure_of_a_departement_of_years_ago_stands_on_the_page_of_a_commune(site: Client) -> None:
    for page in ("", "evolution/", "sources/"):
        assert "Chiffres publiés, à côté" not in words(site, f"/territoires/23077/{page}")


def test_where_no_tool_stands_out_the_screen_says_so_and_leads_to_all_of_them(site: Client) -> None:
    told = words(site, "/territoires/74010/?le=2026-11-23")
    assert "Rien de ce qui est su ici ne met un outil avant les autres" in told
    assert 'href="/territoires/74010/leviers/?le=2026-11-23"' in told
    assert 'href="/espace/ateliers/ouvrir/?territoire=74010"' in told


def test_two_territories_of_one_name_are_told_apart(site: Client) -> None:
    told = words(site, "/territoires/97311/?le=2026-11-23")
    assert "Guyane (département)" in told
    assert "Guyane (région)" in told


def test_a_programme_of_which_only_a_number_is_known_is_not_named_by_it(site: Client) -> None:
    told = words(site, "/territoires/97311/zonages/?le=2026-11-23")
    assert "Cités éducatives" in told
    assert "cite-116" not in told


def test_the_communes_of_a_contract_follow_the_alphabet(site: Client) -> None:
    told = words(site, "/territoires/crte-03-973-02/contrat/?le=2026-11-23")
    names = ["Apatou", "Awala-Yalimapo", "Grand-Santi", "Mana", "Maripasoula", "Papaichton", "Saül"]
    places = [told.index(f">{name}</a>") for name in names]
    assert places == sorted(places)

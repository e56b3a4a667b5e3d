"""What a visitor takes away of a territory, and who can help there."""

import html
import re

from django.test import Client, override_settings

from ancrage.web.papers.files import PAPERS

PDF, PPTX = "application/pdf", "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def links(page: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'href="([^"]+)"', page)]


def test_every_paper_of_a_territory_is_one_click_from_its_first_screen(site: Client) -> None:
    found = [one for one in links(site.get("/territoires/23077/").content.decode()) if "format=" in one]
    assert len(
        [one for one in found if any(f"/{kind}/" in one for kind in ("attestation", "synthese", "note"))]
    ) == (len(PAPERS))
    attestation = site.get(next(one for one in found if "attestation" in one))
    assert attestation["Content-Type"] == PDF
    assert 'filename="attestation-faux-la-montagne-23077.pdf"' in attestation["Content-Disposition"]


def test_a_paper_leads_back_to_the_address_the_publisher_says_and_to_none_that_a_visitor_says(
    site: Client,
) -> None:
    named = site.get(
        "/territoires/23077/attestation/?format=pdf&le=2026-01-01", headers={"host": "localhost"}
    )
    assert b"/territoires/23077/zonages/" not in named.content
    with override_settings(SITE_ORIGIN="https://ancrage.example.org"):
        told = site.get("/territoires/23077/attestation/?format=pdf&le=2026-01-02")
    assert b"https://ancrage.example.org/territoires/23077/zonages/?le=2026-01-02" in told.content


def test_who_can_help_is_a_page_of_the_territory_whose_telephones_dial(site: Client) -> None:
    page = site.get("/territoires/23008/accompagnement/?besoin=projet").content.decode()
    assert 'href="tel:' in page
    assert "Préfecture de la Creuse" in page
    assert 'aria-current="page"' in page
    assert "/territoires/23008/couverture/" in page


def test_a_territory_named_in_words_leads_to_its_own_page_of_help(site: Client) -> None:
    asked = site.get("/aide-pres-de-chez-vous/", {"t": "Guéret"}, follow=True)
    assert asked.redirect_chain[-1][0] == "/territoires/23096/accompagnement/"


def test_an_address_that_asked_for_the_coverage_still_answers_it(site: Client) -> None:
    page = site.get("/territoires/dep:23/accompagnement/?seuil_km=20").content.decode()
    assert "Un lieu couvre jusqu’à" in page

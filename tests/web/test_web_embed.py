"""What other sites may show in a frame: under one prefix, with nothing kept of who sees it."""

import html

import pytest
from django.test import Client

FRAMES = (
    "/integrer/recherche/",
    "/integrer/territoires/23077/",
    "/integrer/territoires/23077/carte/",
    pytest.param("/integrer/territoires/23077/ess/", marks=pytest.mark.django_db),
)


@pytest.mark.parametrize("where", FRAMES)
def test_any_site_may_show_these_pages_and_no_cookie_comes_with_them(site: Client, where: str) -> None:
    for _ in ("made", "kept"):
        answer = site.get(where)
        assert answer.status_code == 200
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer.headers
        assert not answer.cookies
        assert '<base target="_top">' in answer.content.decode()


@pytest.mark.parametrize(
    "where", ["/", "/territoires/23077/", "/territoires/23077/accompagnement/", "/recherche/"]
)
def test_no_other_page_may_be_shown_in_a_frame(site: Client, where: str) -> None:
    headers = site.get(where).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_the_badges_of_a_frame_lead_to_the_site(site: Client) -> None:
    page = site.get("/integrer/territoires/23077/").content.decode()
    assert "Faux-la-Montagne" in page
    assert "FRR" in page
    assert 'href="/territoires/23077/zonages/' in page


def test_the_first_screen_gives_the_frame_to_copy(site: Client) -> None:
    page = html.unescape(site.get("/territoires/23077/").content.decode())
    assert '<iframe src="/integrer/territoires/23077/"' in page


def test_a_short_address_leads_to_the_territory_and_keeps_its_day(site: Client) -> None:
    assert site.get("/t/23077")["Location"] == "/territoires/23077/"
    assert site.get("/t/23077?le=2025-01-01")["Location"] == "/territoires/23077/?le=2025-01-01"

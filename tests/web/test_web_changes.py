"""Nothing changes on the site unless a view says who may change it."""

import pytest
from django.test import Client
from web_addresses import addresses

from ancrage.desk.origins import MAY_CHANGE


def closed() -> list[str]:
    return [
        one.plain
        for one in addresses()
        if not hasattr(one.view, MAY_CHANGE) and not one.pattern.startswith("/api/")
    ]


def test_most_views_change_nothing(site: Client) -> None:
    assert len(closed()) > 20


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_view_that_says_nothing_is_closed_to_every_change(site: Client, method: str) -> None:
    for where in closed():
        answer = getattr(site, method)(where)
        assert answer.status_code == 405, where
        assert answer["Allow"] == "GET, HEAD"


def test_a_form_of_another_site_is_refused_where_change_is_open(site: Client) -> None:
    answer = site.post("/travaux/", {"sorte": "diagnostic"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_reading_a_page_from_another_site_is_allowed(site: Client) -> None:
    assert site.get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 200

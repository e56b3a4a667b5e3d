"""Nothing changes on the site unless a view says who may change it."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from ancrage.desk.origins import MAY_CHANGE

VALUES = {
    "code": "23077",
    "identifier": "ambiance_bois",
    "siret": "99900014400017",
    "shape": "json",
    "page": "glossaire",
    "number": "4",
    "uuid": "00000000-0000-0000-0000-000000000000",
}


def views(resolver: URLResolver, before: str = ""):
    """Every view of the site, with an address that leads to it."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from views(one, before + str(one.pattern))
        else:
            yield one, "/" + before + address(one)


def address(one: URLPattern) -> str:
    told = str(one.pattern)
    for name, kind in one.pattern.converters.items():
        value = VALUES["uuid"] if type(kind).__name__ == "UUIDConverter" else VALUES.get(name, "x")
        told = told.replace(f"<{type(kind).__name__.removesuffix('Converter').lower()}:{name}>", value)
    return told


def closed() -> list[str]:
    return [
        where
        for one, where in views(get_resolver())
        if not hasattr(one.callback, MAY_CHANGE)
        and not where.startswith(("/api/", "/^"))
        and "<" not in where
    ]


def test_most_views_change_nothing(site: Client) -> None:
    assert len(closed()) > 20


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_view_that_says_nothing_is_closed_to_every_change(site: Client, method: str) -> None:
    for where in closed():
        answer = getattr(site, method)(where)
        assert answer.status_code == 405, where
        assert "GET" in answer["Allow"]


def test_a_form_of_another_site_is_refused_where_change_is_open(site: Client) -> None:
    answer = site.post("/travaux/", {"sorte": "diagnostic"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_reading_a_page_from_another_site_is_allowed(site: Client) -> None:
    assert site.get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 200

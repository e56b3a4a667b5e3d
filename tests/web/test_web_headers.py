"""What every answer tells a browser, the files of the site included."""

import gzip
from collections.abc import Mapping

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from ancrage.desk.headers import UNUSED

FILE = next(iter(sorted(settings.STATIC_ROOT.rglob("*.css")))).relative_to(settings.STATIC_ROOT)
PAGES = ("/", "/sante", "/territoires/inconnu/", "/structures/export.csv", "/api/", f"/statique/{FILE}")


def headers_of(site: Client, where: str) -> Mapping[str, str]:
    answer = site.get(where)
    answer.close()
    return answer.headers


@pytest.mark.django_db
@pytest.mark.parametrize("where", PAGES)
def test_every_answer_says_what_a_page_may_do_and_load(site: Client, where: str) -> None:
    headers = headers_of(site, where)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert {f"{name}=()" for name in UNUSED} == {*headers["Permissions-Policy"].split(", ")}


@pytest.mark.django_db
@pytest.mark.parametrize("where", [one for one in PAGES if one != "/api/"])
def test_other_sites_do_not_load_what_is_of_this_one(site: Client, where: str) -> None:
    assert headers_of(site, where)["Cross-Origin-Resource-Policy"] == "same-origin"


def test_other_sites_load_the_answers_of_the_api(site: Client) -> None:
    answer = site.get("/api/v1/leviers")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.django_db
def test_a_page_is_kept_compressed_and_given_to_whoever_asks(site: Client) -> None:
    cache.clear()
    plain = site.get("/leviers/")
    assert 0 < cache.weight < len(plain.content) / 2  # type: ignore[attr-defined]  # of our own memory
    again, packed = site.get("/leviers/"), site.get("/leviers/", headers={"accept-encoding": "gzip"})
    assert again.content == gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in again.headers
    assert {one.headers["Vary"] for one in (plain, again, packed)} == {"Accept-Encoding"}
    assert plain.headers["ETag"] == again.headers["ETag"] == packed.headers["ETag"]

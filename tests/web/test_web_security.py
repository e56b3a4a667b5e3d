"""What protects a browser is on every answer."""

import pytest
from django.test import Client

ANSWERS = (
    ("/", "text/html; charset=utf-8"),
    ("/territoires/23077/", "text/html; charset=utf-8"),
    ("/inexistante/", "text/html; charset=utf-8"),
    ("/territoires/23077/diagnostic.json", "application/json"),
    ("/api/v1/territoires/23077", "application/json"),
    ("/api/v1/inexistant", "application/problem+json"),
)


@pytest.mark.parametrize(("address", "kind"), ANSWERS)
def test_every_answer_carries_the_headers_that_protect_a_browser(
    site: Client, address: str, kind: str
) -> None:
    headers = site.get(address).headers
    policy = headers["Content-Security-Policy"]
    for directive in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        assert f"{directive} 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Content-Type"] == kind


@pytest.mark.parametrize("address", ["/", "/api/v1/territoires/23077", "/sante"])
def test_trace_is_refused(site: Client, address: str) -> None:
    assert site.generic("TRACE", address).status_code == 405

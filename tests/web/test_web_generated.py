"""Whatever is written in an address, the answer is one that was meant: never a fault of the site."""

import os
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client, override_settings
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from web_addresses import Address, addresses

EXAMPLES = int(os.environ.get("ANCRAGE_EXAMPLES", "4"))
"""Requests drawn for each address; more when asked by the environment."""
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
MOSTLY_READING = ("GET", "GET", "GET", "HEAD", "POST")
PAGES = addresses()
IN_THE_BASE = ("/cas", "/besoins", "/ess/", "/portrait", "agenda-ess", "/travaux", "/connexion", "/identite")
"""Of the pages anybody may ask, those that look in the database: they are tried on both engines."""


def case(page: Address) -> Any:
    """A page to try, marked when it looks in the database."""
    inside = page.pattern.startswith("/espace/ateliers/")
    looks = not inside and any(word in page.pattern for word in IN_THE_BASE)
    return pytest.param(page, id=page.pattern, marks=pytest.mark.both_engines if looks else ())


EACH = [case(page) for page in PAGES]
ODD = (
    "", " ", "\n", "\r\n", "\0", "/", "//", "a/b", "/a", ".", "..", "../..", "@x", "\\", "%", "%2F", "#",
    "?", "&", "=", "a=b", "effectif=", "effectif=NaN", "effectif=" + "9" * 400, "\ud800", "\udfffx", "é",
    "e\u0301" * 200, "\u202e", "\ufeff", "🎉" * 100, "x" * 3000, "9" * 5000, "-1", "-0", "1e999", "NaN",
    "inf", "²", "٣", "0x10", "1,5", "1_0", "2026-02-30", "0001-01-01", "9999-12-31", "10000-01-01",
    "2026-11-23T00:00", "dep:", "qpv:", "reg:99", ":", "23077+", "+", "23077+23096", "fr", "FR", "'", '"',
    "<b>", "{{ 7 }}", "${x}", "AND", "(", "[", "*", "~", "null",
)  # fmt: skip
KNOWN = (
    "23077", "dep:23", "2026-01-01", "association", "oui", "non", "1", "4", "json", "csv", "geojson",
    "xlsx", "ics", "html", "gueret", "99900014400017", "ambiance_bois", "effectif=4", "tresorerie=3",
    "commune", "dla",
)  # fmt: skip
OUT_OF_REACH = ("/sante", "/territoires/adresse/", "/api/v1/adresses", "/api/v1/points")
"""What these tests have not: a process for tasks, the national service of addresses, the grid of INSEE."""
VALUES = st.one_of(
    st.sampled_from(KNOWN),
    st.sampled_from(ODD),
    st.text(max_size=40),
    st.integers().map(str),
    st.floats().map(str),
)


def written(value: str) -> str:
    """A value as an address carries it; half a character by its bytes."""
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


@st.composite
def queries(draw: st.DrawFn, page: Address) -> str:
    """Names that the page reads, some of them twice or twenty times, rarely another one."""
    names = st.one_of(st.sampled_from(page.names), st.sampled_from(page.names), VALUES)
    pairs = draw(st.lists(st.tuples(names, VALUES, st.sampled_from((1, 1, 1, 2, 20))), max_size=5))
    return "&".join(f"{written(name)}={written(value)}" for name, value, times in pairs for _ in range(times))


@st.composite
def paths(draw: st.DrawFn, page: Address) -> str:
    """The address of the page, its parts what exists or anything."""
    if draw(st.booleans()):
        return page.plain
    return page.filled(
        lambda kind, _name: draw(st.uuids().map(str)) if kind == "uuid" else written(draw(VALUES))
    )


@pytest.fixture(autouse=True)
def as_often_as_one_likes() -> object:
    # Without an address of its own, a site offers none of what is answered by e-mail.
    with override_settings(API_RATE="1000000/min", SITE_ORIGIN="https://ancrage.example.org"):
        yield


def status(site: Client, method: str, where: str) -> int:
    """The status of an answer read to its end; a fault of the site raises here."""
    answer = site.generic(method, where)
    body = b"".join(answer) if answer.streaming else answer.content
    if answer.status_code >= 500:
        assert answer.status_code == 503, where
        assert where.startswith(OUT_OF_REACH), f"{where} : {body[:200]!r}"
        assert b"Erreur d" not in body, where
    led = answer.headers.get("Location", "")
    assert led[:2] not in ("//", "/\\"), f"{where} leads to {led}"
    assert not led or led.startswith(("/", "?")), f"{where} leads to {led}"
    return int(answer.status_code)


@pytest.mark.django_db
@pytest.mark.parametrize("page", EACH)
def test_nothing_written_in_an_address_makes_it_fail(site: Client, page: Address) -> None:
    @seed(20261129)
    @settings(max_examples=EXAMPLES, database=None, suppress_health_check=list(HealthCheck))
    @given(
        where=paths(page), query=queries(page), method=st.sampled_from(("GET", "GET", "GET", "HEAD", "POST"))
    )
    def ask(where: str, query: str, method: str) -> None:
        status(site, method, f"{where}?{query}")

    ask()


@pytest.mark.django_db
@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_nothing_written_in_the_place_of_a_territory_or_of_a_number_makes_a_page_fail(
    site: Client, value: str
) -> None:
    told = written(value)
    for where in (
        f"/leviers/?t={told}",
        f"/accompagnement/?t={told}",
        f"/structures/{told}/",
        f"/territoires/{told}/",
        f"/aides/?page={told}",
        f"/travaux/?question={told}",
        f"/api/v1/territoires/{told}",
    ):
        assert status(site, "GET", where) < 500


@pytest.mark.django_db
@pytest.mark.parametrize("page", EACH)
def test_an_address_refuses_the_methods_it_has_not_and_names_its_own(site: Client, page: Address) -> None:
    answers = {method: site.generic(method, page.plain) for method in METHODS}
    refused = {method for method, answer in answers.items() if answer.status_code == 405}
    assert {"PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"} <= refused
    assert {answers[method].headers["Allow"] for method in refused} == {
        ", ".join(sorted({*METHODS} - refused))
    }


@pytest.mark.parametrize(
    "body",
    [
        r'{"facts": {"\ud800": 1}}',
        r'{"facts": {"forme": "\udfff"}}',
        r'{"territory": "\ud83d"}',
        r'{"aids": ["\ud800"]}',
        '{"facts": {"effectif": ' + "9" * 5000 + "}}",
        '{"facts": ' + "[" * 50_000 + "]" * 50_000 + "}",
        b"\xff\xfe".decode("latin-1"),
    ],
    ids=[
        "half a name",
        "half a value",
        "half a place",
        "half an aid",
        "a huge number",
        "no bottom",
        "no JSON",
    ],
)
def test_a_body_that_no_answer_could_write_back_is_refused(site: Client, body: str) -> None:
    answer = site.post("/api/v1/eligibilite", body.encode("latin-1"), content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["title"] == "Demande illisible"


@pytest.mark.parametrize("text", [r'{"structure": "\ud800"}', r'structure: "\ud800"'])
def test_half_a_character_in_a_file_given_is_refused_with_words(site: Client, text: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    given = SimpleUploadedFile("grille.yaml", text.encode())
    answer = site.post("/grille/fichier/", {"fichier": given})
    assert answer.status_code == 400
    assert "<h1>" in answer.content.decode()


def test_what_an_address_says_is_decoded_once(site: Client) -> None:
    page = site.get("/structures/?q=%2541%253Cb%253E").content.decode()
    assert 'value="%41%3Cb%3E"' in page
    assert "A<b>" not in page
    assert "A&lt;b&gt;" not in page

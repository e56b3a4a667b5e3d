"""The zonings at an address, the national service played on this machine with its recorded answer."""

import html
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, unquote_plus

import pytest

from address_service import recorded, saying, with_places
from ancrage.errors import SourceUnavailableError
from ancrage.language.typography import curled
from ancrage.sources.api_adresses import locate
from local_producer import Answer, Producer, running_producer, say, stall

TYPED = "rue Jules Ferry 64110 Mazères-Lezons"
PAGE, API = "/territoires/adresse/", "/api/v1/adresses"
DOWN = "Le service national d'adresses ne répond pas."
Serve = Callable[[Answer], Producer]


@pytest.fixture
def service(mirror: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Play the service: the next answers are the one given."""
    with running_producer() as producer:

        def serve(answer: Answer) -> Producer:
            monkeypatch.setenv("ANCRAGE_ADRESSES", producer.serve("/search", answer))
            return producer

        yield serve


def asked(faces: Any, path: str, typed: str = TYPED, **more: str) -> Any:
    words = "".join(f"&{name}={value}" for name, value in more.items())
    return faces.client.get(f"{path}?adresse={quote(typed)}{words}")


def said(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_every_face_gives_the_zonings_at_the_address_the_service_is_sure_of(faces, service):
    producer = service(saying(recorded()))
    words = {"adresse": [TYPED], "le": ["2026-11-23"]}
    expected = faces.library("zonages_adresse", words)
    assert expected["communes"][0]["code"] == "64373"
    assert expected["point"] == {"longitude": -0.356241, "latitude": 43.277531}
    assert expected["address"]["label"] == TYPED
    assert expected["zonings"]
    assert faces.command(("zonage",), "zonages_adresse", words) == expected
    assert faces.page(PAGE, words) == expected
    assert faces.api("adresses", words) == expected
    assert {one.query["q"] for one in producer.requests} == {TYPED}


@pytest.mark.parametrize("path", [PAGE, API])
def test_several_places_as_likely_are_asked_about(faces, service, path):
    service(saying(with_places({"score": 0.9, "label": "1 rue A"}, {"score": 0.89, "label": "2 rue B"})))
    answer = asked(faces, path, "rue quelconque")
    assert answer.status_code == 300
    assert "1 rue A" in said(answer)
    assert "2 rue B" in said(answer)


@pytest.mark.parametrize("path", [PAGE, API])
def test_a_place_little_like_what_was_typed_is_asked_about_rather_than_taken(faces, service, path):
    service(saying(with_places({"score": 0.41})))
    answer = asked(faces, path, "rue quelconque")
    assert answer.status_code == 300
    assert TYPED in said(answer)


def test_nothing_found_and_a_commune_alone_are_no_address(faces, service):
    service(saying(with_places()))
    assert asked(faces, API).status_code == 404
    service(saying(with_places({"type": "municipality"})))
    answer = asked(faces, API)
    assert answer.status_code == 404
    assert "que la commune Mazères-Lezons" in said(answer)


@pytest.mark.parametrize("broken", [say(500), say(429), say(200, b"<html>"), say(200, b'{"features": 3}')])
@pytest.mark.parametrize("path", [PAGE, API])
def test_a_service_that_is_down_is_told_in_a_clear_sentence(faces, service, path, broken):
    service(broken)
    answer = asked(faces, path)
    assert answer.status_code == 503
    assert curled(DOWN) in curled(said(answer))


def test_services_that_stall_are_given_up_together(mirror):
    with running_producer() as producer:
        urls = [producer.serve(path, stall(producer, b"{" * 100, 10)) for path in ("/first", "/second")]
        with pytest.raises(SourceUnavailableError, match="ne répond pas"):
            locate(TYPED, urls, whole_seconds=3)
        assert [one.path for one in producer.requests] == ["/first", "/second"]


def test_a_service_that_drips_its_answer_is_given_up(mirror):
    def drip(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.01)

    with running_producer() as producer, pytest.raises(SourceUnavailableError):
        locate(TYPED, (producer.serve("/search", drip),), whole_seconds=0.2)


def test_the_second_service_is_asked_when_the_first_does_not_answer(mirror):
    with running_producer() as producer:
        good = producer.serve("/good", saying(recorded()))
        for bad in (say(500), say(200, b"<html>"), stall(producer, b"{" * 100, 10)):
            (place,) = locate(TYPED, (producer.serve("/bad", bad), good), whole_seconds=4)
            assert place.label == TYPED


def test_the_first_service_that_answers_is_believed_even_that_it_knows_nothing(mirror):
    with running_producer() as producer:
        nothing = producer.serve("/nothing", saying(with_places()))
        assert locate(TYPED, (nothing, producer.serve("/other", saying(recorded())))) == ()
        assert [one.path for one in producer.requests] == ["/nothing"]


def test_what_is_asked_of_a_service_is_only_the_address(mirror):
    with running_producer() as producer:
        locate(TYPED, (producer.serve("/search", saying(recorded())),))
        (asked_for,) = producer.requests
        assert asked_for.query == {"q": TYPED, "limit": "8", "autocomplete": "0"}
        assert "Referer" not in asked_for.headers
        assert "Cookie" not in asked_for.headers


def test_a_choice_among_several_leads_to_its_own_place(faces, service):
    """The label chosen is asked again; the service then gives both, the one it names first."""
    both = ({"score": 0.9, "label": "1 rue A 64110 B"}, {"score": 0.89, "label": "2 rue A 64110 B"})
    service(saying(with_places(*both)))
    assert asked(faces, API, "rue A").status_code == 300
    chosen = asked(faces, API, "1 Rue A, 64110 B")
    assert chosen.status_code == 200
    assert chosen.json()["address"]["label"] == "1 rue A 64110 B"


def test_a_house_is_a_point_and_a_street_only_its_middle(faces, service):
    service(saying(with_places({"type": "housenumber"})))
    house = asked(faces, API, le="2026-11-23").json()
    assert house["address"]["kind"] == "housenumber"
    assert "le point en est le milieu" not in said(asked(faces, PAGE, le="2026-11-23"))
    service(saying(with_places({"type": "street"})))
    assert "a reconnu une rue, sans numéro : le point en est le milieu" in said(
        asked(faces, PAGE, le="2026-11-23")
    )


@pytest.mark.parametrize("typed", [TYPED, "12 bis av. de la Gare, 23000 Guéret"])
def test_an_address_typed_in_the_search_box_leads_to_its_zonings(faces, typed):
    answer = faces.client.get(f"/recherche/?q={quote(typed)}")
    assert answer.status_code == 302
    assert unquote_plus(answer.headers["Location"]) == f"{PAGE}?adresse={typed}"


@pytest.mark.parametrize("typed", ["rue Jules Ferry", "23400", "Saint-Denis (93)", "12 structures"])
def test_what_may_be_a_name_is_searched(faces, typed):
    assert faces.client.get(f"/recherche/?q={quote(typed)}").status_code == 200


def test_a_point_typed_as_an_address_is_asked_as_a_point(faces):
    answer = faces.client.get(f"{PAGE}?adresse={quote('1.8713,46.1707')}")
    assert answer.status_code == 302
    assert unquote_plus(answer.headers["Location"]) == "/territoires/point/?point=1.8713,46.1707"


def test_an_address_is_proposed_among_the_suggestions(faces):
    told = said(faces.client.get(f"/recherche/suggestions/?q={quote(TYPED)}"))
    assert "les zonages à cette adresse" in told
    assert "Rien ne répond" not in told
    assert "les zonages à cette adresse" not in said(faces.client.get("/recherche/suggestions/?q=mazeres"))


@pytest.mark.parametrize("path", [PAGE, API])
def test_neither_the_address_nor_its_answer_is_kept(faces, service, path):
    producer = service(saying(recorded()))
    answers = [asked(faces, path) for _ in range(2)]
    assert len(producer.requests) == 2
    for answer in answers:
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
        assert "ETag" not in answer.headers


@pytest.mark.parametrize("path", [PAGE, API])
def test_a_refusal_is_not_kept_either(faces, service, path):
    service(say(500))
    assert "no-store" in asked(faces, path).headers.get("Cache-Control", "")

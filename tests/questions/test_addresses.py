"""The zonings at an address, the national service played on this machine with its recorded answer."""

import html
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest

from address_service import recorded, saying, with_places
from ancrage.errors import SourceUnavailableError
from ancrage.sources.api_adresses import locate
from ancrage.sources.transport import Timing
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
    assert DOWN in said(answer)


def test_a_service_that_stalls_is_given_up(mirror):
    with running_producer() as producer:
        url = producer.serve("/search", stall(producer, b"{" * 100, 10))
        with pytest.raises(SourceUnavailableError, match="ne répond pas"):
            locate(TYPED, (url,), Timing(connect=1, read=0.05, attempts=1))


def test_a_service_that_drips_its_answer_is_given_up(mirror, monkeypatch):
    monkeypatch.setattr("ancrage.sources.api_adresses.WHOLE_SECONDS", 0.05)

    def drip(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.01)

    with running_producer() as producer, pytest.raises(SourceUnavailableError):
        locate(TYPED, (producer.serve("/search", drip),))


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

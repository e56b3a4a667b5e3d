"""Every failure is a problem document in French, whatever refused the request."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, override_settings

import ancrage.territories.zonings.declaration
from ancrage.api.throttling import AddressThrottle

V1 = "/api/v1"
JSON = "application/json"


def told(answer: HttpResponse) -> dict[str, Any]:
    """The problem, after what every one must hold."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    document: dict[str, Any] = json.loads(answer.content)
    assert set(document) == {"type", "title", "status", "detail", "hint", "errors", "choices", "repairs"}
    assert document["status"] == answer.status_code
    assert document["type"].startswith("urn:ancrage:probleme:")
    assert document["title"]
    assert document["detail"].endswith(".")
    for word in ("ancrage ", "--", "Traceback"):
        assert word not in document["hint"]
    return document


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/territoires/99999", 404, "Territoire inconnu"),
        ("/territoires/Saint-Denis", 300, "Territoire ambigu"),
        ("/territoires/74093", 410, "Territoire disparu"),
        ("/territoires/@/etc/passwd", 404, "Adresse inconnue"),
        ("/territoires/@fichier", 404, "Territoire inconnu"),
        ("/territoires/23077?le=2021-02-30", 400, "Date invalide"),
        ("/territoires/23077?le=1900-01-01", 400, "Date hors des données connues"),
        ("/zonages/zzz", 404, "Zonage inconnu"),
        ("/aides/zzz", 404, "Aide inconnue"),
        ("/leviers/outils/20", 404, "Levier inconnu"),
        ("/sources/zzz", 404, "Source inconnue"),
        ("/territoires/23077/leviers?fait=zzz=1", 400, "Fait invalide"),
        ("/territoires/23077/survie?depuis=2030-01-01", 400, "Survie incalculable"),
        ("/nulle-part", 404, "Adresse inconnue"),
        ("", 404, "Adresse inconnue"),
        ("/territoires?limite=1001", 422, "Paramètres invalides"),
        ("/territoires?nature=planete", 422, "Paramètres invalides"),
    ],
)
def test_a_mistake_is_told_with_its_own_title(api: Client, path: str, status: int, title: str) -> None:
    document = told(api.get(V1 + path))
    assert (document["status"], document["title"]) == (status, title)


def test_each_invalid_parameter_is_named_in_french(api: Client) -> None:
    document = told(api.get(f"{V1}/zonages/frr/communes?limite=0&verdict=peut-etre"))
    faults = {fault["where"]: fault["message"] for fault in document["errors"]}
    assert faults["query.limite"].endswith("il doit être au moins 1")
    assert "valeurs possibles : 'oui'" in faults["query.verdict"]


def test_every_fact_that_does_not_suit_is_told_at_once(api: Client) -> None:
    body = {"facts": {"effectif": "beaucoup", "inexistant": 1}}
    document = told(api.post(f"{V1}/eligibilite", data=json.dumps(body), content_type=JSON))
    assert "beaucoup" in document["detail"]
    assert "inexistant" in document["detail"]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("{", JSON, 400),
        ("[]", JSON, 422),
        ('{"inconnu": 1}', JSON, 422),
        ("effectif=4", "application/x-www-form-urlencoded", 415),
        ("{}", "text/plain", 415),
        ("{}", "", 415),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(
    api: Client, body: str, content_type: str, status: int
) -> None:
    assert told(api.post(f"{V1}/eligibilite", data=body, content_type=content_type))["status"] == status


def test_ten_megabytes_are_refused_without_being_read(api: Client) -> None:
    body = b'{"facts": {"forme": "' + b"a" * 10_000_000 + b'"}}'
    assert told(api.post(f"{V1}/eligibilite", data=body, content_type=JSON))["status"] == 413


def test_the_largest_body_is_read_and_one_byte_more_is_not(api: Client) -> None:
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10):
        assert api.post(f"{V1}/eligibilite", data=b"{}" + b" " * 8, content_type=JSON).status_code == 200
        assert api.post(f"{V1}/eligibilite", data=b"{}" + b" " * 9, content_type=JSON).status_code == 413


def test_a_method_refused_names_those_allowed(api: Client) -> None:
    answer = api.delete(f"{V1}/aides")
    assert told(answer)["status"] == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("fault", "status", "title"),
    [(RuntimeError("secret"), 500, "Erreur d'Ancrage"), (OperationalError("x"), 503, "Service indisponible")],
)
def test_a_fault_of_ours_is_told_without_detail(
    api: Client, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int, title: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise fault

    monkeypatch.setattr(ancrage.territories.zonings.declaration, "get_zoning", fail)
    answer = api.get(f"{V1}/zonages/frr")
    assert (told(answer)["status"], told(answer)["title"]) == (status, title)
    assert b"secret" not in answer.content


def test_who_asks_too_often_is_told_when_to_come_back(embedded: object) -> None:
    cache.clear()
    visitor = Client(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.1")
    with override_settings(API_RATE="3/min"):
        answers = [visitor.get(f"{V1}/leviers") for _ in range(4)]
        other = Client(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.2").get(f"{V1}/leviers")
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 20
    assert told(answers[-1])["title"] == "Trop de demandes"
    assert other.status_code == 200


def test_a_visitor_cannot_pass_for_another_by_a_header(embedded: object) -> None:
    with override_settings(API_RATE="1/min"):
        statuses = [
            Client(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.9")
            .get(f"{V1}/leviers", headers={"x-forwarded-for": f"198.51.100.{rank}"})
            .status_code
            for rank in range(2)
        ]
    assert statuses == [200, 429]


def test_waiting_what_is_told_is_enough(rf: Any) -> None:
    moment = [0.0]
    throttle = AddressThrottle(clock=lambda: moment[0])
    request = rf.get("/", REMOTE_ADDR="192.0.2.3")
    with override_settings(API_RATE="60/min"):
        assert all(throttle.allow_request(request) for _ in range(60))
        assert not throttle.allow_request(request)
        moment[0] += throttle.wait() or 0
        assert throttle.allow_request(request)
        assert not throttle.allow_request(request)


def test_a_name_of_several_territories_gives_the_choice_to_a_program(api):
    document = api.get("/api/v1/territoires/Saint-Denis").json()
    assert {"93066", "97411"} <= {choice["code"] for choice in document["choices"]}
    assert all("commune, " in choice["label"] for choice in document["choices"])


def test_a_name_told_with_its_departement_answers(api):
    assert api.get("/api/v1/territoires/Saint-Denis (93)").json()["code"] == "93066"

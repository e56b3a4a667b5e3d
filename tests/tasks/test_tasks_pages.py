"""The pages of tasks, health and counts; they stay useful when the database does not answer."""

import json
import logging
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client

from ancrage.desk import health
from ancrage.tasks import recovering, running
from ancrage.tasks.models import Job
from ancrage.tasks.states import State

pytestmark = [pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]
ASKED = {"sorte": "rapport", "territoire": "23077", "forme": "json"}


@pytest.fixture
def site(embedded: object) -> Client:
    cache.clear()
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database that does not answer."""

    def fail(*_arguments: object, **_named: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", fail)
    yield
    monkeypatch.undo()


def asked(site: Client, **more: str) -> str:
    answer = site.post("/travaux/", ASKED | more)
    assert answer.status_code == 303, answer.content.decode()
    return str(answer.headers["Location"])


def test_a_form_leads_to_a_task_and_to_its_file(site: Client) -> None:
    address = asked(site)
    waiting = site.get(address).content.decode()
    assert "En attente" in waiting
    assert "<progress" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    running.run.call(str(Job.objects.get().id))
    done = site.get(address + "etat/").content.decode()
    assert "hx-trigger" not in done
    assert "Télécharger diagnostic-23077-" in done
    file = site.get(address + "resultat/")
    assert json.loads(file.content)["territory"]["code"] == "23077"
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_a_simulation_and_a_page_are_worked_out_too(site: Client) -> None:
    for more in ({"sorte": "simulation", "aides": "urgencess", "le": "2021-03-31"}, {"forme": "html"}):
        address = asked(site, **more)
        running.run.call(address.split("/")[2])
        assert site.get(address + "resultat/").status_code == 200, more


def test_the_same_form_sent_twice_leads_to_the_same_task(site: Client) -> None:
    assert asked(site) == asked(site, territoire=" Faux-la-Montagne ")


def test_a_mistake_in_the_form_is_told(site: Client) -> None:
    answer = site.post("/travaux/", ASKED | {"territoire": "99999"})
    assert (answer.status_code, Job.objects.count()) == (404, 0)
    assert site.post("/travaux/", ASKED | {"territoire": "@/etc/passwd"}).status_code == 404
    assert site.post("/travaux/", ASKED | {"sorte": "autre"}).status_code == 404


def test_a_task_is_given_up_from_its_page(site: Client) -> None:
    address = asked(site)
    assert site.get(address + "annuler/").status_code == 405
    assert site.post(address + "annuler/").status_code == 303
    assert "Annulé" in site.get(address).content.decode()
    assert site.get(address + "resultat/").status_code == 404


def test_a_task_unknown_or_forgotten_is_told(site: Client) -> None:
    assert site.get(f"/travaux/{uuid.uuid4()}/").status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "none"}, 303),
        ({"origin": "http://localhost"}, 303),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://localhost"}, 403),
        ({"origin": "https://ailleurs.example"}, 403),
        ({"origin": "http://localhost.ailleurs.example"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_another_site_cannot_ask_for_work_nor_give_it_up(
    site: Client, headers: dict[str, str], status: int
) -> None:
    assert site.post("/travaux/", ASKED, headers=headers).status_code == status
    assert Job.objects.count() == (status == 303)
    if status == 303:
        job = Job.objects.get()
        site.post(f"/travaux/{job.id}/annuler/", headers={"sec-fetch-site": "cross-site"})
        job.refresh_from_db()
        assert job.state == State.WAITING


@pytest.mark.usefixtures("broken")
def test_without_its_database_the_site_answers_and_says_what_is_missing(site: Client) -> None:
    assert site.get("/").status_code == 200
    assert site.get("/territoires/23077/").status_code == 200
    assert site.get("/api/v1/territoires/23077").status_code == 200
    assert site.get("/travaux/").status_code == 200
    for answer in (site.get(f"/travaux/{uuid.uuid4()}/"), site.post("/travaux/", ASKED)):
        assert answer.status_code == 503
        assert "restent consultables" in answer.content.decode()


def test_health_is_green_when_all_is_well(site: Client) -> None:
    recovering.beat("moi")
    answer = site.get("/sante")
    told = json.loads(answer.content)
    assert (answer.status_code, told["well"], set(told["checks"])) == (
        200,
        True,
        {"edition", "fichiers", "base", "travaux", "disque", "editeur", "alertes", "antivirus", "liaison"},
    )
    page = site.get("/sante", headers={"accept": "text/html,*/*;q=0.8"})
    assert "Tout va bien" in page.content.decode()


def test_health_is_red_without_a_worker(site: Client) -> None:
    answer = site.get("/sante")
    assert (answer.status_code, json.loads(answer.content)["checks"]["travaux"]["well"]) == (503, False)


def test_health_is_red_when_the_disk_is_full(site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    recovering.beat("moi")
    for free, status in ((health.FEWEST_FREE_BYTES, 200), (health.FEWEST_FREE_BYTES - 1, 503)):
        usage = type("Usage", (), {"free": free})
        monkeypatch.setattr("ancrage.desk.health.shutil.disk_usage", lambda _path, usage=usage: usage)
        assert site.get("/sante").status_code == status


@pytest.mark.usefixtures("broken")
def test_health_is_red_without_the_database_and_says_so(site: Client) -> None:
    answer = site.get("/sante", headers={"accept": "text/html"})
    assert answer.status_code == 503
    assert "Elle ne répond pas" in answer.content.decode()


def test_counts_are_by_name_of_address_and_name_nobody(site: Client) -> None:
    site.get("/territoires/23077/?q=secret")
    site.get("/territoires/23077/?q=secret")
    site.get("/api/v1/territoires/23077")
    told = site.get("/metriques").content.decode()
    assert 'ancrage_requests_total{method="GET",route="territory",status="200"}' in told
    assert 'route="api-v1:territory"' in told
    assert 'ancrage_request_seconds_bucket{le="0.1",route="territory"}' in told
    assert 'ancrage_pages_total{answer="gardee"}' in told
    # Figures aside: the moment of a count may hold any digits.
    names = [line.rsplit(" ", 1)[0] for line in told.splitlines() if not line.startswith("#")]
    assert not [name for name in names if "23077" in name or "secret" in name]


def test_a_request_is_one_line_that_holds_no_query(site: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "ancrage.acces"):
        answer = site.get("/recherche/?q=dupont", headers={"x-request-id": "abcd-1234"})
        other = site.get("/recherche/", headers={"x-request-id": "<script>"})
    first: Any = next(record for record in caplog.records if record.name == "ancrage.acces")
    assert (first.method, first.path, first.status, first.request_id) == (
        "GET",
        "/recherche/",
        200,
        "abcd-1234",
    )
    assert "dupont" not in str(first.__dict__)
    assert answer.headers["X-Request-ID"] == "abcd-1234"
    assert len(other.headers["X-Request-ID"]) == 32


def test_the_line_of_a_request_holds_no_link_that_acts(
    site: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "ancrage.acces"):
        site.get("/alertes/arret/eyJhIjoxfQ:abc:def/")
    told: Any = next(record for record in caplog.records if record.name == "ancrage.acces")
    assert told.path == "/alertes/arret/…/"

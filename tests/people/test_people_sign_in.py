"""Signing in by a code sent to an address: the same for everybody, a few tries, one use."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from ancrage.people.models import Person
from ancrage.people.persons import erase
from post_office import code_for, sent_to

pytestmark = [pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Client]
ANNE = "anne@mairie.fr"
IN, CODE = "/espace/connexion/", "/espace/connexion/code/"


@pytest.fixture
def browser(local_mail: Path) -> Client:
    return Client(SERVER_NAME="localhost")


def test_a_code_that_arrived_by_e_mail_opens_a_session(browser: Client, local_mail: Path) -> None:
    answer = browser.post(IN, {"courriel": " Anne@Mairie.fr "})
    assert (answer.status_code, answer["Location"]) == (302, CODE)
    assert ANNE in browser.get(CODE).content.decode()
    entered = browser.post(CODE, {"code": code_for(local_mail, ANNE).replace("-", "")})
    assert (entered.status_code, entered["Location"]) == (302, "/espace/")
    person = Person.objects.get()
    assert EmailAddress.objects.get().user == person
    assert browser.get("/espace/")["Location"] == "/espace/compte/nom/?next=%2Fespace%2F"
    assert browser.post("/espace/compte/nom/", {"nom": "Anne Martin"})["Location"] == "/espace/"
    assert "Bonjour Anne Martin" in browser.get("/espace/").content.decode()


def test_nothing_is_written_of_an_address_merely_typed(browser: Client, local_mail: Path) -> None:
    browser.post(IN, {"courriel": ANNE})
    assert not Person.objects.exists()
    assert not EmailAddress.objects.exists()
    assert len(sent_to(local_mail, ANNE)) == 1


def test_an_address_known_and_one_unknown_get_the_same_answer(enter: Enter, local_mail: Path) -> None:
    enter(ANNE)
    told = []
    for address in (ANNE, "nul@mairie.fr"):
        browser = Client(SERVER_NAME="localhost")
        answer = browser.post(IN, {"courriel": address})
        page = browser.get(CODE).content.decode().replace(address, "…")
        mail = sent_to(local_mail, address)[0]
        text = mail.text.replace(code_for(local_mail, address), "…")
        token = page.split('csrfmiddlewaretoken" value="')[1].split('"')[0]
        told.append((answer.status_code, answer["Location"], page.replace(token, ""), text))
    assert told[0] == told[1]


def test_a_person_comes_back_to_her_own_account(enter: Enter) -> None:
    enter(ANNE, name="Anne")
    assert "Bonjour Anne" in enter(ANNE).get("/espace/").content.decode()
    assert Person.objects.count() == 1


def test_a_code_opens_nothing_after_three_wrong_tries(browser: Client, local_mail: Path) -> None:
    browser.post(IN, {"courriel": ANNE})
    right = code_for(local_mail, ANNE)
    wrong = "0000-0000" if right != "0000-0000" else "1111-1111"
    first = browser.post(CODE, {"code": wrong})
    assert first.status_code == 422
    assert "pas le bon" in first.content.decode()
    browser.post(CODE, {"code": wrong})
    browser.post(CODE, {"code": wrong})
    assert browser.post(CODE, {"code": right})["Location"] == IN
    assert not Person.objects.exists()


def test_tries_sent_at_once_are_counted_together(browser: Client, local_mail: Path) -> None:
    """The session that counts them is read and written by each: the base alone counts all of them."""
    browser.post(IN, {"courriel": ANNE})
    copies = [Client(SERVER_NAME="localhost") for _ in range(5)]
    session = browser.cookies["ancrage-session"].value
    data = dict(browser.session.items())
    statuses = []
    for copy in copies:
        copy.cookies["ancrage-session"] = session
        fresh = browser.session
        fresh.update(data)
        fresh.save()
        statuses.append(copy.post(CODE, {"code": "0000-0001"}).status_code)
    assert statuses == [422, 422, 422, 429, 429]


def test_a_code_serves_once_and_in_the_browser_that_asked_for_it(browser: Client, local_mail: Path) -> None:
    browser.post(IN, {"courriel": ANNE})
    code = code_for(local_mail, ANNE)
    stranger = Client(SERVER_NAME="localhost")
    assert stranger.post(CODE, {"code": code})["Location"] == IN
    browser.post(CODE, {"code": code})
    browser.post("/espace/deconnexion/")
    assert browser.post(CODE, {"code": code})["Location"] == IN


def test_an_address_receives_five_codes_a_quarter_of_an_hour_whoever_asks(local_mail: Path) -> None:
    for turn in range(6):
        visitor = Client(SERVER_NAME="localhost", REMOTE_ADDR=f"192.0.2.{turn + 1}")
        answer = visitor.post(IN, {"courriel": ANNE})
        assert answer.status_code == (302 if turn < 5 else 429)
    assert "Réessayez dans" in answer.content.decode()
    assert len(sent_to(local_mail, ANNE)) == 5


def test_a_visitor_asks_for_twenty_codes_in_ten_minutes(local_mail: Path) -> None:
    visitor = Client(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.9")
    statuses = [visitor.post(IN, {"courriel": f"a{turn}@x.fr"}).status_code for turn in range(21)]
    assert statuses == [302] * 20 + [429]


@pytest.mark.parametrize("typed", ["", "anne", "anne@", "anne@mairie", "a b@c.fr", "x" * 250 + "@a.fr"])
def test_an_address_that_is_not_one_is_told_and_kept(browser: Client, typed: str) -> None:
    answer = browser.post(IN, {"courriel": typed})
    assert answer.status_code == 422
    assert "pas complète" in answer.content.decode()


def test_a_server_of_messages_that_is_down_is_told(browser: Client, settings: object) -> None:
    settings.EMAIL_PORT = 9  # type: ignore[attr-defined]  # where nobody listens
    answer = browser.post(IN, {"courriel": ANNE})
    assert answer.status_code == 503
    assert "pas pu partir" in answer.content.decode()


@pytest.mark.parametrize(
    "there",
    ["https://mal.example/", "//mal.example/", "/territoires/", "javascript:alert(1)", "/espace/..//x"],
)
def test_one_is_never_led_elsewhere_after_signing_in(browser: Client, local_mail: Path, there: str) -> None:
    browser.post(IN, {"courriel": ANNE, "next": there})
    entered = browser.post(f"{CODE}?next={there}", {"code": code_for(local_mail, ANNE), "next": there})
    assert entered["Location"].startswith("/espace/")
    assert "mal.example" not in entered["Location"]


def test_one_is_led_back_to_the_page_one_came_from(browser: Client, local_mail: Path) -> None:
    asked = browser.get("/espace/organisations/?q=faux")
    assert asked["Location"] == f"{IN}?next=%2Fespace%2Forganisations%2F%3Fq%3Dfaux"
    there = "/espace/organisations/?q=faux"
    sent = browser.post(IN, {"courriel": ANNE, "next": there})
    entered = browser.post(sent["Location"], {"code": code_for(local_mail, ANNE), "next": there})
    assert entered["Location"] == there


def test_signing_in_changes_the_identifier_of_the_session(browser: Client, local_mail: Path) -> None:
    browser.post(IN, {"courriel": ANNE})
    before = browser.cookies["ancrage-session"].value
    browser.post(CODE, {"code": code_for(local_mail, ANNE)})
    assert browser.cookies["ancrage-session"].value != before


def test_all_sessions_end_at_once(enter: Enter) -> None:
    here, there = enter(ANNE, name="Anne"), enter(ANNE)
    assert there.get("/espace/").status_code == 200
    here.post("/espace/compte/sessions/")
    assert [one.get("/espace/").status_code for one in (here, there)] == [302, 302]


def test_a_person_lists_her_sessions_and_closes_one_of_hers_alone(enter: Enter) -> None:
    here, there, other = enter(ANNE, name="Anne"), enter(ANNE), enter("autre@exemple.fr", name="Autre")
    for one in (here, there):
        one.get("/espace/", headers={"user-agent": "Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/140.0"})
    page = here.get("/espace/compte/").content.decode()
    assert (page.count("<li><div>Firefox, Linux"), page.count("celle-ci")) == (2, 1)
    mark = re.search(r'name="session" value="(\w+)"', page)
    assert mark is not None
    assert here.session.session_key not in page
    for stranger in (other, Client()):
        stranger.post("/espace/compte/sessions/fermer/", {"session": mark[1]})
    assert there.get("/espace/").status_code == 200
    here.post("/espace/compte/sessions/fermer/", {"session": mark[1]})
    assert [one.get("/espace/").status_code for one in (here, there, other)] == [200, 302, 200]


@pytest.mark.parametrize(("hours", "status"), [(12, 200), (13, 302)])
def test_a_session_nobody_used_for_half_a_day_is_over(enter: Enter, hours: int, status: int) -> None:
    client = enter(ANNE, name="Anne")
    session = client.session
    left = timezone.now() - timedelta(hours=hours) + timedelta(minutes=1)
    session["ancrage-vue"] = left.isoformat()
    session.save()
    assert client.get("/espace/").status_code == status


@pytest.mark.parametrize(("minutes", "status"), [(-1, 200), (1, 302)])
def test_a_session_used_every_day_is_over_after_a_week(enter: Enter, minutes: int, status: int) -> None:
    client = enter(ANNE, name="Anne")
    session = client.session
    opened = timezone.now() - timedelta(days=7, minutes=minutes)
    session["ancrage-ouverte"], session["ancrage-vue"] = opened.isoformat(), timezone.now().isoformat()
    session.save()
    assert client.get("/espace/").status_code == status


def test_who_is_erased_has_no_session_left(enter: Enter) -> None:
    here, there = enter(ANNE, name="Anne"), enter(ANNE)
    erase(Person.objects.get(), at=timezone.now())
    assert [one.get("/espace/").status_code for one in (here, there)] == [302, 302]

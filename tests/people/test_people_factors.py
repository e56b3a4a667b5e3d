"""An application of codes beside the code by e-mail: asked at each sign-in, its secret unreadable."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client

from post_office import code_for, sent_to

pytestmark = [pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Client]
ANNE = "anne@mairie.fr"
ADD, SECOND = "/espace/compte/application/", "/espace/connexion/second/"


def code_of(secret: str, steps: int = 0) -> str:
    """What an application shows, some periods of thirty seconds from now."""
    counter = int(time.time()) // 30 + steps
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def secret_on(browser: Client) -> str:
    page = browser.get(ADD).content.decode()
    return page.split("<code>")[1].split("</code>")[0]


@pytest.fixture
def protected(enter: Enter) -> tuple[Client, str]:
    """Somebody whose account an application protects, and its secret."""
    browser = enter(ANNE, name="Anne")
    secret = secret_on(browser)
    answer = browser.post(ADD, {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return browser, secret


def half_in(folder: Path) -> Client:
    """Somebody who gave the code that came by e-mail, and nothing more."""
    browser = Client(SERVER_NAME="localhost")
    browser.post("/espace/connexion/", {"courriel": ANNE})
    answer = browser.post("/espace/connexion/code/", {"code": code_for(folder, ANNE)})
    assert answer["Location"] == SECOND
    return browser


def test_an_application_is_asked_for_its_code_after_that_of_the_e_mail(
    protected: tuple[Client, str], local_mail: Path
) -> None:
    browser = half_in(local_mail)
    assert browser.get("/espace/").status_code == 302
    assert "second code" in browser.get(SECOND).content.decode()
    wrong = browser.post(SECOND, {"code": "000000"})
    assert "pas le bon" in wrong.content.decode()
    entered = browser.post(SECOND, {"code": code_of(protected[1], 1)})
    assert entered.status_code == 302, entered.content.decode()
    assert not [one for one in sent_to(local_mail, ANNE) if "n’est pas le bon" in one.text]
    assert "Bonjour Anne" in browser.get("/espace/").content.decode()


def test_the_second_code_is_tried_ten_times_in_ten_minutes_from_any_browser(
    protected: tuple[Client, str], local_mail: Path
) -> None:
    browser = half_in(local_mail)
    statuses = [browser.post(SECOND, {"code": f"00000{one}"}).status_code for one in range(10)]
    assert statuses == [200] * 9 + [429]  # adding the application was a try too
    told = [
        one
        for one in sent_to(local_mail, ANNE)
        if "second code qui n’est pas le bon" in one.text.replace("\n", " ")
    ]
    assert len(told) == 1, "she is told once that somebody reads her e-mail"
    assert "/espace/compte/" in told[0].text


def test_a_recovery_code_serves_once(protected: tuple[Client, str], local_mail: Path) -> None:
    page = protected[0].get("/espace/compte/secours/").content.decode()
    code = page.split("<code>")[1].split("</code>")[0]
    assert half_in(local_mail).post(SECOND, {"code": code}).status_code == 302
    again = half_in(local_mail).post(SECOND, {"code": code})
    assert again.status_code == 429


def test_a_code_of_the_application_seen_over_a_shoulder_serves_nobody(
    protected: tuple[Client, str], local_mail: Path
) -> None:
    code = code_of(protected[1], 1)
    assert half_in(local_mail).post(SECOND, {"code": code}).status_code == 302
    assert half_in(local_mail).post(SECOND, {"code": code}).status_code == 429


def test_neither_the_secret_nor_the_recovery_seed_is_readable_in_the_base(
    protected: tuple[Client, str],
) -> None:
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert protected[1] not in kept
    assert Authenticator.objects.count() == 2


def test_changing_how_one_signs_in_is_asked_again_of_who_signed_in_long_ago(
    enter: Enter, local_mail: Path
) -> None:
    browser = enter(ANNE, name="Anne")
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    asked = browser.get(ADD)
    assert asked["Location"].startswith("/espace/compte/preuve/?next=")
    sent = browser.post(asked["Location"], {"recipient": ANNE, "next": ADD})
    assert sent["Location"].startswith("/espace/compte/preuve/code/")
    back = browser.post(sent["Location"], {"code": code_for(local_mail, ANNE), "next": ADD})
    assert back["Location"] == ADD
    assert browser.get(ADD).status_code == 200


def test_an_application_is_taken_away(protected: tuple[Client, str], local_mail: Path) -> None:
    browser, _ = protected
    session = browser.session
    assert session["account_authentication_methods"]
    answer = browser.post("/espace/compte/application/retirer/")
    assert answer["Location"] == "/espace/compte/", answer
    assert not Authenticator.objects.filter(type="totp").exists()
    told = " ".join(one.text for one in sent_to(local_mail, ANNE))
    for change in ("application de codes a été ajoutée", "application de codes a été retirée"):
        assert change in told


def test_every_page_of_means_shows(protected: tuple[Client, str]) -> None:
    for where in ("", "cles/ajouter/", "secours/", "secours/refaire/", "application/retirer/", "preuve/"):
        assert protected[0].get(f"/espace/compte/{where}").status_code == 200, where

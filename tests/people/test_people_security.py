"""Signed-in pages: closed to who is not, kept by nobody, nothing of one person in the page of another."""

import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from ancrage.desk.origins import MAY_CHANGE
from ancrage.desk.private import KEPT_BY_NOBODY
from ancrage.journal.models import Line
from ancrage.people import habilitations
from ancrage.people.belonging import join
from ancrage.people.models import Organisation, Person
from ancrage.people.organisations import gather
from ancrage.people.roles import Role
from ancrage.web.space.doors import OPEN
from ancrage.web.space.rates import RATES
from post_office import sent_to

pytestmark = pytest.mark.django_db(transaction=True)
Enter = Callable[..., Client]
UNKNOWN = "00000000-0000-0000-0000-000000000000"
PUBLIC = ("/", "/territoires/23077/", "/structures/", "/aides/", "/api/v1/territoires/23077")
PART = re.compile(r"<(\w+):(\w+)>")
VALUES = {"kind": "ressource", "shape": "csv"}
ROLES = (Role.PORTEUR, Role.CONTRIBUTEUR, Role.PARTENAIRE, Role.FINANCEUR, Role.LECTEUR, Role.SUPPORT)


def private(resolver: URLResolver | None = None, before: str = "/") -> Iterator[tuple[str, object]]:
    """Every address of signed-in pages, with the view behind it."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from private(one, before + str(one.pattern))
        elif isinstance(one, URLPattern) and (before + str(one.pattern)).startswith("/espace/"):
            yield before + str(one.pattern), one.callback


def filled(pattern: str, atelier: object = UNKNOWN, other: object = UNKNOWN) -> str:
    where = pattern.replace("<uuid:atelier>", str(atelier))
    return PART.sub(lambda part: str(other) if part[1] == "uuid" else VALUES.get(part[2], "1"), where)


def closed() -> list[str]:
    return [filled(where) for where, view in private() if not hasattr(view, OPEN)]


def test_there_are_signed_in_pages_to_look_at() -> None:
    assert len(closed()) > 25
    assert not [one for one in closed() if "<" in one]


def test_who_is_not_signed_in_is_led_to_sign_in_whatever_is_asked() -> None:
    browser = Client(SERVER_NAME="localhost")
    for where in closed():
        for method in (browser.get, browser.post):
            answer = method(where)
            assert answer.status_code in (302, 405), where
            if answer.status_code == 302:
                assert answer["Location"].startswith("/espace/connexion/?next=%2Fespace%2F"), where


def test_the_pages_one_reads_before_signing_in_are_these() -> None:
    assert sorted({where for where, view in private() if hasattr(view, OPEN)}) == [
        "/espace/connexion/",
        "/espace/connexion/cle/",
        "/espace/connexion/code/",
        "/espace/connexion/second/",
        "/espace/courriels/",
        "/espace/deconnexion/",
        "/espace/identite/",
        "/espace/identite/retour/",
    ]


def test_no_answer_of_a_signed_in_page_is_kept(enter: Enter) -> None:
    for browser in (Client(SERVER_NAME="localhost"), enter("anne@mairie.fr", name="Anne")):
        for where, _ in private():
            assert browser.get(filled(where))["Cache-Control"] == KEPT_BY_NOBODY, where
        assert browser.get("/espace/inexistante/")["Cache-Control"] == KEPT_BY_NOBODY


def test_every_view_says_who_may_change_what_it_changes() -> None:
    assert all(hasattr(view, MAY_CHANGE) for _, view in private())


def test_a_form_without_the_token_of_its_session_writes_nothing(enter: Enter) -> None:
    browser = enter("anne@mairie.fr", name="Anne", strict=False)
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    before = (Line.objects.count(), Organisation.objects.count())
    for where, _ in private():
        answer = strict.post(filled(where), {"nom": "x", "courriel": "x@y.fr", "mot": "effacer"})
        assert answer.status_code == 403, where
        assert "Formulaire périmé" in answer.content.decode()
    assert (Line.objects.count(), Organisation.objects.count()) == before
    assert Person.objects.get().name == "Anne"


def test_a_form_of_another_site_is_refused(enter: Enter) -> None:
    browser = enter("anne@mairie.fr", name="Anne")
    for where, _ in private():
        answer = browser.post(filled(where), headers={"sec-fetch-site": "cross-site"})
        assert answer.status_code in (403, 405), where


def test_public_pages_know_no_visitor_even_one_who_is_signed_in(
    enter: Enter, django_assert_num_queries: Callable[..., object]
) -> None:
    browser = enter("anne@mairie.fr", name="Annemarqueur")
    for where in PUBLIC:
        browser.get(where)
        with django_assert_num_queries(0):  # type: ignore[attr-defined]  # of pytest-django
            answer = browser.get(where)
        assert answer.status_code == 200, where
        assert not answer.cookies, where
        assert "Cookie" not in answer.get("Vary", ""), where
        assert "Annemarqueur" not in answer.content.decode()


def test_the_cookies_are_sent_to_signed_in_pages_alone(enter: Enter) -> None:
    browser = enter("anne@mairie.fr", name="Anne")
    browser.get("/espace/compte/")
    session, token = (browser.cookies[name] for name in ("ancrage-session", "ancrage-jeton"))
    for cookie in (session, token):
        assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/espace/", "Lax", True)


def test_two_people_who_browse_at_once_never_see_the_name_of_the_other(enter: Enter) -> None:
    names = ("Annemarqueur", "Brunomarqueur")
    browsers = [enter(f"{name.lower()}@x.fr", name=name) for name in names]
    for browser, name in zip(browsers, names, strict=True):
        browser.post("/espace/organisations/collectif/", {"nom": f"Collectif {name}", "fonction": "benevole"})
    wrong: list[str] = []
    seen: list[str] = []

    def browse(mine: int) -> None:
        try:
            for _ in range(6):
                for where in ("/espace/", "/espace/compte/", "/espace/ateliers/", "/espace/organisations/"):
                    page = browsers[mine].get(where).content.decode()
                    seen.append(names[mine] if names[mine] in page else "")
                    if names[1 - mine] in page:
                        wrong.append(where)
        finally:
            connection.close()

    threads = [threading.Thread(target=browse, args=(one,)) for one in (0, 1)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []
    assert seen.count(names[0]) == seen.count(names[1]) == 24


@pytest.fixture
def ateliers(enter: Enter) -> tuple[dict[Role, Client], UUID, UUID]:
    """A browser for each role of an atelier, that atelier, and another where nobody of them is."""
    holder = enter("porteur@x.fr", name="Porteur")
    there = "/espace/ateliers/ouvrir/"
    made = []
    for name in ("Ici", "Ailleurs"):
        who = enter(f"{name.lower()}@x.fr", name=name) if name == "Ailleurs" else holder
        who.post("/espace/organisations/collectif/", {"nom": f"Collectif {name}", "fonction": "elu"})
        one = Organisation.objects.get(name=f"Collectif {name}")
        answer = who.post(
            there, {"name": f"Atelier {name} filigrane", "territory": "23077", "organisation": str(one.pk)}
        )
        made.append(UUID(answer["Location"].split("/")[3]))
    browsers = {Role.PORTEUR: holder}
    at = datetime.now(UTC)  # the site gave the first role at its own clock
    porteur = Person.objects.get(emailaddress__email="porteur@x.fr")
    for role in ROLES[1:]:
        browsers[role] = enter(f"{role.value}@x.fr", name=role.value)
        person = Person.objects.get(emailaddress__email=f"{role.value}@x.fr")
        theirs = gather(f"Organisation {role.value}", person, at=at)
        join(person, theirs, "agent", at=at)
        habilitations.give(made[0], theirs, role, porteur, at=at)
    return browsers, made[0], made[1]


def test_every_address_for_every_role_answers_as_it_should_here_and_nothing_elsewhere(
    ateliers: tuple[dict[Role, Client], UUID, UUID],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(RATES, "change", (100_000, 60.0))  # more forms than a person sends
    browsers, here, elsewhere = ateliers
    for role, browser in browsers.items():
        for pattern, _ in private():
            if "<uuid:atelier>" not in pattern:
                continue
            for method in (browser.get, browser.post):
                answer = method(filled(pattern, here, uuid4()))
                told = f"{role} {method.__name__} {pattern} {answer.status_code}"
                assert answer.status_code in (200, 302, 303, 400, 403, 404, 405, 409, 422), told
                away = method(filled(pattern, elsewhere, uuid4()))
                assert away.status_code in (404, 405), f"{told} elsewhere {away.status_code}"
                assert "Ailleurs filigrane" not in away.content.decode(errors="replace"), told


def test_an_empty_form_sent_everywhere_by_a_reader_writes_nothing(
    ateliers: tuple[dict[Role, Client], UUID, UUID],
) -> None:
    browsers, here, _ = ateliers
    before = Line.objects.count()
    for pattern, _ in private():
        if "<uuid:atelier>" in pattern:
            browsers[Role.LECTEUR].post(
                filled(pattern, here, uuid4()), {"name": "x", "title": "x", "text": "x"}
            )
    assert Line.objects.exclude(verb__contains="comment").count() == before


@pytest.mark.parametrize("host", ["mal.example", "localhost.mal.example", "localhost:80@mal.example"])
def test_a_host_that_is_not_ours_is_refused(enter: Enter, host: str) -> None:
    assert Client().get("/espace/connexion/", HTTP_HOST=host).status_code == 400


def test_no_message_leads_to_a_site_that_a_request_made_up(
    enter: Enter, local_mail: Path, settings: object
) -> None:
    anne = enter("anne@mairie.fr", name="Anne")
    anne.post("/espace/organisations/collectif/", {"nom": "Le lavoir", "fonction": "benevole"})
    one = Organisation.objects.get()
    settings.ALLOWED_HOSTS, settings.SITE_ORIGIN = ["*"], "https://ancrage.example"  # type: ignore[attr-defined]
    anne.post(
        f"/espace/organisations/{one.pk}/inviter/",
        {"courriel": "b@x.fr"},
        headers={"host": "mal.example", "x-forwarded-host": "mal.example"},
    )
    assert sent_to(local_mail, "b@x.fr")[0].links[0].startswith("https://ancrage.example/espace/invitations/")


def test_one_organisation_is_unknown_to_who_does_not_belong_to_it(enter: Enter) -> None:
    anne, zoe = enter("anne@x.fr", name="Anne"), enter("zoe@x.fr", name="Zoé")
    anne.post("/espace/organisations/collectif/", {"nom": "Le lavoir", "fonction": "benevole"})
    one = Organisation.objects.get()
    member = one.memberships.get()
    for where in (f"organisations/{one.pk}/", f"organisations/{one.pk}/inviter/"):
        answer = (
            zoe.post(f"/espace/{where}", {"courriel": "x@y.fr"})
            if "inviter" in where
            else zoe.get(f"/espace/{where}")
        )
        assert answer.status_code == 404
    for what in ("confirmer", "finir"):
        answer = zoe.post(f"/espace/appartenances/{member.pk}/{what}/", {"version": "1"})
        assert answer.status_code == 404
    assert one.memberships.get().version == 1

"""Two associations are put in touch: nothing of one reaches the other before both said yes."""

import html
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from ancrage.alerts import checking
from ancrage.alerts.models import State
from ancrage.alerts.returns import Outcome, read_folder
from ancrage.desk.passes import boxes
from ancrage.introductions import finding, telling
from ancrage.introductions.models import Address, Details, Introduction, Letter, Side, Silence
from ancrage.introductions.passing import KEPT, pass_once
from ancrage.language.typography import curled
from ancrage.people.registered import Registered
from ancrage.web.introductions import answering
from ancrage.web.space.rates import RATES
from post_office import returned, sent_to

pytestmark = pytest.mark.django_db
Enter = Callable[..., Client]
SITE = "https://ancrage.example.org"
LINK = re.compile(rf"{SITE}(/\S*mises-en-relation/\S+)")
ASK = "/espace/mises-en-relation/demander/"
ANNE, OTHER = "anne.filigrane@asso-une.fr", "contact.filigrane@asso-deux.fr"
COMMUNE = "212307706"
"""Faux-la-Montagne: an authority can be asked as a structure can."""
CLOSED = "99900507700014"
"""Closed in 2020 in the register of the demonstration."""
PHONE, THEIRS = "05 55 11 22 33", "05 55 99 88 77"
WORDS = "Nous réparons des vélos à Ahun et cherchons avec qui partager un atelier."


@pytest.fixture(autouse=True)
def known_elsewhere(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SITE_ORIGIN = SITE
    monkeypatch.setattr(answering, "rate", answering.Rate())


@pytest.fixture
def codes() -> list[str]:
    """Structures of the demonstration that are open and have a name, each of its own unit."""
    from ancrage.desk.opened import opened
    from ancrage.register.directory.table import TABLE, open_directory

    warehouse = opened().atlas.warehouse
    open_directory(warehouse)
    rows = warehouse.rows(
        f"SELECT min(siret) AS siret FROM {TABLE} WHERE closed IS NULL AND diffusible AND name IS NOT NULL "
        "GROUP BY siren ORDER BY siret LIMIT 6",
        {},
    )
    return [row["siret"] for row in rows]


@pytest.fixture
def anne(enter: Enter, codes: list[str]) -> Client:
    """Somebody of the first structure."""
    return member(enter, ANNE, "Anne Filigrane", codes[0])


def member(enter: Enter, email: str, name: str, code: str) -> Client:
    browser = enter(email, name=name)
    given = {"code": code, "nature": "association", "fonction": "benevole"}
    assert browser.post("/espace/organisations/choisir/", given).status_code == 302
    return browser


def asked(browser: Client, *codes: str, emails: tuple[str, ...] = (OTHER,), **said: str) -> Any:
    reached = {f"courriel-{code}": email for code, email in zip(codes, emails, strict=False)}
    given = {"pour": "cooperer", "message": WORDS, "telephone": PHONE, "code": list(codes)}
    return browser.post(ASK, given | reached | said)


def link_in(folder: Path, who: str = OTHER) -> str:
    return LINK.findall(sent_to(folder, who)[0].text)[-1]


def said(page: Any) -> str:
    return html.unescape(page.content.decode())


def everything(folder: Path) -> str:
    """All that left, whoever it was sent to."""
    from ancrage.people.mailbox import received

    return "\n".join(f"{one.subject}\n{one.text}" for one in received(folder))


def test_no_detail_is_shown_or_sent_before_both_said_yes_then_each_has_those_of_the_other(
    anne: Client, codes: list[str], local_mail: Path
) -> None:
    page = asked(anne, codes[1])
    assert page.status_code == 302, said(page)
    hers = page["Location"]
    link = link_in(local_mail)
    visitor = Client(SERVER_NAME="localhost")
    before = (said(visitor.get(link)), sent_to(local_mail, OTHER)[0].text)
    for told in before:
        assert WORDS in told
        assert not [one for one in (ANNE, PHONE, "Anne Filigrane", OTHER, THEIRS) if one in told]
    assert not [one for one in (OTHER, THEIRS, "Bruno") if one in said(anne.get(hers))]
    assert visitor.post(link, {"reponse": "accepter"}).status_code == 422  # no name: nothing is said
    given = {"reponse": "accepter", "nom": "Bruno Estampille", "telephone": THEIRS}
    assert visitor.post(link, given).status_code == 303
    for told in (said(visitor.get(link)), sent_to(local_mail, OTHER)[0].text):
        assert ("Anne Filigrane" in told, ANNE in told, PHONE in told) == (True, True, True)
    for told in (said(anne.get(hers)), sent_to(local_mail, ANNE)[0].text):
        assert ("Bruno Estampille" in told, OTHER in told, THEIRS in told) == (True, True, True)
    count = len(list(local_mail.glob("*.eml")))
    again = visitor.post(link, given)
    assert (again.status_code, "Il a déjà été répondu" in said(again)) == (410, True)
    assert pass_once(timezone.now() + timedelta(hours=1)) == 0
    assert len(list(local_mail.glob("*.eml"))) == count
    assert anne.post(hers, {"reponse": "finir"}).status_code == 302
    assert not [one for one in (ANNE, PHONE) if one in said(visitor.get(link))]
    assert not [one for one in (OTHER, THEIRS) if one in said(anne.get(hers))]
    assert "a mis fin" in sent_to(local_mail, OTHER)[0].text
    assert not Details.objects.exists()
    pass_once(timezone.now())
    assert not Address.objects.exists()


def test_an_address_that_asked_for_no_more_is_never_written_to_again(
    anne: Client, enter: Enter, codes: list[str], local_mail: Path
) -> None:
    asked(anne, codes[1])
    visitor = Client(SERVER_NAME="localhost")
    assert visitor.post(link := link_in(local_mail), {"reponse": "jamais"}).status_code == 303
    assert "vos coordonnées n’ont été données à personne" in said(visitor.get(link))
    assert "ne souhaite pas donner suite" in sent_to(local_mail, ANNE)[0].text
    assert (Silence.objects.count(), Address.objects.count()) == (1, 0)
    assert not [one for one in Silence.objects.values_list("mark", flat=True) if OTHER in one]
    carl = member(enter, "carl@asso-trois.fr", "Carl", codes[2])
    for browser, told in ((carl, "a demandé à ne plus recevoir"), (anne, "ne pas souhaiter")):
        refused = asked(browser, codes[1], emails=(OTHER.upper(),))
        assert (refused.status_code, told in said(refused), WORDS in said(refused)) == (422, True, True)
    assert len(sent_to(local_mail, OTHER)) == 1
    for old in Introduction.objects.all():
        pass_once(old.asked_at + KEPT)
    assert (Introduction.objects.count(), Side.objects.count(), Letter.objects.count()) == (0, 0, 0)
    assert "a demandé à ne plus recevoir" in said(asked(carl, codes[1]))
    assert len(sent_to(local_mail, OTHER)) == 1


def test_links_forged_or_expired_say_so_and_give_nothing(
    anne: Client, codes: list[str], local_mail: Path
) -> None:
    asked(anne, codes[1])
    link, visitor = link_in(local_mail), Client(SERVER_NAME="localhost")
    for forged in (link[:-5] + "xxxx/", "/mises-en-relation/rien/"):
        for answer in (visitor.get(forged), visitor.post(forged, {"reponse": "accepter", "nom": "X"})):
            assert (answer.status_code, "n’est pas de ce site" in said(answer)) == (410, True)
    foreign = visitor.post(link, {"reponse": "jamais"}, headers={"sec-fetch-site": "cross-site"})
    assert (foreign.status_code, Silence.objects.count()) == (403, 0)
    Side.objects.update(asked_at=timezone.now() - timedelta(days=31))
    late = visitor.post(link, {"reponse": "accepter", "nom": "X"})
    assert (late.status_code, "Ce lien a expiré" in said(late)) == (410, True)
    pass_once(timezone.now())
    assert (Address.objects.count(), Side.objects.get(asks=False).standing) == (0, "expiree")
    assert "n’a pas répondu en 30 jours" in sent_to(local_mail, ANNE)[0].text
    assert "Ce lien a expiré" in said(visitor.get(link))
    pages = [visitor.post(link, {"reponse": "accepter"}).status_code for _ in range(answering.MOST)]
    assert (pages[0], pages[-1]) == (410, 429)


def test_who_is_on_the_site_is_asked_there_and_nobody_else_sees_it(
    anne: Client, enter: Enter, codes: list[str], local_mail: Path
) -> None:
    bruno = member(enter, "bruno@asso-deux.fr", "Bruno Estampille", codes[1])
    hers = asked(anne, codes[1], emails=())["Location"]
    link = link_in(local_mail, "bruno@asso-deux.fr")
    assert link.startswith("/espace/mises-en-relation/")
    stranger = member(enter, "carl@asso-trois.fr", "Carl", codes[2])
    unconfirmed = member(enter, "dora@asso-deux.fr", "Dora", codes[1])
    for other in (stranger, unconfirmed):
        for where in (link, hers, f"{hers}lettre/"):
            for page in (other.get(where), other.post(where, {"reponse": "accepter"})):
                assert page.status_code in (404, 405), where
    assert anne.get(link).status_code == 404
    assert link.split("/")[-2] in said(bruno.get("/espace/mises-en-relation/"))
    assert anne.post(hers, {"reponse": "accepter"}).status_code == 422  # nobody answers for the other
    assert not [one for one in (ANNE, PHONE) if one in said(bruno.get(link))]
    assert bruno.post(link, {"reponse": "accepter"}).status_code == 302
    assert (ANNE in said(bruno.get(link)), "bruno@asso-deux.fr" in said(anne.get(hers))) == (True, True)


@pytest.mark.both_engines
def test_the_members_of_a_group_know_only_those_who_said_yes(
    anne: Client, codes: list[str], local_mail: Path
) -> None:
    emails = tuple(f"filigrane{rank}@exemple.fr" for rank in range(1, 4))
    hers = asked(anne, *codes[1:4], emails=emails, pour="marche", objet="Le marché des repas")["Location"]
    links = [link_in(local_mail, one) for one in emails]
    visitor = Client(SERVER_NAME="localhost")
    names = [Side.objects.get(siret=one).name for one in codes[1:4]]
    assert "3 structures" in said(visitor.get(links[0]))
    assert not [one for one in (*names[1:], *emails) if one in said(visitor.get(links[0]))]
    visitor.post(links[0], {"reponse": "accepter", "nom": "Une"})
    visitor.post(links[1], {"reponse": "decliner"})
    assert not [one for one in (*names[1:], *emails[1:]) if one in said(visitor.get(links[0]))]
    visitor.post(links[2], {"reponse": "accepter", "nom": "Trois"})
    first = said(visitor.get(links[0]))
    assert (emails[2] in first, names[2] in first, names[1] in first) == (True, True, False)
    assert [one in said(anne.get(hers)) for one in emails] == [True, False, True]
    told = "\n".join(one.text for one in sent_to(local_mail, emails[0]))
    assert (emails[2] in told, emails[1] in told) == (True, False)
    letter = Document(io.BytesIO(anne.get(f"{hers}lettre/").content))
    written = "\n".join(one.text for one in letter.paragraphs)
    assert [curled(one) in written for one in (*names, WORDS, "Le marché des repas")] == [True] * 5
    assert not [one for one in (*emails, ANNE, "mises-en-relation") if one in written]
    visitor.post(links[2], {"reponse": "finir"})  # one leaves; the others stay
    assert (emails[2] in said(visitor.get(links[0])), ANNE in said(visitor.get(links[0]))) == (False, True)


def test_a_published_address_serves_without_being_shown_to_who_asks(
    anne: Client, codes: list[str], local_mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "public_address", lambda *_: (OTHER, "l’annuaire de l’administration"))
    form = said(anne.get(ASK, {"code": codes[1]}))
    assert ("l’annuaire de l’administration" in form, OTHER in form) == (True, False)
    page = anne.get(asked(anne, codes[1], emails=())["Location"])
    assert OTHER not in said(page)
    assert "l’adresse est publiée par l’annuaire" in sent_to(local_mail, OTHER)[0].text
    gone = Registered(codes[0][:9], codes[0], "Une association", known=True, closed=date(2026, 1, 31))
    monkeypatch.setattr(telling, "registered", lambda *_, **__: gone)  # the one who asks closed since
    link = Client(SERVER_NAME="localhost").get(link_in(local_mail))
    assert "Fermé depuis le 31/01/2026 d’après le registre" in said(link)


def test_who_leaves_or_is_erased_is_shown_no_more(
    anne: Client, enter: Enter, codes: list[str], local_mail: Path
) -> None:
    bruno = member(enter, "bruno@asso-deux.fr", "Bruno Estampille", codes[1])
    asked(anne, codes[1], emails=())
    link = link_in(local_mail, "bruno@asso-deux.fr")
    bruno.post(link, {"reponse": "accepter"})
    assert ANNE in said(bruno.get(link))
    assert anne.post("/espace/compte/effacer/", {"mot": "effacer"}).status_code == 302
    assert not [one for one in (ANNE, PHONE, "Anne Filigrane") if one in said(bruno.get(link))]
    pass_once(timezone.now())
    assert "a pris fin" in said(bruno.get(link))
    assert not Details.objects.exists()


def test_one_person_asks_twenty_times_a_day_at_most(
    anne: Client, codes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(RATES, "introduction", (1, 86_400.0))
    assert [asked(anne, one, emails=(f"{one}@x.fr",)).status_code for one in (COMMUNE, *codes[1:3])] == [
        302,
        429,
        429,
    ]


def test_nothing_leaves_from_a_site_without_its_address_nor_is_lost_when_the_server_is_down(
    anne: Client, codes: list[str], local_mail: Path, settings: Any
) -> None:
    settings.SITE_ORIGIN = ""
    assert (asked(anne, codes[1]).status_code, Introduction.objects.count()) == (503, 0)
    settings.SITE_ORIGIN, port, settings.EMAIL_PORT = SITE, settings.EMAIL_PORT, 1
    page = asked(anne, codes[1])
    assert "partira dès que le serveur" in said(anne.get(page["Location"]))
    settings.EMAIL_PORT = port
    assert [checking.told(timezone.now() + timedelta(hours=one))[0] for one in (0, 3)] == [True, False]
    assert pass_once(timezone.now() + timedelta(minutes=10)) == 1
    assert pass_once(timezone.now() + timedelta(minutes=20)) == 0
    assert (len(sent_to(local_mail, OTHER)), Letter.objects.get().state) == (1, State.REMIS)


def test_a_request_that_came_back_later_is_told_once_and_may_be_asked_elsewhere(
    anne: Client, codes: list[str], local_mail: Path
) -> None:
    hers = asked(anne, codes[1])["Location"]
    link, now = link_in(local_mail), timezone.now()
    folder = returned(local_mail, OTHER)
    assert read_folder(folder, boxes(now), now=now) == {Outcome.REFUSED: 1}
    assert read_folder(folder, boxes(now), now=now) == {Outcome.KNOWN: 1}
    assert (pass_once(now), pass_once(now)) == (1, 0)
    assert "n’a pas pu être remise" in sent_to(local_mail, ANNE)[0].subject
    assert "refaites la demande à une autre adresse" in said(anne.get(hers))
    assert asked(anne, codes[1], emails=("autre.filigrane@asso-deux.fr",)).status_code == 302
    given = {"reponse": "accepter", "nom": "Bruno Estampille"}  # the report was wrong: she has the link
    assert Client(SERVER_NAME="localhost").post(link, given).status_code == 303
    assert "Bruno Estampille" in said(anne.get(hers))


def test_what_cannot_be_asked_says_why_and_keeps_what_was_typed(anne: Client, codes: list[str]) -> None:
    for given, told in (
        ({"message": "Écrivez-moi à moi@exemple.fr, c’est bien simple."}, "une adresse ou un numéro"),
        ({"message": "Bonjour"}, "il en faut de 20"),
        ({"pour": "rien"}, "La raison de la rencontre manque"),
        ({"telephone": "<script>"}, "n’est pas un numéro"),
        ({f"courriel-{codes[1]}": "anne"}, "n’est pas une adresse"),
        ({f"courriel-{codes[1]}": ""}, "Donnez une adresse"),
        ({"code": codes[0]}, "votre propre organisation"),
        ({"code": "123"}, "123"),
        ({"code": CLOSED}, "Fermé depuis le"),
        ({"code": [f"9990000940001{one}" for one in range(14)]}, "12 au plus"),
        ({"organisation": "x"}, "au nom de laquelle"),
    ):
        page = asked(anne, codes[1], **given)
        assert (page.status_code, told in said(page)) == (422, True), (told, said(page))
        assert "<script>" not in page.content.decode().split("<main")[1]
    assert Introduction.objects.count() == 0

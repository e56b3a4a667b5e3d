"""« Demander un appui »: told, confirmed, sent to three supports, answered; clocks, links, erasure."""

import html
import json
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from ancrage.alerts import checking, posting
from ancrage.alerts.returns import Outcome, read_folder
from ancrage.cli.main import main
from ancrage.desk import opened as desk
from ancrage.desk.passes import boxes
from ancrage.edition import opening
from ancrage.needs import links, mailboxes
from ancrage.needs.clocks import pass_once
from ancrage.needs.models import Asked, Letter, Mailbox, Need, Stage
from ancrage.people.mailbox import received
from ancrage.web.needs import views
from helped_edition import ADDRESSES, PLACE, helped_edition
from post_office import returned, sent_to

pytestmark = pytest.mark.django_db
WHO, SITE = "claire@projet.fr", "https://ancrage.example.org"
LINK = re.compile(rf"{SITE}(/demander-un-appui/\S+)")
WORDS = "Nous ouvrons une épicerie à Guéret et cherchons à la faire tenir."
CRESS, FRANCE_ACTIVE, OPCO = ADDRESSES.values()
DAY = timedelta(days=1)
REFUSING = "son courriel a refusé notre dernier message"


@pytest.fixture(scope="module")
def edition(embedded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return helped_edition(embedded, tmp_path_factory.mktemp("aidee") / "edition")


@pytest.fixture
def browser(edition: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Client]:
    settings.SITE_ORIGIN = SITE
    monkeypatch.setattr(views, "rate", views.Rate())
    for asking in (desk, opening):
        monkeypatch.setattr(asking, "current_edition", lambda _: edition)
    yield Client(SERVER_NAME="localhost")
    desk._state.clear()


def read(answer: Any) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", html.unescape(answer.content.decode()))


def page_of(browser: Client, where: str) -> str:
    return read(browser.get(where))


def choices(browser: Client) -> dict[str, str]:
    page = page_of(
        browser, f"/demander-un-appui/?t={PLACE}&besoin=consolider&f=effectif=3&f=forme=association"
    )
    found = re.findall(r'name="support" value="(\w+)"> <span><strong>([^<]+)', page)
    return {name: key for key, name in found}


def asked(browser: Client, **more: object) -> Any:
    told = {"t": PLACE, "besoin": "consolider", "courriel": WHO, "mots": WORDS, "qui": "projet"}
    told |= {"f": ["effectif=3", "forme=association"], "fait": ["effectif=3"], "transmettre": "oui"}
    return browser.post("/demander-un-appui/", told | {"support": [*choices(browser).values()]} | more)


def link_in(folder: Path, who: str = WHO, rank: int = 0) -> str:
    return LINK.findall(sent_to(folder, who)[rank].text)[0]


def confirmed(browser: Client, folder: Path, **more: object) -> None:
    assert asked(browser, **more).status_code == 303
    assert browser.post(link_in(folder)).status_code == 303


def subjects(folder: Path, who: str) -> list[str]:
    return [one.subject.strip() for one in sent_to(folder, who)]


@pytest.mark.both_engines
def test_a_need_reaches_three_supports_once_confirmed_one_declines_one_helps(
    browser: Client, local_mail: Path
) -> None:
    assert asked(browser).status_code == 303
    confirm = link_in(local_mail)
    assert "Envoyer ma demande" in page_of(browser, confirm)
    assert [one.to for one in received(local_mail)] == [WHO]  # nothing left for a support yet
    assert browser.post(confirm).status_code == browser.post(confirm).status_code == 303  # used twice: once
    for who in ADDRESSES.values():
        (told,) = sent_to(local_mail, who)
        assert WORDS in told.text
        assert "effectif salarié : 3" in told.text
        assert "ssociation" not in told.text.replace("Guéret", "")  # a fact she did not choose
        assert "Pourquoi ce message : une personne a choisi" in told.text
    declined, helped = link_in(local_mail, CRESS), link_in(local_mail, FRANCE_ACTIVE)
    assert (
        browser.post(declined, {"reponse": "pas_pour_moi", "mot": "Voyez France Active."}).status_code == 303
    )
    assert "n’est plus" not in page_of(browser, declined)
    again = browser.post(declined, {"reponse": "prise_en_charge"})
    assert (again.status_code, "déjà « pas de son ressort »" in read(again)) == (422, True)
    browser.post(helped, {"reponse": "prise_en_charge"})
    browser.post(helped, {"reponse": "aidee"})
    told_her = sent_to(local_mail, WHO)
    assert "Voyez France Active." in told_her[2].text
    assert "autre support n’a pas encore répondu" in told_her[0].text
    assert [one.stage for one in Asked.objects.order_by("email")] == ["pas_pour_moi", "aidee", "envoyee"]
    follow = LINK.findall(told_her[0].text)[0]
    assert "aide apportée" in page_of(browser, follow)
    browser.post(follow, {"faire": "aidee"})
    assert subjects(local_mail, OPCO)[0].startswith("Demande arrêtée")
    assert "a arrêté sa demande" in page_of(browser, link_in(local_mail, OPCO, 1))
    assert all("Pourquoi ce message : " in one.text for one in received(local_mail))


def test_the_clocks_remind_after_72_hours_tell_after_15_days_and_each_says_it_once(
    browser: Client, local_mail: Path
) -> None:
    confirmed(browser, local_mail)
    browser.post(link_in(local_mail, CRESS), {"reponse": "prise_en_charge"})
    now = timezone.now()
    assert pass_once(now=now + 3 * DAY - timedelta(minutes=1)).reminded == 0
    assert pass_once(now=now + 3 * DAY).reminded == 2
    assert pass_once(now=now + 4 * DAY).sent == 0
    assert [subjects(local_mail, who)[0][:6] for who in (FRANCE_ACTIVE, OPCO)] == ["Rappel"] * 2
    told = pass_once(now=now + 15 * DAY)
    assert (told.silent, told.followed, told.sent) == (2, 1, 3)
    assert pass_once(now=now + 16 * DAY).sent == 0
    silence = next(one for one in sent_to(local_mail, WHO) if "Uniformation" in one.subject)
    assert "Ce que vous pouvez faire d’autre" in silence.text
    late = browser.post(link_in(local_mail, OPCO), {"reponse": "sans_aide"})  # late, yet an answer
    assert late.status_code == 303
    assert subjects(local_mail, CRESS)[0].startswith("Où en êtes-vous")


def test_a_server_of_messages_down_two_days_or_a_sender_that_dies_loses_and_doubles_nothing(
    browser: Client, local_mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed(browser, local_mail)
    Letter.objects.filter(asked__isnull=False).update(state="envoi", ended_at=None, claimed_at=timezone.now())
    port, now = django_settings.EMAIL_PORT, timezone.now()
    monkeypatch.setattr(django_settings, "EMAIL_PORT", 9)
    assert pass_once(now=now + timedelta(hours=1)).sent == 0
    assert pass_once(now=now + 2 * DAY).sent == 0
    assert "3 messages de demandes" in re.sub(r"\s", " ", checking.told(now + 3 * DAY)[1])
    monkeypatch.setattr(django_settings, "EMAIL_PORT", port)
    later = now + 3 * DAY
    assert pass_once(now=later).sent == 3
    assert pass_once(now=later + 2 * DAY).reminded == 0  # the clock runs from what was taken
    raw = [one.read_text("utf-8") for one in local_mail.glob("*.eml") if CRESS in one.read_text("utf-8")]
    assert len({re.findall("^Message-ID: (.+)$", one, re.MULTILINE)[0] for one in raw}) == 1


def test_a_support_hands_over_to_another_only_as_the_person_agreed(browser: Client, local_mail: Path) -> None:
    first = choices(browser)["CRESS Nouvelle-Aquitaine"]
    confirmed(browser, local_mail, support=[first])
    answer = link_in(local_mail, CRESS)
    other = dict(re.findall(r'<option value="(\w+)">(France Active[^<]*)<', page_of(browser, answer)))
    browser.post(answer, {"reponse": "transmettre", "support": next(iter(other))})
    told = sent_to(local_mail, FRANCE_ACTIVE)[0].text
    assert (WORDS in told, "a transmis à France Active" in " ".join(told.split())) == (True, True)
    assert "a transmis votre demande à France Active" in sent_to(local_mail, WHO)[0].subject
    confirmed(browser, local_mail, support=[first], transmettre="")
    refused = browser.post(
        link_in(local_mail, CRESS), {"reponse": "transmettre", "support": next(iter(other))}
    )
    assert "n’a pas accepté" in read(refused)


def test_a_support_that_closed_and_one_without_address_are_said_and_not_asked(
    browser: Client, local_mail: Path
) -> None:
    page = page_of(browser, f"/demander-un-appui/?t={PLACE}&besoin=consolider")
    assert "le registre le donne fermé depuis le" in page
    assert "ni site connus" in page
    assert set(choices(browser)) == {
        "CRESS Nouvelle-Aquitaine",
        "France Active Nouvelle-Aquitaine",
        "Uniformation – Délégation Nouvelle-Aquitaine",
    }
    answer = asked(browser, support=["0123456789abcdef"])
    assert (answer.status_code, Need.objects.count()) == (422, 0)
    assert WORDS in read(answer)


def test_an_address_that_refuses_is_told_to_who_asks(
    browser: Client, local_mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = posting.post

    def refuse(message: Any, backend: object) -> None:
        if message.to == [OPCO]:
            raise posting.smtplib.SMTPRecipientsRefused({OPCO: (550, b"inconnu")})
        kept(message, backend)

    monkeypatch.setattr(posting, "post", refuse)
    confirmed(browser, local_mail)
    pass_once(now=timezone.now())
    assert "n’a pas pu être remis à Uniformation" in sent_to(local_mail, WHO)[0].text
    assert REFUSING in page_of(browser, f"/demander-un-appui/?t={PLACE}&besoin=consolider")


def test_a_message_that_came_back_later_is_told_once_and_the_clocks_go_on(
    browser: Client, local_mail: Path
) -> None:
    confirmed(browser, local_mail)
    now = timezone.now()
    folder = returned(local_mail, OPCO)
    assert read_folder(folder, boxes(now), now=now) == {Outcome.REFUSED: 1}
    assert read_folder(folder, boxes(now), now=now) == {Outcome.KNOWN: 1}
    told = pass_once(now=now)
    assert (told.silent, told.sent) == (1, 1)
    assert "n’a pas pu être remis à Uniformation" in sent_to(local_mail, WHO)[0].text
    assert REFUSING in page_of(browser, f"/demander-un-appui/?t={PLACE}&besoin=consolider")
    follow = LINK.findall(sent_to(local_mail, WHO)[0].text)[0]
    assert "Demander à d’autres" in page_of(browser, follow)
    assert pass_once(now=now + 3 * DAY).reminded == 2, "the others, not the one that never had it"
    read_folder(returned(local_mail, CRESS), boxes(now), now=now)  # the request, then its reminder
    assert pass_once(now=now + 4 * DAY).sent == 1
    read_folder(returned(local_mail, WHO), boxes(now), now=now)
    assert "refuse nos messages" in page_of(browser, link_in(local_mail, FRANCE_ACTIVE))


def test_supports_to_call_are_told_what_to_say_and_what_they_answer_is_noted_by_who_asks(
    browser: Client, local_mail: Path
) -> None:
    page = page_of(browser, f"/demander-un-appui/?t={PLACE}&besoin=demarches")
    found = dict(re.findall(r'name="support" value="(\w+)"> <span><strong>([^<]+)', page))
    keys = list(found)[:2]
    asked(browser, besoin="demarches", support=keys, telephone="05 55 00 00 00")
    browser.post(link_in(local_mail))
    told = sent_to(local_mail, WHO)[0]
    assert (len(received(local_mail)), told.subject.strip().startswith("Qui appeler")) == (2, True)
    assert found[keys[0]] in re.sub(r"\s+", " ", html.unescape(told.text))
    follow = next(one for one in LINK.findall(told.text) if not one.endswith("a-dire/"))
    sheet = page_of(browser, f"{follow}a-dire/")
    assert all(one in sheet for one in (WORDS, "effectif salarié", "05 55 00 00 00", *found.values())[:4])
    assert "forme" not in sheet.partition("<main")[2].replace("informe", "")  # a fact she did not choose
    silent, helping = Asked.objects.order_by("name").values_list("pk", flat=True)
    said = {"faire": "noter", "qui": str(silent), "dit": "muette", "mot": "Répondeur."}
    assert browser.post(follow, said).status_code == 303
    now = timezone.now()
    told_later = pass_once(now=now + 15 * DAY)
    assert (told_later.followed, told_later.sent, pass_once(now=now + 40 * DAY).sent) == (1, 1, 0)
    assert "Avez-vous pu les joindre" in sent_to(local_mail, WHO)[0].subject
    browser.post(follow, said | {"qui": str(helping), "dit": "prise_en_charge"})
    assert "prise en charge, d’après vous" in page_of(browser, follow)
    wrong = browser.post(follow, said | {"dit": "envoyee"})
    assert (wrong.status_code, "Répondeur." in read(wrong)) == (422, True)
    browser.post(follow, {"faire": "arretee"})
    assert len(received(local_mail)) == 3, "nobody to tell"


def test_a_link_forged_expired_or_of_an_erased_request_says_so(
    browser: Client, local_mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed(browser, local_mail)
    answer, follow = link_in(local_mail, CRESS), link_in(local_mail)
    forged = browser.post(answer[:-4] + "xyz/", {"reponse": "prise_en_charge"})
    assert (forged.status_code, "n’est pas de ce site" in read(forged)) == (410, True)
    for given in (follow.replace("suivre", "repondre"), answer.replace("repondre", "suivre")):
        assert browser.get(given).status_code == 410
    monkeypatch.setitem(links.LIFETIMES, links.ANSWER, -1)
    assert "Ce lien a expiré" in page_of(browser, answer)
    assert not Asked.objects.exclude(stage=Stage.ENVOYEE).exists()
    monkeypatch.setitem(links.LIFETIMES, links.ANSWER, 60)
    browser.post(follow, {"faire": "effacer"})
    for given in (answer, follow):
        assert "n’est plus gardée" in page_of(browser, given)
    assert_erased()


def assert_erased() -> None:
    kept = " ".join(str(one) for model in (Need, Asked, Letter) for one in model.objects.values())
    assert not [one for one in (WHO, WORDS[:20], "effectif", CRESS) if one in kept]
    assert Need.objects.values_list("kind", "departement").get() == ("consolider", "23")


def test_what_is_old_is_erased_and_what_nobody_confirmed_is_forgotten(
    browser: Client, local_mail: Path
) -> None:
    confirmed(browser, local_mail)
    asked(browser)
    now = timezone.now()
    pass_once(now=now + 8 * DAY)
    assert Need.objects.count() == 1
    pass_once(now=now + 181 * DAY)
    assert_erased()


def test_a_visitor_has_a_share_and_a_site_without_address_asks_nothing(
    browser: Client, local_mail: Path, settings: Any
) -> None:
    told = [asked(browser, courriel=f"p{one}@projet.fr").status_code for one in range(views.MOST + 1)]
    assert told == [303] * views.MOST + [429]
    settings.SITE_ORIGIN = ""
    assert browser.get("/demander-un-appui/").status_code == 503
    assert asked_count() == views.MOST


def asked_count() -> int:
    return Need.objects.count()


def needs_of(number: int, stage: Stage, **told: str) -> None:
    for one in range(number):
        need = Need.objects.create(
            kind="consolider",
            asker="projet",
            territory="com:23096",
            place="Guéret",
            asked_at=timezone.now(),
            confirmed_at=timezone.now(),
            **({"commune": PLACE, "departement": "23", "region": "75"} | told),
        )
        Asked.objects.create(need=need, key=str(one), kind="cress", name="CRESS", stage=stage)


@pytest.mark.both_engines
def test_what_is_lived_is_told_by_fives_alike_by_the_page_the_api_and_the_command(
    browser: Client, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_of(4, Stage.SANS_REPONSE)
    assert browser.get("/api/v1/territoires/23096/besoins").json()["whole"]["told"] is None
    needs_of(1, Stage.SANS_REPONSE)
    needs_of(3, Stage.AIDEE)
    needs_of(4, Stage.ENVOYEE, commune="23008")
    here, around = (browser.get(f"/api/v1/territoires/{code}/besoins").json() for code in ("23096", "dep:23"))
    assert [(one["whole"]["told"], one["whole"]["unmet"]) for one in (here, around)] == [(5, 5), (10, 5)]
    assert {one["code"]: one["told"] for one in here["kinds"]} | {"consolider": None} == dict.fromkeys(
        ("creer", "consolider", "financer", "embaucher", "projet", "demarches")
    )
    page = page_of(browser, "/territoires/dep:23/besoins/")
    assert "Au moins 10 demandes, au moins 5 sans réponse" in re.sub("<[^>]+>", "", page)
    monkeypatch.setattr(sys, "argv", ["ancrage", "besoins", "vecus", "dep:23", "--format", "json"])
    with pytest.raises(SystemExit):
        main()
    assert json.loads(capsys.readouterr().out) == around
    kept = browser.get("/territoires/dep:23/besoins/?format=csv-machine").content.decode()
    lines = [line.split(",")[2:] for line in kept.splitlines()]
    assert lines[1:4] == [["", "10", "5"], ["consolider", "10", "5"], ["creer", "", ""]]


def test_an_address_of_a_support_serves_once_its_reader_confirms_and_its_domain_or_the_publisher_proves_it(
    browser: Client, local_mail: Path
) -> None:
    keys, now = choices(browser), timezone.now()
    name = next(one for one in keys if one.startswith("CRESS"))
    form = {"t": PLACE, "besoin": "consolider", "support": keys[name]}
    page = "/demander-un-appui/adresse/"
    assert f"{page}?t={PLACE}" in page_of(browser, f"/demander-un-appui/?t={PLACE}&besoin=consolider")
    refused = browser.post(page, form | {"courriel": "pas une adresse"})
    assert (refused.status_code, 'value="pas une adresse"' in read(refused)) == (422, True)
    assert browser.post(page, form | {"courriel": "Appui@exemple.fr"}).status_code == 303
    link = link_in(local_mail, "Appui@exemple.fr")
    assert browser.get(link).status_code == 200
    assert not mailboxes.believed([keys[name]])  # opening the link confirms nothing
    assert "les demandes y arrivent" in read(browser.post(link, {"faire": "confirmer"}))
    assert "courriel confirmé par l’organisme" in page_of(
        browser, f"/demander-un-appui/?t={PLACE}&besoin=consolider"
    )
    confirmed(browser, local_mail, support=[keys[name]])
    assert sent_to(local_mail, "Appui@exemple.fr")[0].subject.startswith("Demande d’appui")
    assert not sent_to(local_mail, CRESS)
    browser.post(page, form | {"courriel": "pirate@gmail.com"})  # a mailbox that anybody may have
    stranger = link_in(local_mail, "pirate@gmail.com")
    assert "Rien n’y est envoyé avant" in read(browser.post(stranger, {"faire": "confirmer"}))
    assert mailboxes.believed([keys[name]])[keys[name]].email == "Appui@exemple.fr"
    waiting = Mailbox.objects.get(email="pirate@gmail.com")
    assert mailboxes.accept(waiting.pk, now=now).proof == mailboxes.BY_PUBLISHER
    assert "n’est plus gardée" in read(browser.post(link))  # replaced, and erased
    assert "retirée, et effacée" in read(browser.post(stranger, {"faire": "retirer"}))
    assert not mailboxes.believed([keys[name]])
    assert sorted(Mailbox.objects.values_list("email", flat=True)) == ["", ""]
    assert browser.get(f"{page}faux/").status_code in (400, 404, 410, 422)

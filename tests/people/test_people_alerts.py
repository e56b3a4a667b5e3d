"""« Me prévenir », from the page to the message and back: confirmed, told once with its reason, stopped."""

import html
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ancrage.alerts import links
from ancrage.alerts.keeping import packed, unpacked
from ancrage.alerts.models import Event, Mail, Subscription, Topic
from ancrage.alerts.passing import pass_once
from ancrage.changes.noting import Standing
from ancrage.desk.opened import opened
from ancrage.web.alerts import views
from post_office import sent_to

pytestmark = pytest.mark.django_db
WHO, QUESTION = "secretariat@mairie.fr", "nouveautes?territoire=23077&objet=zonage"
SITE = "https://ancrage.example.org"
ATOM = "application/atom+xml"
LINK = re.compile(rf"{SITE}(/alertes/\S+)")


@pytest.fixture(autouse=True)
def known_elsewhere(settings: Any) -> None:
    settings.SITE_ORIGIN = SITE


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(views, "rate", views.Rate())
    return Client(SERVER_NAME="localhost")


def asked(browser: Client, *, who: str = WHO, often: str = "aussitot") -> int:
    given = {"question": QUESTION, "courriel": who, "frequence": often}
    return browser.post("/alertes/", given).status_code


def link_in(folder: Path, who: str = WHO) -> str:
    found = LINK.findall(sent_to(folder, who)[0].text)
    return found[-1]


def forget_a_zoning() -> None:
    """As if the last reading did not hold the FRR: the next one finds that the commune entered it."""
    for topic in Topic.objects.all():
        known = {key: one for key, one in unpacked(topic.state).items() if not key.endswith(":frr")}
        Topic.objects.update(state=packed(known), edition="avant")


@pytest.mark.both_engines
def test_a_secretary_is_told_that_her_commune_entered_a_zoning_and_why_then_stops_it_in_one_click(
    browser: Client, local_mail: Path
) -> None:
    assert asked(browser) == 303
    confirm = link_in(local_mail)
    assert b"Confirmer" in browser.get(confirm).content
    assert not Subscription.objects.exclude(confirmed_at=None).exists()
    assert browser.post(confirm).status_code == 200
    assert "confirmée" in browser.post(confirm).content.decode()  # used twice: the same
    forget_a_zoning()
    at = timezone.now() + timedelta(minutes=1)
    assert pass_once(opened(), now=at).sent == 1
    told = sent_to(local_mail, WHO)[0].text
    for words in (
        "France ruralités revitalisation (FRR) : entre dans le zonage",
        "Maintenant, réponse : oui",
        "Texte ou source : Arrêté du 19 juin 2024",
        "Pourquoi ce message",
        "vous suivez « Territoire : Faux-la-Montagne (zonages et programmes) »",
    ):
        assert words in told
    assert pass_once(opened(), now=at + timedelta(hours=1)).sent == 0
    raw = max(local_mail.glob("*.eml")).read_text("utf-8")
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in raw
    tuning = next(link for link in LINK.findall(told) if "/alertes/arret/" in link)
    one = Subscription.objects.get()
    changed = browser.post(tuning, {"regler": str(one.pk), "frequence": "semaine", "pause": "30"})
    assert "une fois par semaine, en pause jusqu’au" in changed.content.decode()
    assert browser.post(tuning, {"regler": str(one.pk), "frequence": "toujours"}).status_code == 422
    other = str(links.stopping(subscriber=one.subscriber_id + 1, subscription=str(one.pk)))
    assert browser.post(f"/alertes/arret/{other}/", {"regler": str(one.pk), "pause": "0"}).status_code != 200
    one.refresh_from_db()
    assert (one.frequency, one.paused_until is None, one.ended_at) == ("semaine", False, None)
    stop = link_in(local_mail)
    assert browser.get(stop).status_code == 200
    assert Subscription.objects.get().ended_at is None
    assert browser.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscription.objects.get().ended_reason == "arret"
    assert "déjà arrêtées" in browser.post(stop).content.decode()


def test_a_link_that_is_forged_or_expired_says_so_and_changes_nothing(
    browser: Client, local_mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(browser)
    confirm = link_in(local_mail)
    forged = browser.post(confirm[:-4] + "xyz/")
    assert forged.status_code == 410
    assert "n’est pas de ce site" in html.unescape(forged.content.decode())
    monkeypatch.setattr(links, "VALID_SECONDS", -1)
    assert browser.post(confirm).status_code == 410
    assert browser.get("/alertes/arret/rien/").status_code == 410
    assert not Subscription.objects.exclude(confirmed_at=None).exists()


def test_a_thousand_alerts_of_one_visitor_are_counted_and_the_rest_refused(
    browser: Client, local_mail: Path
) -> None:
    told = [asked(browser, who=f"p{one}@mairie.fr") for one in range(views.MOST + 5)]
    assert told == [303] * views.MOST + [429] * 5
    assert Subscription.objects.count() == views.MOST


def test_an_address_that_is_none_is_asked_again_with_what_was_typed(browser: Client) -> None:
    given = {"question": QUESTION, "courriel": "anne", "frequence": "semaine"}
    answer = browser.post("/alertes/", given)
    assert answer.status_code == 422
    assert 'value="anne"' in answer.content.decode()
    assert browser.get("/alertes/?question=diagnostic").status_code == 400


def test_a_territory_that_ceased_is_followed_into_its_successor_and_it_is_said(
    browser: Client, local_mail: Path
) -> None:
    asked(browser)
    browser.post(link_in(local_mail))
    Topic.objects.update(follows="nouveautes?territoire=01039", label="Territoire : Béon", edition="avant")
    pass_once(opened(), now=timezone.now() + timedelta(minutes=1))
    told = " ".join(sent_to(local_mail, WHO)[0].text.split())
    assert "n’existe plus ; l’alerte suit maintenant « Territoire : Culoz-Béon »" in told
    assert Topic.objects.get().follows.startswith("nouveautes?territoire=01138")


def test_what_is_late_is_said_on_the_page_of_health(browser: Client, local_mail: Path) -> None:
    asked(browser)
    browser.post(link_in(local_mail))
    forget_a_zoning()
    pass_once(opened(), now=timezone.now() + timedelta(minutes=1))
    checks = browser.get("/sante", headers={"accept": "application/json"}).json()["checks"]
    assert checks["alertes"]["well"]
    Mail.objects.update(state="a_envoyer")
    Mail.objects.get().run.__class__.objects.update(until=datetime(2026, 1, 1, tzinfo=UTC))
    late = browser.get("/sante", headers={"accept": "application/json"}).json()["checks"]["alertes"]
    assert not late["well"]


def test_a_site_that_does_not_know_its_address_proposes_no_alert_and_sends_no_link(
    browser: Client, local_mail: Path, settings: Any
) -> None:
    settings.SITE_ORIGIN = ""
    pages = ("/territoires/23077/nouveautes/", "/aides/?q=emploi")
    assert not [page for page in pages if "Me prévenir" in browser.get(page).content.decode()]
    answer = browser.get("/alertes/", {"question": QUESTION})
    assert (answer.status_code, "ANCRAGE_ORIGINE" in answer.content.decode()) == (503, True)
    assert (asked(browser), Subscription.objects.count(), sent_to(local_mail, WHO)) == (503, 0, [])


@pytest.mark.parametrize("question", ["recherche_aides?q=emploi", "aide"])
def test_what_is_followed_is_a_feed_too(browser: Client, local_mail: Path, question: str) -> None:
    from ancrage.aids.catalogue import load_aids

    asked_of = question if "recherche" in question else f"aide?aide={next(iter(load_aids()))}"
    answer = browser.get("/alertes/flux.atom", {"question": asked_of})
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, ATOM)
    assert answer.content.decode().startswith("<?xml")
    given = {"question": asked_of, "courriel": WHO, "frequence": "jour"}
    assert browser.post("/alertes/", given).status_code == 303, "it can be followed by e-mail"
    page = browser.get("/alertes/", {"question": asked_of}).content.decode()
    assert "/alertes/flux.atom?question=" in page
    refused = browser.get("/alertes/flux.atom", {"question": "diagnostic?territoire=23077"})
    assert refused.status_code == 400
    own = browser.get("/alertes/flux.atom", {"question": "nouveautes?territoire=23077"})
    assert own.headers["Location"] == "/territoires/23077/nouveautes.atom"


KINDS = {
    "eligibilite?fait=forme=association&fait=effectif=4&territoire=23077": "Mes aides, Faux-la-Montagne",
    "zonage_ici?zonage=frr&territoire=23077": "Zonage : Zone France ruralités revitalisation",
    "structures?territoire=23077&famille=association&tri=nom": "Structures : Faux-la-Montagne, association",
    "appuis_proches?territoire=23077&km=50": "Un appui à moins de 50 km : Faux-la-Montagne",
}


@pytest.mark.parametrize("question", KINDS)
def test_whatever_a_page_answers_is_told_when_it_changes_with_its_reason(
    browser: Client, local_mail: Path, question: str
) -> None:
    given = {"question": question, "courriel": WHO, "frequence": "aussitot"}
    assert browser.post("/alertes/", given).status_code == 303
    browser.post(link_in(local_mail))
    topic = Topic.objects.get()
    known = dict(unpacked(topic.state))
    lost = next(key for key, one in known.items() if one.standing is Standing.OUI)
    label = known.pop(lost).label
    Topic.objects.update(state=packed(known), edition="avant")
    assert pass_once(opened(), now=timezone.now() + timedelta(minutes=1)).sent == 1
    told = sent_to(local_mail, WHO)[0].text
    for words in (f"* {label} : ", "Pourquoi ce message", f"vous suivez « {KINDS[question]}"):
        assert words in told
    assert browser.get("/alertes/", {"question": question}).status_code == 200


def test_a_situation_is_said_before_it_is_kept_and_is_erased_with_what_was_told_of_it(
    browser: Client, local_mail: Path
) -> None:
    question = next(iter(KINDS))
    page = html.unescape(browser.get("/alertes/", {"question": question}).content.decode())
    assert "Ce qui est gardé de votre situation" in page
    assert "effectif salarié : 4" in page
    given = {"question": question, "courriel": WHO, "frequence": "aussitot"}
    browser.post("/alertes/", given)
    browser.post(link_in(local_mail))
    Topic.objects.update(state=packed({}), edition="avant")
    pass_once(opened(), now=timezone.now() + timedelta(minutes=1))
    assert Event.objects.filter(sort="pour_moi").exists()
    assert "effectif" not in sent_to(local_mail, WHO)[0].text.lower()
    browser.post(link_in(local_mail), {"List-Unsubscribe": "One-Click"})
    topic = Topic.objects.get()
    assert (topic.question, topic.follows, dict(unpacked(topic.state))) == ("", "", {})
    assert not Event.objects.exists()
    assert browser.post("/alertes/", given).status_code == 303, "it can be asked again"

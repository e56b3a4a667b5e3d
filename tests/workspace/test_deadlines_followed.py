"""Deadlines of an atelier followed by its members: e-mail, feed, calendar; nothing to who lost access."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from people_here import Team, action_of

from ancrage.alerts.models import Subscription
from ancrage.alerts.passing import pass_once
from ancrage.desk.opened import opened
from ancrage.people import habilitations
from ancrage.people.models import Habilitation
from ancrage.workspace.plan import add_step, edit_step

pytestmark = [pytest.mark.both_engines]
SITE, PAGE = "https://ancrage.example.org", "/espace/suivi/"
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def known_elsewhere(settings: Any) -> None:
    settings.SITE_ORIGIN = SITE


def following(team: Team, person: Any, email: str) -> Client:
    """A member who follows the deadlines from their page."""
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    page = client.get(f"/espace/ateliers/{team.atelier.pk}/echeances/").content.decode()
    question = re.search(r'name="question" value="([^"]+)"', page)
    assert question
    given = {"question": unescape(question[1]), "frequence": "aussitot"}
    assert client.post(PAGE, given).status_code == 303
    assert (
        "Vous suivez ces échéances"
        in client.get(f"/espace/ateliers/{team.atelier.pk}/echeances/").content.decode()
    )
    return client


def passed(minutes: int) -> list[Any]:
    """The messages of a pass, some minutes later."""
    mail.outbox.clear()
    pass_once(opened(), now=timezone.now() + timedelta(minutes=minutes))
    return list(mail.outbox)


def channels(client: Client) -> dict[str, str]:
    """The feed and the calendar that the page of what one follows gives."""
    page = client.get(PAGE).content.decode()
    found = re.findall(r'href="http://localhost(/alertes/personnel/[^"]+/(?:flux|agenda)\.(atom|ics))"', page)
    return {kind: address for address, kind in found}


def test_a_member_follows_the_deadlines_of_an_atelier_and_who_lost_access_is_told_nothing(team: Team) -> None:
    action = action_of(team)
    step = add_step(team.by(team.anne), action, title="Signer le bail", due=TODAY + timedelta(days=40))
    anne, bruno = following(team, team.anne, "anne@cc.fr"), following(team, team.bruno, "bruno@etabli.fr")
    assert passed(1) == [], "what was there before is not told"
    step = edit_step(team.by(team.anne), step, step.version, due=TODAY + timedelta(days=14))
    told = {one.to[0]: f"{one.subject}\n{one.body}" for one in passed(2)}
    assert told.keys() == {"anne@cc.fr", "bruno@etabli.fr"}
    for words in (
        "* Signer le bail : l’échéance approche",
        "* Signer le bail : l’échéance change",
        "Avant, jour : ",
        "Pourquoi ce message",
        "vous suivez « Échéances de l’atelier : Plan ESS »",
    ):
        assert words in told["anne@cc.fr"]
    assert passed(3) == [], "nothing is told twice"
    links = channels(bruno)
    (event,) = Calendar.from_ical(Client().get(links["ics"]).content).walk("VEVENT")
    assert (str(event["summary"]), event["dtstart"].dt) == ("Signer le bail", TODAY + timedelta(days=14))
    assert "Signer le bail" in Client().get(links["atom"]).content.decode()

    role = Habilitation.objects.live().get(organisation=team.association)
    habilitations.end(
        role, team.anne, seen=role.version, last_day=TODAY - timedelta(days=1), at=timezone.now()
    )
    edit_step(team.by(team.anne), step, step.version, title="Signer la convention")
    assert [one.to for one in passed(4)] == [["anne@cc.fr"]]
    assert Subscription.objects.get(subscriber__email="bruno@etabli.fr").ended_reason == "acces"
    assert "VEVENT" not in Client().get(links["ics"]).content.decode()
    assert "Signer" not in Client().get(links["atom"]).content.decode()
    page = bruno.get(PAGE).content.decode()
    assert "Vous ne suivez rien" in page
    assert "Plan ESS" not in page
    assert "Plan ESS" in anne.get(PAGE).content.decode()


def test_an_atelier_is_followed_by_its_members_only_and_its_feed_closes_with_all_sessions(team: Team) -> None:
    anne = following(team, team.anne, "anne@cc.fr")
    question = f"echeances_atelier?atelier={team.atelier.pk}"
    for path in ("/alertes/", "/alertes/flux.atom", "/alertes/agenda.ics"):
        answer = Client().get(path, {"question": question})
        assert (answer.status_code, "Plan ESS" in answer.content.decode()) == (400, False)
    links = channels(anne)
    assert Client().get(links["atom"]).status_code == 200
    anne.post("/espace/compte/sessions/")
    assert {Client().get(address).status_code for address in links.values()} == {410}


def test_any_question_is_followed_from_the_space_without_confirming_and_stopped_there(team: Team) -> None:
    anne = following(team, team.anne, "anne@cc.fr")
    question = "zonage_ici?zonage=frr&territoire=23077"
    form = anne.get(PAGE, {"question": question}).content.decode()
    assert "Rien à confirmer" in form
    assert anne.post(PAGE, {"question": question, "frequence": "semaine"}).status_code == 303
    one = Subscription.objects.get(topic__label__startswith="Zonage")
    assert (one.frequency, one.confirmed_at is None, one.person) == ("semaine", False, team.anne.pk)
    assert "Arrêté : Zonage" in unescape(anne.post(PAGE, {"arreter": str(one.pk)}).content.decode())
    one.refresh_from_db()
    assert one.ended_reason == "arret"
    assert anne.post(PAGE, {"question": question, "frequence": "toujours"}).status_code == 422

"""« L'ESS d'ici » names who agreed, and no more once it withdraws; events are announced."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from docx import Document
from icalendar import Calendar
from people_here import Team, organisation, somebody

from ancrage.desk.opened import today
from ancrage.journal.verifying import verify
from ancrage.people.models import Nature, Person
from ancrage.portrait.models import Appearance, LocalEvent

pytestmark = [pytest.mark.both_engines]
SIREN, NAME = "999000094", "Association fictive n° 9, Ahun"
CLOSED = "999005077"
PAGE = "/territoires/23001/ess/"
"""The portrait of Ahun, where the structure is; the other one closed in 2020."""


def signed_in(person: Person) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    return client


def shown(path: str = PAGE) -> str:
    return Client(SERVER_NAME="localhost").get(path).content.decode()


def named() -> list[str]:
    told = Client(SERVER_NAME="localhost").get("/api/v1/territoires/23001/portrait").json()
    return [one["siret"] for one in told["structures"]]


def test_a_member_has_the_structure_named_then_withdraws_and_nobody_else_is(team: Team) -> None:
    carole = somebody("Carole Vergé")
    own = organisation(NAME, Nature.ASSOCIATION, carole, siren=SIREN)
    assert (NAME in shown(), named()) == (False, [])
    member, where = signed_in(carole), f"/espace/organisations/{own.pk}/paraitre/"
    assert signed_in(team.bruno).get(where).status_code == 404
    said = {"words": "Nous réparons des vélos.", "need": "Un local de 60 m²."}
    refused = member.post(where, {**said, "words": "Écrivez à prenom.nom@exemple.fr"})
    assert (refused.status_code, Appearance.objects.count()) == (422, 0)
    assert member.post(where, said).status_code == 302
    page = shown()
    assert all(told in page for told in (NAME, "Nous réparons des vélos.", "Un local de 60 m²."))
    assert len(named()) == 1
    assert NAME in shown("/integrer/territoires/23001/ess/")
    article = Client(SERVER_NAME="localhost").get(f"{PAGE}?document=article&format=docx")
    words = "\n".join(one.text for one in Document(io.BytesIO(article.content)).paragraphs)
    assert f"{NAME} (" in words
    assert "fictives" in words, "figures of demonstration say so in the file"
    row = Appearance.objects.get()
    assert member.post(f"{where}{row.pk}/retirer/", {"version": row.version}).status_code == 302
    assert (NAME in shown(), named()) == (False, [])
    assert verify().lines


def test_an_atelier_notes_a_written_agreement_with_its_proof_and_its_member_may_undo_it(team: Team) -> None:
    where = f"/espace/ateliers/{team.atelier.pk}/structures/{SIREN}/paraitre/"
    said = {
        "agreed_on": "2026-10-01",
        "proof": "Bulletin signé, au service économie",
        "words": "",
        "need": "",
    }
    assert signed_in(team.bruno).post(where, said).status_code == 403
    porteur = signed_in(team.anne)
    assert porteur.post(where, {**said, "proof": " "}).status_code == 422
    assert Appearance.objects.count() == 0
    assert porteur.post(where, said).status_code == 302
    assert NAME in shown()
    assert "Bulletin signé" not in shown(), "the proof stays in the atelier"
    carole = somebody("Carole Vergé")
    own, row = organisation(NAME, Nature.ASSOCIATION, carole, siren=SIREN), Appearance.objects.get()
    path = f"/espace/organisations/{own.pk}/paraitre/{row.pk}/retirer/"
    assert signed_in(carole).post(path, {"version": row.version}).status_code == 302
    assert NAME not in shown()


def test_a_closed_structure_is_never_named_even_with_its_agreement(team: Team) -> None:
    where = f"/espace/ateliers/{team.atelier.pk}/structures/{CLOSED}/paraitre/"
    said = {"agreed_on": "2019-10-01", "proof": "Bulletin signé", "words": "", "need": ""}
    assert signed_in(team.anne).post(where, said).status_code == 302
    told = Client(SERVER_NAME="localhost").get("/api/v1/territoires/dep:23/portrait").json()
    assert told["structures"] == []


def test_an_event_is_in_the_page_the_calendar_and_the_feed_until_it_is_called_off(team: Team) -> None:
    where = f"/espace/ateliers/{team.atelier.pk}/agenda-local/"
    porteur, day = signed_in(team.anne), today() + timedelta(days=3)
    form = porteur.get(f"{where}nouveau/").content.decode()
    commune = form.split('name="commune"')[1].split('<option value="')[1][:5]
    said = {"title": "Portes ouvertes", "begins": str(day), "at": "14h30", "commune": commune}
    said |= {"organiser": "La ressourcerie", "place": "La gare", "href": "https://exemple.fr/", "words": ""}
    assert porteur.post(f"{where}nouveau/", {**said, "at": "midi"}).status_code == 422
    assert porteur.post(f"{where}nouveau/", {**said, "commune": "75056"}).status_code == 422
    assert porteur.post(f"{where}nouveau/", said).status_code == 302
    row, site = LocalEvent.objects.get(), f"/territoires/{commune}/"
    assert "Portes ouvertes" in shown(f"{site}ess/")
    read = Calendar.from_ical(Client(SERVER_NAME="localhost").get(f"{site}agenda-ess.ics").content)
    found = {str(one["uid"]): one for one in read.walk("VEVENT")}
    event = found[f"atelier-{row.pk}@ancrage"]
    assert event["dtstart"].dt.date() == day
    assert f"urn:ancrage:evenement:atelier-{row.pk}" in shown(f"{site}agenda-ess.atom")
    assert porteur.post(f"{where}{row.pk}/retirer/", {"version": row.version}).status_code == 302
    assert "Portes ouvertes" not in shown(f"{site}ess/")

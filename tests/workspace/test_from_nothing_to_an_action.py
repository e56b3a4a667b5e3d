"""From a page of a territory to a first action: a screen leads to the next, nothing is half written."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from people_here import Team, somebody

from ancrage.people.models import Invitation, Nature, Organisation
from ancrage.workspace.models import Action, Cost, Objective, Participation

pytestmark = [pytest.mark.both_engines]
HERE = "/espace/ateliers/ouvrir/?territoire=200044014&outil=10"
FIRST = {
    "objective_title": "Acheter près d’ici",
    "title": "Rencontrer les structures",
    "tools": ["10"],
    "cost": "Une journée de rencontre",
    "planned": "1 500",
    "organisation": "99900379100012",
    "courriel": "bruno@association.fr",
    "nature": Nature.ASSOCIATION.value,
    "jeton": "a",
}


def of(person: object) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)  # type: ignore[arg-type]
    return client


@pytest.mark.usefixtures("transactional_db")
def test_one_who_has_no_organisation_is_led_to_that_of_the_territory_then_back() -> None:
    chloe = of(somebody("Chloé Filigrane"))
    led = chloe.get(HERE)
    asked = parse_qs(urlsplit(led["Location"]).query)
    assert (led.status_code, asked) == (302, {"code": ["200044014"], "next": [HERE]})
    page = chloe.get(led["Location"])
    assert "CC Creuse Grand Sud" in page.content.decode()
    told = {"code": "200044014", "fonction": "agent", "next": HERE}
    assert chloe.post("/espace/organisations/choisir/", told)["Location"] == HERE
    form = chloe.get(HERE).content.decode()
    assert 'value="Agir ensemble, CC Creuse Grand Sud"' in form
    assert '<option value="10" selected>' in form


@pytest.mark.usefixtures("transactional_db")
def test_one_who_waits_to_be_confirmed_or_came_from_elsewhere_stays_on_the_page_of_the_organisation() -> None:
    told = {"code": "200044014", "fonction": "agent", "next": "https://ailleurs.example/"}
    first = of(somebody("Chloé Filigrane")).post("/espace/organisations/choisir/", told)
    second = of(somebody("Denis Filigrane")).post("/espace/organisations/choisir/", told | {"next": HERE})
    page = f"/espace/organisations/{Organisation.objects.get().pk}/"
    assert (first["Location"], second["Location"]) == (page, page)


def test_a_first_action_begins_with_its_expense_and_its_partner(team: Team) -> None:
    anne, address = of(team.anne), f"/espace/ateliers/{team.atelier.pk}/actions/nouvelle/?outil=10"
    assert "Premier partenaire" in anne.get(address).content.decode()
    assert anne.post(address, FIRST).status_code == 302
    partner = Organisation.objects.get(siret="99900379100012")
    assert [(one.label, one.planned) for one in Cost.objects.all()] == [("Une journée de rencontre", 1500)]
    assert Participation.objects.get().awaited_from == partner.pk
    assert "pour l’atelier" in mail.outbox[0].body
    assert "Premier partenaire" not in anne.get(address).content.decode()


def test_a_message_that_cannot_leave_writes_nothing_and_keeps_the_form(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_message: EmailMessage) -> None:
        raise OSError

    monkeypatch.setattr(EmailMessage, "send", refused)
    answer = of(team.anne).post(f"/espace/ateliers/{team.atelier.pk}/actions/nouvelle/", FIRST)
    assert answer.status_code >= 400
    assert "Une journée de rencontre" in answer.content.decode()
    for kind in (Action, Objective, Cost, Participation, Invitation):
        assert not kind._default_manager.exists(), kind


def test_an_address_without_an_organisation_is_not_lost(team: Team) -> None:
    told = FIRST | {"organisation": ""}
    answer = of(team.anne).post(f"/espace/ateliers/{team.atelier.pk}/actions/nouvelle/", told)
    assert answer.status_code == 422
    assert "bruno@association.fr" in answer.content.decode()
    assert not Action.objects.exists()

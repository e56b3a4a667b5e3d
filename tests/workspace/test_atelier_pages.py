"""The pages of an atelier: one reads, writes, answers; who may not is told nothing; no text is lost."""

import re
import uuid
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from people_here import Team, action_of, organisation, somebody

from ancrage.people.models import Nature
from ancrage.workspace.models import Action, Atelier, Objective, Participation, Resource
from ancrage.workspace.plan import edit_action
from ancrage.workspace.sides import declare_participation

pytestmark = [pytest.mark.both_engines]
Browser = Callable[[object], Client]


@pytest.fixture
def browser() -> Browser:
    def signed_in(person: object) -> Client:
        client = Client(SERVER_NAME="localhost")
        client.force_login(person)  # type: ignore[arg-type]
        return client

    return signed_in


def text(answer: object) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())  # type: ignore[attr-defined]


def here(team: Team, path: str = "") -> str:
    return f"/espace/ateliers/{team.atelier.pk}/{path}"


def test_an_officer_goes_from_nothing_to_a_first_action_with_money_a_partner_and_aids(
    team: Team, browser: Browser
) -> None:
    anne = browser(team.anne)
    form = {
        "name": "Second atelier",
        "territory": "CC Creuse Grand Sud",
        "organisation": str(team.epci.pk),
        "jeton": "a",
    }
    made = anne.post("/espace/ateliers/ouvrir/", form)
    assert made.status_code == 302, text(made)
    home = made["Location"]
    assert anne.post("/espace/ateliers/ouvrir/", form)["Location"] == home
    assert "Le plan est encore vide" in text(anne.get(home))
    start = anne.get(f"{home}actions/nouvelle/?outil=4")
    assert start.status_code == 200
    told = {
        "objective_title": "Garder des lieux",
        "title": "Prêter un local",
        "tools": ["4"],
        "pilot": str(team.epci.pk),
        "places": "23077, CC Creuse Grand Sud",
        "jeton": "b",
    }
    action = anne.post(f"{home}actions/nouvelle/?outil=4", told)
    assert action.status_code == 302, text(action)
    row = Action.objects.get()
    assert (row.origin, row.tools, [one["name"] for one in row.places]) == (
        "outil:4",
        [4],
        ["Faux-la-Montagne", "CC Creuse Grand Sud"],
    )
    page = action["Location"]
    assert (
        anne.post(
            f"{page}depenses/nouvelle/",
            {
                "year": "2027",
                "nature": "fonctionnement",
                "label": "Loyer",
                "planned": "12 345,50 €",
                "jeton": "c",
            },
        ).status_code
        == 302
    )
    told_aid = {
        "year": "2027",
        "nature": "subvention",
        "stage": "envisagee",
        "funder_name": "État",
        "jeton": "d",
    }
    assert anne.post(f"{page}ressources/nouvelle/", told_aid).status_code == 302
    seen = text(anne.get(page))
    assert "12 345,50 €" in seen
    assert "Réponses du moteur pour CC Creuse Grand Sud" in seen
    assert "personne de l’atelier ne peut le confirmer" in seen
    assert Resource.objects.get().funder_name == "État"


def test_who_holds_no_role_is_not_told_that_an_atelier_exists(team: Team, browser: Browser) -> None:
    stranger = somebody("Chloé Étrangère")
    organisation("Ailleurs", Nature.ASSOCIATION, stranger)
    action = action_of(team)
    for path in ("", "engagement/", "actions/nouvelle/", f"actions/{action.pk}/", "objectifs/nouveau/"):
        answer = browser(stranger).get(here(team, path))
        assert answer.status_code == 404, path
        assert "Plan ESS" not in text(answer)
        anonymous = Client(SERVER_NAME="localhost").get(here(team, path))
        assert (anonymous.status_code, "connexion" in anonymous["Location"]) == (302, True)


def test_a_partner_who_may_not_is_told_why_and_who_could_and_what_was_typed_stays(
    team: Team, browser: Browser
) -> None:
    answer = browser(team.bruno).post(
        here(team, "objectifs/nouveau/"), {"title": "Mon objectif à moi", "jeton": "a"}
    )
    assert answer.status_code == 403
    said = text(answer)
    assert "Comme partenaire, vous ne pouvez pas" in said
    assert "CC Creuse Grand Sud" in said
    assert b'value="Mon objectif \xc3\xa0 moi"' in answer.content
    assert not Objective.objects.exists()


def test_a_stale_form_is_shown_both_texts_and_can_be_sent_again(team: Team, browser: Browser) -> None:
    action = action_of(team)
    edit_action(team.by(team.anne), action, 1, title="Celui d’Anne")
    mine = {
        "objective_id": str(action.objective_id),
        "title": "Le mien",
        "pilot": str(team.epci.pk),
        "version": "1",
        "jeton": "a",
    }
    path = here(team, f"actions/{action.pk}/modifier/")
    answer = browser(team.anne).post(path, mine)
    assert answer.status_code == 409
    assert "Le mien Celui d’Anne" in text(answer)
    assert Action.objects.get().title == "Celui d’Anne"
    version = re.search(rb'name="version" value="(\d+)"', answer.content)
    assert version
    assert browser(team.anne).post(path, {**mine, "version": version[1].decode()}).status_code == 302
    assert Action.objects.get().title == "Le mien"


def test_fields_that_cannot_be_read_are_told_one_by_one_and_kept(team: Team, browser: Browser) -> None:
    action = action_of(team)
    answer = browser(team.anne).post(
        here(team, f"actions/{action.pk}/depenses/nouvelle/"),
        {"year": "l’an prochain", "nature": "or", "label": "", "planned": "beaucoup", "jeton": "a"},
    )
    assert answer.status_code == 422
    said = text(answer)
    for told in ("écrivez une année", "écrivez un montant", "à remplir"):
        assert told in said.lower()
    assert b'value="beaucoup"' in answer.content


def test_what_is_declared_is_confirmed_on_the_page_by_who_is_concerned(team: Team, browser: Browser) -> None:
    action = action_of(team)
    part = declare_participation(team.by(team.anne), action, team.association.pk, brings="40 m²")
    bruno = browser(team.bruno)
    assert "Une participation à confirmer" in text(bruno.get(here(team)))
    assert "Confirmer" in text(bruno.get(here(team, f"actions/{action.pk}/")))
    assert "Confirmer" not in text(browser(team.anne).get(here(team, f"actions/{action.pk}/")))
    reply = here(team, f"participation/{part.pk}/reponse/")
    assert browser(team.anne).post(reply, {"reponse": "oui", "version": "1"}).status_code == 403
    assert bruno.post(reply, {"reponse": "oui", "version": "1", "jeton": "a"}).status_code == 302
    assert Participation.objects.get().reply == "confirmee"
    assert bruno.post(reply, {"reponse": "oui", "version": "1", "jeton": "b"}).status_code == 409


def test_the_plan_of_a_past_day_offers_nothing_to_do(team: Team, browser: Browser) -> None:
    action = action_of(team)
    then = text(browser(team.anne).get(here(team, f"?le={action.created_at.date()}")))
    assert "tel qu’il était le 2 novembre 2026" in then
    assert "Prêter un local" in then
    assert "Proposer une action" not in then
    before = browser(team.anne).get(here(team, f"actions/{action.pk}/?le=2026-11-01"))
    assert before.status_code == 404


def test_pages_are_kept_nowhere_and_rows_of_another_atelier_are_unknown(team: Team, browser: Browser) -> None:
    action = action_of(team)
    answer = browser(team.anne).get(here(team, f"actions/{action.pk}/"))
    assert "no-store" in answer["Cache-Control"]
    assert "Content-Security-Policy" in answer
    other = Objective(atelier=team.atelier)
    for path in (f"actions/{uuid.uuid4()}/", f"objectifs/{other.pk}/", f"etape/{uuid.uuid4()}/reponse/"):
        assert browser(team.anne).get(here(team, path)).status_code in (404, 405)


def test_the_plan_of_five_hundred_actions_asks_no_more_of_the_base(
    team: Team, browser: Browser, django_assert_max_num_queries: object
) -> None:
    action_of(team)
    client = browser(team.anne)
    client.get(here(team))
    action_of(team, "une autre")
    with django_assert_max_num_queries(30) as few:  # type: ignore[operator]
        client.get(here(team))
    for rank in range(20):
        action_of(team, str(rank))
    with django_assert_max_num_queries(len(few.captured_queries)):  # type: ignore[operator]
        assert "19" in text(client.get(here(team)))
    # Nothing was written since: the plan is not read again. One asks whether others published meanwhile.
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get(here(team))
    assert Atelier.objects.count() == 1


def test_who_holds_the_atelier_gives_a_role_to_an_organisation_and_a_partner_does_not(
    team: Team, browser: Browser
) -> None:
    form = {
        "organisation": "130 025 265 00013",
        "role": "financeur",
        "nom": "DINUM",
        "nature": "etat",
        "courriel": "",
        "jeton": "a",
    }
    path = here(team, "partenaires/inviter/")
    refused = browser(team.bruno).post(path, form)
    assert (refused.status_code, "sa propre organisation" in text(refused)) == (403, True)
    assert browser(team.anne).post(path, form | {"organisation": "130 025 265 00014"}).status_code == 422
    done = browser(team.anne).post(path, form)
    assert done.status_code == 302, text(done)
    listed = text(browser(team.anne).get(done["Location"]))
    assert "DINUM , financeur" in listed
    unclear = browser(team.anne).post(path, form | {"organisation": "zzzz qqqq"})
    assert "donnez son SIREN" in text(unclear)

"""An action is published as a case, frozen; found by others, copied with its origin, withdrawn."""

import json
from decimal import Decimal

import pytest
from django.test import Client
from people_here import AT, Place, Team, action_of, organisation, somebody

from ancrage.cases.case import Case
from ancrage.cases.shelf import cases, known
from ancrage.cases.studied import studied
from ancrage.cases.words import Searched
from ancrage.errors import InvalidQuestionError, NotAllowedError, UnknownCaseError
from ancrage.people.habilitations import give
from ancrage.people.models import Nature, Person
from ancrage.people.roles import Role
from ancrage.workspace.ateliers import open_atelier
from ancrage.workspace.exporting import exported, put_back
from ancrage.workspace.models import Action, CampaignReading, PublishedCase
from ancrage.workspace.plan import edit_action, propose
from ancrage.workspace.proving import READINGS
from ancrage.workspace.publishing import publish, withdraw_case
from ancrage.workspace.sides import add_cost, declare_participation, reply

pytestmark = [pytest.mark.both_engines]
SAID = {"title": "Prêter un local vide", "text": "Un local communal est prêté un an.", "tools": [8]}


def signed(person: Person) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    return client


def test_an_epci_copies_the_action_of_another_from_what_it_read(team: Team) -> None:
    action = action_of(team, description="Un local communal est prêté un an.", tools=[8])
    anne = signed(team.anne)
    there = f"/espace/ateliers/{team.atelier.pk}/actions/{action.pk}/publier/"
    assert "Un local communal" in anne.get(there).content.decode()
    said = {"title": SAID["title"], "text": SAID["text"], "tools": ["8"], "sort": "action", "jeton": "a"}
    before = anne.post(there, said).content.decode()
    assert "Ce qui sera public" in before
    assert not cases_published()
    assert anne.post(there, {**said, "etape": "publier"}).status_code == 302
    (case,) = cases_published()
    visitor = Client(SERVER_NAME="localhost")
    page = visitor.get(f"/cas/{case.id}/")
    assert not page.cookies
    for told in ("Prêter un local vide", "CC Creuse Grand Sud", f"/espace/ateliers/commencer/?cas={case.id}"):
        assert told in page.content.decode()
    assert "Prêter un local vide" in visitor.get("/cas/?outil=8&territoire=23077").content.decode()
    assert "Prêter un local vide" not in visitor.get("/cas/?outil=9").content.decode()
    carla = somebody("Carla Registre")
    other = organisation("CC voisine", Nature.EPCI, carla)
    here = open_atelier(team.by(carla, key="c"), carla, other, "Plan voisin", Place())  # type: ignore[arg-type]
    copying = f"/espace/ateliers/{here.pk}/actions/nouvelle/?cas={case.id}"
    assert copying in signed(carla).get(f"/espace/ateliers/{here.pk}/").content.decode()
    assert copying not in anne.get(f"/espace/ateliers/{team.atelier.pk}/").content.decode()
    assert "Un local communal" in signed(carla).get(copying).content.decode()
    form = {"title": "Notre local", "objective_title": "Des lieux", "jeton": "b"}
    assert signed(carla).post(copying, form).status_code == 302
    copy = Action.objects.get(title="Notre local")
    assert copy.origin == f"cas:{case.id}"
    row = PublishedCase.objects.get()
    withdraw_case(team.by(team.anne, reason="Le local est vendu."), row, row.version)
    shown = signed(carla).get(f"/espace/ateliers/{here.pk}/actions/{copy.pk}/").content.decode()
    assert "de CC Creuse Grand Sud" in shown
    assert "retiré depuis" in shown
    gone = visitor.get(f"/cas/{case.id}/")
    assert (gone.status_code, "n’est plus publié" in gone.content.decode()) == (404, True)
    assert "Un local communal" not in gone.content.decode()


def test_a_case_stays_as_it_was_when_the_action_changes_until_another_takes_its_place(team: Team) -> None:
    action = action_of(team)
    first = publish(team.by(team.anne), action, **SAID)
    edit_action(team.by(team.anne), action, action.version, title="Vendre un local")
    assert [one.title for one in cases_published()] == ["Prêter un local vide"]
    second = publish(team.by(team.anne, days=1), action, **{**SAID, "title": "Un autre titre"})
    assert [one.id for one in cases_published()] == [str(second.pk)]
    old = known(str(first.pk))
    assert old is not None
    assert (old.title, old.followed_by) == ("Prêter un local vide", str(second.pk))


@pytest.mark.parametrize(
    "text",
    [
        "Écrire à anne.filigrane@exemple.fr",
        "Appeler le 05 55 00 00 00",
        "Avec Mme Estampille, à la mairie",
        "Pensé par anne FILIGRANE",
    ],
)
def test_nothing_that_leads_to_a_person_is_published(team: Team, text: str) -> None:
    with pytest.raises(InvalidQuestionError):
        publish(team.by(team.anne), action_of(team), **{**SAID, "text": text})
    assert not cases_published()


@pytest.mark.parametrize("role", [Role.CONTRIBUTEUR, Role.PARTENAIRE, Role.LECTEUR])
def test_only_who_holds_the_atelier_publishes_and_withdraws(team: Team, role: Role) -> None:
    action = action_of(team)
    row = publish(team.by(team.anne), action, **SAID)
    other = somebody("Une personne")
    give(team.atelier.pk, other, role, team.anne, at=AT)
    with pytest.raises(NotAllowedError):
        publish(team.by(other), action, **SAID)
    with pytest.raises(NotAllowedError):
        withdraw_case(team.by(other, reason="Non."), row, row.version)
    assert len(cases_published()) == 1


def test_what_each_brings_is_what_both_sides_said_and_two_epci_share_a_project(team: Team) -> None:
    action = action_of(team)
    second = organisation("CC voisine", Nature.EPCI, team.bruno)
    firm = organisation("Dupont menuiserie", Nature.ENTREPRISE, team.bruno)
    for one in (second, firm):
        give(team.atelier.pk, one, Role.PARTENAIRE, team.anne, at=AT)
    said = declare_participation(team.by(team.anne), action, second.pk, brings="Une part du loyer")
    publish(team.by(team.anne), action, shared=True, **SAID)
    (case,) = cases_published()
    assert ([one.name for one in case.shares], case.shared) == (["CC Creuse Grand Sud"], False)
    reply(team.by(team.bruno), said, said.version, confirmed=True)
    hired = declare_participation(team.by(team.anne), action, firm.pk)
    reply(team.by(team.bruno), hired, hired.version, confirmed=True)
    publish(team.by(team.anne, days=1), action, shared=True, **SAID)
    (case,) = cases_published()
    assert case.shared
    assert [(one.name, one.brings) for one in case.shares[1:]] == [
        ("CC voisine", "Une part du loyer"),
        ("une organisation (autre entreprise)", ""),
    ]


def test_what_is_no_case_is_said(db: None) -> None:
    from ancrage.cases.shelf import case

    for wrong in ("", "x", "00000000-0000-0000-0000-000000000000", "é" * 300):
        with pytest.raises(UnknownCaseError):
            case(wrong)


def test_a_plan_is_compared_by_lever_once_published_and_no_more_once_withdrawn(team: Team) -> None:
    first = action_of(team, tools=[8, 13])
    add_cost(team.by(team.anne), first, year=2027, label="Loyer", planned=Decimal(1200))
    propose(team.by(team.anne), first.objective, title="Sans outil ni coût")
    visitor, anne = Client(SERVER_NAME="localhost"), signed(team.anne)
    there = f"/espace/ateliers/{team.atelier.pk}/publier/"
    assert "1 action ; 1 200 € prévus" in " ".join(anne.get(there).content.decode().split())
    assert "CC Creuse Grand Sud" not in visitor.get("/cas/leviers/").content.decode()
    assert anne.post(there, {"jeton": "a", "etape": "publier"}).status_code == 302
    (plan,) = visitor.get("/api/v1/cas/leviers").json()["items"]
    assert plan["actions"] == 2
    told = {row["lever"]: (row["actions"], row["planned_eur"], row["unknown"]) for row in plan["levers"]}
    assert told == {0: (1, None, 1), 2: (1, 1200.0, 0), 4: (1, 1200.0, 0)}
    assert "CC Creuse Grand Sud" in visitor.get("/cas/leviers/?territoire=23077").content.decode()
    assert anne.post(f"{there}retirer/", {"version": "1"}).status_code == 400
    out = {"version": "1", "motif": "À revoir.", "jeton": "b"}
    assert anne.post(f"{there}retirer/", out).status_code == 302
    assert visitor.get("/api/v1/cas/leviers").json()["items"] == []


def cases_published() -> list[Case]:
    return [one for one in cases() if one.published_on]


@pytest.mark.parametrize(
    ("code", "told"),
    [("19272", "les plus proches de Tulle, par ressemblance"), ("97411", "que l’on sache comparer")],
)
def test_cases_are_said_alike_only_when_some_are_and_the_place_typed_is_kept(
    db: None, embedded: object, code: str, told: str
) -> None:
    page = Client(SERVER_NAME="localhost").get(f"/cas/?t={code}").content.decode()
    assert told in page
    assert f'name="territoire" value="{code}"' in page


@pytest.mark.parametrize(
    ("typed", "found", "said"),
    [
        ("JEUNE", {"cooperative_jeunes_majeurs", "cooperative_jeunesse_services"}, ""),
        ("ferroviare", {"railcoop"}, "lu « ferroviaires »"),
        ("massgot granits", {"amis_pierre_masgot"}, "lu « masgot »"),
        ("incubateurs ferroviaires", set(), ""),
        ("zzzzzz", set(), ""),
    ],
)
def test_words_of_a_case_are_found_in_the_plural_without_accents_and_with_a_mistake_that_is_said(
    typed: str, found: set[str], said: str
) -> None:
    searched = Searched(typed, studied())
    assert {one.id for one in studied() if searched.held_by(one)} == found
    assert said in " ".join(searched.told())
    assert bool(said) == bool(searched.read_as)


def test_a_campaign_is_followed_day_by_day_and_relayed_in_the_portrait_with_where_it_was_read(
    team: Team,
) -> None:
    action, anne = action_of(team), signed(team.anne)
    where = f"/espace/ateliers/{team.atelier.pk}/actions/{action.pk}/"
    told = {"sort": "campagne", "stage": "en_cours", "goal": Decimal(20000), "link": "https://exemple.fr/c"}
    publish(team.by(team.anne), action, title="Sauver l’épicerie", text="Une collecte.", tools=[1], **told)
    first = {"on": "2026-11-01", "gathered": "5 000", "backers": "40", "source": "Page de la collecte"}
    assert anne.post(f"{where}releves/nouveau/", first | {"jeton": "a"}).status_code == 302
    again = anne.post(f"{where}releves/nouveau/", first | {"jeton": "b"})
    assert (again.status_code, "un relevé de ce jour" in again.content.decode()) == (422, True)
    to_come = anne.post(f"{where}releves/nouveau/", first | {"on": "2999-01-01", "jeton": "c"})
    assert (to_come.status_code, CampaignReading.objects.count()) == (422, 1)
    anne.post(
        f"{where}releves/nouveau/",
        {"on": "2026-11-10", "gathered": "12000", "source": "La plateforme", "jeton": "d"},
    )
    (case,) = [one for one in cases() if one.campaign]
    assert [(one.gathered, one.backers) for one in case.campaign.readings] == [(5000, 40), (12000, None)]
    page = Client().get(f"/cas/{case.id}/").content.decode()
    assert all(one in page for one in ("Page de la collecte", "60", "La plateforme", "inconnu"))
    portrait = Client().get(f"/api/v1/territoires/{Place().code}/portrait").json()
    assert [(one["gathered_eur"], one["read_on"]) for one in portrait["campaigns"]] == [
        (12000.0, "2026-11-10")
    ]
    for paper in ("portrait", "article", "communique"):
        written = Client().get(f"/territoires/{Place().code}/ess/?document={paper}").content.decode()
        assert "Sauver l’épicerie" in written, paper
    said = json.loads(json.dumps(exported(team.atelier)))
    assert [one["backers"] for one in said["releve_campagne"]] == [40, None]
    carla = somebody("Carla Registre")
    other = organisation("CC voisine", Nature.EPCI, carla)
    here = open_atelier(team.by(carla, key="e"), carla, other, "Plan voisin", Place())  # type: ignore[arg-type]
    put_back(team.by(carla, days=20, key="f"), here, said)
    assert sorted(CampaignReading.objects.values_list("gathered", flat=True)) == [5000, 5000, 12000, 12000]
    said["releve_campagne"][0]["on"] = "2999-01-01"
    back = put_back(team.by(carla, days=20, key="g"), here, said)
    assert back.doubted == {READINGS: 1}

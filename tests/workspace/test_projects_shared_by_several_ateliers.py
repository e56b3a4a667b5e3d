"""A project of several ateliers: proposed, joined, each writes its own part, leaves; nobody else reads it."""

import io
import json
import uuid
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from people_here import AT, Place, Team, action_of, organisation, somebody

from ancrage.alerts.returns import Outcome, read_folder
from ancrage.desk.passes import boxes
from ancrage.errors import NotAllowedError
from ancrage.journal.models import Line
from ancrage.people.actors import actor_of
from ancrage.people.habilitations import give
from ancrage.people.models import Habilitation, Nature, Person
from ancrage.people.roles import Role
from ancrage.workspace.announcing import pass_once
from ancrage.workspace.ateliers import open_atelier
from ancrage.workspace.deciding import adopt, write_decision
from ancrage.workspace.door import By
from ancrage.workspace.exporting import PutBack, exported, put_back
from ancrage.workspace.models import Atelier, Decision, ProjectPart, SharedProject
from ancrage.workspace.pooling import invite, join, open_project
from ancrage.workspace.proving import ADOPTED, PARTS, PROJECTS
from post_office import returned, sent_to

pytestmark = [pytest.mark.both_engines]
OTHER = ("200067189", "CC Creuse Sud Ouest")
TITLE = "Un incubateur à deux"


def signed(person: Person) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    return client


def atelier_of(team: Team, name: str, siren: str) -> tuple[Person, Atelier]:
    """Another atelier, held by an organisation of its own."""
    person = somebody(f"Membre {siren}")
    own = organisation(name, Nature.EPCI, person, siren=siren)
    act = By(actor_of(person), team.by(person, key=uuid.uuid4().hex).act)
    return person, open_atelier(act, person, own, f"Plan {siren}", Place(siren, name))  # type: ignore[arg-type]


def test_two_ateliers_carry_a_project_each_writing_its_own_part_and_one_leaves(team: Team) -> None:
    bruno, theirs = atelier_of(team, OTHER[1], OTHER[0])
    carl, _ = atelier_of(team, "CC Ailleurs", "200044014")
    anne, action = signed(team.anne), action_of(team)
    here, there = (f"/espace/ateliers/{one.pk}/projets/" for one in (team.atelier, theirs))
    made = anne.post(f"{here}nouveau/", {"title": TITLE, "text": "Accueillir à deux.", "jeton": "a"})
    project = SharedProject.objects.get()
    assert made["Location"] == f"{here}{project.pk}/"
    for client in (signed(bruno), signed(carl)):
        assert client.get(f"{there}{project.pk}/").status_code == 404
    anne.post(f"{here}{project.pk}/inviter/", {"who": OTHER[0], "jeton": "b"})
    said = {
        "days": "20",
        "money": "10 000",
        "premises": "Un bureau",
        "action_id": str(action.pk),
        "jeton": "c",
    }
    assert anne.post(f"{here}{project.pk}/part/", said).status_code == 302
    assert TITLE in signed(bruno).get("/espace/ateliers/").content.decode()
    assert TITLE not in signed(carl).get("/espace/ateliers/").content.decode()
    wrong = {"days": "-1", "action_id": str(action.pk), "jeton": "d"}
    assert signed(bruno).post(f"{there}{project.pk}/part/", wrong).status_code == 422
    joined = signed(bruno).post(f"{there}{project.pk}/part/", {"days": "12,5", "jeton": "e"})
    assert joined.status_code == 302, joined.content.decode()
    parts = ProjectPart.objects.order_by("created_at")
    assert [(one.days, one.money) for one in parts] == [(20, Decimal(10000)), (Decimal("12.5"), None)]
    for client, where in ((anne, here), (signed(bruno), there)):
        page = client.get(f"{where}{project.pk}/").content.decode()
        assert all(one in page for one in (OTHER[1], "CC Creuse Grand Sud", "32,5 j", "Un bureau", "inconnu"))
        book = load_workbook(io.BytesIO(client.get(where.replace("projets/", "plan.xlsx")).content))
        told = [
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell
        ]
        assert {"Un bureau", OTHER[1], "20", "12.5"} <= set(told)
    mine = parts[1]
    assert set(Line.objects.filter(object_id=mine.pk).values_list("chain", flat=True)) == {theirs.pk}
    stranger = signed(bruno).post(f"{here}{project.pk}/part/", {"days": "1"})
    assert stranger.status_code == 404, "nobody writes in the atelier of another"
    left = {"version": str(mine.version), "motif": "Faute de moyens", "jeton": "f"}
    signed(bruno).post(f"{there}{project.pk}/quitter/", left)
    assert "Ont quitté le projet : CC Creuse Sud Ouest" in anne.get(f"{here}{project.pk}/").content.decode()
    export = json.loads(signed(bruno).get(there.replace("projets/", "plan.json")).content)
    assert export["part_projet"] == []


def test_who_is_not_invited_cannot_join_and_who_declined_may_come_back(team: Team) -> None:
    bruno, theirs = atelier_of(team, OTHER[1], OTHER[0])
    carl, elsewhere = atelier_of(team, "CC Ailleurs", "200044014")
    signed(team.anne).post(
        f"/espace/ateliers/{team.atelier.pk}/projets/nouveau/", {"title": TITLE, "text": "x", "jeton": "a"}
    )
    project = SharedProject.objects.get()
    with pytest.raises(NotAllowedError):
        join(By(actor_of(carl), team.by(carl).act), elsewhere, project)
    invite(team.by(team.anne), project, *OTHER)
    where = f"/espace/ateliers/{theirs.pk}/projets/{project.pk}/"
    assert signed(bruno).post(f"{where}decliner/", {"jeton": "b"}).status_code == 302
    assert "vous avez décliné" in signed(bruno).get(f"/espace/ateliers/{theirs.pk}/projets/").content.decode()
    row = ProjectPart.objects.get()
    again = {"version": str(row.version), "other": "Une animatrice", "jeton": "c"}
    assert signed(bruno).post(f"{where}part/", again).status_code == 302
    row.refresh_from_db()
    assert (row.declined, row.other, AT.year) == (False, "Une animatrice", 2026)


def test_a_file_joins_no_project_for_another_nor_adopts_nor_invites_beyond_ones_right(team: Team) -> None:
    _, theirs = atelier_of(team, OTHER[1], OTHER[0])
    carl, elsewhere = atelier_of(team, "CC Ailleurs", "200044014")
    by = team.by(team.anne)
    project = open_project(by, team.atelier, title=TITLE, text="x")
    invite(by, project, *OTHER)
    decision = write_decision(by, team.atelier, body="Conseil", on=AT.date(), text="Ouvrir")
    adopt(by, decision, decision.version)
    join(by, team.atelier, project, days=1)
    said = json.loads(json.dumps(exported(team.atelier)))
    # Forged: an atelier that is not invited brings something in the name of one that is.
    held = Habilitation.objects.get(atelier_id=theirs.pk).organisation
    assert held is not None
    said["organisations"][str(held.pk)] = {"nom": OTHER[1], "siren": OTHER[0], "siret": ""}
    said["part_projet"][0] |= {"organisation": str(held.pk), "days": "99"}
    dora = somebody("Dora")
    helping = organisation("Qui aide", Nature.ASSOCIATION, dora)
    give(elsewhere.pk, helping, Role.CONTRIBUTEUR, carl, at=AT)
    back = put_back(By(actor_of(dora), team.by(dora).act), elsewhere, said)
    assert back == PutBack(1, {ADOPTED: 1, PROJECTS: 2, PARTS: 1})
    assert [one.days for one in ProjectPart.objects.all()] == [1]
    assert not SharedProject.objects.filter(atelier=elsewhere).exists()
    assert Decision.objects.get(atelier=elsewhere).adopted_at is None
    part = {**said, "decision": [], "projet_partage": [], "invitation_projet": []}
    carls = signed(carl).post(
        f"/espace/ateliers/{elsewhere.pk}/importer/",
        {"fichier": io.BytesIO(json.dumps(part).encode()), "jeton": "e"},
    )
    assert carls.status_code == 422
    assert "Rien de ce fichier ne se reprend : Parts dans des projets" in carls.content.decode()


def test_who_may_engage_an_invited_atelier_is_told_once_by_a_message_that_is_not_lost(
    team: Team, local_mail: Path, settings: Any
) -> None:
    settings.SITE_ORIGIN = "https://ancrage.example.org"
    bruno, theirs = atelier_of(team, OTHER[1], OTHER[0])
    helper = somebody("Qui aide")  # may read the atelier, not engage it
    give(theirs.pk, organisation("Association", Nature.ASSOCIATION, helper), Role.CONTRIBUTEUR, bruno, at=AT)
    addresses = {bruno: "bruno@ccso.fr", helper: "aide@asso.fr"}
    for person, email in addresses.items():
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    anne, here = signed(team.anne), f"/espace/ateliers/{team.atelier.pk}/projets/"
    project = open_project(team.by(team.anne), team.atelier, title=TITLE, text="x")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1  # the server of messages is down
    anne.post(f"{here}{project.pk}/inviter/", {"who": OTHER[0], "jeton": "b"})
    page = anne.get(f"{here}{project.pk}/").content.decode()
    assert "partira dès que le serveur le prendra" in page
    settings.EMAIL_PORT, now = port, timezone.now()
    assert [pass_once(now + timedelta(hours=hours)) for hours in (1, 2)] == [1, 0]
    (told,) = sent_to(local_mail, "bruno@ccso.fr")
    assert told.subject == "CC Creuse Grand Sud vous invite à un projet partagé"
    assert f"/espace/ateliers/{theirs.pk}/projets/{project.pk}/" in told.links[0]
    assert f"vous pouvez engager l’atelier « {theirs.name} »" in told.text
    assert not sent_to(local_mail, "aide@asso.fr")
    assert "un courriel l’en a prévenu" in anne.get(f"{here}{project.pk}/").content.decode()
    there = returned(local_mail, "bruno@ccso.fr")  # it came back later, refused
    assert read_folder(there, boxes(now), now=now) == {Outcome.REFUSED: 1}
    assert "n’a pas pu être remis" in anne.get(f"{here}{project.pk}/").content.decode()
    invite(team.by(team.anne), project, "200044014", "CC Ailleurs")
    assert "ne porte pas encore d’atelier ici" in anne.get(f"{here}{project.pk}/").content.decode()
    carl, elsewhere = atelier_of(team, "CC Ailleurs", "200044014")  # its atelier opens later: it is told then
    EmailAddress.objects.create(user=carl, email="carl@ailleurs.fr", verified=True, primary=True)
    assert pass_once(now + timedelta(hours=3)) == 1
    assert str(elsewhere.pk) in sent_to(local_mail, "carl@ailleurs.fr")[0].links[0]

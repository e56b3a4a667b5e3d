"""What leaves an atelier comes back the same, and hostile files write nothing."""

import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from people_here import Team, action_of

from ancrage.journal.verifying import verify
from ancrage.workspace.ateliers import open_atelier
from ancrage.workspace.exporting import exported, put_back
from ancrage.workspace.models import Action, Objective, Participation
from ancrage.workspace.plan import add_step
from ancrage.workspace.sides import add_cost, declare_participation, declare_resource, reply

pytestmark = [pytest.mark.both_engines]


@pytest.fixture
def filled(team: Team) -> Team:
    by = team.by(team.anne)
    action = action_of(
        team, places=[{"code": "23077", "name": "Faux-la-Montagne", "on": "2026-11-02"}], tools=[4]
    )
    for rank in range(8):
        add_step(by, action, title=f"Étape {rank}")
    add_cost(by, action, year=2027, label="=1+1", planned="1234.50")
    declare_resource(by, action, year=2027, funder_name="État", asked="10")
    part = declare_participation(by, action, team.association.pk, brings="40 m²")
    reply(team.by(team.bruno), part, 1, confirmed=True)
    return team


def without_answers(said: dict[str, Any]) -> dict[str, Any]:
    told = json.loads(json.dumps(said))
    for one in (*told["participation"], *told["ressource"]):
        for name in ("reply", "replied_by", "replied_at", "reply_reason"):
            one.pop(name)
    return {name: value for name, value in told.items() if name not in ("atelier", "organisations")}


def test_an_export_put_back_elsewhere_is_the_same_export_its_answers_to_be_given_again(filled: Team) -> None:
    said = json.loads(json.dumps(exported(filled.atelier)))
    by = filled.by(filled.anne, key="autre")
    from people_here import Place

    other = open_atelier(by, filled.anne, filled.epci, "Autre", Place())  # type: ignore[arg-type]
    assert put_back(filled.by(filled.anne), other, said).count == 13
    again = exported(other)
    assert without_answers(again) == without_answers(said)
    assert [one["reply"] for one in said["participation"]] == ["confirmee"]
    assert [one["reply"] for one in again["participation"]] == ["attendue"]
    assert Participation.objects.filter(atelier=other).get().awaited() == {str(filled.association.pk)}
    assert str(filled.anne.pk) not in json.dumps(again)
    verify()


@pytest.mark.parametrize(
    "damage",
    [
        lambda said: said.update(format="autre"),
        lambda said: said["action"][0].update(objective_id="objectif-9"),
        lambda said: said["action"][0].update(tools=[99]),
        lambda said: said["action"][0].update(begin="hier"),
        lambda said: said["depense"][0].update(planned="beaucoup"),
        lambda said: said["depense"][0].update(planned={"a": 1}),
        lambda said: said.update(action=["a"]),
        lambda said: said.update(action={}),
    ],
)
def test_a_file_that_does_not_fit_writes_nothing(filled: Team, damage: Any) -> None:
    said = json.loads(json.dumps(exported(filled.atelier)))
    damage(said)
    client = Client(SERVER_NAME="localhost")
    client.force_login(filled.anne)
    file = SimpleUploadedFile("plan.json", json.dumps(said).encode())
    answer = client.post(f"/espace/ateliers/{filled.atelier.pk}/importer/", {"fichier": file})
    assert answer.status_code == 422
    assert (Action.objects.count(), Objective.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "content", [b"", b"bonjour", b"PK\x03\x04", b"[" * 100_000, b"{}", b"[1]", b"\xff\xfe\x00"]
)
def test_what_is_no_export_is_told(filled: Team, content: bytes) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(filled.anne)
    file = SimpleUploadedFile("../../plan.json", content)
    answer = client.post(f"/espace/ateliers/{filled.atelier.pk}/importer/", {"fichier": file})
    assert answer.status_code == 422
    assert b'role="alert"' in answer.content


@pytest.mark.parametrize("shape", ["xlsx", "docx", "pdf", "json"])
def test_the_plan_leaves_in_each_format_and_a_partner_does_not_take_all(filled: Team, shape: str) -> None:
    anne, bruno = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    anne.force_login(filled.anne)
    bruno.force_login(filled.bruno)
    path = f"/espace/ateliers/{filled.atelier.pk}/plan.{shape}"
    answer = anne.get(path)
    assert (answer.status_code, "attachment" in answer["Content-Disposition"]) == (200, True)
    assert bruno.get(path).status_code == (403 if shape == "json" else 200)
    assert anne.get(path.replace(shape, "exe")).status_code == 404
    if shape == "xlsx":
        book = load_workbook(io.BytesIO(answer.content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
        assert [cell.data_type for cell in cells] == ["s"]


def test_a_table_that_its_form_lost_is_told_on_the_page_of_imports(filled: Team) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(filled.anne)
    answer = client.post(f"/espace/ateliers/{filled.atelier.pk}/importer/tableau/", {"feuille": "\0"})
    assert answer.status_code == 422
    assert "n’est plus dans le formulaire" in answer.content.decode()

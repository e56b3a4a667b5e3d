"""What people send by mistake or by malice: a clear sentence, the form kept, nothing lost, nothing run."""

import uuid
from dataclasses import replace
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from people_here import Place, Team, action_of, objective_of

from ancrage.desk.refusals import REFUSED
from ancrage.journal.models import Line
from ancrage.workspace.ateliers import open_atelier
from ancrage.workspace.models import Action, Atelier, Cost
from ancrage.workspace.plan import withdraw
from ancrage.workspace.remarks import comment

pytestmark = [pytest.mark.both_engines]


@pytest.fixture
def anne(team: Team) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(team.anne)
    return client


def another(team: Team) -> Atelier:
    """A second atelier of the same organisation."""
    return open_atelier(team.by(team.anne), team.anne, team.epci, "Plan vélo", Place())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12 345,50", "12345.50"),
        ("12\u202f345,50 €", "12345.50"),
        ("1.234.567,89", "1234567.89"),
        ("12 k€", "12000.00"),
        ("1,234.56", "1234.56"),
        ("", None),
    ],
)
def test_an_amount_is_read_as_people_write_it(
    team: Team, anne: Client, typed: str, value: str | None
) -> None:
    there = f"/espace/ateliers/{team.atelier.pk}/actions/{action_of(team).pk}/depenses/nouvelle/"
    form = {"label": "Loyer", "year": "2027", "nature": "fonctionnement", "planned": typed, "real": ""}
    assert anne.post(there, {**form, "jeton": "a"}).status_code == 302
    assert Cost.objects.get().planned == (Decimal(value) if value else None)


@pytest.mark.parametrize("typed", ["1.234", "beaucoup", "12 $", "1e9", "NaN", "−", "1 23", "9" * 30])
def test_an_amount_with_two_readings_or_none_is_told_and_kept_in_the_form(
    team: Team, anne: Client, typed: str
) -> None:
    there = f"/espace/ateliers/{team.atelier.pk}/actions/{action_of(team).pk}/depenses/nouvelle/"
    form = {"label": "Un loyer précis", "year": "2027", "nature": "fonctionnement", "planned": typed}
    answer = anne.post(there, {**form, "real": "", "jeton": "a"})
    page = answer.content.decode()
    assert (answer.status_code, "Un loyer précis" in page, f'value="{typed}"' in page) == (422, True, True)
    assert ("deux façons" in page) is (typed == "1.234")
    assert not Cost.objects.exists()


@pytest.mark.parametrize("lost", ["unknown", "retired", "elsewhere"])
@pytest.mark.parametrize("change", [False, True])
def test_an_action_under_an_objective_that_is_not_there_keeps_the_form_and_says_it(
    team: Team, anne: Client, lost: str, change: bool
) -> None:
    action, goal = action_of(team), objective_of(team, "Un objectif qui part")
    if lost == "retired":
        withdraw(team.by(team.anne, reason="écrit deux fois"), goal, goal.version)
    elsewhere = replace(team, atelier=another(team))
    told = {"unknown": uuid.uuid4(), "retired": goal.pk, "elsewhere": objective_of(elsewhere).pk}[lost]
    there = f"/espace/ateliers/{team.atelier.pk}/actions/"
    form = {"objective_id": str(told), "title": "Ouvrir une cantine", "description": "Midi et soir"}
    place = f"{there}{action.pk}/modifier/" if change else f"{there}nouvelle/"
    answer = anne.post(place, {**form, "jeton": "a", "version": action.version})
    page = answer.content.decode()
    assert (answer.status_code, "Ouvrir une cantine" in page, "Midi et soir" in page) == (422, True, True)
    assert "n’est pas dans le plan, ou n’y est plus : choisissez-en un dans la liste" in page
    assert [one.title for one in Action.objects.all()] == [action.title]


@pytest.mark.parametrize("who", ["", "x", str(uuid.UUID(int=7))])
def test_an_atelier_in_the_name_of_nobody_one_knows_keeps_the_form(
    team: Team, anne: Client, who: str
) -> None:
    form = {"name": "Un nom précis", "territory": "23077", "organisation": who, "jeton": "a"}
    answer = anne.post("/espace/ateliers/ouvrir/", form)
    assert (answer.status_code, "Un nom précis" in answer.content.decode()) == (422, True)


def test_a_remark_with_a_script_is_shown_as_it_was_written(team: Team, anne: Client) -> None:
    action = action_of(team)
    comment(team.by(team.anne), action, "<script>alert(1)</script> [x](javascript:alert(1)) **gras**")
    page = anne.get(f"/espace/ateliers/{team.atelier.pk}/actions/{action.pk}/").content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("../../etc/passwd", b"PK\x03\x04" + b"\0" * 100),
        ("plan.xlsx.exe", b"MZ\x90\0"),
        ("plan.csv", b"\xff" * 500),
    ],
)
def test_a_hostile_file_writes_nothing_and_is_told(
    team: Team, anne: Client, name: str, content: bytes
) -> None:
    lines = Line.objects.count()
    given = SimpleUploadedFile(name, content)
    answer = anne.post(f"/espace/ateliers/{team.atelier.pk}/importer/", {"fichier": given})
    assert answer.status_code == 422
    assert Line.objects.count() == lines
    assert not Action.objects.exists()


@pytest.mark.parametrize("code", ["172300015", "17230001", "abc", "99900507700014"])
def test_a_code_with_a_false_key_or_that_closed_is_refused_with_its_reason(
    team: Team, anne: Client, code: str
) -> None:
    path = f"/espace/ateliers/{team.atelier.pk}/partenaires/inviter/"
    form = {"organisation": code, "role": "partenaire", "nom": "X", "nature": "association", "courriel": ""}
    answer = anne.post(path, {**form, "jeton": "a"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{code}"' in page
    assert code != "99900507700014" or "Fermé" in page


@pytest.mark.parametrize("said", ["database is locked", "could not connect to server"])
def test_a_base_that_is_locked_or_down_in_the_middle_keeps_the_form_and_writes_nothing(
    team: Team, anne: Client, said: str
) -> None:
    there = f"/espace/ateliers/{team.atelier.pk}/actions/{action_of(team).pk}/depenses/nouvelle/"
    form = {"label": "Un loyer précis", "year": "2027", "nature": "fonctionnement", "planned": "10"}
    with patch.object(Cost, "save", side_effect=OperationalError(said)):
        answer = anne.post(there, {**form, "real": "", "jeton": "a"})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Un loyer précis" in page
    assert not Cost.objects.exists()
    assert anne.post(there, {**form, "real": "", "jeton": "a"}).status_code == 302
    assert Cost.objects.count() == 1


def test_a_day_that_has_not_come_and_a_file_too_heavy_are_told(team: Team, anne: Client) -> None:
    here = f"/espace/ateliers/{team.atelier.pk}/"
    later = anne.get(here, {"le": "2999-01-01"})
    assert (later.status_code, "hors de la période connue" in later.content.decode()) == (400, True)
    path = f"{here}pieces/action/{action_of(team).pk}/joindre/"
    heavy = anne.post(path, {"title": "Un devis"}, **{REFUSED: "413"})
    assert (heavy.status_code, "dépasse 4 Mo" in heavy.content.decode()) == (413, True)


def test_a_link_that_leads_to_nothing_is_told_and_the_form_kept(team: Team, anne: Client) -> None:
    home, action = f"/espace/ateliers/{team.atelier.pk}/", action_of(team)
    kept, other = "Ouvrir le soir", str(action.pk)
    for where, form in (
        ("objectifs/nouveau/", {"title": kept, "parent_id": other}),
        (f"actions/{action.pk}/modifier/", {"title": kept, "objective_id": other, "version": "1"}),
    ):
        answer = anne.post(home + where, {**form, "jeton": where})
        assert (answer.status_code, kept in answer.content.decode()) == (422, True), where
    assert Action.objects.count() == 1

"""An export put back says what who imports may say: nothing that another, or the site, did comes by it."""

import json
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from people_here import AT, Place, Team, action_of, organisation, somebody

from ancrage.contracts.kept import read_kept
from ancrage.contracts.models import contract_model
from ancrage.errors import WorkspaceFileError
from ancrage.journal.verifying import verify
from ancrage.people.actors import actor_of
from ancrage.people.habilitations import give
from ancrage.people.models import Nature, Person
from ancrage.people.roles import Role
from ancrage.workspace.ateliers import open_atelier
from ancrage.workspace.attaching import attach
from ancrage.workspace.deciding import adopt, write_decision
from ancrage.workspace.documents import Given
from ancrage.workspace.door import By
from ancrage.workspace.exporting import HELD, exported, put_back
from ancrage.workspace.financing import find, keep_for
from ancrage.workspace.following import follow, measure
from ancrage.workspace.models import Atelier, Attachment, Decision, FinancingPlan, Measure
from ancrage.workspace.models.parts import TwoSided
from ancrage.workspace.proving import ADOPTED, ADOPTED_NOW, FOUND, FOUND_BY_YOU, UNKNOWN, WORKED_OUT

pytestmark = [pytest.mark.both_engines]
PIECE = Given("avis.txt", "text/plain", b"avis")


@pytest.fixture
def said(team: Team) -> dict[str, Any]:
    """An export that says what an evaluator found, what the site worked out, what was adopted long ago."""
    by, action = team.by(team.anne), action_of(team)
    row = keep_for(by, action, read_kept(contract_model()))
    find(by, row, row.version, date(2023, 5, 1), Decimal(320), "Rapport")
    told = follow(by, action, name="Emplois", computed="emplois_ess")
    measure(by, told, on=AT.date(), value=Decimal(3), source="calculé, édition x", edition="x")
    adopted = write_decision(by, team.atelier, body="Conseil", on=AT.date(), text="Ouvrir")
    adopt(by, adopted, adopted.version)
    attach(by, action, "Avis", PIECE)
    whole: dict[str, Any] = json.loads(json.dumps(exported(team.atelier)))
    whole["decision"][0]["adopted_at"] = "2001-01-01T00:00:00+00:00"
    whole["piece"][0]["joined_by"] = str(team.association.pk)
    whole["organisations"][str(team.association.pk)] = {"nom": "", "siren": "", "siret": ""}
    return whole


def elsewhere(team: Team, role: Role | None = None) -> tuple[Person, UUID, Atelier]:
    """Another atelier, and who imports in it: who holds it, or somebody who has a role there."""
    by = team.by(team.anne, key="autre")
    atelier = open_atelier(by, team.anne, team.epci, "Autre", Place())  # type: ignore[arg-type]
    if role is None:
        return team.anne, team.epci.pk, atelier
    dora = somebody("Dora")
    helping = organisation("Qui aide", Nature.ASSOCIATION, dora)
    give(atelier.pk, helping, role, team.anne, at=AT)
    return dora, helping.pk, atelier


@pytest.mark.parametrize("role", [None, Role.CONTRIBUTEUR])
def test_what_others_did_is_done_by_who_imports_or_not_at_all(
    team: Team, said: dict[str, Any], role: Role | None
) -> None:
    person, own, there = elsewhere(team, role)
    by = By(actor_of(person), team.by(person, days=9).act)
    holds = role is None
    assert put_back(by, there, said).doubted == {
        (FOUND_BY_YOU if holds else FOUND): 1,
        WORKED_OUT: 1,
        (ADOPTED_NOW if holds else ADOPTED): 1,
    }
    assert Decision.objects.get(atelier=there).adopted_at == (by.act.at if holds else None)
    assert Attachment.objects.get(atelier=there).joined_by == own
    assert Measure.objects.get(atelier=there).edition == ""
    text = FinancingPlan.objects.get(atelier=there).text
    assert ("constats" in text) is holds
    assert text.startswith("# Le premier contrat à impact français")
    verify()


def test_a_text_is_never_signed_by_all_for_want_of_parties(team: Team, said: dict[str, Any]) -> None:
    _, _, there = elsewhere(team)
    lead, other = str(team.epci.pk), str(team.association.pk)
    said["organisations"][lead] = {"nom": "", "siren": "", "siret": ""}
    convention = {"id": "convention-1", "sort": "cpo", "title": "C", "lead": lead, "others": [other]}
    text = {"id": "convention_texte-1", "convention_id": "convention-1", "rank": 1, "law_on": "2026-11-02"}
    file = {"filename": "c.txt", "mime": "text/plain", "size": 1, "digest": "0" * 64}
    stranger = "00000000-0000-4000-8000-000000000000"
    for parties in ([], [lead], [lead, lead], [lead, stranger]):
        whole = {**said, "convention": [convention], "convention_texte": [text | file | {"parties": parties}]}
        with pytest.raises(WorkspaceFileError, match="parti"):
            put_back(team.by(team.anne), there, whole)
    said["action"][0]["pilot"] = stranger
    assert put_back(team.by(team.anne), there, said).doubted[UNKNOWN] == 1


JUDGED = {"piece": {"joined_by"}, "decision": {"adopted_at"}, "mesure": {"edition"}, "financement": {"text"}}
"""What stands for an act of somebody, or of the site, in a column: each is made what it is worth here."""
ACTS = ("_by", "_at", "edition")


def test_no_column_that_names_who_or_when_comes_by_a_file_without_being_judged() -> None:
    answers = {"declared_by", "replied_by", "replied_at"}
    own = {"created_at", "retired_at"}
    typed = {"obligation": {"owed_by"}}
    for model in HELD:
        columns = {field.attname for field in model._meta.concrete_fields if field.attname.endswith(ACTS)}
        if issubclass(model, TwoSided):
            columns -= answers
        left = columns - own - JUDGED.get(model.kind(), set()) - typed.get(model.kind(), set())
        assert not left, f"{model.kind()}: {left}"

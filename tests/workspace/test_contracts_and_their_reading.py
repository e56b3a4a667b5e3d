"""Contracts: actions held, the place of the ESS in each, money both sides say, the note of the committee."""

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.timezone import localdate
from docx import Document
from people_here import Place as Where
from people_here import Team, action_of, organisation, somebody
from pypdf import PdfReader

from ancrage.desk.opened import opened
from ancrage.errors import InvalidQuestionError, NotAllowedError
from ancrage.journal.verifying import verify
from ancrage.people.models import Nature
from ancrage.reasoning import Verdict
from ancrage.workspace.ateliers import open_atelier
from ancrage.workspace.contracting import (
    declare_credit,
    declare_signature,
    edit_contract,
    evaluators,
    restate,
    write_contract,
)
from ancrage.workspace.deciding import adopt, write_decision
from ancrage.workspace.ess_reading import EssReading, Place, read_contract, read_with_register
from ancrage.workspace.exporting import exported, put_back
from ancrage.workspace.giving import declare
from ancrage.workspace.giving import restate as restate_gift
from ancrage.workspace.models import Action, Contract, Credit
from ancrage.workspace.plan import edit_action, move, withdraw
from ancrage.workspace.reading import read_plan
from ancrage.workspace.sides import add_cost, declare_participation, declare_resource, reply
from ancrage.workspace.sides import restate as restate_resource
from ancrage.workspace.waiting import waiting_for

pytestmark = [pytest.mark.both_engines]
ON = date(2026, 11, 29)
HERE = [{"code": "200040657", "name": "CC Creuse Grand Sud", "on": "2026-11-02"}]


def contract_of(team: Team, *actions: Action, **fields: object) -> Contract:
    told = {"sort": "crte", "title": "CRTE du sud", "perimeter": HERE, **fields}
    return write_contract(team.by(team.anne), team.atelier, actions=[str(one.pk) for one in actions], **told)


def reading_of(team: Team, contract: Contract) -> EssReading:
    return read_contract(read_plan(team.atelier, on=ON), contract)


def places(reading: EssReading) -> dict[str, tuple[Place, Verdict]]:
    return {one.action.title: (one.place, one.verdict) for one in reading.reads}


def test_each_action_says_the_place_of_the_ess_and_whether_both_sides_say_it(team: Team) -> None:
    by = team.by(team.anne)
    titles = ("portée", "avec", "pour", "sans", "sans pilote")
    carried, shared, served, without, unsaid = (action_of(team, one) for one in titles)
    edit_action(by, carried, 1, pilot=team.association.pk)
    edit_action(by, unsaid, 1, pilot=None)
    part = declare_participation(by, shared, team.association.pk, role="partenaire")
    declare(
        by, served, nature="locaux", label="x", giver=team.epci.pk, receiver=team.association.pk, year=2027
    )
    refused = declare_participation(by, without, team.association.pk)
    reply(team.by(team.bruno, reason="Nous n’en sommes pas"), refused, 1, confirmed=False)
    contract = contract_of(team, carried, shared, served, without, unsaid)
    assert places(reading_of(team, contract)) == {
        "portée": (Place.CARRIED, Verdict.OUI),
        "avec": (Place.WITH, Verdict.A_VERIFIER),
        "pour": (Place.FOR, Verdict.A_VERIFIER),
        "sans": (Place.WITHOUT, Verdict.OUI),
        "sans pilote": (Place.UNKNOWN, Verdict.A_VERIFIER),
    }
    reply(team.by(team.bruno), part, 1, confirmed=True)
    assert places(reading_of(team, contract))["avec"] == (Place.WITH, Verdict.OUI)


@pytest.mark.parametrize(
    ("siren", "nature", "place", "by"),
    [
        # The register of the demonstration holds an association of this code, and nothing of the other.
        ("999003791", Nature.ENTREPRISE, Place.CARRIED, "registre"),
        ("172300014", Nature.ASSOCIATION, Place.CARRIED, "nature déclarée"),
        ("172300014", Nature.ENTREPRISE, Place.WITHOUT, ""),
        ("172300014", Nature.SIAE, Place.UNKNOWN, ""),
    ],
)
def test_the_register_says_who_is_of_the_ess_and_the_declared_nature_where_it_does_not_know(
    team: Team, siren: str, nature: Nature, place: Place, by: str
) -> None:
    other = organisation("Une autre", nature, team.bruno, siren=siren)
    action = action_of(team)
    edit_action(team.by(team.anne), action, 1, pilot=other.pk)
    contract = contract_of(team, action)
    plan = read_with_register(read_plan(team.atelier, on=ON), opened().atlas)
    found = read_contract(plan, contract)
    assert found.reads[0].place is place
    assert f"({by})" in found.reads[0].reason if by else "(" not in found.reads[0].reason
    why = next(why for name, _, why in found.judged if name == "Une autre")
    assert why.startswith("registre") is (by == "registre")


@pytest.mark.parametrize(
    ("nature", "place"),
    [
        (Nature.SOCIETE_ESS, Place.CARRIED),
        (Nature.SIAE, Place.UNKNOWN),
        (Nature.COLLECTIF, Place.UNKNOWN),
        (Nature.RESEAU, Place.UNKNOWN),
        (Nature.ENTREPRISE, Place.WITHOUT),
        (Nature.CAF, Place.WITHOUT),
    ],
)
def test_a_nature_that_does_not_say_the_form_leaves_the_reading_unknown(
    team: Team, nature: Nature, place: Place
) -> None:
    other = organisation("Une autre", nature, team.bruno)
    action = action_of(team)
    edit_action(team.by(team.anne), action, 1, pilot=other.pk)
    found = reading_of(team, contract_of(team, action)).reads[0]
    assert found.place is place
    assert ("nature à préciser : Une autre" in found.reason) is (place is Place.UNKNOWN)


def test_what_nobody_wrote_of_a_cost_or_a_credit_is_unknown_never_zero(team: Team) -> None:
    priced, other = action_of(team, "chiffrée"), action_of(team, "sans chiffre")
    add_cost(team.by(team.anne), priced, year=2027, label="Loyer", planned="1200.50")
    contract = contract_of(team, priced, other)
    reading = reading_of(team, contract)
    group = next(one for one in reading.groups if one.place is Place.WITHOUT)
    assert (group.actions, group.planned.known, group.planned.unknown) == (2, Decimal("1200.50"), 1)
    assert (group.real.known, group.real.unknown) == (None, 2)
    assert (reading.planned.known, reading.spent.known) == (None, None)


def test_a_credit_counts_as_confirmed_once_its_funder_says_it_and_not_once_refused(team: Team) -> None:
    contract = contract_of(team)
    row = declare_credit(
        team.by(team.anne), contract, year=2027, funder=team.association.pk, funder_name="A", planned="10"
    )
    by_name = declare_credit(team.by(team.anne), contract, year=2027, funder_name="État", planned="5")
    assert by_name.awaited() == frozenset()
    assert reading_of(team, contract).confirmed.known is None
    with pytest.raises(NotAllowedError):
        reply(team.by(team.anne), row, 1, confirmed=True)
    reply(team.by(team.bruno), row, 1, confirmed=True)
    found = reading_of(team, contract)
    assert (found.planned.known, found.confirmed.known, found.spent.unknown) == (15, 10, 2)
    row = restate(team.by(team.anne), Credit.objects.get(pk=row.pk), 2, planned="12")
    assert (row.verdict, reading_of(team, contract).confirmed.known) == (Verdict.A_VERIFIER, None)
    reply(team.by(team.bruno, reason="Jamais promis"), row, 3, confirmed=False)
    assert reading_of(team, contract).planned.known == 5


def test_a_signatory_confirms_for_itself_and_is_told_what_waits_for_it(team: Team) -> None:
    contract = contract_of(team)
    row = declare_signature(team.by(team.anne), contract, team.association.pk, signed_on=ON)
    own = [str(team.association.pk)]
    waiting = [one.contract for one in waiting_for(read_plan(team.atelier, on=ON), own) if one.fact]
    assert waiting == [contract]
    with pytest.raises(InvalidQuestionError, match="déjà signataire"):
        declare_signature(team.by(team.anne), contract, team.association.pk)
    reply(team.by(team.bruno), row, 1, confirmed=True)
    theirs = declare_signature(team.by(team.anne), contract, team.epci.pk)
    assert (theirs.verdict, theirs.answering()) == (Verdict.OUI, frozenset())
    with pytest.raises(NotAllowedError):
        reply(team.by(team.bruno), theirs, 1, confirmed=False)
    assert not [one for one in waiting_for(read_plan(team.atelier, on=ON), own) if one.fact]
    with pytest.raises(NotAllowedError):
        edit_contract(team.by(team.bruno), contract, 1, title="Le nôtre")
    with pytest.raises(NotAllowedError):
        declare_credit(team.by(team.bruno), contract, year=2027, funder=team.epci.pk, funder_name="B")


def test_nobody_takes_over_what_is_said_of_another_by_saying_it_of_oneself(team: Team) -> None:
    by, own = team.by(team.bruno), team.association.pk
    action, contract = action_of(team), contract_of(team)
    other = organisation("Une autre", Nature.ASSOCIATION, team.anne)
    told = {"year": 2027, "funder": team.epci.pk, "funder_name": "CC"}
    credit = declare_credit(team.by(team.anne), contract, **told)
    resource = declare_resource(team.by(team.anne), action, **told)
    gift = declare(
        team.by(team.anne), action, nature="dons", label="x", giver=team.epci.pk, receiver=other.pk, year=2027
    )
    with pytest.raises(NotAllowedError):
        restate(by, credit, 1, funder=own, planned="1")
    with pytest.raises(NotAllowedError):
        restate_resource(by, resource, 1, funder=own, asked="1")
    with pytest.raises(NotAllowedError):
        restate_gift(by, gift, 1, giver=own)


def test_levers_used_are_those_of_tools_and_objectives_of_actions_that_go_on(team: Team) -> None:
    by = team.by(team.anne)
    one, other, silent = action_of(team, "un", tools=[4]), action_of(team, "deux"), action_of(team, "trois")
    contract = contract_of(team, one, other, silent)
    before = reading_of(team, contract)
    assert (len(before.unused), before.silent) == (5, 2)
    move(team.by(team.anne, reason="Trop tôt"), one, 1, "ecartee")
    after = reading_of(team, contract)
    assert (len(after.unused), after.given_up, len(after.reads)) == (6, 1, 2)
    withdraw(by, other, 1)
    assert [each.action.title for each in reading_of(team, contract).reads] == ["trois"]


def test_what_was_decided_on_its_actions_is_told_with_whom(team: Team) -> None:
    by, action, elsewhere = team.by(team.anne), action_of(team), action_of(team, "Ailleurs")
    both = [str(team.epci.pk), str(team.association.pk)]
    for present, about in ((both, action), (both[:1], action), (both, elsewhere)):
        row = write_decision(
            by, team.atelier, body="Comité", on=ON, text="Oui.", present=present, actions=[str(about.pk)]
        )
        adopt(by, row, 1)
    write_decision(by, team.atelier, body="C", on=ON, text="?", present=both, actions=[str(action.pk)])
    reading = reading_of(team, contract_of(team, action))
    assert (len(reading.decisions), reading.with_ess) == (2, 1)


def test_a_contract_holds_actions_of_its_atelier_and_a_perimeter(team: Team) -> None:
    by = team.by(team.anne, key="autre")
    other = open_atelier(by, team.anne, team.epci, "Autre", Where())  # type: ignore[arg-type]
    action = action_of(team)
    with pytest.raises(InvalidQuestionError, match="de cet atelier"):
        write_contract(
            team.by(team.anne), other, sort="crte", title="x", perimeter=HERE, actions=[str(action.pk)]
        )
    for wrong in ({"perimeter": []}, {"begin": ON, "end": date(2026, 1, 1)}, {"sort": "traité"}):
        with pytest.raises(InvalidQuestionError):
            contract_of(team, action, **wrong)


def test_a_contract_is_read_as_it_was_and_its_export_put_back_is_the_same(team: Team) -> None:
    action = action_of(team)
    contract = contract_of(team, action)
    declare_credit(team.by(team.anne), contract, year=2027, funder_name="État", planned="5")
    declare_signature(team.by(team.anne), contract, team.association.pk)
    edit_contract(team.by(team.anne, days=10), contract, 1, title="CRTE révisé", actions=[])
    then = read_plan(team.atelier, on=date(2026, 11, 3), past=True)
    assert [(one.title, one.actions) for one in then.contracts] == [("CRTE du sud", [str(action.pk)])]
    edit_contract(team.by(team.anne, days=11), contract, 2, actions=[str(action.pk)])
    said = json.loads(json.dumps(exported(team.atelier)))
    assert said["contrat"][0]["actions"] == ["action-1"]
    by = team.by(team.anne, key="autre")
    other = open_atelier(by, team.anne, team.epci, "Autre", Where())  # type: ignore[arg-type]
    put_back(team.by(team.anne), other, said)
    again = exported(other)
    assert [again[name] for name in ("contrat", "signature", "credit")] == [
        said[name] for name in ("contrat", "signature", "credit")
    ]
    verify()


def test_the_committee_has_its_note_on_one_page(team: Team) -> None:
    anne, home = Client(SERVER_NAME="localhost"), f"/espace/ateliers/{team.atelier.pk}/"
    anne.force_login(team.anne)
    action = action_of(team, "Prêter une halle", tools=[4])
    form = {
        "sort": "crte",
        "title": "CRTE du sud",
        "perimeter": "CC Creuse Grand Sud",
        "actions": [str(action.pk)],
    }
    made = anne.post(f"{home}contrats/nouveau/", {**form, "jeton": "a"})
    assert made.status_code == 302, made.content.decode()
    page = made["Location"]
    for path, said in (
        ("signataires/nouveau/", {"organisation": str(team.association.pk), "signed_on": "2026-11-20"}),
        ("credits/nouveau/", {"year": "2027", "funder": str(team.association.pk), "planned": "12 000,50"}),
    ):
        assert anne.post(f"{page}{path}", {**said, "jeton": path}).status_code == 302
    for known in range(20):
        action_of(team, f"Action {known}")
    edit = {**form, "actions": [str(one.pk) for one in Action.objects.all()], "version": "1", "jeton": "c"}
    assert anne.post(f"{page}modifier/", edit)["Location"] == page
    bruno = Client(SERVER_NAME="localhost")
    bruno.force_login(team.bruno)
    row = Credit.objects.get()
    said = {"version": "1", "reponse": "oui"}
    assert bruno.post(f"{home}credit/{row.pk}/reponse/", said)["Location"] == page
    seen = bruno.get(page).content.decode()
    for told in (
        "sans l’ESS",
        "12\u202f000,50\xa0€",
        "Leviers que rien n’utilise",
        "CC Creuse Grand Sud</a>",
    ):
        assert told in seen, told
    assert page in anne.get(home).content.decode()
    paper = PdfReader(io.BytesIO(bruno.get(f"{page}note.pdf").content))
    assert len(paper.pages) == 1
    words = "\n".join(
        one.text for one in Document(io.BytesIO(anne.get(f"{page}note.docx").content)).paragraphs
    )
    for told in ("CRTE du sud", "Leviers que rien n’utilise", "L’Établi de Felletin, le 20/11/2026"):
        assert told in words, words
    assert "Et 9\xa0autres, dans l’atelier." in words


def test_the_evaluator_of_a_contract_reads_it_and_its_note_writes_what_it_found_and_sees_nothing_else(
    team: Team,
) -> None:
    contract, other = contract_of(team, action_of(team)), contract_of(team, title="Un autre")
    claire = somebody("Claire Évaluatrice")
    office = organisation("Un bureau", Nature.ENTREPRISE, claire, siren="172300014")
    anne, eve = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    anne.force_login(team.anne)
    eve.force_login(claire)
    home = f"/espace/ateliers/{team.atelier.pk}/"
    here = f"{home}contrats/{contract.pk}/"
    assert eve.get(here).status_code == 404
    said = {"organisation": "172300014", "nom": "Un bureau", "nature": "entreprise", "jeton": "a"}
    assert anne.post(f"{here}evaluateur/", said).status_code == 302
    assert [one.pk for one in evaluators(contract, on=localdate())] == [office.pk]
    assert [eve.get(f"{here}{end}").status_code for end in ("", "note.docx")] == [200, 200]
    for hidden in (home, f"{home}contrats/{other.pk}/", f"{home}plan.xlsx", f"{home}partenaires/"):
        assert eve.get(hidden).status_code == 404, hidden
    assert str(contract.pk) in eve.get("/espace/ateliers/").content.decode()
    found = {"text": "Deux actions sur trois sont engagées.", "jeton": "b"}
    assert anne.post(f"{here}constats/nouveau/", found).status_code == 403
    assert eve.post(f"{home}contrats/{other.pk}/constats/nouveau/", found).status_code == 404
    assert eve.post(f"{here}constats/nouveau/", found).status_code == 302
    page = anne.get(here).content.decode()
    for told in ("Deux actions sur trois sont engagées.", "Confiée à Un bureau"):
        assert told in page
    assert f"{home}actions/" not in eve.get(here).content.decode()
    verify()

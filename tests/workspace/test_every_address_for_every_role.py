"""Every address of an atelier, for every role, read then sent to twice: nothing unexpected, no leak."""

import uuid
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client
from people_here import AT, Team, action_of, organisation, somebody

from ancrage.financing.files import read_plan_text
from ancrage.financing.model import plan_model
from ancrage.journal.models import Line
from ancrage.people.habilitations import give
from ancrage.people.models import Nature, Person
from ancrage.people.registered import Registered
from ancrage.people.roles import Role
from ancrage.web.space.atelier.urls import urlpatterns
from ancrage.web.space.rates import RATES
from ancrage.workspace.attaching import attach
from ancrage.workspace.consulting import Chosen, choose, live
from ancrage.workspace.contracting import declare_credit, declare_signature, write_contract
from ancrage.workspace.deciding import write_decision
from ancrage.workspace.deeds import Frozen, fix, owe, write_convention
from ancrage.workspace.documents import Given
from ancrage.workspace.filing import write_in
from ancrage.workspace.financing import keep_for
from ancrage.workspace.following import follow, measure
from ancrage.workspace.giving import declare
from ancrage.workspace.importing.lines import Draft, Reading
from ancrage.workspace.importing.table import Table
from ancrage.workspace.importing.writing import write_plan
from ancrage.workspace.lists import begin, put
from ancrage.workspace.models import Contact, Entry, Grading, SupportRequest
from ancrage.workspace.plan import add_step
from ancrage.workspace.pooling import invite, open_project
from ancrage.workspace.publishing import read_campaign
from ancrage.workspace.remarks import comment
from ancrage.workspace.sides import add_cost, declare_participation, declare_resource

TABLE = Table("plan.csv", "", ("Action",), ((2, ("Importée",)),), ())
NEVER = (500, 503)
INSIDE = "<uuid:atelier>"
KNOWN = Registered("999000094", name="Une structure", known=True)
GARBAGE = {
    "version": "-1; DROP",
    "jeton": "x" * 500,
    "title": "<script>alert(1)</script>",
    "organisation": "' OR 1=1",
    "pilot": "nobody",
    "year": "9" * 30,
    "planned": "1e999999",
    "value": "NaN",
    "on": "2026-02-30",
    "tools": ["99", "-1", "a"],
    "vers": "nulle part",
    "reponse": "peut-être",
    "text": "<script>alert(1)</script>",
    "means": "prenom.nom@exemple.fr",
    "tags": "," * 50 + "<script>alert(1)</script>",
    "places": "zzz,,23077,@/etc/passwd",
    "sort": "traité",
    "perimeter": "",
    "actions": ["x"],
    "n_tresorerie": "²",
    "support": "<script>alert(1)</script>",
    "sent_on": "2026-13-01",
    "lead": "' OR 1=1",
    "others": ["x"],
    "article_usage": "<script>alert(1)</script>",
    "signed_on": "hier",
    "due": "2026-13-01",
}


@pytest.fixture
def things(team: Team) -> dict[str, str]:
    """One of each row, by the name of the address that takes it."""
    by, action = team.by(team.anne), action_of(team)
    indicator = follow(by, action, name="Emplois")
    listing = put(by, begin(by, team.atelier, name="À voir"), [KNOWN])
    listed = listing.listed.get()
    contract = write_contract(
        by,
        team.atelier,
        sort="crte",
        title="CRTE",
        perimeter=[{"code": "23077", "name": "Faux-la-Montagne", "on": "2026-11-02"}],
        actions=[str(action.pk)],
    )
    parties = {"lead": team.epci.pk, "others": [str(team.association.pk)]}
    convention = write_convention(by, team.atelier, sort="materiel", title="Prêt", actions=[], **parties)
    content = {
        "articles": [],
        "title": "Prêt",
        "sort": "x",
        "parties": [],
        "deed": "",
        "law_on": "2026-11-02",
    }
    choose(by, action, "echange", [Chosen("99900009400014", "Une structure", "")])
    (chosen,) = live(action)
    file = Given("a.txt", "text/plain", b"texte")
    rows = {
        "atelier-text": fix(by, convention, 1, Frozen(content, file, AT.date(), ())),
        "atelier-piece": attach(by, action, "Un devis", file),
        "atelier-obligation": owe(by, convention, title="Bilan", due=AT.date()),
        "atelier-convention": convention,
        "atelier-action": action,
        "atelier-objective": action.objective,
        "atelier-consulted": chosen,
        "atelier-step": add_step(by, action, title="Une étape"),
        "atelier-cost": add_cost(by, action, year=2027, label="Objet"),
        "atelier-resource": declare_resource(by, action, year=2027, funder_name="État"),
        "atelier-participation": declare_participation(by, action, team.association.pk),
        "atelier-contribution": declare(
            by,
            action,
            nature="locaux",
            label="x",
            giver=team.epci.pk,
            receiver=team.association.pk,
            year=2027,
        ),
        "atelier-indicator": indicator,
        "atelier-measure": measure(by, indicator, on=AT.date(), source="s"),
        "atelier-listed": listed,
        "atelier-list": listing,
        "atelier-entry": write_in(by, team.atelier, KNOWN, Entry(nature="note", on=AT.date(), text="Un mot")),
        "atelier-request": write_in(
            by, team.atelier, KNOWN, SupportRequest(support="DLA", need="Un appui", sent_on=AT.date())
        ),
        "atelier-grading": write_in(
            by, team.atelier, KNOWN, Grading(on=AT.date(), role="structure", levels={"tresorerie": 2})
        ),
        "atelier-financing": keep_for(by, action, read_plan_text(plan_model())),
        "atelier-contact": write_in(by, team.atelier, KNOWN, Contact(function="Accueil", means="05 55")),
        "atelier-contract": contract,
        "atelier-signature": declare_signature(by, contract, team.association.pk),
        "atelier-credit": declare_credit(by, contract, year=2027, funder_name="État"),
        "atelier-imported": write_plan(by, team.atelier, TABLE, Reading((Draft(2, "Importée", "", ""),), ())),
        "atelier-remark": comment(by, action, "Quand ?"),
        "atelier-project": (project := open_project(by, team.atelier, title="Un incubateur", text="À deux.")),
        "atelier-reading": read_campaign(by, action, on=AT.date(), gathered=Decimal(100), source="La page"),
        "atelier-uninvite": invite(by, project, KNOWN.siren, KNOWN.name),
        "atelier-decision": write_decision(by, team.atelier, body="Comité", on=AT.date(), text="Oui."),
    }
    return {name: str(row.pk) for name, row in rows.items()} | {
        "action": str(action.pk),
        "indicator": str(indicator.pk),
        "contract": str(contract.pk),
        "convention": str(convention.pk),
    }


def addresses(team: Team, things: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every address, on rows that exist, then on rows that do not."""
    for each in urlpatterns:
        route, name = str(each.pattern), str(each.name)
        if INSIDE not in route:
            continue
        for known in (True, False):
            nobody = str(uuid.uuid4())
            kinds = {"atelier-piece-new": "action", "atelier-comment": "decision"}
            shapes = {"atelier-export": "json", "atelier-ledger-file": "csv"}
            joined = {"atelier-piece-new": "atelier-action", "atelier-comment": "atelier-decision"}
            named = joined.get(name, name)
            own = next((pk for key, pk in things.items() if named.startswith(key)), things["atelier-action"])
            yield (
                name,
                "/"
                + (
                    route.replace(INSIDE, str(team.atelier.pk))
                    .replace("<uuid:identity>", own if known else nobody)
                    .replace("<uuid:action>", things["action"] if known else nobody)
                    .replace("<uuid:indicator>", things["indicator"] if known else nobody)
                    .replace("<str:code>", KNOWN.siren if known else "' OR 1=1")
                    .replace("<uuid:contract>", things["contract"] if known else nobody)
                    .replace("<uuid:convention>", things["convention"] if known else nobody)
                    .replace("<slug:paper>", "annexe" if known else "inconnue")
                    .replace("<uuid:organisation>", str(team.epci.pk) if known else nobody)
                    .replace("<slug:letter>", "echange" if known else "inconnue")
                    .replace("<int:year>", "2027")
                    .replace("<slug:sort>", "materiel" if known else "inconnue")
                    .replace("<slug:kind>", kinds.get(name, "participation") if known else "inconnu")
                    .replace("<str:shape>", shapes.get(name, "docx") if known else "exe")
                ),
            )


def holding(team: Team, role: Role) -> Person:
    person = somebody(f"Membre {role.value}")
    own = organisation(f"Organisation {role.value}", Nature.ASSOCIATION, person)
    give(team.atelier.pk, own, role, team.anne, at=AT)
    return person


def test_who_is_outside_learns_nothing_and_writes_nothing(
    team: Team, things: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(RATES, "change", (100_000, 60.0))  # more forms than a person sends
    stranger = Client(SERVER_NAME="localhost")
    person = somebody("Une étrangère")
    organisation("Ailleurs", Nature.EPCI, person)
    stranger.force_login(person)
    anonymous, lines = Client(SERVER_NAME="localhost"), Line.objects.count()
    for name, path in addresses(team, things):
        for answer in (stranger.get(path), stranger.post(path, GARBAGE)):
            assert answer.status_code in (404, 405), (name, answer.status_code)
            for told in ("Plan ESS", "Prêter un local", "Anne Filigrane"):
                assert told not in answer.content.decode(), name
        for answer in (anonymous.get(path), anonymous.post(path, GARBAGE)):
            assert answer.status_code in (302, 405), (name, answer.status_code)
    assert Line.objects.count() == lines


@pytest.mark.parametrize("role", [Role.LECTEUR, Role.FINANCEUR, Role.PARTENAIRE])
def test_who_may_only_read_changes_nothing_of_what_others_wrote(
    team: Team, things: dict[str, str], role: Role
) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(holding(team, role))
    lines = Line.objects.count()
    for name, path in addresses(team, things):
        for answer in (client.get(path), client.post(path, {}), client.post(path, GARBAGE)):
            assert answer.status_code not in NEVER, (name, answer.status_code)
            assert b"<script>alert" not in answer.content, name
    assert Line.objects.count() == lines


def test_who_holds_the_atelier_meets_no_fault_of_ours_whatever_is_sent(
    team: Team, things: dict[str, str]
) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(team.anne)
    for name, path in addresses(team, things):
        for answer in (client.get(path), client.post(path, {}), client.post(path, GARBAGE)):
            assert answer.status_code not in NEVER, (name, path, answer.status_code)
            assert b"<script>alert" not in answer.content, name

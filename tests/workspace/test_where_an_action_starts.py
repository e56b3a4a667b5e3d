"""An action starts from a tool, a weak criterion, a blank zone, a monograph, an aid, through its own form."""

import pytest
from django.test import Client
from people_here import AT, Team, action_of, somebody

from ancrage.people.habilitations import give
from ancrage.people.roles import Role
from ancrage.workspace.models import Action, Resource
from ancrage.workspace.starting import started_from

pytestmark = [pytest.mark.both_engines]
BEGIN = "/espace/ateliers/commencer/"


@pytest.mark.parametrize(
    ("kind", "identity", "level", "origin", "tools"),
    [
        ("outil", "4", "", "outil:4", (4,)),
        ("critere", "tresorerie", "2", "critere:tresorerie", (1, 6, 14)),
        ("zone", "france_active", "", "zone:france_active", (13, 14)),
        ("achat", "77310000:180000", "", "achat:77310000:180000", (10, 12)),
        ("reponse", "77310000:180000", "", "reponse:77310000:180000", (10,)),
        ("aide", "garantie_france_active", "", "aide:garantie_france_active", None),
    ],
)
def test_each_start_gives_a_title_its_tools_and_where_it_comes_from(
    kind: str, identity: str, level: str, origin: str, tools: tuple[int, ...] | None
) -> None:
    found = started_from(kind, identity, level)
    assert found is not None
    assert (found.origin, bool(found.title), bool(found.description)) == (origin, True, True)
    assert tools is None or found.tools == tools


def test_a_criterion_says_the_level_seen_and_the_next_one() -> None:
    at_two, at_best = (started_from("critere", "tresorerie", level) for level in ("2", "5"))
    assert at_two is not None
    assert at_best is not None
    assert "Observé, niveau 2" in at_two.description
    assert "Visé, niveau 3" in at_two.description
    assert "Visé" not in at_best.description


@pytest.mark.parametrize(
    "kind", ["outil", "critere", "zone", "monographie", "aide", "achat", "reponse", "autre"]
)
@pytest.mark.parametrize("identity", ["", "99", "²", "../../etc/passwd", "<script>", "x" * 5000])
def test_what_is_nothing_starts_nothing(kind: str, identity: str) -> None:
    assert started_from(kind, identity, "9") is None


def test_a_visitor_signs_in_then_comes_to_the_form_and_one_of_no_atelier_opens_one_first(team: Team) -> None:
    client = Client(SERVER_NAME="localhost")
    asked = f"{BEGIN}?critere=tresorerie&niveau=2&territoire=23077&autre=x"
    gone = client.get(asked)
    assert (gone.status_code, gone["Location"].startswith("/espace/connexion/?next=")) == (302, True)
    client.force_login(somebody("Une nouvelle"))
    opening = client.get(asked)["Location"]
    assert opening == "/espace/ateliers/ouvrir/?critere=tresorerie&niveau=2&territoire=23077"
    client.force_login(team.anne)
    assert "partira de : le critère" in client.get(opening).content.decode()
    assert client.get(asked)["Location"] == (
        f"/espace/ateliers/{team.atelier.pk}/actions/nouvelle/?critere=tresorerie&niveau=2&territoire=23077"
    )


def test_who_may_propose_in_several_ateliers_chooses(team: Team) -> None:
    from people_here import Place

    from ancrage.workspace.ateliers import open_atelier

    other = open_atelier(team.by(team.anne, key="b"), team.anne, team.epci, "Autre plan", Place())  # type: ignore[arg-type]
    client = Client(SERVER_NAME="localhost")
    client.force_login(team.anne)
    page = client.get(f"{BEGIN}?outil=4").content.decode()
    assert f"/espace/ateliers/{other.pk}/actions/nouvelle/?outil=4" in page
    reader = somebody("Un lecteur")
    give(other.pk, reader, Role.LECTEUR, team.anne, at=AT)
    client.force_login(reader)
    assert client.get(f"{BEGIN}?outil=4")["Location"] == "/espace/ateliers/ouvrir/?outil=4"


def test_an_action_started_from_an_aid_keeps_it_and_writes_it_as_considered(team: Team) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(team.anne)
    objective = action_of(team).objective
    there = f"/espace/ateliers/{team.atelier.pk}/actions/nouvelle/?aide=garantie_france_active"
    assert "Commencée depuis : l’aide" in client.get(there).content.decode()
    form = {"objective_id": str(objective.pk), "title": "Demander une garantie", "pilot": str(team.epci.pk)}
    assert client.post(there, {**form, "jeton": "a"}).status_code == 302
    made = Action.objects.get(title="Demander une garantie")
    assert made.origin == "aide:garantie_france_active"
    row = Resource.objects.get(action=made)
    assert (row.aid, row.stage, row.asked) == ("garantie_france_active", "envisagee", None)


@pytest.mark.parametrize(
    ("page", "start"),
    [
        ("/grille/evaluation/?niveau=tresorerie%3D1&commune=23077&le=2026-01-01", "critere=tresorerie"),
        ("/aides/garantie_france_active/", "aide=garantie_france_active"),
    ],
)
def test_the_public_pages_lead_to_it_without_a_cookie(page: str, start: str, db: None) -> None:
    seen = Client(SERVER_NAME="localhost").get(page)
    assert f"{BEGIN}?{start}" in seen.content.decode()
    assert not seen.cookies

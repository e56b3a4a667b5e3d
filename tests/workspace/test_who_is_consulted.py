"""Suppliers of an action about a purchase: chosen around, written to alike, their answers kept."""

import html
import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from docx import Document
from people_here import AT, Team, action_of

from ancrage.errors import NotAllowedError
from ancrage.journal.models import Line
from ancrage.journal.verifying import verify
from ancrage.workspace.consulting import Chosen, about, choose, live, send
from ancrage.workspace.exporting import exported
from ancrage.workspace.models import Action
from ancrage.workspace.plan import propose
from ancrage.workspace.sides import declare_participation

pytestmark = [pytest.mark.both_engines]
GUERET = [{"code": "23096", "name": "Guéret", "on": "2026-11-02"}]
TWO = [Chosen("99900009400014", "Les Jardins", "Son nom le dit"), Chosen("99900507700014", "Le Chantier", "")]


def purchase(team: Team, origin: str = "achat:77310000:180000") -> Action:
    """An action about green spaces in Guéret."""
    return propose(
        team.by(team.anne, key=origin),
        action_of(team).objective,
        title="Acheter",
        origin=origin,
        places=GUERET,
        pilot=team.epci.pk,
    )


def text_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def starting_a_page(content: bytes) -> list[str]:
    """Paragraphs before which a page ends."""
    paragraphs = Document(io.BytesIO(content)).paragraphs
    return [one.text for one in paragraphs if one.paragraph_format.page_break_before]


def test_suppliers_are_chosen_around_written_to_alike_and_their_answers_kept(team: Team) -> None:
    action, client = purchase(team), Client(SERVER_NAME="localhost")
    client.force_login(team.anne)
    there = f"/espace/ateliers/{team.atelier.pk}/actions/{action.pk}/"
    shown = re.findall(r'name="siret" value="(\d{14})"', client.get(f"{there}fournisseurs/").content.decode())
    assert len(shown) >= 2
    stranger = "78467169500087"
    posted = {"jeton": "a", "lettre": "echange", "siret": [*shown[:2], stranger]}
    assert client.post(f"{there}fournisseurs/", posted).status_code == 302
    rows = live(action)
    assert {one.siret for one in rows} == set(shown[:2])
    letters = client.get(f"{there}fournisseurs/echange.docx")
    told = text_of(letters.content)
    assert all(f"SIRET {one.siret}" in told for one in rows)
    assert told.count("La même information est remise à chacun") == 2
    assert starting_a_page(letters.content) == [*(f"À {one.name}" for one in rows), "Sources"]
    assert client.get(f"{there}fournisseurs/consultation.docx").status_code == 404
    client.post(f"{there}fournisseurs/ecrits/", {"jeton": "b", "lettre": "echange", "sent_on": "2026-11-10"})
    assert {one.sent_on for one in live(action)} == {date(2026, 11, 10)}
    form = {"jeton": "c", "version": 2, "sent_on": "2026-11-10", "answer": "ensemble"}
    answer = f"/espace/ateliers/{team.atelier.pk}/consultes/{rows[0].pk}/"
    assert client.post(answer, {**form, "answered_on": "2026-11-09"}).status_code == 422
    assert client.post(answer, {**form, "jeton": "d", "answered_on": "2026-11-12"}).status_code == 302
    page = client.get(there).content.decode()
    assert "intéressé, avec d’autres" in page
    assert {"fournisseurs.choisis", "fournisseurs.ecrits", "fournisseur.repondu"} <= set(
        Line.objects.values_list("verb", flat=True)
    )
    verify()


def test_choosing_again_changes_nothing_and_only_who_may_edit_chooses(team: Team) -> None:
    action = purchase(team)
    choose(team.by(team.anne, key="a"), action, "echange", TWO)
    choose(team.by(team.anne, key="b"), action, "echange", TWO[:1])
    choose(team.by(team.anne, key="c"), action, "consultation", TWO[:1])
    assert (len(live(action, "echange")), len(live(action, "consultation"))) == (2, 1)
    with pytest.raises(NotAllowedError):
        choose(team.by(team.bruno, key="d"), action, "echange", TWO)
    on = AT.date() + timedelta(days=1)
    send(team.by(team.anne, key="e"), action, "echange", AT.date())
    send(team.by(team.anne, key="f"), action, "echange", on)
    assert {one.sent_on for one in live(action, "echange")} == {AT.date()}


def test_those_who_answer_together_have_their_agreement_and_invite_others(team: Team, settings: Any) -> None:
    action = purchase(team, "reponse:77310000:180000")
    found = about(action)
    assert found is not None
    assert (found.cpv, found.value) == ("77310000", "180000")
    declare_participation(team.by(team.anne, key="p"), action, team.association.pk, brings="La tonte")
    client = Client(SERVER_NAME="localhost")
    client.force_login(team.anne)
    told = text_of(
        client.get(f"/espace/ateliers/{team.atelier.pk}/actions/{action.pk}/groupement.docx").content
    )
    assert "L’Établi de Felletin" in told
    assert "La tonte" in told
    assert "R. 2142-19" in told
    settings.SITE_ORIGIN = "https://ancrage.example.org"
    choose(team.by(team.anne, key="c"), action, "echange", TWO)
    there = f"/espace/ateliers/{team.atelier.pk}/actions"
    page = html.unescape(client.get(f"{there}/{action.pk}/").content.decode())
    door = "/espace/mises-en-relation/demander/?pour=marche&objet=Acheter"
    assert door + "".join(f"&code={one.siret}" for one in live(action)) in page
    assert "mises-en-relation/demander" not in client.get(f"{there}/{purchase(team).pk}/").content.decode()


def test_who_was_consulted_leaves_with_the_plan(team: Team) -> None:
    choose(team.by(team.anne, key="a"), purchase(team), "echange", TWO)
    rows = exported(team.atelier)["fournisseur"]
    assert {one["siret"] for one in rows} == {one.siret for one in TWO}

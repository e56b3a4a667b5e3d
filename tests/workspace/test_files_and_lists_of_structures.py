"""A file per structure, lists with notes: from the directory in three clicks, for who may see them only."""

import io
import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from openpyxl import load_workbook
from people_here import AT, Team, action_of, organisation, somebody
from people_here import Place as Where

from ancrage.errors import InvalidQuestionError, NotAllowedError, OrganisationError, StaleVersionError
from ancrage.journal.models import Line
from ancrage.journal.verifying import verify
from ancrage.people.habilitations import give
from ancrage.people.models import Nature
from ancrage.people.registered import Registered
from ancrage.people.roles import Role
from ancrage.web.space.atelier.courses import courses_of
from ancrage.workspace.ateliers import open_atelier
from ancrage.workspace.exporting import exported, put_back
from ancrage.workspace.filing import rewrite, tag, write_in
from ancrage.workspace.lists import begin, live, note, put, take_out
from ancrage.workspace.models import (
    Contact,
    Entry,
    Grading,
    Listed,
    Structure,
    StructureList,
    SupportRequest,
)
from ancrage.workspace.sides import declare_participation

pytestmark = [pytest.mark.both_engines]
Browser = Callable[[object], Client]
FOUND = Registered("999000094", "99900009400014", "Association fictive n° 9, Ahun", known=True)
CLOSED = "99900507700014"
"""Two structures of the embedded register; the second closed on 4 April 2020."""


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


def targets(answer: object) -> dict[str, str]:
    found = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', answer.content.decode())  # type: ignore[attr-defined]
    return {unescape(words): key for key, words in found}


def test_an_officer_keeps_what_the_directory_found_in_a_list_with_a_note(
    team: Team, browser: Browser
) -> None:
    found = Client(SERVER_NAME="localhost").get("/structures/?q=999000094")
    assert not found.cookies
    link = re.search(r'href="(/espace/structures/garder/[^"]*)"', found.content.decode())
    assert link is not None
    anne = browser(team.anne)
    form = anne.get(unescape(link[1]))
    assert "Association fictive n° 9" in text(form)
    where = next(key for words, key in targets(form).items() if words.startswith("une nouvelle liste"))
    said = {
        "target": where,
        "name": "À rencontrer",
        "note": "À rappeler en janvier.",
        "structures": [FOUND.siret],
        "again": "oui",
        "jeton": "a",
    }
    made = anne.post(unescape(link[1]), said)
    assert made.status_code == 302, text(made)
    assert anne.post(unescape(link[1]), said)["Location"] == made["Location"]
    page = anne.get(made["Location"])
    assert "À rappeler en janvier." in text(page)
    assert 'href="/structures/?q=999000094"' in page.content.decode()
    assert (StructureList.objects.count(), Listed.objects.count()) == (1, 1)
    book = load_workbook(io.BytesIO(anne.get(f"{made['Location']}liste.xlsx").content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert FOUND.siret in cells
    assert "À rappeler en janvier." in cells
    verify()


def test_who_has_no_atelier_is_told_where_a_list_is_kept(browser: Browser, team: Team) -> None:
    alone = browser(somebody("Une personne seule"))
    told = text(alone.get(f"/espace/structures/garder/?siret={FOUND.siret}"))
    assert "Ouvrir un atelier" in told


def test_codes_that_are_none_or_are_not_in_the_register_are_told_and_not_kept(
    team: Team, browser: Browser
) -> None:
    page = browser(team.anne).get("/espace/structures/garder/?siret=123&siret=552100554&siret=<script>")
    assert page.status_code == 200
    assert "552100554" in text(page)
    assert "<script>" not in page.content.decode().split("<main")[1]
    listing = begin(team.by(team.anne), team.atelier, name="À voir")
    with pytest.raises(OrganisationError):
        put(team.by(team.anne), listing, [Registered("552100554")])
    assert live(listing) == []


def test_a_structure_is_once_in_a_list_and_may_come_back_once_taken_out(team: Team) -> None:
    by = team.by(team.anne)
    listing = put(by, begin(by, team.atelier, name="À voir"), [FOUND, FOUND], "une fois")
    put(by, listing, [FOUND], "deux fois")
    put(by, listing, [FOUND], "deux fois")
    (kept,) = live(listing)
    assert kept.note == "une fois\ndeux fois"
    take_out(by, kept, kept.version)
    put(by, listing, [FOUND], "revenue")
    assert [one.note for one in live(listing)] == ["revenue"]


def test_a_list_of_one_organisation_is_seen_by_nobody_else(team: Team, browser: Browser) -> None:
    by = team.by(team.bruno)
    listing = begin(by, team.atelier, name="Nos voisins", organisation=team.association.pk)
    put(by, listing, [FOUND], "vu à la foire")
    path = here(team, f"listes/{listing.pk}/")
    assert "vu à la foire" in text(browser(team.bruno).get(path))
    kept = here(team, f"gardees/{live(listing)[0].pk}/")
    for address in (path, f"{path}liste.xlsx", f"{path}modifier/", kept):
        assert browser(team.anne).get(address).status_code == 404
    assert "Nos voisins" not in text(browser(team.anne).get(here(team, "listes/")))
    with pytest.raises(NotAllowedError):
        note(team.by(team.anne), live(listing)[0], 1, "lu")
    with pytest.raises(NotAllowedError):
        begin(by, team.atelier, name="Partagée")
    with pytest.raises(NotAllowedError):
        begin(by, team.atelier, name="D'une autre", organisation=team.epci.pk)


def test_the_list_says_what_closed_and_reads_as_it_was_a_past_day(team: Team, browser: Browser) -> None:
    by = team.by(team.anne)
    listing = begin(by, team.atelier, name="À voir")
    put(by, listing, [Registered(CLOSED[:9], CLOSED, "Association close", known=True)])
    later = team.by(team.anne, days=3)
    put(later, listing, [FOUND])
    take_out(later, Listed.objects.get(siret=CLOSED), 1)
    anne, path = browser(team.anne), here(team, f"listes/{listing.pk}/")
    then = text(anne.get(f"{path}?le={AT.date()}"))
    assert "Fermée depuis le 4 avril 2020" in then
    assert "n° 9" not in then
    now = text(anne.get(path))
    assert "n° 9" in now
    assert "Association close" not in now


def test_the_file_joins_what_is_written_and_what_the_plan_holds(team: Team, browser: Browser) -> None:
    anne, path = browser(team.anne), here(team, f"structures/{FOUND.siren}/")
    assert "Rien n’est écrit." in text(anne.get(path))
    assert Structure.objects.count() == 0
    wrote = anne.post(
        f"{path}ecrits/nouveau/",
        {"nature": "besoin", "on": "2026-11-03", "text": "Un local de 40 m²", "jeton": "a"},
    )
    assert wrote["Location"] == path
    anne.post(f"{path}contacts/nouveau/", {"function": "Accueil", "means": "05 55 00 00 00", "jeton": "b"})
    anne.post(f"{path}etiquettes/", {"tags": "réemploi, jeunesse", "version": "1", "jeton": "c"})
    person = somebody("Claire Pochoir")
    own = organisation("Association n° 9", Nature.ASSOCIATION, person, siren=FOUND.siren)
    give(team.atelier.pk, own, Role.PARTENAIRE, team.anne, at=AT)
    declare_participation(team.by(team.anne), action_of(team), own.pk)
    page = anne.get(path)
    for told in ("Besoins sans réponse", "Un local de 40 m²", "Accueil", "réemploi, jeunesse", "Prêter un"):
        assert told in text(page), told
    for link in (f"/structures/{FOUND.siret}/", f"/mes-aides/?siret={FOUND.siret}"):
        assert f'href="{link}"' in page.content.decode()
    theirs = browser(person)
    assert "Un local de 40 m²" in text(theirs.get(path))
    said = {"nature": "note", "on": "2026-11-03", "text": "x"}
    assert theirs.post(f"{path}ecrits/nouveau/", said).status_code == 403
    assert browser(team.bruno).get(path).status_code == 403
    verify()


def test_a_file_is_opened_once_and_a_stale_form_writes_nothing_over(team: Team) -> None:
    by = team.by(team.anne)
    tag(by, team.atelier, FOUND, 0, ["réemploi"])
    write_in(by, team.atelier, FOUND, Entry(nature="note", on=AT.date(), text="Vue."))
    assert Structure.objects.count() == 1
    with pytest.raises(StaleVersionError):
        tag(by, team.atelier, FOUND, 0, ["autre"])
    row = Entry.objects.get()
    rewrite(by, row, 1, text="Vue deux fois.")
    with pytest.raises(StaleVersionError):
        rewrite(by, row, 1, text="Vue trois fois.")


def test_an_address_made_of_a_name_is_not_kept_and_a_need_is_met_after_it_is_told(team: Team) -> None:
    by = team.by(team.anne)
    lines = Line.objects.count()
    for means in ("Claire.Pochoir@exemple.fr", "écrire à claire_pochoir@exemple.fr"):
        with pytest.raises(InvalidQuestionError, match="au nom d'une personne"):
            write_in(by, team.atelier, FOUND, Contact(function="Direction", means=means))
    need = Entry(nature="besoin", on=AT.date(), met_on=AT.date().replace(day=1), text="Un local")
    with pytest.raises(InvalidQuestionError, match="avant le besoin"):
        write_in(by, team.atelier, FOUND, need)
    assert Line.objects.count() == lines
    write_in(by, team.atelier, FOUND, Contact(function="Accueil", means="contact@exemple.fr"))
    assert Contact.objects.get().means == "contact@exemple.fr"


def test_a_file_follows_requests_and_keeps_each_judgement_on_the_grid_with_its_day(team: Team) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(team.anne)
    there = here(team, f"structures/{FOUND.siren}/")
    asked = {"support": "DLA de la Creuse", "need": "Un plan de trésorerie", "sent_on": "2026-01-10"}
    asked |= {"stage": "envoyee", "answered_on": "", "outcome": "", "jeton": "a"}
    assert client.post(f"{there}demandes/nouvelle/", asked).status_code == 302
    row = SupportRequest.objects.get()
    late = {**asked, "version": "1", "answered_on": "2026-01-09", "stage": "faite"}
    assert client.post(f"{there}demandes/{row.pk}/", late).status_code == 422
    assert client.post(f"{there}demandes/{row.pk}/", {**late, "answered_on": "2026-02-01"}).status_code == 302
    for on, level in (("2025-01-01", "1"), ("2026-01-01", "3")):
        judged = {"on": on, "role": "collectivite", "n_tresorerie": level, "comment": "", "jeton": on}
        assert client.post(f"{there}grille/nouvelle/", judged).status_code == 302
    blank = {"on": "2026-01-02", "role": "collectivite", "jeton": "b"}
    assert client.post(f"{there}grille/nouvelle/", blank).status_code == 422
    page = client.get(there).content.decode()
    shown = (
        "DLA de la Creuse",
        "faite",
        "1 le 01/01/2025",
        "3 le 01/01/2026",
        "Les aides qu’elle",
    )
    for told in shown:
        assert told in page, told
    assert page.count("<polyline") == 1
    small = courses_of(list(Grading.objects.all()))
    assert [(len(one.points), one.last) for one in small] == [(2, 3)]
    first, last = small[0].points
    assert (first[0] < last[0], first[1] > last[1]) == (True, True)


def test_files_and_lists_of_the_atelier_leave_and_come_back_the_list_of_one_organisation_does_not(
    team: Team,
) -> None:
    by = team.by(team.anne)
    found = FOUND
    write_in(by, team.atelier, found, Entry(nature="note", on=AT.date(), text="Un mot"))
    write_in(by, team.atelier, found, Grading(on=AT.date(), role="usagers", levels={"tresorerie": 2}))
    put(by, begin(by, team.atelier, name="À voir"), [found])
    put(by, begin(by, team.atelier, name="À nous seuls", organisation=team.epci.pk), [found])
    action_of(team)
    said = json.loads(json.dumps(exported(team.atelier)))
    assert [one["name"] for one in said["liste"]] == ["À voir"]
    assert len(said["liste_structure"]) == 1
    other = open_atelier(team.by(team.anne, key="o"), team.anne, team.epci, "Autre", Where())  # type: ignore[arg-type]
    by = team.by(team.anne)
    write_in(by, other, found, Entry(nature="note", on=AT.date(), text="Déjà là"))
    put_back(by, other, said)
    assert Structure.objects.filter(atelier=other).count() == 1
    again = exported(other)
    for kind in ("dossier_grille", "liste", "liste_structure"):
        assert again[kind] == said[kind]
    assert {one["text"] for one in again["dossier_ecrit"]} == {"Un mot", "Déjà là"}
    verify()

"""What is brought, by giver and year; the account of co-construction; what comes due; documents joined."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from icalendar import Calendar
from openpyxl import load_workbook
from people_here import AT, Team, action_of, organisation, somebody

from ancrage.errors import NotAllowedError, WorkspaceFileError
from ancrage.people.habilitations import give
from ancrage.people.models import Nature, Organisation
from ancrage.people.roles import Role
from ancrage.reasoning import Verdict
from ancrage.workspace.attaching import attach, content_of, take_away
from ancrage.workspace.coconstruction import account
from ancrage.workspace.deadlines import deadlines
from ancrage.workspace.deciding import adopt, write_decision
from ancrage.workspace.deed_reading import read_book
from ancrage.workspace.deeds import owe, write_convention
from ancrage.workspace.documents import checked, named
from ancrage.workspace.giving import checks, declare
from ancrage.workspace.ledger import accounts, aids, annex
from ancrage.workspace.models import Attachment, Contribution
from ancrage.workspace.plan import add_step, edit_action
from ancrage.workspace.reading import read_plan
from ancrage.workspace.sides import declare_resource

pytestmark = [pytest.mark.both_engines]
ON = AT.date()


def plan_of(team: Team) -> Any:
    return read_plan(team.atelier, on=ON)


def given(team: Team, action: Any, **fields: Any) -> Contribution:
    told = {"nature": "locaux", "label": "Salle", "year": 2027, "method": "valeur_locative"} | fields
    if told.get("value") is None:
        told.pop("method")
    return declare(team.by(team.anne), action, giver=team.epci.pk, receiver=team.association.pk, **told)


@pytest.mark.parametrize(
    ("cash", "value", "due"),
    [
        ("15000", "8000", Verdict.NON),
        ("15000", "8000.01", Verdict.OUI),
        ("15000", None, Verdict.A_VERIFIER),
        ("23000.01", None, Verdict.OUI),
    ],
)
def test_money_and_kind_of_one_giver_in_one_year_count_together_towards_the_convention(
    team: Team, cash: str, value: str | None, due: Verdict
) -> None:
    action = action_of(team)
    edit_action(team.by(team.anne), action, 1, pilot=team.association.pk)
    money = {"funder": team.epci.pk, "funder_name": "CC", "stage": "accordee"}
    declare_resource(team.by(team.anne), action, year=2027, granted=cash, **money)
    declare_resource(team.by(team.anne), action, year=2026, granted="23000", **money)
    declare_resource(team.by(team.anne), action, year=2027, asked="99999", **(money | {"stage": "demandee"}))
    given(team, action, value=value)
    found = {one.year: one for one in aids(plan_of(team), read_book(team.atelier, on=ON))}
    assert (found[2027].due, found[2026].due) == (due, Verdict.NON)
    assert found[2027].cash.known == Decimal(cash)
    assert found[2027].limit is not None
    assert found[2027].limit.value == 23000
    if due is Verdict.OUI:
        assert found[2027].told == "Convention obligatoire : aucune n’est signée ici."


def test_the_annex_and_both_accounts_hold_the_same_and_an_unknown_value_is_never_zero(team: Team) -> None:
    action = action_of(team)
    given(team, action, value="1200")
    given(team, action, label="Autre salle", value=None)
    given(team, action, nature="personnel", label="Une chargée de mission", value="300.50")
    plan = plan_of(team)
    assert len(annex(plan, team.epci.pk, 2027)) == 3
    assert annex(plan, team.epci.pk, 2026) == []
    found = {(one.use, one.source): one.value for one in accounts(plan, team.association.pk, 2027)}
    assert (found["861", "871"].known, found["861", "871"].unknown) == (Decimal("1200.00"), 1)
    assert found["862", "871"].known == Decimal("300.50")
    client = Client(SERVER_NAME="localhost")
    client.force_login(team.bruno)
    here = f"/espace/ateliers/{team.atelier.pk}/apports/"
    book = load_workbook(io.BytesIO(client.get(f"{here}annexe/{team.epci.pk}/2027.xlsx").content))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert 1200 in cells
    assert 0 not in cells
    text = client.get(f"{here}comptes/{team.association.pk}/2027.csv").content.decode("utf-8-sig")
    assert "861 – Mise à disposition gratuite de biens;871 – Prestations en nature;1200,0;1;" in text
    assert client.get(here).status_code == 200
    assert client.get(f"{here}annexe/{somebody('Zoé').pk}/2027.csv").status_code == 404


@pytest.mark.parametrize(
    ("nature", "population", "begin", "verdict"),
    [
        (Nature.COMMUNE, 3500, date(2027, 1, 1), Verdict.NON),
        (Nature.COMMUNE, 3501, date(2027, 1, 1), Verdict.OUI),
        (Nature.COMMUNE, None, date(2027, 1, 1), Verdict.A_VERIFIER),
        (Nature.EPCI, None, date(2022, 12, 27), Verdict.NON),
        (Nature.EPCI, None, date(2022, 12, 28), Verdict.OUI),
        (Nature.EPCI, None, date(2027, 12, 27), Verdict.OUI),
        (Nature.EPCI, None, date(2027, 12, 28), Verdict.NON),
        (Nature.CAF, None, date(2027, 1, 1), Verdict.NON),
    ],
)
def test_an_agent_is_lent_for_nothing_on_the_days_and_by_those_that_the_law_says(
    nature: Nature, population: int | None, begin: date, verdict: Verdict
) -> None:
    row = Contribution(nature="personnel", begin=begin, year=begin.year, deed="Délibération 12")
    found = [one for one in checks(row, Organisation(nature=nature), population) if "article 209" in one.text]
    assert found[0].verdict is verdict


def test_the_account_of_co_construction_says_each_year_and_what_nobody_can_tell(team: Team) -> None:
    action = action_of(team)
    by = team.by(team.anne)
    for year, present, inhabitants in ((2025, [], False), (2026, [team.association], True)):
        row = write_decision(
            by,
            team.atelier,
            body="Comité",
            on=date(year, 5, 1),
            text="Oui.",
            present=[str(one.pk) for one in present],
            inhabitants=inhabitants,
            actions=[str(action.pk)] if inhabitants else [],
        )
        adopt(by, row, 1)
    first, second, whole = account(plan_of(team))
    assert [one.year for one in (first, second, whole)] == [2025, 2026, 0]
    assert (first.decided_with_ess.some, first.decided_with_ess.unknown) == (0, 1)
    assert (second.decided_with_ess.some, second.decided_with_inhabitants.some) == (1, 1)
    assert (whole.decided_with_ess.some, whole.decided_with_ess.all) == (1, 2)
    assert (whole.done_with_inhabitants.some, whole.done_with_inhabitants.all) == (1, 1)


def test_what_comes_due_is_one_list_and_one_agenda(team: Team) -> None:
    by, action = team.by(team.anne), action_of(team)
    add_step(by, action, title="Ouvrir", due=date(2026, 12, 1))
    add_step(by, action, title="Faite", due=date(2026, 11, 1), done_on=ON)
    parties = {"lead": team.epci.pk, "others": [str(team.association.pk)]}
    row = write_convention(by, team.atelier, sort="materiel", title="Prêt", actions=[], **parties)
    owe(by, row, title="Rendre le minibus", due=date(2026, 11, 1), owed_by=team.association.pk)
    found = deadlines(plan_of(team), read_book(team.atelier, on=ON))
    assert [(str(one.on), one.told) for one in found] == [
        ("2026-11-01", "Rendre le minibus"),
        ("2026-12-01", "Ouvrir"),
    ]
    client = Client(SERVER_NAME="localhost")
    client.force_login(team.bruno)
    here = f"/espace/ateliers/{team.atelier.pk}/echeances"
    assert client.get(f"{here}/").status_code == 200
    events = Calendar.from_ical(client.get(f"{here}.ics").content).walk("VEVENT")
    assert [str(one["summary"]) for one in events] == ["Rendre le minibus – Prêt", "Ouvrir – Prêter un local"]


def package(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


WORD = ("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "written", "called"),
    [
        ("devis.exe", b"%PDF-1.7", "devis.exe.pdf"),
        ("../../etc/passwd", b"\x89PNG\r\n\x1a\n0", "passwd.png"),
        ("C:\\temp\\photo.JPEG", b"\xff\xd8\xff0", "photo.jpg"),
        ("a\u202ecod.exe", package(*WORD), "a cod.exe.docx"),
        ("<script>.csv", b"a;b\n", "script.csv"),
        ("....", b"texte", "document.txt"),
        ("x", package("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "x.odt"),
        ("a" * 500, b"texte", "a" * 120 + ".txt"),
    ],
    ids=("pdf", "chemin", "windows", "renverse", "balise", "points", "odt", "long"),
)
def test_a_document_is_what_its_bytes_say_under_a_name_that_harms_nobody(
    name: str, written: bytes, called: str
) -> None:
    assert checked(name, written).filename == called


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"MZ\x90\x00",
        b"\x7fELF",
        b"<html><script>alert(1)</script>",
        b"<?xml version='1.0'?><svg onload='x'/>",
        b"PK\x03\x04 rien",
        package(*WORD, "word/vbaProject.bin"),
        package("evil.sh"),
        package("Scripts/a.py", mimetype="application/vnd.oasis.opendocument.text"),
        b"%PDF-" + b"0" * 4_000_000,
    ],
    ids=("vide", "exe", "elf", "html", "svg", "zip", "macros", "paquet", "scripts", "lourd"),
)
def test_what_is_not_a_document_is_refused_whatever_its_name(written: bytes) -> None:
    with pytest.raises(WorkspaceFileError):
        checked("rapport.pdf", written)


def test_a_name_is_never_empty_nor_hidden() -> None:
    assert named(".htaccess", "txt") == "htaccess.txt"


def test_a_document_is_joined_by_those_it_is_about_read_by_those_who_read_and_leaves_its_digest(
    team: Team,
) -> None:
    other = somebody("Chloé")
    give(
        team.atelier.pk,
        organisation("Le lavoir", Nature.ASSOCIATION, other),
        Role.PARTENAIRE,
        team.anne,
        at=AT,
    )
    action = action_of(team)
    row = given(team, action, value="10")
    file = checked("devis.pdf", b"%PDF-1.7 devis")
    with pytest.raises(NotAllowedError):
        attach(team.by(other), row, "Un devis", file)
    joined = attach(team.by(team.bruno), row, "Un devis", file)
    anne, chloe = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    anne.force_login(team.anne)
    chloe.force_login(other)
    path = f"/espace/ateliers/{team.atelier.pk}/pieces/"
    found = chloe.get(f"{path}{joined.pk}/fichier")
    assert (found.content, found["Content-Type"]) == (b"%PDF-1.7 devis", "application/pdf")
    assert found["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (found["X-Content-Type-Options"], found["Cache-Control"]) == ("nosniff", "private, no-store")
    assert b"Un devis" in anne.get(f"/espace/ateliers/{team.atelier.pk}/actions/{action.pk}/").content
    with pytest.raises(NotAllowedError):
        take_away(team.by(other), joined, 1)
    take_away(team.by(team.bruno, reason="faux"), joined, 1)
    assert anne.get(f"{path}{joined.pk}/fichier").status_code == 404
    assert content_of(Attachment.objects.get())
    page = f"{path}decision/{action.pk}/joindre/"
    assert anne.get(page).status_code == 404
    sent = {"title": "Photo", "fichier": SimpleUploadedFile("p.png", b"\x89PNG\r\n\x1a\n0"), "jeton": "a"}
    assert anne.post(f"{path}action/{action.pk}/joindre/", sent).status_code == 302
    again = {"title": "Rien", "fichier": SimpleUploadedFile("p.png", b"MZ\x90\x00"), "jeton": "b"}
    assert anne.post(f"{path}action/{action.pk}/joindre/", again).status_code == 422
    assert Attachment.objects.filter(retired_at=None).count() == 1

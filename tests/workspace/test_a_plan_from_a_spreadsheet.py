"""A plan kept in a spreadsheet: columns matched, nothing lost, nothing run, all of it taken back at once.

The titles are those that real plans have: the export of Territoires en transitions, and the annual table of a
CRTE with its lines above the titles, its merged cells and its totals.
"""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from people_here import Team, action_of, organisation

from ancrage.errors import InvalidQuestionError, NotAllowedError, WorkspaceFileError
from ancrage.journal.verifying import verify
from ancrage.people.models import Nature, Organisation
from ancrage.workspace.importing.columns import Meaning, proposed
from ancrage.workspace.importing.lines import Around, Draft, Reading, read_lines
from ancrage.workspace.importing.table import Table, read_table
from ancrage.workspace.importing.writing import changed_since, take_back, there, write_plan
from ancrage.workspace.models import Action, Cost, Objective, Participation, PlanImport, Resource, Step
from ancrage.workspace.plan import edit_action
from workbooks import ods, xlsx

pytestmark = [pytest.mark.both_engines]

TRANSITIONS = (
    "Axe (x)", "Sous-axe (x.x)", "Sous-sous axe (x.x.x)", "Titre de la fiche action", "Descriptif",
    "Thématique principale", "Instances de gouvernance", "Objectifs", "Indicateurs liés", "Structure pilote",
    "Moyens humains et techniques", "Partenaires", "Service-département-pôle pilote", "Personne pilote",
    "Élu·e référent·e", "Financements", "Financeur 1", "Montant € TTC", "Financeur 2", "Montant € TTC",
    "Budget prévisionnel total € TTC", "Statut", "Niveau de priorité", "Date de début", "Date de fin",
    "Calendrier", "Etapes de la fiche action",
)  # fmt: skip
LINE = (
    "1. Habiter", "1.1 Les bourgs", "", "Rouvrir le café", "Un café associatif", "Commerce", "Copil", "",
    "Jours d’ouverture\nClients", "CC Creuse Grand Sud", "0,5 ETP", "L’Établi de Felletin, Les Amis du bourg",
    "Développement", "Jeanne Filigrane", "Paul Estampille", "", "DETR", 12000, "L’Établi de Felletin",
    "3 500,50 €", "1 234 567,89 €", "En cours", "Élevé", datetime.date(2027, 1, 15),
    datetime.date(2028, 6, 30),
    "2027-2028", "Trouver un local\nOuvrir",
)  # fmt: skip
CONTRACT = [
    ["CRTE du Sud creusois – programmation 2026", None, None, None, None, None, None],
    ["Orientation", "Intitulé du projet", "Maître d'ouvrage", "Coût total HT", "DETR", "Région", "Échéance"],
    ["Mobilités", "Pistes cyclables", "CC Creuse Grand Sud", "1.234.567,00 €", "120 k€", "", "31/12/2027"],
    [None, "Garage solidaire", "Garage du Plateau", "beaucoup", "", "15000", "fin 2027"],
    [None, None, None, None, "", "2 000", None],
    ["Services", None, None, None, None, None, None],
    [None, None, "CC Creuse Grand Sud", "50000", None, None, None],
    [None, "Épicerie", None, "1.234", None, None, None],
    [None, "Garage solidaire", None, "10", None, None, None],
    [None, "Garage solidaire", None, "11", None, None, None],
    ["Total", None, None, "1 284 567", None, None, None],
]  # fmt: skip


def around(team: Team, **more: object) -> Around:
    return Around(list(Organisation.objects.all()), lambda text: ([], [text]), 2026, **more)  # type: ignore[arg-type]


def read(team: Team, table: Table) -> Reading:
    meanings = proposed(table.titles, [cells for _, cells in table.lines])
    return read_lines(table, meanings, around(team, there=there(team.atelier)))


def table_of(folder: Path, rows: list[object], name: str = "plan.xlsx") -> Table:
    write = ods if name.endswith("ods") else xlsx
    return read_table(write(folder / name, {"Plan": rows}).read_bytes(), name)


def test_the_export_of_territoires_en_transitions_is_matched_by_its_titles(
    team: Team, tmp_path: Path
) -> None:
    rows = [["Présentation de l'action", *[None] * 26], TRANSITIONS, LINE]
    table = table_of(tmp_path, rows)
    matched = proposed(table.titles, [cells for _, cells in table.lines])
    assert (matched[3], matched[13], matched[14]) == (Meaning.TITLE, Meaning.LEFT, Meaning.LEFT)
    reading = read(team, table)
    write_plan(team.by(team.anne), team.atelier, table, reading)
    action = Action.objects.get()
    assert (action.title, action.pilot, action.state) == ("Rouvrir le café", team.epci.pk, "en_cours")
    assert (action.begin, action.end) == (datetime.date(2027, 1, 15), datetime.date(2028, 6, 30))
    assert action.objective.title == "1.1 Les bourgs"
    assert action.objective.parent is not None
    assert action.objective.parent.title == "1. Habiter"
    cost = Cost.objects.get()
    assert (cost.planned, cost.year) == (Decimal("1234567.89"), 2027)
    told = {one.funder_name: (one.asked, one.funder) for one in Resource.objects.all()}
    assert told == {
        "DETR": (Decimal("12000.00"), None),
        "L’Établi de Felletin": (Decimal("3500.50"), team.association.pk),
    }
    assert Participation.objects.get().awaited() == {str(team.association.pk)}
    assert [one.title for one in Step.objects.all()] == ["Trouver un local", "Ouvrir"]
    for kept in ("Les Amis du bourg", "0,5 ETP", "Élevé", "2027-2028"):
        assert kept in action.description
    assert "Filigrane" not in action.description
    assert "Estampille" not in action.description
    verify()


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.ods"])
def test_the_table_of_a_contract_loses_nothing_and_says_each_line_it_leaves(
    team: Team, tmp_path: Path, name: str
) -> None:
    reading = read(team, table_of(tmp_path, CONTRACT, name))
    assert [one.title for one in reading.drafts] == [
        "Pistes cyclables",
        "Garage solidaire",
        "Épicerie",
        "Garage solidaire",
    ]
    assert [one.axis for one in reading.drafts] == ["Mobilités", "Mobilités", "Services", "Services"]
    assert [line for line, _ in reading.aside] == [1, 6, 7, 10, 11]
    first, second, third, _ = reading.drafts
    assert first.costs == [{"year": 2026, "label": "Coût total HT", "planned": Decimal("1234567.00")}]
    assert [(one["funder_name"], one["asked"]) for one in first.resources] == [("DETR", Decimal("120000.00"))]
    assert first.fields["end"] == datetime.date(2027, 12, 31)
    assert [one["asked"] for one in second.resources] == [Decimal("15000.00"), Decimal("2000.00")]
    assert "Coût total HT : beaucoup" in second.description
    assert "Maître d'ouvrage : Garage du Plateau" in second.description
    assert any("la ligne 5" in one for one in second.remarks)
    # Written as thousands elsewhere in the column: read so there too.
    assert third.costs[0]["planned"] == Decimal("1234.00")


def test_what_was_imported_is_not_written_twice_and_is_taken_back_with_a_reason(
    team: Team, tmp_path: Path
) -> None:
    action_of(team, "Déjà là")
    before = Objective.objects.filter(retired_at=None).count()
    table = table_of(tmp_path, CONTRACT)
    made = write_plan(team.by(team.anne), team.atelier, table, read(team, table))
    again = read(team, table)
    assert not again.drafts
    with pytest.raises(WorkspaceFileError, match="Aucune ligne"):
        write_plan(team.by(team.anne), team.atelier, table, again)
    changed = Action.objects.get(title="Pistes cyclables")
    edit_action(team.by(team.anne, days=1), changed, 1, title="Pistes")
    assert changed_since(made) == [changed]
    with pytest.raises(InvalidQuestionError, match="pourquoi"):
        take_back(team.by(team.anne), made, 1)
    take_back(team.by(team.anne, days=2, reason="Mauvais fichier."), made, 1)
    assert [one.title for one in Action.objects.filter(retired_at=None)] == ["Déjà là"]
    assert Objective.objects.filter(retired_at=None).count() == before
    assert PlanImport.objects.get().retired_reason == "Mauvais fichier."
    verify()


def test_of_two_who_import_one_file_at_once_the_second_writes_nothing_and_is_told(team: Team) -> None:
    seen_by_both = [Draft(2, "Rouvrir le café", "Habiter", ""), Draft(3, "Prêter un garage", "Habiter", "")]
    table = Table("plan.csv", "", ("Action",), ((2, ("Rouvrir le café",)), (3, ("Prêter un garage",))), ())
    write_plan(team.by(team.anne), team.atelier, table, Reading(tuple(seen_by_both[:1]), ()))
    with pytest.raises(WorkspaceFileError, match="Le plan a changé pendant que vous regardiez"):
        write_plan(team.by(team.anne), team.atelier, table, Reading(tuple(seen_by_both), ()))
    assert Action.objects.filter(atelier=team.atelier).count() == 1


def test_a_partner_imports_nothing(team: Team, tmp_path: Path) -> None:
    table = table_of(tmp_path, CONTRACT)
    with pytest.raises(NotAllowedError):
        write_plan(team.by(team.bruno), team.atelier, table, read(team, table))


def test_a_name_that_two_organisations_have_is_left_in_full(team: Team, tmp_path: Path) -> None:
    organisation("CC Creuse Grand Sud", Nature.ASSOCIATION, team.bruno)
    assert read(team, table_of(tmp_path, CONTRACT)).drafts[0].fields["pilot"] is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"Action\n", "pas de ligne"),
        (b"PK\x03\x04abc", "classeur"),
        (b"%PDF-1.4", "PDF"),
        (b"\x00\x01", "texte"),
        ("\n".join(["Action", *("a",) * 2001]).encode(), "2000 lignes"),
    ],
)
def test_a_file_that_is_no_table_is_told(content: bytes, said: str) -> None:
    with pytest.raises(WorkspaceFileError, match=said):
        read_table(content, "plan.csv")


def test_the_screens_lead_from_the_file_to_the_plan_and_back(team: Team) -> None:
    anne, bruno = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    anne.force_login(team.anne)
    bruno.force_login(team.bruno)
    home = f"/espace/ateliers/{team.atelier.pk}/"
    text = "Projet;Coût 2027;Coût 2028;Porteur\n<script>alert(1)</script>;1 000,50;;Ailleurs\n;;;\n=1+1;;x;\n"
    given = SimpleUploadedFile("../plan<script>.csv", text.encode("cp1252"))
    seen = anne.post(f"{home}importer/", {"fichier": given})
    page = seen.content.decode()
    assert seen.status_code == 200
    assert "2 actions" in page
    assert "<script>alert" not in page
    sheet = page.partition('name="feuille" value="')[2].partition('"')[0]
    form = {
        "feuille": sheet,
        "colonne-0": "intitule",
        "colonne-1": "prevu",
        "colonne-2": "prevu",
        "jeton": "a",
    }
    form |= {"colonne-3": "pilote", "annee": "2026"}
    there_ = f"{home}importer/tableau/"
    assert bruno.post(there_, form).status_code == 403
    assert anne.post(there_, {**form, "annee": "x"}).status_code == 422
    assert anne.post(there_, {**form, "feuille": sheet[:-3] + "abc", "etape": "ecrire"}).status_code == 422
    assert anne.post(there_, {**form, "colonne-0": "garde", "etape": "ecrire"}).status_code == 422
    assert Action.objects.count() == 0
    done = anne.post(there_, {**form, "etape": "ecrire"})
    assert done.status_code == 302
    # The same form sent twice is one act.
    assert anne.post(there_, {**form, "etape": "ecrire"})["Location"] == done["Location"]
    assert [one.title for one in Action.objects.all()] == ["<script>alert(1)</script>", "=1+1"]
    assert [(one.year, one.planned) for one in Cost.objects.all()] == [(2027, Decimal("1000.50"))]
    told = anne.get(done["Location"]).content.decode()
    assert "Coût 2028" in told[told.index("À vérifier") :], told[told.index("<h1>") :][:3000]
    out = f"{done['Location']}retirer/"
    assert anne.post(out, {"version": "1", "jeton": "b"}).status_code == 422
    assert anne.post(out, {"version": "1", "jeton": "b", "motif": "Essai."}).status_code == 302
    assert not Action.objects.filter(retired_at=None).exists()

"""A command in a process of its own answers as it does inside the process of the tests.

One in four at each run; all of them with ``ANCRAGE_TEST_COMMANDS=all``.
"""

import site_here  # noqa: F401 - sets Django up

# isort: split
import json
import os

import pytest
import typer

from ancrage.cli.main import app

# Cases and portraits read a base: here it is that of the tests, empty as the one that a new process makes.
pytestmark = [pytest.mark.usefixtures("embedded"), pytest.mark.django_db]

DAY = "2026-11-23"
DEBATE = "La co-construction avance. " * 30
LISTED = "id;nom;code_insee\na1;Épicerie;23096\na2;Ferme;97411\n"
PROGRAMME = [{"id": "essai", "titre": "Un essai", "eligibilityData": {"company": {}}}]
ANSWERED = {
    "diagnostic": f"diagnostic 23077 --on {DAY}",
    "chercher": "chercher gueret --type territoire",
    "structures": f"structures 23096 --on {DAY} --limite 5",
    "comparer": f"comparer 23077 23096 --on {DAY}",
    "couverture": f"couverture 23077 --on {DAY}",
    "contacts": f"contacts 23077 --on {DAY}",
    "achats": f"achats --cpv 77310000 --montant 180000 --acheteur 23096 --on {DAY}",
    "foncier": "foncier --reponse local",
    "portrait": "portrait 23077 --document article",
    "nouveautes": "nouveautes 23077 --depuis 2024-01-01 --objet zonage",
    "lots": f"lots --cpv 77310000 --montant 180000 --acheteur 23096 --on {DAY}",
    "trousse": f"trousse --cpv 77310000 --montant 180000 --acheteur 23096 --on {DAY}",
    "spaser": f"spaser --acheteur dep:23 --on {DAY}",
    "marches chercher": "marches chercher paris",
    "marches acheteur": "marches acheteur 217500016",
    "marches territoire": f"marches territoire 23077 --on {DAY}",
    "leviers": f"leviers 23077 --on {DAY}",
    "survie": f"survie dep:23 --on {DAY}",
    "dynamiques": f"dynamiques 23096 --on {DAY} --format json",
    "panel": f"panel liste.csv --taille 1 --on {DAY} --format csv",
    "zonage": f"zonage zrr --on {DAY} --format csv",
    "veille": "veille debats --terme co-construction",
    "territoire chercher": "territoire chercher gueret",
    "territoire montrer": f"territoire montrer 23077 --on {DAY}",
    "territoire apercu": f"territoire apercu 23077 --on {DAY}",
    "territoire attestation": f"territoire attestation 23077 --on {DAY}",
    "territoire contrat": f"territoire contrat crte-75-23-8 --on {DAY}",
    "territoire note": f"territoire note 23077 --on {DAY}",
    "territoire synthese": f"territoire synthese 23077 --on {DAY}",
    "aides": f"aides --fait effectif=4 --on {DAY}",
    "aides faits": "aides faits",
    "aides montrer": f"aides montrer urgencess --on {DAY}",
    "aides lister": f"aides lister --on {DAY}",
    "aides verifier": "aides verifier",
    "aides simuler": f"aides simuler 23077 --on {DAY}",
    "aides chercher": f"aides chercher urgensess --on {DAY}",
    "aides exporter": "aides exporter aides.csv",
    "aides importer": "aides importer programmes.json",
    "sources list": "sources list",
    "sources show": "sources show frr-2025",
    "sources sync": "sources sync frr-2025 --mirror absent",
    "sources status": "sources status frr-2025",
    "sources verify": "sources verify",
    "sources revenir": "sources revenir frr-2025",
    "entrepot etat": "entrepot etat",
    "entrepot revenir": "entrepot revenir",
    "entrepot tuiles": "entrepot tuiles",
    "grille evaluer": "grille evaluer absente.yaml",
    "grille criteres": "grille criteres",
    "grille modele": "grille modele",
    "financement verifier": "financement verifier absent.yaml",
    "financement cumul": "financement cumul --aide detr --aide dsil",
    "financement comptes": "financement comptes absents.txt",
    "financement modele": "financement modele",
    "contrat-impact simuler": "contrat-impact simuler absent.yaml",
    "contrat-impact exporter": "contrat-impact exporter absent.yaml",
    "contrat-impact modele": "contrat-impact modele",
    "scic simuler": "scic simuler absent.yaml",
    "scic modele": "scic modele",
    "monographies lister": "monographies lister",
    "monographies montrer": "monographies montrer ambiance_bois",
    "monographies chercher": "monographies chercher ressourcerie",
    "monographies semblables": f"monographies semblables 23077 --on {DAY}",
    "monographies volume": "monographies volume -o volume.md",
    "monographies verifier": "monographies verifier absente.md",
    "monographies modele": "monographies modele",
    "cas lister": "cas lister",
    "cas montrer": "cas montrer ambiance_bois",
    "cas leviers": "cas leviers",
    "textes verifier": f"textes verifier --copie absent --on {DAY}",
}
ONE_IN = 1 if os.environ.get("ANCRAGE_TEST_COMMANDS") == "all" else 4
COMPARED = dict(list(ANSWERED.items())[ONE_IN - 1 :: ONE_IN])
"""Commands compared at each run: starting a process takes longer than answering."""
WRITING = frozenset({ANSWERED["aides importer"]})
PROVEN_ELSEWHERE = {
    "serve": "tasks: a server and its worker, as a person runs them",
    "sauvegarde": "tasks: saved and put back",
    "restauration": "tasks: saved and put back",
    "alertes retours": "alerts: reports are read in process (test_alerts_returned)",
    "alertes passer": "alerts: a pass is made in process (test_alerts_exactly_once, test_people_alerts)",
    "alertes etat": "alerts: what it tells is read on the page of health (test_people_alerts)",
    "besoins adresse": "people: accepted and taken back in process (test_people_needs)",
    "besoins adresses": "people: what it lists is made in process (test_people_needs)",
    "besoins passer": "people: a pass is made in process (test_people_needs)",
    "besoins vecus": "people: told as the page and the API tell it (test_people_needs)",
    "travaux": "tasks: an empty workspace",
    "travaux purger": "tasks: an empty workspace",
    "travaux avis": "tasks: what visitors say of a page, then read",
    "atelier verifier": "journal: a whole base, then one changed by another way",
    "entrepot construire": "edition: killed in the middle of a build",
    "entrepot mois": "edition: months made by one process and by two (test_edition_series)",
    "entrepot serie": "edition: months counted as they are known apart (test_edition_series)",
    "entrepot reference": "the Makefile builds the embedded edition with it",
}


def commands(command, *words):
    """The words of every command that can be run, alone or as the head of a group."""
    below = getattr(command, "commands", {})
    if not below or (words and command.invoke_without_command):
        yield " ".join(words)
    for name, each in below.items():
        yield from commands(each, *words, name)


def test_every_command_has_words_to_run_it_or_is_proven_elsewhere():
    assert {*ANSWERED, *PROVEN_ELSEWHERE} == set(commands(typer.main.get_command(app)))
    assert {*ANSWERED}.isdisjoint(PROVEN_ELSEWHERE)


@pytest.fixture
def answer_of(nothing, tmp_path):
    """What a way of running answers in a folder of its own, that folder's name left out."""

    def answer(run, name, typed):
        folder = tmp_path / name
        (folder / "debats").mkdir(parents=True)
        (folder / "debats" / "debat-2020.txt").write_text(DEBATE, "utf-8")
        (folder / "liste.csv").write_text(LISTED, "utf-8")
        (folder / "programmes.json").write_text(json.dumps(PROGRAMME), "utf-8")
        data = folder / "data" if typed in WRITING else nothing
        done = run(*typed.split(), data=data, cwd=folder)
        return done.returncode, done.stdout.replace(name, "x"), done.stderr.replace(name, "x")

    return answer


@pytest.mark.parametrize("typed", COMPARED.values(), ids=COMPARED)
def test_a_command_answers_the_same_in_a_process_of_its_own(ancrage, spawned, answer_of, typed):
    alone = answer_of(spawned, "dossier-1", typed)
    assert alone == answer_of(ancrage, "dossier-2", typed)
    assert alone[1] or alone[2]
    assert "Traceback" not in alone[2]

"""The real command: aids of a structure, of an authority, questions, agenda, mistakes."""

import json
import subprocess

import pytest
from icalendar import Calendar

from ancrage.errors import CatalogueError, FactError, UnknownAidError

WEBINAR = ("--on", "2021-03-31")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("aides")


@pytest.fixture(scope="module")
def asked(ancrage, folder):
    def ask(*arguments):
        done = ancrage("aides", *arguments, "--format", "json", data=folder)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def by_id(report):
    return {aid["id"]: aid for aid in report["aids"]}


def test_declared_facts_answer_urgencess(asked):
    told = ("--fait", "effectif=4", "--fait", "forme=association", "--fait", "est_ess=oui")
    found = by_id(asked(*told, "--fait", "touche_par_la_crise=oui", *WEBINAR))["urgencess"]
    assert found["verdict"] == "oui"
    assert (found["amount"]["low"], found["amount"]["high"], found["amount"]["unit"]) == (8000, 8000, "EUR")


def test_a_territory_fills_its_zonings_and_says_where_they_come_from(asked):
    facts = asked("--fait", "forme=association", "--territoire", "23077", *WEBINAR)["facts"]
    assert facts["en_zrr"]["value"] is True
    assert facts["en_frr"]["value"] is False
    assert facts["epci"] == {
        "value": "200044014",
        "origin": "territoire",
        "note": "CC Creuse Grand Sud",
    }


def test_a_territory_alone_is_its_own_authority(asked):
    report = asked("--territoire", "200044014")
    assert report["facts"]["demandeur"]["value"] == "collectivite"
    assert report["facts"]["forme"]["value"] == "epci"
    structure = [aid for aid in report["aids"] if aid["audience"] == ["structure"]]
    assert {aid["verdict"] for aid in structure} == {"non"}


def demonstration(ancrage, folder):
    """A structure of the demonstration register with an employee."""
    from ancrage.edition.publication import EMBEDDED
    from ancrage.warehouse.reading import Warehouse

    with Warehouse(EMBEDDED) as warehouse:
        return warehouse.row(
            "SELECT siret, commune, jobs_low, jobs_high FROM ess_establishment "
            "WHERE active AND employer AND head_office AND legal_category = '9220' AND band = '02' "
            "ORDER BY siret LIMIT 1"
        )


def test_a_siret_fills_the_facts_of_the_register_and_says_they_are_fictitious(asked, ancrage, folder):
    row = demonstration(ancrage, folder)
    report = asked("--siret", row["siret"])
    assert report["facts"]["forme"]["value"] == "association"
    assert report["facts"]["effectif"]["origin"] == "registre"
    assert report["facts"]["commune"]["value"] == row["commune"]
    assert any("fictive" in warning for warning in report["warnings"])


def test_a_declared_fact_wins_over_the_register(asked, ancrage, folder):
    row = demonstration(ancrage, folder)
    facts = asked("--siret", row["siret"], "--fait", "effectif=7")["facts"]
    assert facts["effectif"]["value"] == 7
    assert facts["effectif"]["origin"] == "declare"


def test_a_siret_that_the_register_lacks_is_told_and_declared_facts_still_answer(asked):
    report = asked("--siret", "73282932000074", "--fait", "effectif=11", *WEBINAR)
    assert any("n'est pas dans le registre" in warning for warning in report["warnings"])
    assert by_id(report)["urgencess"]["verdict"] == "non"


@pytest.mark.parametrize("siret", ["73282932000075", "23"])
def test_what_cannot_be_a_siret_is_refused(ancrage, folder, siret):
    refused = ancrage("aides", "--siret", siret, "--fait", "effectif=11", *WEBINAR, data=folder)
    assert (refused.returncode, refused.stdout) == (10, "")
    assert "n'est pas un code SIRET valide" in refused.stderr


def test_the_terminal_shows_amount_missing_fact_and_desk(ancrage, folder):
    told = ("--fait", "effectif=4", "--fait", "forme=association", "--fait", "est_ess=oui")
    shown = ancrage("aides", *told, *WEBINAR, data=folder).stdout
    assert "Fonds UrgencESS" in shown
    assert "À savoir : touchée par la crise sanitaire" in shown.replace("\u00a0", " ")
    assert "France Active" in shown


def test_the_terminal_and_its_file_say_the_same(ancrage, folder, tmp_path):
    told = ("--fait", "effectif=4", "--fait", "forme=association", *WEBINAR)
    shown = ancrage("aides", *told, data=folder, columns=100).stdout
    assert ancrage("aides", *told, "-o", tmp_path / "aides.txt", data=folder).returncode == 0
    assert (tmp_path / "aides.txt").read_text() == shown


def test_one_aid_is_explained_condition_by_condition(ancrage, folder):
    shown = ancrage("aides", "--fait", "effectif=11", "--aide", "urgencess", *WEBINAR, data=folder).stdout
    assert "Employer de 1 à 10 salariés" in shown
    assert "11 salariés (déclaré)" in shown
    assert "page lue" in shown


def test_the_questionnaire_stops_when_no_answer_would_change_anything(started, folder):
    process = started(
        "aides", "--interactif", "--aide", "urgencess", "--fait", "effectif=4", *WEBINAR,
        "--format", "json", data=folder, stdin=subprocess.PIPE,
    )  # fmt: skip
    written, told = process.communicate("oui\noui\noui\noui\noui\n", timeout=60)
    assert process.returncode == 0
    assert by_id(json.loads(written))["urgencess"]["verdict"] == "oui"
    assert "Aucune autre question" in told
    assert told.count(" > ") == 2


def test_the_agenda_holds_the_deadlines_to_come(ancrage, folder, tmp_path):
    file = tmp_path / "aides.ics"
    told = ("--fait", "effectif=4", "--fait", "est_ess=oui")
    assert ancrage("aides", *told, *WEBINAR, "--agenda", file, data=folder).returncode == 0
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    summaries = {str(event["summary"]): event.decoded("dtstart") for event in events}
    assert str(summaries["Fonds UrgencESS : Clôture du guichet"]) == "2021-07-31"
    assert not any("Ouverture annoncée du guichet" in summary for summary in summaries)


def test_facts_are_listed_for_other_tools(ancrage, folder):
    facts = json.loads(ancrage("aides", "faits", "--format", "json", data=folder).stdout)
    known = {fact["id"] for fact in facts["items"]}
    assert {"effectif", "forme", "est_ess", "touche_par_la_crise", "commune", "en_qpv", "en_zrr"} <= known
    assert {"date_creation", "stade"} <= known


def test_an_aid_is_shown_with_its_versions(ancrage, folder):
    shown = ancrage("aides", "montrer", "urgencess", data=folder).stdout
    assert "22 janvier 2021" in shown.replace("\u00a0", " ")
    assert "pas en vigueur" in shown


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        (("montrer", "urgences"), UnknownAidError, "urgencess"),
        (("--aide", "urgences"), UnknownAidError, "urgencess"),
        (("--fait", "effectif=beaucoup"), FactError, "nombre"),
        (("--fait", "efectif=4"), FactError, "effectif"),
        (("verifier", "/nulle-part"), CatalogueError, "catalogue"),
    ],
)
def test_a_mistake_is_one_french_sentence_with_its_exit_code(ancrage, folder, arguments, error, told):
    done = ancrage("aides", *arguments, data=folder)
    assert done.returncode == error.exit_code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_the_catalogue_is_verified_by_a_command(ancrage, folder):
    done = ancrage("aides", "verifier", data=folder)
    assert done.returncode == 0
    assert "Aucune faute" in done.stdout


@pytest.mark.parametrize("code", ["97611", "22016", "75101"])
def test_a_territory_without_any_known_structure_is_simulated_and_says_so(ancrage, folder, code):
    done = ancrage("aides", "simuler", code, data=folder)
    assert done.returncode == 0, done.stderr
    assert "Un nombre inconnu de structures" in done.stdout
    assert " 0 structure" not in done.stdout


def test_a_quarter_has_no_authority_its_answers_are_for_a_structure(asked):
    facts = asked("--territoire", "qpv:QN02301M")["facts"]
    assert facts["demandeur"]["value"] == "structure"
    assert facts["en_qpv"]["value"] is True

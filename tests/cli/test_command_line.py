"""The real command, in a process of its own: answers, refusals, and what becomes of its output."""

import csv
import json
import os
from collections import Counter
from datetime import date

import jsonschema
import pytest

from ancrage.edition.publication import current_edition

pytestmark = pytest.mark.usefixtures("embedded")

ENGLISH = (
    "Usage",
    "Options:",
    "Arguments:",
    "Commands:",
    "Show this",
    "default:",
    "required",
    "[OPTIONS] C ",
)


REFUSALS = [
    ("diagnostic dep:1", 10, "Code invalide"),
    ("territoire montrer 23077 --on hier", 11, "Date invalide"),
    ("zonage zrr --on 2021-02-30", 11, "Date invalide"),
    ("diagnostic 23077 --on 2020-12-31", 12, "Date hors des données connues"),
    ("zonage zrr --on 2999-01-01", 12, "Date hors des données connues"),
    ("diagnostic xqzxqz", 13, "Territoire inconnu"),
    ("territoire chercher xqzxqz", 13, "Territoire inconnu"),
    ("diagnostic 75", 14, "Territoire ambigu"),
    ("territoire montrer 23340", 14, "Territoire ambigu"),
    ("territoire montrer 27058", 15, "Territoire disparu"),
    ("zonage zfx", 16, "Zonage inconnu"),
    ("diagnostic @/absent.txt", 17, "Ensemble invalide"),
    ("diagnostic +", 17, "Ensemble invalide"),
    ("sources show zfu", 20, "Source inconnue"),
    ("sources sync frr-2025 --mirror /absent", 21, ""),
    ("entrepot revenir", 31, "Entrepôt absent"),
    ("diagnostic 23077 --similarite /absent.yaml", 32, "Catalogue invalide"),
    ("diagnostic", 2, "Commande mal écrite"),
    ("diagnostic 23077 --format pdf", 2, "Commande mal écrite"),
    ("diagnostic 23077 --nimporte", 2, "Commande mal écrite"),
    ("territoire chercher", 2, "Commande mal écrite"),
    ("territoire chercher Saint --limite 0", 2, "Commande mal écrite"),
    ("nimporte", 2, "Commande mal écrite"),
]


@pytest.mark.parametrize(("typed", "code", "title"), REFUSALS, ids=[case[0] for case in REFUSALS])
def test_a_mistake_ends_with_its_own_code_one_french_message_and_what_to_do(
    ancrage, nothing, typed, code, title
):
    answer = ancrage(*typed.split(), data=nothing)
    assert answer.returncode == code
    assert "Traceback" not in answer.stderr
    lines = answer.stderr.strip().splitlines()
    if title:
        assert lines[-2].startswith(f"{title} : ")
        assert lines[-1].startswith("  → ")
        assert answer.stdout == ""


HELPS = [
    "",
    "diagnostic",
    "zonage",
    *("territoire", "territoire chercher", "territoire montrer"),
    *("sources", "sources list", "sources show", "sources sync", "sources status", "sources verify"),
    *("entrepot", "entrepot construire", "entrepot etat", "entrepot revenir"),
    *("entrepot mois", "entrepot serie"),
]


@pytest.mark.parametrize("command", HELPS)
def test_the_help_of_each_command_is_in_french(ancrage, nothing, command):
    answer = ancrage(*command.split(), "--help", data=nothing)
    assert answer.returncode == 0
    assert answer.stdout.startswith("Utilisation : ancrage")
    assert not [word for word in ENGLISH if word in answer.stdout]


@pytest.mark.parametrize("group", ["", "territoire", "sources", "entrepot"])
def test_a_group_without_a_command_shows_its_help(ancrage, nothing, group):
    answer = ancrage(*group.split(), data=nothing)
    assert answer.stdout.startswith("Utilisation : ancrage")
    assert "Commandes :" in answer.stdout


def test_the_diagnosis_in_json_is_what_its_own_schema_says(ancrage, nothing):
    schema = json.loads(ancrage("diagnostic", "--schema", data=nothing).stdout)
    content = json.loads(ancrage("diagnostic", "23077", "--format", "json", data=nothing).stdout)
    jsonschema.Draft202012Validator(schema).validate(content)
    assert content["territory"]["code"] == "23077"
    assert content["territory"]["on"] == date.today().isoformat()  # noqa: DTZ011 - as the command does
    assert any(source["fictitious"] for source in content["sources"])


def test_the_diagnosis_in_the_terminal_says_that_its_data_is_fictitious(ancrage, nothing):
    told = ancrage("diagnostic", "Faux-la-Montagne", data=nothing).stdout
    assert "Faux-la-Montagne" in told
    assert "fictives" in told
    assert "\x1b[" not in told


def test_the_html_stands_in_one_file_in_a_folder_made_for_it(ancrage, nothing, tmp_path):
    page = tmp_path / "pages" / "guéret.html"
    answer = ancrage("diagnostic", "23096", "--format", "html", "--sortie", page, data=nothing)
    assert answer.returncode == 0
    assert answer.stderr.strip() == f"Écrit : {page}"
    assert [path.name for path in page.parent.iterdir()] == ["guéret.html"]
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!")
    assert "Guéret" in text
    assert 'src="http' not in text
    assert "<link" not in text


@pytest.mark.parametrize(
    ("shape", "place"), [("terminal", "a folder"), ("json", "under a file"), ("html", "a folder")]
)
def test_a_file_that_cannot_be_written_is_told(ancrage, nothing, tmp_path, shape, place):
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    target = tmp_path if place == "a folder" else tmp_path / "fichier" / "page"
    answer = ancrage("diagnostic", "23077", "--format", shape, "-o", target, data=nothing)
    assert answer.returncode == 24
    assert str(target) in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    "arguments",
    [["diagnostic", "23077"], ["entrepot", "construire"], ["entrepot", "etat"], ["sources", "status"]],
)
def test_a_data_folder_that_is_a_file_is_told(ancrage, tmp_path, arguments):
    data = tmp_path / "donnees"
    data.write_text("", encoding="utf-8")
    answer = ancrage(*arguments, data=data)
    assert answer.returncode == 24
    assert "est un fichier" in answer.stderr
    assert "ANCRAGE_DATA" in answer.stderr


def test_a_file_where_the_warehouse_should_be_stops_a_build_not_an_answer(ancrage, tmp_path):
    (tmp_path / "entrepot").write_text("", encoding="utf-8")
    built = ancrage("entrepot", "construire", data=tmp_path)
    assert built.returncode == 24
    assert "Traceback" not in built.stderr
    assert "un fichier occupe la place d'un dossier" in built.stderr
    assert ancrage("territoire", "montrer", "23077", data=tmp_path).returncode == 0


def test_a_damaged_edition_is_told_with_the_command_that_mends_it(ancrage, tmp_path):
    edition = tmp_path / "entrepot" / "editions" / "20260101"
    edition.mkdir(parents=True)
    (edition / "manifest.json").write_text('{"format":', encoding="utf-8")
    (tmp_path / "entrepot" / "courante").symlink_to("editions/20260101")
    answer = ancrage("diagnostic", "23077", data=tmp_path)
    assert answer.returncode == 31
    assert "abîmée" in answer.stderr
    assert "ancrage entrepot construire" in answer.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["zonage", "zrr", "--format", "csv"],
        ["zonage", "zrr", "--format", "json"],
        ["diagnostic", "23077"],
        ["territoire", "montrer", "fr", "--format", "json"],
    ],
)
def test_whoever_stops_reading_gets_no_traceback(started, nothing, arguments):
    process = started(*arguments, data=nothing)
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait() in (0, 1)


def test_the_first_line_can_be_read_alone(started, nothing):
    process = started("zonage", "zrr", "--format", "csv", data=nothing)
    assert process.stdout.readline().startswith("\ufeffcommune;nom;population;zonage;jour;verdict")
    process.stdout.close()
    assert process.stderr.read() == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this system")  # noqa: PTH110
def test_a_full_output_is_told_without_a_traceback(started, nothing):
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        process = started("zonage", "zrr", "--format", "csv", data=nothing, stdout=full)
    told = process.stderr.read()
    assert process.wait() == 24
    assert "plus de place" in told
    assert "Traceback" not in told
    assert "Exception ignored" not in told


@pytest.mark.parametrize("path", ["", "sub"])
def test_the_version_does_not_need_any_data(ancrage, tmp_path, path):
    assert ancrage("--version", data=tmp_path / path).stdout.startswith("ancrage ")


def test_with_nothing_synchronised_the_state_says_what_answers_and_what_lacks(ancrage, nothing):
    told = ancrage("entrepot", "etat", data=nothing).stdout
    assert "Édition en vigueur : embarquée" in told
    assert "données de démonstration, fictives" in told
    assert "Sources non synchronisées : " in told


def test_a_territory_is_found_by_a_badly_written_name(ancrage, nothing):
    told = ancrage("territoire", "chercher", "saint etiene", data=nothing).stdout
    assert next(line for line in told.splitlines() if line[:1].isdigit()).split()[:2] == [
        "42218",
        "Saint-Étienne",
    ]
    found = json.loads(
        ancrage("territoire", "chercher", "faux la montange", "--format", "json", data=nothing).stdout
    )["items"]
    assert found[0].keys() >= {"kind", "code", "id", "name", "score", "context", "via"}
    assert found[0]["id"] == "23077"
    nobody = ancrage("territoire", "chercher", "xqzxqz", "--format", "json", data=nothing)
    assert json.loads(nobody.stdout)["items"] == []


def test_a_territory_is_shown_on_a_day_written_in_french_order(ancrage, nothing):
    answer = ancrage(
        *("territoire", "montrer", "23077", "--on", "31/03/2021", "--format", "json"), data=nothing
    )
    content = json.loads(answer.stdout)
    assert (content["on"], content["vintage"], content["communes"]) == ("2021-03-31", 2021, ["23077"])
    assert {parent["id"] for parent in content["parents"]} >= {"200044014", "dep:23", "reg:75", "fr"}
    assert {zoning["id"]: zoning["verdict"] for zoning in content["zonings"]}["zrr"] == "oui"


def test_a_set_written_in_a_file_is_shown(ancrage, nothing, tmp_path):
    path = tmp_path / "mes communes.txt"
    path.write_text("# essai\nGuéret\n23077\n23077\n", encoding="utf-8-sig")
    answer = ancrage("territoire", "montrer", f"@{path}", "--format", "json", data=nothing)
    assert json.loads(answer.stdout)["communes"] == ["23077", "23096"]


@pytest.fixture(scope="module")
def csv_of(ancrage, real_data):
    def read(zoning, *more):
        answer = ancrage("zonage", zoning, "--format", "csv-machine", *more, data=real_data)
        assert answer.returncode == 0, answer.stderr
        return {row["commune"]: row for row in csv.DictReader(answer.stdout.splitlines())}

    return read


@pytest.mark.mirror
def test_the_zoning_of_today_has_a_row_for_each_of_the_34_969_communes(csv_of):
    rows = csv_of("frr_plus")
    assert len(rows) == 34_969
    assert Counter(row["verdict"] for row in rows.values()) == {"non": 30_419, "oui": 4_456, "a_verifier": 94}
    assert rows["23077"]["nom"] == "Faux-la-Montagne"
    assert rows["23077"]["source"] == "frr-2025"


@pytest.mark.mirror
def test_zrr_ends_and_frr_begins_between_two_days(csv_of):
    last, after = csv_of("zrr", "--on", "2024-06-30"), csv_of("zrr", "--on", "2024-07-01")
    assert (last["23077"]["verdict"], after["23077"]["verdict"]) == ("oui", "non")
    assert {row["verdict"] for row in after.values()} == {"non"}
    assert "a pris fin le 30/06/2024" in after["23077"]["motif"]
    assert len(last) == len(after) == 35_029


@pytest.mark.mirror
def test_the_real_diagnosis_of_each_shape_of_code_answers(ancrage, real_data):
    for code in ("200044014", "crte:75-23-8", "qpv:QN02301M", "reg:75"):
        answer = ancrage("diagnostic", code, "--format", "json", data=real_data)
        assert answer.returncode == 0, answer.stderr
        content = json.loads(answer.stdout)
        assert not any(source["fictitious"] for source in content["sources"])
        assert content["outline"]


@pytest.mark.mirror
def test_the_state_of_the_real_edition_says_which_sources_are_samples(ancrage, real_data):
    told = ancrage("entrepot", "etat", data=real_data).stdout
    assert f"Édition en vigueur : {current_edition(real_data).name}" in told
    assert "sirene-etablissements" in told
    assert "(échantillon)" in told
    assert "fictives" not in told

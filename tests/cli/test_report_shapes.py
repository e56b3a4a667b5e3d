"""The shapes that are files, on the real command."""

import json
import zipfile

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.usefixtures("embedded")


COMMANDS = (
    ("diagnostic", "23077"),
    ("leviers", "23077"),
    ("aides", "--fait", "effectif=4"),
    ("grille", "criteres"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("shape", ["pdf", "docx"])
def test_a_report_is_written_where_asked(ancrage, nothing, tmp_path, command, shape):
    path = tmp_path / "dossier" / f"rapport.{shape}"
    done = ancrage(*command, "--format", shape, "--sortie", path, data=nothing)
    assert (done.returncode, done.stdout) == (0, "")
    assert f"Écrit : {path}" in done.stderr
    made = path.read_bytes()
    assert made.startswith(b"%PDF-" if shape == "pdf" else b"PK")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_file_that_no_terminal_shows_needs_a_name(ancrage, nothing, command):
    done = ancrage(*command, "--format", "pdf", data=nothing)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "le format pdf ne s'affiche pas" in done.stderr
    assert "--sortie rapport.pdf" in done.stderr


def test_the_reports_of_the_demonstration_say_that_they_are_made_up(ancrage, nothing, tmp_path):
    for shape in ("pdf", "xlsx", "docx"):
        ancrage("diagnostic", "23077", "--format", shape, "-o", tmp_path / f"d.{shape}", data=nothing)
    for page in PdfReader(tmp_path / "d.pdf").pages:
        assert "Données de démonstration, fictives." in page.extract_text()
    for name, inside in (("d.xlsx", "xl/sharedStrings.xml"), ("d.docx", "word/header1.xml")):
        with zipfile.ZipFile(tmp_path / name) as archive:
            assert "Données de démonstration, fictives." in archive.read(inside).decode()


def test_text_shapes_go_to_the_standard_output(ancrage, nothing):
    table = ancrage("diagnostic", "23077", "--format", "csv", data=nothing).stdout
    assert table.startswith("\ufeffterritoire;code;jour;section;")
    found = json.loads(ancrage("diagnostic", "23077", "--format", "geojson", data=nothing).stdout)
    assert found["features"][0]["properties"]["code"] == "23077"


def test_a_place_that_refuses_a_file_is_told(ancrage, nothing, tmp_path):
    (tmp_path / "fichier").write_text("")
    done = ancrage(
        "diagnostic", "23077", "--format", "pdf", "-o", tmp_path / "fichier" / "d.pdf", data=nothing
    )
    assert done.returncode == 24
    assert "Traceback" not in done.stderr

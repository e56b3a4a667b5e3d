"""The shapes that are files, on the real command."""

import errno
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


def test_a_file_that_cannot_be_written_whole_leaves_what_was_there_and_nothing_else(
    ancrage, tmp_path, nothing, monkeypatch
):
    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    (tmp_path / "avant.json").write_text("avant", encoding="utf-8")
    for name in ("avant.json", "jamais.json"):
        answer = ancrage("grille", "criteres", "--format", "json", "-o", tmp_path / name, data=nothing)
        assert answer.returncode != 0
        assert "Impossible d'écrire" in answer.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["avant.json"]
    assert (tmp_path / "avant.json").read_text(encoding="utf-8") == "avant"


def test_a_file_is_written_through_a_link_and_keeps_its_rights(ancrage, tmp_path, nothing):
    (tmp_path / "vrai.json").write_text("avant", encoding="utf-8")
    (tmp_path / "vrai.json").chmod(0o600)
    (tmp_path / "lien.json").symlink_to(tmp_path / "vrai.json")
    answer = ancrage("grille", "criteres", "--format", "json", "-o", tmp_path / "lien.json", data=nothing)
    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "lien.json").is_symlink()
    assert (tmp_path / "vrai.json").read_text(encoding="utf-8").startswith("{")
    assert (tmp_path / "vrai.json").stat().st_mode & 0o777 == 0o600

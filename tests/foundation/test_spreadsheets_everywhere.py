"""Every CSV of the house follows one of the two conventions: public text never becomes a formula."""

import ast
import csv
from datetime import date
from pathlib import Path

import pytest

import ancrage
from ancrage.aids.imports.imported import Reading
from ancrage.aids.imports.imported import Reject as RejectedAid
from ancrage.aids.imports.importing import import_readings
from ancrage.declarations.csv_text import Reject
from ancrage.declarations.reader import Reader
from ancrage.edition.inputs import Inputs
from ancrage.edition.rejects import write_rejects as write_rejects_of_a_build
from ancrage.errors import SourceContentError
from ancrage.sources.rejects import rejects_csv, write_rejects
from ancrage.sources.snapshots import SnapshotStore
from ancrage.spreadsheets import MACHINES, PEOPLE

PACKAGE = Path(ancrage.__file__).parent
TRAPS = ["=1+1", "+33 5 55", "-2+3", "@SOMME(A1)", " =A1", "\t=1", '=HYPERLINK("http://x";"y")']


def cells(path):
    """Cells of a file for people, the header apart."""
    text = path.read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    assert "\r\n" in text
    rows = csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True), delimiter=";", strict=True)
    return list(rows)[1:]


def read(path):
    reader = Reader(SourceContentError, "")
    return [cells for _, cells in reader.table_of(reader.text(path), path.name).rows]


def assert_harmless(path, trap):
    told = [cell for row in cells(path) for cell in row]
    assert f"'{trap}" in told
    assert not [cell for cell in told if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t"))]


@pytest.mark.parametrize("trap", TRAPS)
def test_the_rejects_of_a_source_run_nothing(tmp_path, trap):
    write_rejects([Reject(2, trap, "1 cellule au lieu de 2")], tmp_path / "rejets.csv")
    assert_harmless(tmp_path / "rejets.csv", trap)
    assert (
        rejects_csv([Reject(2, trap, "x")]).encode()
        == PEOPLE.text(("ligne", "raison", "texte"), [(2, "x", trap)]).encode()
    )


@pytest.mark.parametrize("trap", TRAPS)
def test_the_rejects_of_a_build_run_nothing(tmp_path, trap):
    inputs = Inputs(SnapshotStore(tmp_path))
    inputs.reject("siae", trap, "SIRET illisible")
    write_rejects_of_a_build(inputs, None, tmp_path)
    assert_harmless(tmp_path / "rejets.csv", trap)


@pytest.mark.parametrize("trap", TRAPS)
def test_the_rejects_of_an_import_of_aids_run_nothing(tmp_path, trap):
    outcome = import_readings(
        tmp_path, [Reading("dge", "aides.csv", (), (RejectedAid(3, "sans nom", trap),))]
    )
    assert_harmless(outcome.rejects_file, trap)


def test_a_watch_of_files_named_as_formulas_runs_nothing(ancrage, tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "=1+1.txt").write_text("un partenariat", encoding="utf-8")
    out = tmp_path / "veille.csv"
    options = ("-t", "partenariat", "--par", "fichier", "--format", "csv", "-o", out)
    done = ancrage("veille", corpus, *options, data=tmp_path / "data")
    assert done.returncode == 0, done.stderr
    periods = [row[1] for row in cells(out)]
    assert periods[0].endswith("=1+1.txt")
    assert not periods[0].startswith("=")


@pytest.mark.parametrize("convention", [PEOPLE, MACHINES])
def test_a_list_that_we_wrote_is_read_back_as_it_was(tmp_path, convention):
    rows = [
        ("12345678900012", "01004", "=A1", "Faux-la-Montagne"),
        ("00000000000002", "2A004", "10-19", "'=x"),
    ]
    convention.write(tmp_path / "liste.csv", ("siret", "commune", "tranche", "nom"), rows)
    assert read(tmp_path / "liste.csv") == rows


def test_days_and_numbers_of_a_table_are_found_again(tmp_path):
    PEOPLE.write(tmp_path / "t.csv", ("jour", "valeur"), [(date(2021, 3, 31), 12.5)])
    assert read(tmp_path / "t.csv") == [("2021-03-31", "12,5")]


def test_nothing_else_in_the_house_writes_csv():
    writers = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("csv.writer", "csv.DictWriter")
    ]
    assert writers == ["spreadsheets.py"]

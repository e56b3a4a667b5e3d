"""The command ``ancrage veille``, in a process of its own, and its sheet."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from ancrage.cli.session import open_edition
from ancrage.questions.question import Asking
from ancrage.questions.watch import WatchQuestion
from ancrage.reports.formats.html import render_sheet_html
from ancrage.reports.sheet import Chart, Grid
from ancrage.reports.topic import Telling
from ancrage.watch.declaration import read_terms
from ancrage.watch.moments import Span


@pytest.fixture
def debates(tmp_path):
    folder = tmp_path / "debats"
    folder.mkdir()
    for year, times in ((2010, 0), (2011, 1), (2012, 3), (2014, 4), (2015, 6), (2016, 9)):
        words = "la co-construction " * times + "le projet de loi avance " * 200 + str(year)
        (folder / f"debat-{year}.txt").write_text(words, encoding="utf-8" if year % 2 else "cp1252")
    (folder / "notes.txt").write_text("co-construction et <b>partenariat</b>", encoding="utf-8")
    (folder / "image.png").write_bytes(b"\x89PNG\0")
    return folder


def sheet(folder, *asked, span=Span.ANNEE):
    question = WatchQuestion(corpus=(str(folder),), terms=asked, by=span)
    with open_edition() as opened:
        return Telling(question.answer(Asking(opened, opened.today))).sheet


def blocks(told, kind):
    return [block for section in told.sections for block in section.blocks if isinstance(block, kind)]


def test_the_terminal_tells_each_year_and_what_is_not_known(ancrage, debates, tmp_path):
    done = ancrage("veille", debates, "--terme", "co-construction", "-t", "coproduction", data=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert any(line.startswith("2010 1 1 001 0 0,00") for line in lines)
    assert "2013 0 0 aucun texte inconnu inconnu inconnu" in lines
    assert any(line.startswith("sans date 1") for line in lines)
    assert "hausse (τ = 1,00" in " ".join(lines).replace("\u00a0", " ")
    assert "– debats/image.png : type de fichier non lu (.png)" in lines


def test_the_json_has_null_for_what_is_not_known(ancrage, debates, tmp_path):
    done = ancrage("veille", debates, "-t", "co-construction", "--format", "json", data=tmp_path)
    told = json.loads(done.stdout)
    (term,) = told["terms"]
    years = {one["period"]: one for one in term["periods"]}
    assert [years[str(year)]["occurrences"] for year in range(2010, 2017)] == [0, 1, 3, None, 4, 6, 9]
    assert years["2013"]["rate_per_10000"] is None
    assert term["total"]["occurrences"] == 24
    assert len(told["contexts"]) == 24
    assert told["corpus"]["undated"] == ["debats/notes.txt"]


def test_the_csv_has_a_row_for_each_term_and_period(ancrage, debates, tmp_path):
    done = ancrage(
        *("veille", debates, "-t", "co-construction", "-t", "partenariat", "--format", "csv-machine"),
        data=tmp_path,
    )
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(rows) == 2 * (7 + 2)
    assert (rows[3]["periode"], rows[3]["occurrences"], rows[3]["taux_10000"]) == ("2013", "", "")
    assert rows[6]["occurrences"] == "9"


def test_a_page_is_written_with_its_charts_and_nothing_of_the_texts_is_taken_for_marks(
    ancrage, debates, tmp_path
):
    page = tmp_path / "pages" / "veille.html"
    done = ancrage("veille", debates, "--format", "html", "--sortie", page, data=tmp_path)
    assert done.returncode == 0
    text = page.read_text(encoding="utf-8")
    assert "<svg" in text
    assert "&lt;b&gt;[partenariat]" in text


def test_terms_dates_and_groups_may_be_given(ancrage, debates, tmp_path):
    terms, dates = tmp_path / "termes.yaml", tmp_path / "dates.csv"
    terms.write_text("origine: moi\ntermes: [{id: loi, libelle: Loi, variantes: [projet de loi]}]")
    dates.write_text("nom,date\nnotes.txt,2013-05-01\n")
    done = ancrage(
        *("veille", debates, "--termes", terms, "--dates", dates, "--par", "mois", "--contexte", "0"),
        *("--format", "json"),
        data=tmp_path,
    )
    told = json.loads(done.stdout)
    assert told["periods"] == ["2013-05"]
    assert told["terms"][0]["undated"]["occurrences"] == 1200
    assert told["contexts"] == []
    assert told["terms_origin"] == "moi"


@pytest.mark.parametrize(
    "arguments",
    [["/absent"], [".", "-t", "12"], [".", "--termes", "/absent.yaml"], [".", "--dates", "/absent.csv"]],
)
def test_a_mistake_is_told_in_french_with_its_code(ancrage, tmp_path, arguments):
    done = ancrage("veille", *arguments, data=tmp_path)
    assert done.returncode == 58
    assert done.stderr.startswith("Corpus illisible : ")
    assert "  → " in done.stderr
    assert "Traceback" not in done.stderr


def test_each_chart_has_its_figures_in_a_table(debates):
    told = sheet(debates, "co-construction")
    (chart,) = blocks(told, Chart)
    (grid,) = [one for one in blocks(told, Grid) if "par année" in one.name]
    shown = {row["period"]: row for row in chart.spec["data"]["values"]}
    assert [row[0] for row in grid.rows] == [*shown, "sans date"]
    assert [shown[row[0]]["shown"] for row in grid.rows[:-1] if shown[row[0]]["known"]] == [
        row[3] for row in grid.rows[:-1] if row[1] != "0"
    ]
    assert not shown["2013"]["known"]
    assert "aucun texte" in chart.caption


def test_a_term_never_written_has_no_chart_and_is_said_so(debates):
    told = sheet(debates, "délégation de service public")
    assert blocks(told, Chart) == []
    assert "Aucun des termes" in render_sheet_html(told)


def test_by_file_each_file_is_a_row_and_no_date_is_missed(debates):
    told = sheet(debates, "co-construction", span=Span.FICHIER)
    (grid,) = [one for one in blocks(told, Grid) if "par fichier" in one.name]
    assert len(grid.rows) == 7
    assert "sans date" not in render_sheet_html(told)


def test_a_corpus_mostly_without_dates_is_warned_about(tmp_path):
    (tmp_path / "a.txt").write_text("co-construction")
    assert "n'ont pas de date" in sheet(tmp_path, "co-construction").warnings[0]


def test_the_list_of_terms_given_as_an_example_is_accepted(tmp_path):
    page = (Path(__file__).resolve().parents[2] / "docs" / "veille.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    (tmp_path / "mes-termes.yaml").write_text(example, encoding="utf-8")
    assert [term.id for term in read_terms(tmp_path / "mes-termes.yaml").termes] == ["partenariat"]

"""The workbook of a diagnosis: typed cells equal to its figures, notes, and texts that stay texts."""

import io
from datetime import date
from types import SimpleNamespace

import openpyxl
import pytest
from diagnosis_factory import (
    EXAMPLES,
    ON,
    employer,
    empty_handed,
    fabric,
    fictitious,
    full,
    long_names,
    telling,
    territory,
    with_map,
    written,
)
from pydantic import ValidationError

from ancrage.diagnosis.assemble import diagnose
from ancrage.errors import SetDefinitionError
from ancrage.questions.comparison import ComparisonFacts, ComparisonQuestion
from ancrage.questions.question import Answer
from ancrage.reports.formats import FORMATS
from ancrage.reports.formats.workbook.page import Page
from ancrage.reports.formats.workbook.writing import CUT, LONGEST_CELL, write_pages
from ancrage.reports.formats.xlsx import pages as pages_of
from ancrage.reports.topic import Telling
from ancrage.reports.wording import is_fictitious, per_thousand
from ancrage.territories.resolving import resolve

FIRST = 4
"""First row under the headers."""


def opened(made):
    return openpyxl.load_workbook(io.BytesIO(made))


def table(book, name):
    """Rows of a sheet, as dictionaries by header."""
    rows = list(book[name].iter_rows(min_row=3, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def values(book):
    pages = ("Le territoire", "Chiffres de l’ESS")
    return {row["Élément"]: row["Valeur"] for name in pages for row in table(book, name)}


def test_the_figures_are_those_of_the_diagnosis_and_are_numbers():
    diagnosis = full()
    ess, told = diagnosis.ess, values(opened(written(diagnosis, "xlsx")))
    assert told["Habitants"] == diagnosis.territory.population
    assert told["Établissements de l’ESS"] == ess.establishments
    assert told["Établissements employeurs de l’ESS"] == ess.employers
    assert told["Emplois salariés de l’ESS, au moins"] == ess.jobs.low
    assert told["Emplois salariés de l’ESS, au plus"] == ess.jobs.high
    assert told["Part de l’ESS dans les établissements employeurs"] == pytest.approx(ess.share_of_employers)
    assert told["Quotient de localisation"] == pytest.approx(ess.location_quotient)


def test_families_and_activities_are_those_of_the_diagnosis():
    diagnosis = full()
    book = opened(written(diagnosis, "xlsx"))
    assert [
        (row["Famille"], row["Établissements"], row["Emplois salariés, valeur centrale"])
        for row in table(book, "Familles de l’ESS")
    ] == [(one.label, one.establishments, one.jobs.central) for one in diagnosis.ess.families.values()]
    assert [row["Part des employeurs"] for row in table(book, "Activités de l’ESS")] == [
        "inconnu" if one.share_of_employers is None else pytest.approx(one.share_of_employers)
        for one in diagnosis.ess.activities
    ]


def test_shares_are_shown_as_percentages_and_days_are_days():
    sheet = opened(written(full(), "xlsx"))["Zonages"]
    heads = [cell.value for cell in sheet[3]]
    first = {head: sheet.cell(FIRST, at) for at, head in enumerate(heads, 1)}
    assert first["Part de la population"].number_format == "0.0%"
    assert first["Part de la population"].value == 1
    assert first["Depuis"].value.date() == date(2017, 7, 1)
    assert first["Depuis"].is_date


def test_the_unknown_is_written_and_is_never_a_zero():
    told = values(opened(written(empty_handed(), "xlsx")))
    assert told["Établissements de l’ESS"] == "inconnu"
    assert told["Habitants"] == "inconnu"


def test_a_band_without_upper_bound_is_not_an_unknown():
    told = values(opened(written(EXAMPLES["france"](), "xlsx")))
    assert told["Emplois salariés de l’ESS, au plus"] == "sans borne"


def test_every_section_has_its_sheet_read_from_the_first():
    book = opened(written(full(), "xlsx"))
    assert book.sheetnames[0] == "Lisez-moi"
    assert {
        *("Le territoire", "Zonages", "Programmes", "Chiffres de l’ESS", "Familles de l’ESS"),
        *("Activités de l’ESS", "Créations et fermetures", "Principaux employeurs", "Comparaison"),
        *("Structures d’insertion (SIAE)", "Territoires comparables", "Chiffres publiés", "Ce qui manque"),
        *("Aides, pour la collectivité", "Aides, pour une structure d’ici", "Sources"),
    } <= set(book.sheetnames)
    told = [row[0] for row in book["Lisez-moi"].iter_rows(values_only=True)]
    assert [name for name in book.sheetnames[1:] if f"Feuille « {name} »" not in told] == []


def test_every_sheet_keeps_its_head_in_sight_and_has_notes_where_words_need_them():
    book = opened(written(full(), "xlsx"))
    assert {sheet.freeze_panes for sheet in book} == {"B4"}
    notes = [cell.comment.text for cell in book["Activités de l’ESS"][3] if cell.comment]
    assert any("territoire de référence" in note for note in notes)
    assert "SIRENE" in book["Familles de l’ESS"]["A2"].value
    assert "2021" in book["Familles de l’ESS"]["A2"].value


def test_communes_have_their_answers_when_they_are_drawn():
    rows = table(opened(written(with_map(), "xlsx")), "Communes")
    assert [row["Commune de montagne"] for row in rows] == ["oui", "non", "à vérifier", "inconnu"]


def test_a_text_is_never_a_formula_nor_a_link():
    hostile = ("=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "{=1}", "http://exemple.fr", '=HYPERLINK("x")')
    diagnosis = full(ess=fabric(largest_employers=tuple(map(employer, hostile))))
    sheet = opened(written(diagnosis, "xlsx"))["Principaux employeurs"]
    cells = [sheet.cell(FIRST + rank, 1) for rank in range(len(hostile))]
    assert [cell.value for cell in cells] == list(hostile)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_control_characters_and_endless_texts_do_not_break_a_cell():
    rows = (("a\x00\x1b\ud800b\ufffe", "x" * 50_000),)
    page = Page("P", "T", "", ("A", "B"), rows)
    sheet = opened(write_pages((page,), title="t", on=full().territory.on))["P"]
    assert sheet["A4"].value == "ab"
    assert len(sheet["B4"].value) == LONGEST_CELL
    assert sheet["B4"].value.endswith(CUT)


def test_fictitious_figures_say_so_on_their_sheets_and_real_ones_do_not():
    marked, plain = opened(written(fictitious(), "xlsx")), opened(written(full(), "xlsx"))
    for name in ("Lisez-moi", "Chiffres de l’ESS", "Familles de l’ESS", "Principaux employeurs"):
        assert marked[name]["A2"].value.startswith("Données de démonstration, fictives.")
        assert "fictives" not in plain[name]["A2"].value
    assert any(cell.comment and "fictives" in cell.comment.text for cell in marked["Familles de l’ESS"][3])
    assert "fictives" in marked["Familles de l’ESS"].oddHeader.left.text


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_diagnosis_gives_the_same_bytes_twice(example):
    diagnosis = EXAMPLES[example]()
    assert written(diagnosis, "xlsx") == written(diagnosis, "xlsx")


@pytest.mark.parametrize("example", EXAMPLES)
def test_names_of_sheets_are_short_and_rows_are_as_wide_as_their_heads(example):
    pages = tuple(pages_of(telling(EXAMPLES[example]()).files))
    assert len({page.name for page in pages}) == len(pages)
    for page in pages:
        assert len(page.name) <= 31
        assert {len(row) for row in page.rows} <= {len(page.columns)}


def comparison_xlsx(diagnoses):
    """The workbook of these territories side by side."""
    places = tuple(
        SimpleNamespace(
            name=one.territory.name,
            of_name=f"de {one.territory.name}",
            legal=None,
            code=SimpleNamespace(code=one.territory.code),
        )
        for one in diagnoses
    )
    codes = tuple(one.territory.code for one in diagnoses)
    answer = Answer(
        question=ComparisonQuestion(territories=codes),
        on=ON,
        edition="essai",
        facts=ComparisonFacts(places, tuple(diagnoses), codes),
        territory=None,
        sources=(),
        warnings=(),
        fictitious=any(map(is_fictitious, diagnoses)),
        sampled=False,
    )
    return FORMATS["xlsx"].write(Telling(answer))


def test_territories_stand_side_by_side_with_their_own_figures():
    one, other = full(), full(territory=territory(name="Gentioux", code="23090", population=380))
    rows = list(opened(comparison_xlsx((one, other, empty_handed())))["Chiffres"].iter_rows(values_only=True))
    population = next(row for row in rows if row[0] == "Habitants")
    assert population == ("Habitants", 436, 380, "inconnu")


def test_a_comparison_never_says_no_where_nothing_is_known():
    book = opened(comparison_xlsx((full(), empty_handed())))
    rows = list(book["Zonages et programmes"].iter_rows(min_row=4, values_only=True))
    assert rows
    assert {row[2] for row in rows} == {"à vérifier"}


def test_a_comparison_tells_the_tools_of_each_authority_and_who_has_none(embedded_atlas):
    told = diagnose(embedded_atlas, resolve(embedded_atlas, "23077", on=embedded_atlas.today))
    pages = opened(comparison_xlsx((told, empty_handed())))
    rows = list(pages["Leviers"].iter_rows(min_row=4, values_only=True))
    assert {row[0] for row in rows} == {tool.name for tool in told.levers.tools}
    assert len(rows) == 19
    assert {row[1] for row in rows} <= {"prioritaire", "possible", "à vérifier", "hors compétence"}
    assert {row[2] for row in rows} == {"pas d’autorité à lui"}


def test_establishments_for_a_thousand_inhabitants_are_a_number_or_unknown():
    rows = opened(comparison_xlsx((full(), empty_handed())))["Chiffres"].iter_rows(values_only=True)
    told = next(row for row in rows if row[0] == "Établissements de l’ESS pour 1 000 habitants")
    assert told[1:] == (per_thousand(full()) or "inconnu", "inconnu")


@pytest.mark.parametrize("how_many", [0, 5])
def test_no_territory_or_more_than_four_are_refused(how_many):
    with pytest.raises((SetDefinitionError, ValidationError)):
        ComparisonQuestion(territories=tuple(map(str, range(how_many))))


def test_four_territories_are_compared():
    four = (full(), fictitious(), long_names(), empty_handed())
    names = opened(comparison_xlsx(four)).sheetnames
    assert {"Chiffres", "Familles", "Activités", "Aides", "Leviers", "Ce qui manque", "Sources"} <= set(names)


def test_a_long_workbook_written_line_by_line_says_what_a_short_one_says_with_the_same_bytes_twice(
    monkeypatch,
):
    def told():
        book = opened(written(full(), "xlsx"))
        return {
            page.title: [
                [(cell.value, cell.number_format, cell.comment and cell.comment.text) for cell in row]
                for row in page.iter_rows()
            ]
            for page in book
        }

    short = told()
    monkeypatch.setattr("ancrage.reports.formats.workbook.writing.KEPT_ROWS", 0)
    assert told() == short
    assert written(full(), "xlsx") == written(full(), "xlsx")

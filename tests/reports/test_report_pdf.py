"""The PDF of a sheet: tagged and in French, marked when fictitious, deaf to what public files hold."""

import io
import re
from functools import cache

import pytest
from diagnosis_factory import EXAMPLES, SCRIPT, full, telling
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from ancrage.reasoning import Verdict
from ancrage.reports.formats.pdf import render_sheet_pdf
from ancrage.reports.sheet import Chart, Grid, Items, KeyFigure, Paragraph, Section, Sheet
from ancrage.reports.wording import FICTITIOUS

HOSTILE = (
    '#panic("x") #import "@preview/x:1.0.0" $x$ *gras* _a_ `code` <ref> @cite // fin /* */ \\ [x] {y}',
    "=cmd|' /C calc'!A0",
    "\x00\x07\x1b[31m\x7f\u202e\u2028\ufeff\ud800",
    "日本 العربية 😀 \ue000",
    "mot" * 300,
    "",
)


@cache
def printed(example):
    """A diagnosis, printed once for all the tests that read it."""
    return render_sheet_pdf(telling(EXAMPLES[example]()).sheet)


def reader(made):
    return PdfReader(io.BytesIO(made))


@cache
def pages_of(made):
    """The text of each page."""
    return tuple(page.extract_text() for page in reader(made).pages)


def text_of(made):
    """Words of every page, without the breaks and hyphens of lines."""
    return re.sub(r"\s+", "", "\n".join(pages_of(made)).replace("\u200b", "").replace("-", ""))


def squeezed(text):
    return re.sub(r"\s+", "", text).replace("-", "")


def simple(text, **changes):
    told = {
        "kicker": text,
        "title": text or "vide",
        "lead": text,
        "sections": (
            Section(
                "a",
                text or "vide",
                (
                    Paragraph(text, "quiet"),
                    Items((text, text), ordered=True),
                    Grid(text, ("A", text), ((text, Verdict.PARTIEL), (text, text)), note=text),
                    Chart("x", text, text),
                ),
                aside=text,
            ),
        ),
        "figures": (KeyFigure(text, text, text),),
        "warnings": (text,),
        "sources": (f"{text} https://exemple.fr/{'a' * 80}",),
        "attribution": text,
    }
    return Sheet(**told | changes)


def test_the_pdf_says_to_machines_that_it_is_accessible():
    read = reader(printed("full"))
    root = read.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "fr-FR"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert root["/StructTreeRoot"]["/K"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert read.metadata.title == "Faux-la-Montagne (23077)"
    assert read.outline


def structure(read):
    """Names of the structure elements of a document, with their dictionaries."""
    found, todo = [], [read.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, list):
            todo.extend(node)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((node["/S"], node))
            if "/K" in node:
                todo.append(node["/K"])
    return found


def test_titles_headers_of_tables_and_drawings_are_tagged():
    named = structure(reader(printed("with_map")))
    tags = {name for name, _ in named}
    assert {"/H1", "/Table", "/TH", "/TD", "/Figure", "/Caption", "/Link"} <= tags
    figures = [node for name, node in named if name == "/Figure"]
    assert figures
    assert all(len(str(node["/Alt"])) > 20 for node in figures)


def test_every_section_of_a_diagnosis_is_printed():
    sheet = telling(full()).sheet
    text = text_of(printed("full"))
    assert [section.title for section in sheet.sections if squeezed(section.title) not in text] == []
    for figure in ("Comptés à part, en plus.", "120 à 310", "23,4"):
        assert squeezed(figure) in text


def test_every_page_says_its_title_its_number_and_where_it_comes_from():
    pages = pages_of(printed("full"))
    for rank, text in enumerate(pages, 1):
        assert "Faux-la-Montagne (23077) · Diagnostic de territoire au 31\u00a0mars\u00a02021" in text
        assert f"page {rank} / {len(pages)}" in text
        assert "Licence Ouverte 2.0" in text


def test_every_page_of_a_fictitious_report_says_so_and_no_other_does():
    for text in pages_of(printed("fictitious")):
        assert "Données de démonstration, fictives. Ne citez aucun de ces chiffres." in text
    assert FICTITIOUS not in " ".join(pages_of(printed("full")))


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_diagnosis_can_be_printed_twice_the_same(example):
    assert render_sheet_pdf(telling(EXAMPLES[example]()).sheet) == printed(example)


def test_the_date_of_the_file_is_the_day_asked():
    assert reader(printed("full")).metadata.creation_date.date() == full().territory.on


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_found_in_a_file_is_taken_for_markup_nor_stops_the_print(text):
    made = render_sheet_pdf(simple(text))
    assert reader(made).pages


def test_markup_is_printed_as_it_is_written():
    text = text_of(render_sheet_pdf(simple(HOSTILE[0])))
    assert squeezed('#panic("x")#import"@preview/x:1.0.0"$x$*gras*_a_`code`<ref>@cite') in text


def test_a_hostile_name_stays_a_name():
    assert squeezed(SCRIPT) in text_of(printed("long_names"))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_can_be_printed(text):
    assert render_sheet_pdf(simple(text)).startswith(b"%PDF-")


def test_an_endless_word_is_cut_before_the_edge_of_its_page():
    """A line of 170 mm holds at most 130 letters x of the smallest size."""
    for text in pages_of(render_sheet_pdf(simple("x" * 400))):
        lines = text.replace("\u200b", "").splitlines()
        assert max(map(len, lines)) <= 130


def test_a_long_table_repeats_its_head():
    rows = tuple((f"ligne {rank}", "valeur") for rank in range(200))
    sheet = Sheet("k", "t", "l", (Section("s", "Section", (Grid("Tableau", ("Entête", "B"), rows),)),))
    pages = pages_of(render_sheet_pdf(sheet))
    assert len(pages) > 2
    assert all("Entête" in text for text in pages)
    assert all(f"ligne {rank}" in " ".join(pages) for rank in (0, 99, 199))

"""The DOCX of a sheet: styles, tables and pictures an officer can edit, and nothing XML would refuse."""

import gc
import io
import zipfile
from functools import cache
from xml.etree import ElementTree as ET

import pytest
from diagnosis_factory import EXAMPLES, SCRIPT, full, telling
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.language.typography import curled
from ancrage.reasoning import Verdict
from ancrage.reports.cells import parts_of
from ancrage.reports.formats.docx import render_sheet_docx
from ancrage.reports.sheet import Grid, Items, Paragraph, Section, Sheet


@cache
def printed(example):
    """A diagnosis, printed once for all the tests that read it."""
    return render_sheet_docx(telling(EXAMPLES[example]()).sheet)


def opened(made):
    return Document(io.BytesIO(made))


def words(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_every_section_is_a_heading_in_order():
    sheet = telling(full()).sheet
    document = opened(printed("full"))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == [section.title for section in sheet.sections]
    assert next(one.text for one in document.paragraphs if one.style.name == "Title") == sheet.title


def test_every_table_repeats_its_head_and_says_what_it_is():
    document = opened(printed("full"))
    assert len(document.tables) > 8
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_the_figures_are_those_of_the_sheet():
    sheet = telling(full()).sheet
    told = words(opened(printed("full")))
    for section in sheet.sections:
        for block in section.blocks:
            if isinstance(block, Grid):
                for row in block.rows:
                    assert all(
                        curled(part) in told
                        for cell in row
                        if not isinstance(cell, Verdict)
                        for part in parts_of(cell)
                    )


def test_every_picture_says_what_it_shows():
    document = opened(printed("with_map"))
    assert len(document.inline_shapes) >= 4
    for shape in document.inline_shapes:
        assert len(shape._inline.docPr.get("descr")) > 20


def test_the_document_speaks_french_of_the_day_asked():
    document = opened(printed("full"))
    assert document.core_properties.language == "fr-FR"
    assert document.core_properties.created.date() == full().territory.on
    assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {"fr-FR"}


def test_a_fictitious_report_says_so_on_every_page_and_another_never():
    banner = "Données de démonstration, fictives. Ne citez aucun de ces chiffres."
    marked, plain = opened(printed("fictitious")), opened(printed("full"))
    assert banner in [one.text for one in marked.sections[0].header.paragraphs]
    assert banner in words(marked)
    assert all(banner not in one.text for one in plain.sections[0].header.paragraphs)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_diagnosis_gives_the_same_bytes_twice_and_valid_xml(example):
    made = printed(example)
    assert made == render_sheet_docx(telling(EXAMPLES[example]()).sheet)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                ET.fromstring(archive.read(name))  # noqa: S314 our own file


def test_hostile_names_stay_names():
    told = words(opened(printed("long_names")))
    assert SCRIPT in told
    assert "[red]Mur[/red][31m" in told


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_can_be_written(text):
    sheet = Sheet(text, text, text, (Section("s", text, (Paragraph(text), Grid(text, ("A",), ((text,),)))),))
    assert opened(render_sheet_docx(sheet)).tables


def test_each_ordered_list_starts_from_one():
    steps = Section("s", "S", (Items(("a", "b"), ordered=True), Items(("c", "d"), ordered=True)))
    document = opened(render_sheet_docx(Sheet("k", "t", "l", (steps,))))
    used = [one._p.pPr.numPr.numId.val for one in document.paragraphs if one.style.name == "List Number"]
    assert used[0] == used[1] != used[2] == used[3]


def test_addresses_can_be_followed():
    sheet = Sheet("k", "t", "l", (), sources=("Un texte (https://exemple.fr/a?b=c).",))
    document = opened(render_sheet_docx(sheet))
    links = [one.target_ref for one in document.part.rels.values() if one.is_external]
    assert links == ["https://exemple.fr/a?b=c"]


def test_no_xml_of_a_document_outlives_its_file():
    def elements():
        return sum(issubclass(type(one), BaseOxmlElement) for one in gc.get_objects())

    sheet = telling(full()).sheet
    render_sheet_docx(sheet)
    gc.collect()
    gc.disable()  # what only the collector finds is kept for as long as it likes
    try:
        before = elements()
        render_sheet_docx(sheet)
        assert elements() == before
    finally:
        gc.enable()

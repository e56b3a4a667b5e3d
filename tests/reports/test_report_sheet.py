import io

import pytest
from docx import Document
from pypdf import PdfReader
from rich.console import Console

from ancrage.reasoning import Verdict
from ancrage.repairs import BuildEdition, GiveField, Notice, See, SynchroniseSources
from ancrage.reports.audience import Audience
from ancrage.reports.formats.docx import render_sheet_docx
from ancrage.reports.formats.html import render_sheet_html
from ancrage.reports.formats.pdf import render_sheet_pdf
from ancrage.reports.formats.terminal.sheet import render_sheet
from ancrage.reports.sheet import Chart, Grid, Items, KeyFigure, Paragraph, Section, Sheet

SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"x": 1, "y": 2}]},
    "mark": "bar",
    "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}},
}


def sheet(**changes):
    told = {
        "kicker": "Essai",
        "title": "Un <titre>",
        "lead": "Une phrase.",
        "sections": (
            Section(
                "partie",
                "Partie",
                (
                    Paragraph("Un paragraphe.", "strong"),
                    Items(("premier", "second"), ordered=True),
                    Grid(
                        "Tableau",
                        ("Nom", "Verdict", "Valeur"),
                        (("a", Verdict.A_VERIFIER, "1"),),
                        frozenset({2}),
                    ),
                    Chart("barres", "Barres", "Des barres.", spec=SPEC),
                ),
                aside="à côté",
            ),
        ),
        "figures": (KeyFigure("Clé", "12", "note"),),
        "warnings": ("Prenez garde.",),
        "sources": ("Une source (Licence Ouverte 2.0)",),
        "method": "methode",
    }
    return Sheet(**told | changes)


def text_of(one, width=100):
    out = io.StringIO()
    render_sheet(one, Console(file=out, width=width))
    return out.getvalue()


def test_a_sheet_says_the_same_in_the_terminal_and_on_the_page():
    page, text = render_sheet_html(sheet()), text_of(sheet())
    for told in (
        "Une phrase.",
        "Un paragraphe.",
        "premier",
        "second",
        "à vérifier",
        "Prenez garde.",
        "à côté",
    ):
        assert told in page
        assert told in text
    assert "Un &lt;titre&gt;" in page
    assert "<svg" in page


def test_a_page_asks_nobody_for_anything():
    page = render_sheet_html(sheet())
    assert "<script" not in page
    assert "src=" not in page


def test_a_fictitious_sheet_says_so_everywhere():
    assert "fictives" in render_sheet_html(sheet(fictitious=True))
    assert "FICTIVES" in text_of(sheet(fictitious=True))
    assert "fictives" not in render_sheet_html(sheet())


def test_a_table_squeezed_between_names_and_long_words_is_never_cut_at_the_edge():
    names = Grid(
        "Outils",
        ("Outil", "Pourquoi", "Depuis", "Peuvent aussi"),
        (("Faciliter l'accès au foncier", "raison " * 20, "non relu", "commune, département, région, État"),),
    )
    told = text_of(sheet(sections=(Section("s", "S", (names,)),)), width=80)
    for word in ("Faciliter", "commune,", "département,", "région,", "État"):
        assert word in told
    assert max(map(len, told.splitlines())) <= 80


def mended():
    """A sheet whose warning, paragraphs and table lead to something."""
    blocks = (
        Paragraph("Et 12 autres.", "quiet", (GiveField("detail"), GiveField("format", ("geojson",)))),
        Paragraph("", "quiet", (See("aid", "urgencess"),)),
        Grid("Tableau", ("Nom",), (("a",),), note="Et 3 autres.", repairs=(GiveField("format", ("csv",)),)),
    )
    lost = Notice("Sans position connue.", (SynchroniseSources(("contours-communes",)), BuildEdition()))
    return sheet(sections=(Section("partie", "Partie", blocks),), warnings=(lost, "Prenez garde."))


def words_of_docx(content):
    return "\n".join(one.text for one in Document(io.BytesIO(content)).paragraphs)


def words_of_pdf(content):
    read = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return read.replace("-\n", "-")


RENDERERS = {
    "html": render_sheet_html,
    "docx": lambda one, to: words_of_docx(render_sheet_docx(one, to)),
    "pdf": lambda one, to: words_of_pdf(render_sheet_pdf(one, to)),
}
SAID = ("Sans position connue.", "Prenez garde.", "Et 12 autres.", "Et 3 autres.")
TYPED = (
    *("contours-communes", "ancrage entrepot construire", "ancrage aides montrer urgencess"),
    *("--detail", "--format geojson", "--format csv"),
)


@pytest.mark.parametrize("shape", RENDERERS)
def test_an_operator_is_told_what_to_type_and_a_reader_what_is_true(shape):
    plain = {one: " ".join(RENDERERS[shape](mended(), one).split()) for one in Audience}
    for told in SAID:
        assert told in plain[Audience.OPERATOR]
        assert told in plain[Audience.READER]
    for typed in TYPED:
        assert typed in plain[Audience.OPERATOR].replace("\u2010", "-")
        assert typed not in plain[Audience.READER]


def test_the_terminal_tells_each_repair_after_what_it_mends():
    text = text_of(mended(), width=110)
    assert "Et 12 autres. Options : --detail ou --format geojson" in text.replace("\xa0", " ")
    assert "  $ ancrage aides montrer urgencess" in text.replace("\xa0", " ")

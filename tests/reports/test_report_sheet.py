import io

from rich.console import Console

from ancrage.reasoning import Verdict
from ancrage.reports.formats.html import render_sheet_html
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

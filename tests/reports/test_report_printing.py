"""What paper asks of a sheet: characters, widths, drawings, links; a diagnosis whole in one sheet."""

import re
from importlib.resources import files

import pytest
from diagnosis_factory import EXAMPLES, full, telling, with_map
from hypothesis import given
from hypothesis import strategies as st

from ancrage.reasoning import Verdict
from ancrage.reports.formats.html import render_sheet_html
from ancrage.reports.formats.printing.characters import breakable, printable, writable
from ancrage.reports.formats.printing.columns import widths
from ancrage.reports.formats.printing.drawings import drawing_of
from ancrage.reports.formats.printing.links import pieces
from ancrage.reports.map_legend import with_legend
from ancrage.reports.maps import draw_map
from ancrage.reports.sheet import Chart, Grid


def test_what_no_font_draws_becomes_a_square():
    assert printable("Ça coûte 3 €, n° 1 – « œuf » 日😀") == "Ça coûte 3 €, n° 1 – « œuf » □□"


def test_controls_and_marks_that_turn_the_reading_are_dropped():
    assert writable("a\x00b\u202ec\ufeffd\ud800e") == "abcde"
    assert writable("e\u0301") == "é"


def test_a_line_end_is_kept():
    assert writable("a\nb") == "a\nb"


@given(st.text())
def test_breaks_are_added_and_nothing_else_changes(text):
    assert breakable(text).replace("\u200b", "") == printable(text).replace("\u200b", "")


PLAIN = "reponse-non"
"""A commune that is not classified keeps the colour of a commune."""

cells = st.one_of(st.text(max_size=80), st.sampled_from(list(Verdict)))


@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=6))
def test_widths_share_the_whole_line_and_leave_no_column_out(rows):
    room = widths(Grid("g", ("A", "B", "C"), tuple(rows), right=frozenset({1})))
    assert sum(room.shares) == pytest.approx(1)
    assert min(room.shares) > 0.02
    assert 0 < room.scale <= 1


def test_a_column_of_figures_has_room_for_its_longest_and_long_texts_take_the_rest():
    grid = Grid(
        "g", ("Nom", "Emplois", "Pourquoi"), (("a", "12\u202f345\u202f678", "mot " * 80),), frozenset({1})
    )
    name, figure, why = widths(grid).shares
    assert figure * 104 >= len("12 345 678")
    assert why > figure > name or why > 3 * name


def test_addresses_are_found_without_the_point_that_ends_their_sentence():
    assert list(pieces("Voir (https://a.fr/b). Fin", str)) == [
        ("Voir (", ""),
        ("https://a.fr/b", "https://a.fr/b"),
        ("). Fin", ""),
    ]
    assert list(pieces("javascript:alert(1)", str)) == [("javascript:alert(1)", "")]


@given(st.text())
def test_pieces_put_together_are_the_text(text):
    assert "".join(words for words, _ in pieces(text, str)) == text


def test_every_class_of_a_map_has_its_colour_on_paper():
    drawn = draw_map(with_map())
    css = files("ancrage.reports").joinpath("templates/drawings.css").read_text(encoding="utf-8")
    named = {name for found in re.findall(r'class="([^"]*)"', with_legend(drawn)) for name in found.split()}
    assert {name for name in named - {"chart", PLAIN} if not re.search(rf"\.{name}\b", css)} == set()
    assert "var(" not in css


def test_the_legend_of_a_map_is_under_it():
    drawn = draw_map(with_map())
    svg = with_legend(drawn)
    assert svg.count('class="legende"') == len(drawn.legend)
    height = float(re.search(r'viewBox="0 0 \S+ (\S+)"', svg).group(1))
    lowest = max(float(y) for y in re.findall(r'class="legende" x="\S+" y="(\S+)"', svg))
    assert lowest < height


def test_a_chart_that_draws_nothing_is_left_out():
    assert drawing_of(Chart("x", "t", "c"), "Font") is None


def test_a_tall_drawing_fits_in_a_page():
    tall = Chart("x", "t", "c", svg='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 1000"></svg>')
    assert drawing_of(tall, "Font").width_mm * 10 <= 195


def test_a_diagnosis_whole_has_every_section():
    told = [section.id for section in telling(full()).sheet.sections]
    assert told == [
        *("identite", "zonages", "programmes", "ess", "familles", "activites", "annees", "employeurs"),
        *("insertion", "comparaison", "comparables", "publies", "aides", "aides-structure"),
        *("manques", "sources"),
    ]
    assert "carte-section" in [section.id for section in telling(with_map()).sheet.sections]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_sheet_of_a_diagnosis_is_a_page_too(example):
    diagnosis = EXAMPLES[example]()
    page = render_sheet_html(telling(diagnosis).sheet)
    assert "<script" not in page
    assert all(section.id in page for section in telling(diagnosis).sheet.sections)


def test_every_aid_of_a_diagnosis_is_in_its_sheet():
    page = render_sheet_html(telling(full()).sheet)
    assert [aid.name for aid in full().aids if aid.name not in page] == []

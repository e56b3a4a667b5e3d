import io
import math
from datetime import date

import pytest
from rich.console import Console

from ancrage.grid.assessment import Assessment, Judgement, Role, Structure
from ancrage.grid.criteria import Actor, criteria
from ancrage.grid.evaluation import evaluate
from ancrage.questions.grid import GridFacts
from ancrage.reports.drawing import draw
from ancrage.reports.formats.html import render_sheet_html
from ancrage.reports.formats.terminal.sheet import render_sheet
from ancrage.reports.grid.charts import LOOKS, outline, position, radar
from ancrage.reports.grid.criteria import criteria_sheet
from ancrage.reports.grid.sheet import grid_sheet

ON = date(2026, 11, 23)


def judged(day, role, *levels):
    """An assessment by numbers of criteria: the levels given, then 4 for the rest."""
    told = [*levels, *([4] * (15 - len(levels)))]
    named = {one.id: Judgement(level) for one, level in zip(criteria(), told, strict=True)}
    return Assessment(date.fromisoformat(day), Role(role), "présidence", named)


def sheet(*assessments, fictitious=False, authority=None):
    structure = Structure("Essai <b>", "23077", fictitious=fictitious)
    return grid_sheet(GridFacts(structure, evaluate(assessments, on=ON, authority=authority), None))


def text_of(one):
    out = io.StringIO()
    render_sheet(one, Console(file=out, width=100))
    return " ".join(out.getvalue().split())


TWO = (judged("2026-01-01", "structure", 1, None, 3), judged("2024-01-01", "collectivite", 3, 2, None))


def test_the_first_axis_stands_straight_up_and_the_others_turn_clockwise():
    assert position(1, 5) == (0, 5)
    places = [position(number, 3) for number in range(1, 16)]
    turns = [math.degrees(math.atan2(x, y)) % 360 for x, y in places]
    assert turns == pytest.approx([24 * rank for rank in range(15)], abs=0.01)
    assert [math.hypot(x, y) for x, y in places] == pytest.approx([3] * 15, abs=0.001)


def test_an_outline_closes_on_its_first_point():
    rows = outline(evaluate(TWO[:1], on=ON).lines, Role.STRUCTURE)
    assert (rows[0]["x"], rows[0]["y"]) == (rows[-1]["x"], rows[-1]["y"]) == position(1, 1)


def test_an_unknown_level_breaks_the_outline_and_draws_no_point():
    rows = outline(evaluate(TWO[:1], on=ON).lines, Role.STRUCTURE)
    assert len(rows) == 15
    assert [row["order"] for row in rows] == [0, *range(2, 16)]
    assert rows[0]["group"] != rows[1]["group"] == rows[-1]["group"]


def test_every_role_has_a_colour_a_dash_and_a_mark_of_its_own():
    assert set(LOOKS) == set(Role)
    for looks in zip(*LOOKS.values(), strict=True):
        assert len({str(look) for look in looks}) == len(Role)


def test_the_radar_names_the_criteria_and_the_roles():
    spec = radar(evaluate([judged("2026-01-01", role) for role in Role], on=ON))
    assert spec is not None
    drawn = draw(spec, "radar", "Radar", "Essai")
    for one in criteria():
        assert f"{one.number}. {one.short}".replace("'", "&apos;") in drawn or one.short in drawn
    for role in Role:
        assert role.label in drawn
        assert LOOKS[role][0] in drawn


def test_nothing_is_drawn_when_nobody_knows_anything():
    evaluation = evaluate([judged("2026-01-01", "structure", *[None] * 15)], on=ON)
    assert radar(evaluation) is None
    told = text_of(sheet(judged("2026-01-01", "structure", *[None] * 15)))
    assert "Aucun niveau n'est connu : rien ne peut être dit faible." in told.replace("\u00a0", " ")


@pytest.mark.parametrize("render", [text_of, render_sheet_html], ids=["terminal", "page"])
def test_the_sheet_always_says_whose_criteria_they_are(render):
    for one in (sheet(*TWO), criteria_sheet()):
        told = render(one).replace("\u00a0", " ").replace("’", "'")
        assert "ce ne sont pas les « 15 critères de l'ANCT »" in told
        assert told.count("proposition d'Ancrage") >= 12


def test_what_separates_two_roles_in_time_is_told():
    assert "731 jours séparent" in text_of(sheet(*TWO))
    near = (judged("2026-01-01", "structure"), judged("2025-01-01", "usagers"))
    assert "jours séparent" not in text_of(sheet(*near))


def test_an_unknown_level_is_a_question_mark():
    told = text_of(sheet(*TWO)).replace("\u00a0", " ")
    assert "2. Hybridation des ressources compte rendu de 2021 ? 2 ?" in told


def test_six_roles_leave_room_for_the_names_of_criteria():
    out = io.StringIO()
    render_sheet(sheet(*(judged("2026-01-01", role) for role in Role)), Console(file=out, width=80))
    assert "Hybridation des" in out.getvalue()
    assert "Col. : collectivité ; Acc. : accompagnateur" in " ".join(out.getvalue().split()).replace(
        "\u00a0", " "
    )


def test_one_assessment_alone_shows_neither_disagreement_nor_evolution():
    told = text_of(sheet(TWO[0]))
    assert "Où les rôles ne sont pas d'accord" not in told
    assert "il n'y a pas encore d'évolution à montrer" in told


def test_an_evolution_is_told_in_levels_over_what_is_known_at_both_ends():
    told = text_of(sheet(judged("2025-01-01", "structure", 1, 2, None), TWO[0])).replace("\u00a0", " ")
    assert "Structure : 3,8 sur 5 puis 3,8 sur 5, soit 0 niveau en tout sur 13 critères connus" in told


def test_long_histories_show_the_first_day_and_the_latest_ones():
    told = text_of(sheet(*(judged(f"20{year}-01-01", "structure") for year in range(15, 25))))
    assert "01/01/2015" in told
    assert "01/01/2024" in told
    assert "01/01/2016" not in told
    assert "5 jours intermédiaires" in told.replace("\u00a0", " ")


def test_an_authority_is_told_what_is_not_in_its_hands():
    weak = judged("2026-01-01", "structure", *[4] * 10, 1)
    told = text_of(sheet(weak, authority=Actor.REGION))
    assert "la région n'a pas la prise la plus directe" in told
    assert "Un critère pèse 5 moins" not in told


def test_an_invented_structure_is_labelled_and_names_are_escaped():
    assert "fictives" in render_sheet_html(sheet(*TWO, fictitious=True))
    page = render_sheet_html(sheet(*TWO))
    assert "fictives" not in page
    assert "Essai &lt;b&gt;" in page

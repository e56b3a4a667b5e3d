"""The answers of the aids as a sheet: verdicts, amounts, conditions, texts, what to ask next."""

from datetime import date

import pytest

from ancrage.aids.asking import Request, answer
from ancrage.aids.questions import next_question
from ancrage.facts.register import FICTITIOUS_STRUCTURE
from ancrage.facts.values import read_facts
from ancrage.reasoning import Verdict
from ancrage.reports.aids.sheet import aids_sheet
from ancrage.reports.formats.docx import render_sheet_docx
from ancrage.reports.formats.html import render_sheet_html
from ancrage.reports.formats.pdf import render_sheet_pdf
from ancrage.reports.sheet import Grid

DEMONSTRATION = "99900014400017"
DAY = date(2021, 3, 31)


def report_of(atlas, *facts, on=DAY, **asked):
    return answer(atlas, Request(read_facts(facts), **asked), on=on)


def grids(sheet, section):
    return [
        block
        for one in sheet.sections
        if one.id == section
        for block in one.blocks
        if isinstance(block, Grid)
    ]


def test_each_aid_listed_has_the_verdict_and_the_amount_of_its_answer(embedded_atlas):
    report = report_of(embedded_atlas, "effectif=10", "est_ess=oui", "forme=association")
    sheet = aids_sheet(report, everything=True)
    shown = {
        row[0].split("\n")[0]: row[1]
        for verdict in Verdict
        for grid in grids(sheet, f"aides-{verdict.value}")
        for row in grid.rows
    }
    assert shown == {one.entry.name: one.verdict for one in report.answers}


@pytest.mark.parametrize(("workforce", "verdict"), [(10, "oui"), (11, "non")])
def test_the_conditions_say_what_is_known_and_the_text(embedded_atlas, workforce, verdict):
    report = report_of(embedded_atlas, f"effectif={workforce}", "est_ess=oui", only=("urgencess",))
    (conditions,) = grids(aids_sheet(report, explained=True), "conditions")
    (size,) = [row for row in conditions.rows if "1 à 10" in row[0]]
    assert size[1] == verdict
    assert f"{workforce} salariés (déclaré)" in size[2]
    assert "lue le" in size[3] or "lu le" in size[3]


def test_refused_aids_are_counted_and_listed_only_when_asked(embedded_atlas):
    report = report_of(embedded_atlas, "effectif=200")
    assert not grids(aids_sheet(report), "aides-non")
    refused = [one for one in report.answers if one.verdict is Verdict.NON]
    (listed,) = grids(aids_sheet(report, everything=True), "aides-non")
    assert len(listed.rows) == len(refused)
    counted = {figure.label: figure.value for figure in aids_sheet(report).figures}
    assert counted["Non"].split("\u00a0")[0] == str(len(refused))


def test_what_to_ask_next_is_the_question_that_settles_most_then_every_fact_waited_for(embedded_atlas):
    report = report_of(embedded_atlas, "est_ess=oui")
    question = next_question(report)
    sheet = aids_sheet(report, question=question)
    (asked,) = [one for one in sheet.sections if one.id == "questions"]
    assert question.question in asked.blocks[0].text
    (waited,) = grids(sheet, "questions")
    missing = {fact for one in report.answers for fact in one.missing}
    assert len(waited.rows) == len(missing)
    numbers = [int(row[2]) for row in waited.rows]
    assert numbers == sorted(numbers, reverse=True)


def test_a_made_up_structure_makes_a_fictitious_sheet(embedded_atlas):
    report = report_of(embedded_atlas, siret=DEMONSTRATION, on=date(2026, 11, 3))
    assert FICTITIOUS_STRUCTURE in report.warnings
    assert aids_sheet(report).fictitious
    assert not aids_sheet(report_of(embedded_atlas, "effectif=4")).fictitious


def test_nothing_declared_is_told_and_every_shape_can_be_written(embedded_atlas):
    sheet = aids_sheet(report_of(embedded_atlas), everything=True, explained=True)
    assert "aides-a_verifier" in render_sheet_html(sheet)
    assert render_sheet_pdf(sheet).startswith(b"%PDF-")
    assert render_sheet_docx(sheet).startswith(b"PK")

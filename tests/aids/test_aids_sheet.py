"""The answers of the aids as a sheet: verdicts, amounts, conditions, texts, what to ask next."""

import json
from datetime import date

import pytest

from ancrage.aids.standing import Class
from ancrage.edition.opened import Opened
from ancrage.facts.register import FICTITIOUS_STRUCTURE
from ancrage.questions.eligibility import EligibilityQuestion
from ancrage.questions.question import Asking
from ancrage.reports.aids.sheet import FOLDED
from ancrage.reports.formats.docx import render_sheet_docx
from ancrage.reports.formats.html import render_sheet_html
from ancrage.reports.formats.pdf import SCALES, _template, render_sheet_pdf
from ancrage.reports.formats.printing.press import fitting_scale
from ancrage.reports.formats.printing.report import report_of
from ancrage.reports.sheet import Grid, Paragraph
from ancrage.reports.topic import Telling

DEMONSTRATION = "99900014400017"
DAY = date(2021, 3, 31)


@pytest.fixture
def told(embedded_atlas, tmp_path):
    def tell(*facts, paged=True, on=DAY, **asked):
        opened = Opened(embedded_atlas, "essai", embedded_atlas.today, tmp_path)
        question = EligibilityQuestion(facts=facts, **{"everything": paged, **asked})
        return Telling(question.answer(Asking(opened, on, paged=paged)))

    return tell


def grids(sheet, section):
    return [
        block
        for one in sheet.sections
        if one.id == section
        for block in one.blocks
        if isinstance(block, Grid)
    ]


def test_each_aid_listed_has_the_verdict_and_the_amount_of_its_answer(told):
    telling = told("effectif=10", "est_ess=oui", "forme=association")
    shown = {
        row[0].split("\n")[0]: row[1]
        for standing in Class
        for grid in grids(telling.sheet, f"aides-{standing.value}")
        for row in grid.rows
    }
    assert shown == {one.entry.name: one.verdict for one in telling.answer.facts.report.answers}


@pytest.mark.parametrize(("workforce", "verdict"), [(10, "oui"), (11, "non")])
def test_the_conditions_say_what_is_known_and_the_text(told, workforce, verdict):
    telling = told(f"effectif={workforce}", "est_ess=oui", aids=("urgencess",))
    (conditions,) = grids(telling.sheet, "conditions")
    (size,) = [row for row in conditions.rows if "1 à 10" in row[0]]
    assert size[1] == verdict
    assert f"{workforce} salariés (déclaré)" in size[2]
    assert "lue le" in size[3] or "lu le" in size[3]


def test_in_brief_what_nothing_can_be_done_of_is_counted_and_listed_only_when_asked(told):
    brief = told("effectif=200", paged=False)
    answers = brief.answer.facts.report.answers
    (folded,) = [one for one in brief.sheet.sections if one.id == "aides-repliees"]
    for standing in FOLDED:
        found = [one for one in answers if one.standing is standing]
        assert not grids(brief.sheet, f"aides-{standing.value}")
        assert any(line.startswith(f"{standing.heading} : {len(found)}") for line in folded.blocks[0].lines)
        for whole in (told("effectif=200", paged=False, everything=True), told("effectif=200")):
            (listed,) = grids(whole.sheet, f"aides-{standing.value}")
            assert len(listed.rows) == len(found)


def test_what_to_ask_next_is_the_question_that_settles_most_then_every_fact_waited_for(told):
    telling = told("est_ess=oui")
    (asked,) = [one for one in telling.sheet.sections if one.id == "questions"]
    assert telling.answer.facts.following.question in asked.blocks[0].text
    (waited,) = grids(telling.sheet, "questions")
    missing = {fact for one in telling.answer.facts.report.answers for fact in one.missing}
    assert len(waited.rows) == len(missing)
    numbers = [row[2].value for row in waited.rows]
    assert numbers == sorted(numbers, reverse=True)


def test_a_made_up_structure_makes_a_fictitious_sheet(told):
    telling = told(siret=DEMONSTRATION, on=date(2026, 11, 3))
    assert FICTITIOUS_STRUCTURE in telling.sheet.warnings
    assert telling.sheet.fictitious
    assert not told("effectif=4").sheet.fictitious
    assert not told(siret="73282932000074").sheet.fictitious


def test_an_authority_stays_the_one_that_asks_once_it_answers(told):
    """A territory alone is its own authority; a fact it tells makes it no structure."""
    asked = told(territory="23077").answer
    fact = asked.facts.following
    then = asked.question.carried(asked.facts.report).learning(fact, "inconnu")
    assert then.passed == (fact.id,)
    told_more = then.model_copy(update={"facts": (*then.facts, "en_difficulte=non")})
    report = told(*told_more.facts, territory="23077").answer.facts.report
    assert report.situation["demandeur"].value == "collectivite"
    assert report.situation["forme"].value == "commune"


def test_the_table_holds_amounts_as_numbers_and_a_line_an_aid(told):
    telling = told("effectif=4", "est_ess=oui", "touche_par_la_crise=oui", aids=("urgencess", "dla"))
    rows = {row[1]: row for row in telling.table.rows}
    assert set(rows) == {"urgencess", "dla"}
    assert [cell.value for cell in rows["urgencess"][3:5]] == [8000, 8000]


def test_nothing_declared_is_told_and_every_shape_can_be_written(told):
    sheet = told().sheet
    assert "aides-reponse_manquante" in render_sheet_html(sheet)
    assert render_sheet_pdf(sheet).startswith(b"%PDF-")
    assert render_sheet_docx(sheet).startswith(b"PK")


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        (("forme=association", "effectif=4", "est_ess=oui"), "23096"),
        (("forme=scic", "effectif=3", "est_ess=oui"), "23077"),
        ((), "200044014"),
        ((), "97411"),
    ],
)
def test_the_paper_holds_on_two_pages_and_begins_with_what_can_be_had(told, facts, place):
    telling = told(*facts, territory=place, paged=False, on=date(2026, 11, 23))
    sheet = telling.sheet
    first = next(one.id for one in sheet.sections if one.id.startswith("aides-"))
    assert first in ("aides-droit", "aides-a_demander")
    assert sheet.sections[0].id == first
    report = report_of(sheet)
    inputs = {"rapport": json.dumps(report)}
    scale = fitting_scale(_template("document.typ").encode(), inputs, sheet.fitted, SCALES)
    assert sheet.fitted == 2
    assert scale > SCALES[-1]  # the smallest letters are taken when nothing holds


def test_desks_whose_contact_no_source_gives_are_named_once(told):
    sheet = told("forme=association", "effectif=4", territory="23096", paged=False).sheet
    (others,) = [one for one in sheet.sections if one.id == "aides-repliees"]
    unknown = [block.text for block in others.blocks if isinstance(block, Paragraph)]
    assert sum("Coordonnées locales inconnues d’Ancrage" in text for text in unknown) == 1
    told_elsewhere = [row for one in sheet.sections for block in one.blocks if isinstance(block, Grid)
                      for row in block.rows if "Coordonnées inconnues" in str(row)]  # fmt: skip
    assert told_elsewhere == []

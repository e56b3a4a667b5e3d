"""How the grid is told: a structure judged, and the criteria themselves."""

from typing import Any

from ancrage.grid.criteria import Criterion
from ancrage.questions.grid import GridFacts
from ancrage.questions.question import Answer
from ancrage.reports.documents import heading
from ancrage.reports.grid.criteria import criteria_sheet
from ancrage.reports.grid.document import CriteriaDocument, GridDocument
from ancrage.reports.grid.plain import criteria_as_json, evaluation_as_json
from ancrage.reports.grid.sheet import SOURCES, grid_sheet, warnings_of
from ancrage.reports.grid.wording import ORIGIN_WARNING, REPORT
from ancrage.reports.sheet import Sheet
from ancrage.reports.topic import Topic


def describe(answer: Answer[GridFacts]) -> Sheet:
    """A structure judged."""
    return grid_sheet(answer.facts)


def document(answer: Answer[GridFacts]) -> dict[str, Any]:
    """Plain values; ``null`` is unknown."""
    told = heading(answer, warnings_of(answer.facts.evaluation))
    return {**told, "sources": list(SOURCES), **evaluation_as_json(answer.facts)}


def describe_criteria(answer: Answer[tuple[Criterion, ...]]) -> Sheet:  # noqa: ARG001 always the same fifteen
    """The criteria."""
    return criteria_sheet()


def document_of_criteria(answer: Answer[tuple[Criterion, ...]]) -> dict[str, Any]:
    """The criteria as plain values."""
    return {**heading(answer, (ORIGIN_WARNING,)), "sources": [REPORT], "items": criteria_as_json()}


TOPIC = Topic(describe, document, GridDocument)
TOPIC_OF_CRITERIA = Topic(describe_criteria, document_of_criteria, CriteriaDocument)

"""How a panel is told."""

from typing import Any

from ancrage.panel.result import Panel
from ancrage.questions.question import Answer
from ancrage.reports.documents import heading
from ancrage.reports.panel.document import PanelDocument
from ancrage.reports.panel.plain import panel_json, panel_table
from ancrage.reports.panel.sheet import panel_sheet, sources_of, warnings_of
from ancrage.reports.sheet import Grid, Sheet
from ancrage.reports.topic import Topic


def describe(answer: Answer[Panel]) -> Sheet:
    """The sheet."""
    return panel_sheet(answer.facts)


def document(answer: Answer[Panel]) -> dict[str, Any]:
    """Plain values; an unknown trait is ``null``."""
    found = answer.facts
    sources = list(sources_of(found.long_list))
    return {**heading(answer, warnings_of(found)), "sources": sources, **panel_json(found)}


def table(answer: Answer[Panel]) -> Grid:
    """The structures kept, who would stand in for each."""
    return panel_table(answer.facts)


TOPIC = Topic(describe, document, PanelDocument, table=table)

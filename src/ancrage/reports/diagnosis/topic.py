"""How a diagnosis is told: its sheet, its JSON of a published schema, its map, its files.

Each shape is loaded when it is asked: a terminal pays for no page, no map and no workbook.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pydantic import RootModel

from ancrage.diagnosis.model import Diagnosis
from ancrage.questions.question import Answer
from ancrage.reports.cells import Cell, day_cell, figure, yes_no
from ancrage.reports.columns import for_keeping
from ancrage.reports.formats.values import spread
from ancrage.reports.sheet import Grid, Paragraph, Section, Sheet
from ancrage.reports.topic import Telling, Topic

if TYPE_CHECKING:
    from rich.console import Console


def describe(answer: Answer[Diagnosis]) -> Sheet:
    """Every section of the diagnosis."""
    from ancrage.reports.diagnosis.sheet import diagnosis_sheet

    return diagnosis_sheet(answer.facts)


def document(answer: Answer[Diagnosis]) -> dict[str, Any]:
    """The diagnosis as its published schema describes it."""
    return answer.facts.model_dump(mode="json")


def features(answer: Answer[Diagnosis]) -> dict[str, Any]:
    """Its territory, its communes with their verdicts, its quarters."""
    from ancrage.reports.diagnosis.geojson import diagnosis_geojson

    told: dict[str, Any] = json.loads(diagnosis_geojson(answer.facts))
    return told


COLUMNS = ("territoire", "code", "jour", "section", "rang", "ligne", "mesure", "valeur", "fictif")


def table(answer: Answer[Diagnosis]) -> Grid:
    """Every figure of its tables, a line each, so that several diagnoses add up in one file."""
    own = answer.facts.territory
    sheet = for_keeping(describe(answer))
    head = (own.name, own.code, day_cell(own.on))
    grids = (block for section in sheet.sections for block in section.blocks if isinstance(block, Grid))
    rows = ((*head, *line) for grid in grids for line in _lines(grid, fictitious=sheet.fictitious))
    return Grid("Diagnostic", COLUMNS, tuple(rows))


def _lines(grid: Grid, *, fictitious: bool) -> Iterator[tuple[Cell, ...]]:
    marked = yes_no(fictitious if grid.fictitious is None else grid.fictitious)
    told = spread(grid)
    for rank, row in enumerate(told.rows, 1):
        for measure, value in zip(told.columns[1:], row[1:], strict=True):
            if value != "":
                yield grid.name, figure(rank), row[0], measure, value, marked


TOPIC = Topic(describe, document, Diagnosis, features, table)


def describe_schema(_answer: Answer[Any]) -> Sheet:
    """The schema, in words: it is made to be read by a program."""
    told = Paragraph("Le schéma se lit par un programme : demandez-le en JSON.")
    return Sheet("Schéma", "Schéma JSON d’un diagnostic", "", (Section("schema", "Schéma", (told,)),))


def document_of_schema(_answer: Answer[Any]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12)."""
    from ancrage.reports.diagnosis.schema import diagnosis_schema

    return diagnosis_schema()


def show_schema(telling: Telling, console: "Console") -> None:
    """The schema as it is: a terminal hands it over to a program."""
    console.file.write(json.dumps(telling.document, ensure_ascii=False, indent=2) + "\n")


TOPIC_OF_SCHEMA = Topic(
    describe_schema,
    document_of_schema,
    RootModel[dict[str, Any]],
    own={"terminal": "ancrage.reports.diagnosis.topic:show_schema"},
)

"""How a diagnosis is told: its sheet, its JSON of a published schema, its map, its files.

Each shape is loaded when it is asked: a terminal pays for no page, no map and no workbook.
"""

import json
from typing import TYPE_CHECKING, Any

from pydantic import RootModel

from ancrage.diagnosis.model import Diagnosis
from ancrage.questions.question import Answer
from ancrage.reports.sheet import Paragraph, Section, Sheet
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


def as_json(telling: Telling) -> str:
    """The JSON file, as the model writes it."""
    from ancrage.reports.diagnosis.schema import render_json

    return render_json(telling.answer.facts).rstrip("\n")


def as_html(telling: Telling) -> str:
    """The page that stands alone."""
    from ancrage.reports.diagnosis.html import render_html

    return render_html(telling.answer.facts, telling.to)


def as_csv(telling: Telling) -> str:
    """Every figure, a line each, for a spreadsheet."""
    from ancrage.reports.diagnosis.csv import diagnosis_csv

    return diagnosis_csv(telling.answer.facts)


def as_machine_csv(telling: Telling) -> str:
    """The same for programs."""
    from ancrage.reports.diagnosis.csv import diagnosis_csv
    from ancrage.spreadsheets import MACHINES

    return diagnosis_csv(telling.answer.facts, MACHINES)


def as_workbook(telling: Telling) -> bytes:
    """A sheet a theme."""
    from ancrage.reports.diagnosis.xlsx import diagnosis_xlsx

    return diagnosis_xlsx(telling.answer.facts)


HERE = "ancrage.reports.diagnosis.topic"
TOPIC = Topic(
    describe,
    document,
    Diagnosis,
    features,
    own={
        "terminal": "ancrage.reports.diagnosis.terminal:show",
        "html": f"{HERE}:as_html",
        "json": f"{HERE}:as_json",
        "csv": f"{HERE}:as_csv",
        "csv-machine": f"{HERE}:as_machine_csv",
        "xlsx": f"{HERE}:as_workbook",
    },
)


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
    describe_schema, document_of_schema, RootModel[dict[str, Any]], own={"terminal": f"{HERE}:show_schema"}
)

"""A diagnosis as one long CSV: a line a cell of its workbook, for whoever adds several diagnoses together."""

from collections.abc import Iterator

from ancrage.diagnosis.model import Diagnosis
from ancrage.reasoning import Verdict
from ancrage.reports.diagnosis.workbook.diagnosis_pages import diagnosis_pages
from ancrage.reports.formats.printing.characters import writable
from ancrage.reports.formats.workbook.page import Page, Share, Value
from ancrage.reports.wording import UNKNOWN
from ancrage.spreadsheets import PEOPLE, Cell, Convention

COLUMNS = ("territoire", "code", "jour", "section", "rang", "ligne", "mesure", "valeur", "fictif")


def diagnosis_csv(diagnosis: Diagnosis, convention: Convention = PEOPLE) -> str:
    """Write a diagnosis as CSV: shares from 0 to 1, ``inconnu`` if unknown."""
    return convention.text(COLUMNS, diagnosis_rows(diagnosis))


def diagnosis_rows(diagnosis: Diagnosis) -> Iterator[tuple[Cell, ...]]:
    """Rows in the order of ``COLUMNS``."""
    territory = diagnosis.territory
    for page in diagnosis_pages(diagnosis):
        for line in _lines(page):
            yield writable(territory.name), territory.code, territory.on, *line


def _lines(page: Page) -> Iterator[tuple[Cell, ...]]:
    for rank, row in enumerate(page.rows, 1):
        first = _cell(row[0])
        for column, value in zip(page.columns[1:], row[1:], strict=True):
            if value != "":
                yield page.name, rank, first, writable(column.title), _cell(value), page.fictitious


def _cell(value: Value) -> Cell:
    match value:
        case None:
            return UNKNOWN
        case Share():
            return value.value
        case Verdict():
            return value.label
        case str():
            return writable(value)
        case _:
            return value

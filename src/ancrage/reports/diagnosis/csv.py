"""A diagnosis as one long CSV: a line a cell of its workbook, for whoever adds several diagnoses together."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from ancrage.diagnosis.model import Diagnosis
from ancrage.reasoning import Verdict
from ancrage.reports.diagnosis.workbook.diagnosis_pages import diagnosis_pages
from ancrage.reports.formats.printing.characters import writable
from ancrage.reports.formats.workbook.page import Page, Share, Value
from ancrage.reports.wording import UNKNOWN

COLUMNS = ("territoire", "code", "jour", "section", "rang", "ligne", "mesure", "valeur", "fictif")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def diagnosis_csv(diagnosis: Diagnosis) -> str:
    """Write a diagnosis as CSV: commas, decimal points, ISO days, shares from 0 to 1, ``inconnu`` if unknown.

    A text that a spreadsheet would take for a formula is preceded by an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    territory = diagnosis.territory
    named = (_text(territory.name), territory.code, territory.on.isoformat())
    for page in diagnosis_pages(diagnosis):
        writer.writerows((*named, *line) for line in _lines(page))
    return out.getvalue()


def _lines(page: Page) -> Iterator[tuple[str, ...]]:
    fictitious = "oui" if page.fictitious else "non"
    for rank, row in enumerate(page.rows, 1):
        first = _written(row[0])
        for column, value in zip(page.columns[1:], row[1:], strict=True):
            if value != "":
                told = _text(column.title), _written(value)
                yield page.name, str(rank), first, *told, fictitious


def _written(value: Value) -> str:
    match value:
        case None:
            return UNKNOWN
        case Share():
            return repr(value.value)
        case Verdict():
            return value.label
        case bool():
            return "oui" if value else "non"
        case date():
            return value.isoformat()
        case str():
            return _text(value)
        case _:
            return repr(value)


def _text(text: str) -> str:
    clean = writable(text)
    return f"'{clean}" if clean.startswith(FORMULA_STARTS) else clean

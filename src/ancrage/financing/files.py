"""Files of plans: YAML, JSON, CSV or a workbook, read; written back as YAML."""

from functools import partial
from pathlib import Path

from ancrage.declarations.reader import Reader
from ancrage.declarations.workbook import is_workbook
from ancrage.errors import FinancingFileError
from ancrage.financing.checking import MODEL, check
from ancrage.financing.plan import Plan
from ancrage.financing.sheet import document_of, where

READER = Reader(FinancingFileError, "", repairs=(MODEL,))
SHEETS = Reader(FinancingFileError, "", guessed=True, repairs=(MODEL,))
TABLES = (".csv", ".tsv", ".txt")


def read_plan_file(path: Path) -> Plan:
    """The plan at a path. Raises :class:`FinancingFileError` naming the file and listing its faults."""
    return read_plan_bytes(READER.content(path), path.name)


def read_plan_bytes(content: bytes, name: str) -> Plan:
    """The plan a person sent. Raises :class:`FinancingFileError`."""
    if not is_workbook(content) and not name.lower().endswith(TABLES):
        return read_plan_text(READER.text_of(content, name).text, name=name)
    with SHEETS.telling(name):
        document, cells = document_of(SHEETS.lines_of(content, name))
    return check(document, name=name, where=partial(where, cells=cells))


def read_plan_text(text: str, *, name: str = "") -> Plan:
    """The plan a text holds, YAML or JSON. Raises :class:`FinancingFileError` with every fault."""
    return check(READER.document_of(text, name, once=False), name=name)

"""Files of plans: YAML, JSON, CSV or a workbook, read; written back as YAML."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path as FilePath

from ancrage.declarations.documents import Document
from ancrage.declarations.parts import Path
from ancrage.declarations.reader import Reader
from ancrage.declarations.workbook import is_workbook
from ancrage.errors import FinancingFileError
from ancrage.financing.checking import MODEL, check
from ancrage.financing.plan import Plan
from ancrage.financing.sheet import document_of, where

READER = Reader(FinancingFileError, "", repairs=(MODEL,))
SHEETS = Reader(FinancingFileError, "", guessed=True, repairs=(MODEL,))
TABLES = (".csv", ".tsv", ".txt")


def read_plan_file(path: FilePath) -> Plan:
    """The plan at a path. Raises :class:`FinancingFileError` naming the file and listing its faults."""
    return read_plan_bytes(READER.content(path), path.name)


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote, whether it makes a plan or not. ``where``: the cell of a part, for a sheet."""

    document: Document
    name: str
    where: Callable[[Path], str] | None = None

    def plan(self) -> Plan:
        """The plan it makes. Raises :class:`FinancingFileError` with every fault."""
        return check(self.document, name=self.name, where=self.where)


def written_in(content: bytes, name: str) -> Written:
    """What a file holds. Raises :class:`FinancingFileError` for one that is no document, or no sheet."""
    if not is_workbook(content) and not name.lower().endswith(TABLES):
        return Written(READER.document_of(READER.text_of(content, name).text, name, once=False), name)
    with SHEETS.telling(name):
        document, cells = document_of(SHEETS.lines_of(content, name))
    return Written(document, name, partial(where, cells=cells))


def read_plan_bytes(content: bytes, name: str) -> Plan:
    """The plan a person sent. Raises :class:`FinancingFileError`."""
    return written_in(content, name).plan()


def read_plan_text(text: str, *, name: str = "") -> Plan:
    """The plan a text holds, YAML or JSON. Raises :class:`FinancingFileError` with every fault."""
    return check(READER.document_of(text, name, once=False), name=name)

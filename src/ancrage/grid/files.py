"""Files of assessments: read from the disk, and written back as YAML, JSON or a spreadsheet."""

import json
import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from ancrage.declarations.reader import Reader
from ancrage.declarations.workbook import is_workbook
from ancrage.errors import GridFileError
from ancrage.grid.assessment import SCHEMA, Assessment, GridFile, Judgement, Structure
from ancrage.grid.checking import MODEL, check
from ancrage.grid.sheet import document_of, sheet_text, where


class Syntax(StrEnum):
    """How a file of assessments is written."""

    YAML = "yaml"
    JSON = "json"
    CSV = "csv"


_FOREIGN_BREAKS = re.compile("[\x85\u2028\u2029]")


class _Dumper(yaml.SafeDumper):
    """Writes as escapes the line breaks that a YAML reader would fold into spaces."""


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    style = '"' if _FOREIGN_BREAKS.search(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


READER = Reader(GridFileError, "", repairs=(MODEL,))
SHEETS = Reader(GridFileError, "", guessed=True, repairs=(MODEL,))
TABLES = (".csv", ".tsv", ".txt")
"""How the name of a file ends when a spreadsheet wrote it as text."""


def read_grid_file(path: Path, *, today: date) -> GridFile:
    """The file at a path. Raises :class:`GridFileError` naming the file and listing its faults."""
    return read_grid_bytes(READER.content(path), path.name, today=today)


def read_grid_bytes(content: bytes, name: str, *, today: date) -> GridFile:
    """The file a person sent: YAML, JSON, CSV or a workbook. Raises :class:`GridFileError`."""
    if not is_workbook(content) and not name.lower().endswith(TABLES):
        return read_grid_text(READER.text_of(content, name).text, today=today, name=name)
    with SHEETS.telling(name):
        document, columns = document_of(SHEETS.lines_of(content, name))
    return check(document, today=today, name=name, where=partial(where, columns=columns))


def read_grid_text(text: str, *, today: date, name: str = "") -> GridFile:
    """The file a text holds, YAML or JSON. Raises :class:`GridFileError` with every fault."""
    return check(READER.document_of(text, name, once=False), today=today, name=name)


def write_grid_text(file: GridFile, syntax: Syntax = Syntax.YAML) -> str:
    """The text of a file, which is read back the same."""
    if syntax is Syntax.CSV:
        return sheet_text(file)
    values = {
        "schema": SCHEMA,
        "structure": _structure(file.structure),
        "assessments": [_assessment(one) for one in file.assessments],
    }
    if syntax is Syntax.JSON:
        return json.dumps(values, ensure_ascii=False, indent=2) + "\n"
    return yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False)


def _structure(told: Structure) -> dict[str, Any]:
    codes = {"siren": told.siren, "siret": told.siret}
    known = {key: str(code) for key, code in codes.items() if code is not None}
    flags = {"fictitious": True} if told.fictitious else {}
    return {"name": told.name, "commune": told.commune, **known, **flags}


def _assessment(one: Assessment) -> dict[str, Any]:
    return {
        "date": one.date.isoformat(),
        "role": one.role.value,
        "signed_by": one.signed_by,
        "levels": {key: _judgement(told) for key, told in one.levels.items()},
    }


def _judgement(told: Judgement) -> int | Mapping[str, Any] | None:
    words = {"comment": told.comment, "evidence": told.evidence}
    written = {key: value for key, value in words.items() if value}
    return {"level": told.level, **written} if written else told.level

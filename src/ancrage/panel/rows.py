"""Rows of a long list as text, from a table or from JSON, with their places in it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ancrage.declarations.csv_text import Reject
from ancrage.declarations.reader import LIST, Reader
from ancrage.declarations.tables import Table, Values
from ancrage.errors import PanelFileError

Row = Mapping[str, str]
REPAIR = "Donnez un CSV ou un classeur avec une ligne de titres, ou une liste JSON d'objets."
READER = Reader(PanelFileError, REPAIR, LIST, guessed=True)


@dataclass(frozen=True, slots=True)
class Rows:
    """Headers, rows each with its line (its rank from 1 in a JSON), lines that could not be cut."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, Row], ...]
    rejects: tuple[Reject, ...]
    source: str


def read_rows(path: Path) -> Rows:
    """Rows of a file. Raises :class:`PanelFileError` when it cannot be read or holds none."""
    read = READER.table_or_json(path)
    rows = _of_json(read.values, path.name) if isinstance(read, Values) else _of_table(read, path.name)
    if not rows.rows:
        raise PanelFileError(
            f"« {path.name} » ne contient aucune structure lisible ({len(rows.rejects)} lignes écartées).",
            REPAIR,
        )
    return rows


def _of_table(table: Table, name: str) -> Rows:
    named = tuple((line, dict(zip(table.columns, cells, strict=True))) for line, cells in table.rows)
    return Rows(table.columns, named, table.rejects, f"{name}, {table.how}")


def _of_json(document: Any, name: str) -> Rows:
    listed = document if isinstance(document, list) else _first_list(document)
    rows, rejects = [], []
    for rank, row in enumerate(listed, 1):
        if isinstance(row, dict):
            rows.append((rank, {str(key): _cell(value) for key, value in row.items()}))
        else:
            rejects.append(Reject(rank, json.dumps(row, ensure_ascii=False), "ce n'est pas un objet"))
    headers = tuple(dict.fromkeys(header for _, row in rows for header in row))
    return Rows(headers, tuple(rows), tuple(rejects), name)


def _first_list(document: Mapping[str, Any]) -> list[Any]:
    """Rows of a document that wraps them (``structures``, ``results``…)."""
    return next((value for value in document.values() if isinstance(value, list)), [])


def _cell(value: Any) -> str:
    """A JSON value as a cell would write it."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case str() | int() | float():
            return str(value)
        case _:
            return " | ".join(_each(value))


def _each(value: Any) -> Iterator[str]:
    yield from map(str, value.values() if isinstance(value, dict) else value)

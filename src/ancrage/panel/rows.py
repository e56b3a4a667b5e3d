"""Rows of a long list as text, from a CSV in whatever encoding or from JSON, with their places in it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ancrage.errors import PanelFileError, SourceContentError
from ancrage.sources.own_files import read_own_table, read_own_text
from ancrage.sources.rejects import Reject

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """Headers, rows each with its line (its rank from 1 in a JSON), lines that could not be cut."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, Row], ...]
    rejects: tuple[Reject, ...]
    source: str


def read_rows(path: Path) -> Rows:
    """Rows of a file. Raises :class:`PanelFileError` when it cannot be read or holds none."""
    try:
        text = read_own_text(path).text
        rows = _of_json(text, path.name) if text.lstrip().startswith(("{", "[")) else _of_table(path)
    except SourceContentError as error:
        raise PanelFileError(error.message, error.hint) from error
    if not rows.rows:
        raise PanelFileError(
            f"« {path.name} » ne contient aucune structure lisible ({len(rows.rejects)} lignes écartées).",
            "Donnez un CSV avec une ligne de titres, ou une liste JSON d'objets.",
        )
    return rows


def _of_table(path: Path) -> Rows:
    table = read_own_table(path)
    refused = {reject.line for reject in table.rejects}
    lines = (line for line in range(2, len(table.rows) + len(refused) + 2) if line not in refused)
    named = (dict(zip(table.columns, cells, strict=True)) for cells in table.rows)
    source = f"{path.name}, lu en {table.encoding.removesuffix('-sig')}"
    return Rows(table.columns, tuple(zip(lines, named, strict=False)), table.rejects, source)


def _of_json(text: str, name: str) -> Rows:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise PanelFileError(
            f"« {name} » n'est pas un JSON lisible ({error}).", "Corrigez le fichier."
        ) from error
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

"""The text of a file of aids, as JSON or CSV: each failure names the file, the line and the repair."""

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rapidfuzz import process

from ancrage.aids.imports.imported import RejectedEntryError
from ancrage.declarations.decoding import Decoded
from ancrage.declarations.given import text_of, unpacked
from ancrage.declarations.reader import Reader
from ancrage.declarations.tables import Table
from ancrage.errors import ImportFileError

LARGEST = 128 << 20
"""Bytes of an unpacked file, beyond which it is no export of aids: a small archive may hold a huge one."""
WEB_PAGE = re.compile(r"\s*<(?:!doctype|html)", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
READER = Reader(ImportFileError, "Téléchargez-le de nouveau : rien n'a été importé.", LARGEST)
TRUNCATED = "Le fichier est sans doute tronqué : téléchargez-le de nouveau ; rien n'a été importé."


def read_given(path: Path) -> str | Table:
    """The text of a file, compressed or not, or the table of a workbook. Raises :class:`ImportFileError`.

    A JSON is UTF-8, as its standard says; a CSV may be in what old spreadsheets write.
    """
    content = READER.content(path)
    if sheet := READER.sheet(content, path.name):
        return sheet
    with READER.telling(path.name):
        return _told(text_of(content, guessed=not content.lstrip().startswith((b"{", b"["))).text, path.name)


def decoded(content: bytes, name: str) -> str:
    """UTF-8 text of bytes. Raises :class:`ImportFileError` for any other encoding, naming the line."""
    with READER.telling(name):
        return _told(text_of(unpacked(content, LARGEST)).text, name)


def _told(text: str, name: str) -> str:
    if WEB_PAGE.match(text):
        raise ImportFileError(
            f"« {name} », ligne 1 : c'est une page web, pas des données.",
            "Donnez le fichier ou l'adresse de l'export, pas celle de la page qui le présente.",
        )
    return text


def read_json(text: str, name: str) -> Any:
    """Plain values of a JSON text. Raises :class:`ImportFileError` with the line and what stands there.

    A number past measure is left as :class:`Huge`: it spoils its entry, not the others.
    """
    return READER.json_of(text, name, huge=True)


def entry_lines(text: str) -> tuple[int, ...]:
    """Line, from 1, at which each entry of a JSON array begins, when the text is one."""
    decoder, position, found = json.JSONDecoder(parse_int=str), text.find("[") + 1, []
    line, counted = 1, 0
    while (start := _next_entry(text, position)) is not None:
        line, counted = line + text.count("\n", counted, start), start
        found.append(line)
        position = decoder.raw_decode(text, start)[1]
    return tuple(found)


def _next_entry(text: str, position: int) -> int | None:
    match = re.compile(r"[\s,]*").match(text, position)
    start = match.end() if match else position
    return None if start >= len(text) or text[start] == "]" else start


def read_table(
    given: str | Table, name: str, wanted: Sequence[str]
) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Each row with its line: cells by column, or why it is not one, in French.

    Raises :class:`ImportFileError` for a missing column (with the nearest one) or a quote never closed.
    """
    table = given if isinstance(given, Table) else READER.table_of(Decoded(given, "utf-8"), name)
    _check_columns(table.columns, name, wanted)
    if isinstance(given, str):
        _refuse_truncated(given, table, name)
    rows = ((line, dict(zip(table.columns, cells, strict=True))) for line, cells in table.rows)
    told: list[tuple[int, dict[str, str] | str]] = [*rows, *((one.line, one.reason) for one in table.rejects)]
    yield from sorted(told, key=lambda each: each[0])


def _refuse_truncated(text: str, table: Table, name: str) -> None:
    """Raise :class:`ImportFileError` when the last line has neither all its cells nor an end."""
    last = table.rejects[-1].line if table.rejects else 0
    if last > max((line for line, _ in table.rows), default=1) and not text.endswith(("\n", "\r")):
        raise ImportFileError(f"« {name} », ligne {last} : la dernière ligne est coupée.", TRUNCATED)


def _check_columns(header: Sequence[str], name: str, wanted: Sequence[str]) -> None:
    for column in wanted:
        if column not in header:
            near = process.extractOne(column, header, score_cutoff=60)
            read = f"Renommez « {near[0]} » en « {column} »" if near else f"Ajoutez la colonne « {column} »"
            raise ImportFileError(
                f"« {name} », ligne 1 : il manque la colonne « {column} ».", f"{read} : rien n'a été importé."
            )


def web_address(told: object, key: str) -> str:
    """An address one may follow, empty when none is told. Raises :class:`RejectedEntryError` for another."""
    written = str(told or "").strip()
    parts = urlsplit(written) if not any(character.isspace() for character in written) else None
    if written and (parts is None or parts.scheme not in ("http", "https") or "." not in parts.netloc):
        raise RejectedEntryError(f"{key} : « {written[:80]} » n'est pas une adresse que l'on peut suivre")
    return written


def plain(marked: object) -> str:
    """The words of a text that may hold HTML or Markdown, on one line; a link keeps its words only."""
    text = LINK.sub(r"\1", TAG.sub(" ", str(marked or "")).replace("**", ""))
    return re.sub(r"\s+", " ", unescape(text)).strip()

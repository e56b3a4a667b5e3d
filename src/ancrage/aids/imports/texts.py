"""The text of a file of aids, as JSON or CSV: each failure names the file, the line and the repair."""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Any

from rapidfuzz import process

from ancrage.declarations.csv_text import sniff_separator
from ancrage.declarations.given import text_of, unpacked
from ancrage.declarations.reader import Reader
from ancrage.errors import ImportFileError

LARGEST = 128 << 20
"""Bytes of an unpacked file, beyond which it is no export of aids: a small archive may hold a huge one."""
WEB_PAGE = re.compile(r"\s*<(?:!doctype|html)", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
READER = Reader(ImportFileError, "Téléchargez-le de nouveau : rien n'a été importé.", LARGEST)
TRUNCATED = "Le fichier est sans doute tronqué : téléchargez-le de nouveau ; rien n'a été importé."


def read_text(path: Path) -> str:
    """The whole text of a file, compressed or not. Raises :class:`ImportFileError`."""
    return _told(READER.text(path).text, path.name)


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
    """Plain values of a JSON text. Raises :class:`ImportFileError` with the line and what stands there."""
    return READER.json_of(text, name)


def entry_lines(text: str) -> tuple[int, ...]:
    """Line, from 1, at which each entry of a JSON array begins, when the text is one."""
    decoder, position, found = json.JSONDecoder(), text.find("[") + 1, []
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


def read_csv(text: str, name: str, wanted: Sequence[str]) -> Iterator[tuple[int, dict[str, str] | int]]:
    """Each row with its first line: cells by column, or the number of cells when it is not the header's.

    Raises :class:`ImportFileError` for a missing column (with the nearest one) or a quote never closed.
    """
    separator = sniff_separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line, last = 1, sum(1 for _ in io.StringIO(text, newline=""))
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_columns(header, name, wanted)
        line = reader.line_num + 1
        for cells in reader:
            whole = len(cells) == len(header)
            if not whole and reader.line_num == last and not text.endswith(("\n", "\r")):
                raise ImportFileError(f"« {name} », ligne {line} : la dernière ligne est coupée.", TRUNCATED)
            if cells:
                yield line, dict(zip(header, cells, strict=True)) if whole else len(cells)
            line = reader.line_num + 1
    except csv.Error as error:
        why = "un guillemet y est ouvert et jamais refermé, ou mal placé"
        raise ImportFileError(f"« {name} », ligne {line} : {why}.", TRUNCATED) from error


def _check_columns(header: Sequence[str], name: str, wanted: Sequence[str]) -> None:
    for column in wanted:
        if column not in header:
            near = process.extractOne(column, header, score_cutoff=60)
            read = f"Renommez « {near[0]} » en « {column} »" if near else f"Ajoutez la colonne « {column} »"
            raise ImportFileError(
                f"« {name} », ligne 1 : il manque la colonne « {column} ».", f"{read} : rien n'a été importé."
            )


def plain(marked: object) -> str:
    """The words of a text that may hold HTML or Markdown, on one line; a link keeps its words only."""
    text = LINK.sub(r"\1", TAG.sub(" ", str(marked or "")).replace("**", ""))
    return re.sub(r"\s+", " ", unescape(text)).strip()

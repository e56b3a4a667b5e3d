"""What a source holds and what an edition keeps of it, counted again without Ancrage's readers."""

import csv
import gzip
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from asking import asked

BOMS = (b"\xff\xfe", b"\xfe\xff")
LISTS = {
    "zrr-2017": {"zrr-2017": ("CODGEO", None)},
    "frr-2025": {"frr-2025-07": ("Code_insee", None), "frr-plus-2025-07": ("Code_insee", None)},
    "massifs-2025": {
        "massifs-2025": ("insee_com", None), "montagne-par-les-massifs-2025": ("insee_com", None),
    },
    "densite-2025": {"densite-2025": ("insee_com", None)},
    "programmes-anct-2023": {
        "crte-2024": ("insee_com", "id_crte"), "pvd-anct-2023": ("insee_com", "id_pvd"),
        "acv-anct-2023": ("insee_com", "id_acv"), "territoires-industrie-2023-2027": ("insee_com", "id_ti"),
        "villages-avenir-vague-1": ("insee_com", "id_va"),
        "cites-educatives-anct-2023": ("insee_com", "id_cite"),
        "france-services-anct-2023": ("insee_com", "id_fs"),
    },
}  # fmt: skip
"""Editions of lists made of a source: the column of communes, and the one that must hold something."""
TABLES = {
    "mouvements-communes": ("commune_event", "source = 'mouvements-communes'"),
    "fabriques-de-territoire": ("support_place", "source = 'fabriques-de-territoire'"),
    "manufactures-de-proximite": ("support_place", "source = 'manufactures-de-proximite'"),
    "mediation-numerique-creuse": ("support_place", "source = 'mediation-numerique-creuse'"),
    "contours-communes": ("outline", "true"),
}
"""Where each record of a source is a row, unless it is told."""


def text_of(path: Path) -> str:
    content = path.read_bytes()
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    if content.startswith(BOMS):
        return content.decode("utf-16")
    return content.decode("utf-8-sig", "replace")


def table(path: Path, separator: str) -> tuple[list[str], list[list[str]]]:
    """Header and records of a CSV, blank lines put aside, by the standard library alone."""
    csv.field_size_limit(1 << 30)
    text = text_of(path)
    separator = separator or max(";,\t|", key=text.splitlines()[0].count)
    header, *rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]
    return [" ".join(name.split()) for name in header], rows


def collection(path: Path) -> list[Any]:
    """Records of a JSON document: its only list, or itself."""
    document = json.loads(text_of(path))
    if isinstance(document, list):
        return document
    return next((value for value in document.values() if isinstance(value, list)), [])


def count(paths: list[Path], form: str, separator: str) -> int:
    """Records of the files of a resource."""
    return sum(_count_one(path, form, separator) for path in paths)


def _count_one(path: Path, form: str, separator: str) -> int:
    """A list declared as CSV may come as the answer of an API."""
    if form != "csv" or text_of(path).lstrip().startswith("{"):
        return len(collection(path))
    return len(table(path, separator)[1])


def lost(edition: Path, source: str, paths: list[Path], form: str, separator: str) -> Iterator[str]:
    """What the edition neither keeps nor tells of a source."""
    told = _told(edition, source)
    if source in TABLES:
        name, condition = TABLES[source]
        ((kept,),) = asked(f"SELECT count(*) FROM '{edition}/{name}.parquet' WHERE {condition}")
        given = count(paths, form, separator)
        if kept + sum(told.values()) != given:
            yield f"{source}: {given} records, {kept} kept, {sum(told.values())} told"
    for list_, (column, filled) in LISTS.get(source, {}).items():
        yield from _lost_of_list(edition, list_, _codes(paths[0], separator, column, filled) - set(told))


def _lost_of_list(edition: Path, name: str, codes: set[str]) -> Iterator[str]:
    found = asked(f"SELECT commune FROM '{edition}/zoning_list.parquet' WHERE edition = '{name}'")
    if missing := codes - {row[0] for row in found}:
        yield f"{name}: {sorted(missing)[:5]} neither kept nor told"


def _codes(path: Path, separator: str, column: str, filled: str | None) -> set[str]:
    """Distinct codes of the rows as long as the header; the others are told by their line."""
    header, rows = table(path, separator)
    at, needed = header.index(column), header.index(filled or column)
    named = [name for name in header if name]
    whole = [row for row in rows if len(row) >= len(named) and not any(row[len(named) :])]
    whole = [row for row in whole if len(row) <= len(header)]
    return {row[at] or "(vide)" for row in whole if not filled or row[needed].replace(";", "").strip()}


def _told(edition: Path, source: str) -> Counter[str]:
    """Places told of a source in the list of what was set aside."""
    text = (edition / "rejets.csv").read_text(encoding="utf-8-sig")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    return Counter(row[1].removeprefix("'") for row in rows if row and row[0] == source)

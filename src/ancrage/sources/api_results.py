"""Results of the recherche-entreprises API as kept in snapshots: recorded pages, or lines of JSON."""

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ancrage.declarations.faults import Fault
from ancrage.declarations.json_text import read_json
from ancrage.errors import SourceContentError
from ancrage.sources.envelope import RETRY, sound


def read_results(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Each legal unit as the API gave it, from ``.jsonl.gz`` files or recorded pages (``results``).

    Raises :class:`SourceContentError` when a file is neither.
    """
    for path in paths:
        yield from _lines(path) if path.name.endswith(".jsonl.gz") else _page(path)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with sound(path), gzip.open(path, "rt", encoding="utf-8") as file:
        for rank, line in enumerate(file, 1):
            yield _unit(line, path, rank)


def _page(path: Path) -> Iterator[dict[str, Any]]:
    try:
        page = read_json(path.read_text(encoding="utf-8"))
        found = page.get("results") if isinstance(page, dict) else None
        if not isinstance(found, list) or not all(map(_is_unit, found)):
            raise Fault("ce n'est pas une réponse de l'API")
    except Fault as fault:
        raise SourceContentError(fault.told(path.name), RETRY) from fault
    except UnicodeDecodeError as error:
        raise SourceContentError(f"« {path.name} » n'est pas de l'UTF-8.", RETRY) from error
    yield from found


def _unit(line: str, path: Path, rank: int) -> dict[str, Any]:
    try:
        unit = read_json(line)
    except Fault as fault:
        raise SourceContentError(Fault(fault.what, rank).told(path.name), RETRY) from fault
    if not _is_unit(unit):
        raise SourceContentError(f"« {path.name} », ligne {rank} : ce n'est pas une unité légale.", RETRY)
    found: dict[str, Any] = unit
    return found


def _is_unit(unit: Any) -> bool:
    """An object, whose parts are the objects and the list that the API documents."""
    if not isinstance(unit, dict):
        return False
    places = unit.get("matching_etablissements") or []
    parts = [unit.get("siege") or {}, unit.get("complements") or {}]
    return isinstance(places, list) and all(isinstance(part, dict) for part in [*parts, *places])

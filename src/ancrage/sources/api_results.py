"""Results of the recherche-entreprises API as kept in snapshots: recorded pages, or lines of JSON."""

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

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
        for line in file:
            yield json.loads(line)


def _page(path: Path) -> Iterator[dict[str, Any]]:
    try:
        yield from json.loads(path.read_text(encoding="utf-8"))["results"]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceContentError(f"« {path.name} » n'est pas une réponse de l'API.", RETRY) from error

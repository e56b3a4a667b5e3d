"""Opening the catalogue of a day: compiled once, then read back from a cache as long as nothing changed."""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from ancrage import __version__
from ancrage.aids.answering import DayCatalogue
from ancrage.aids.entries import DayEntries

FORMAT = 2
"""Raised when what is cached changes shape."""


def open_day(
    on: date, *, overrides: Mapping[str, float] | None = None, cache: Path | None = None
) -> DayCatalogue:
    """The aids of a day. ``cache`` is a folder, used when it can be written, and never needed.

    Raises what :func:`ancrage.aids.compiling.compile_day` raises.
    """
    return _opened(on, tuple(sorted((overrides or {}).items())), cache)


@lru_cache(maxsize=8)
def _opened(on: date, overrides: tuple[tuple[str, float], ...], cache: Path | None) -> DayCatalogue:
    if cache is None:
        return DayCatalogue(_compiled(on, overrides))
    file = cache / f"aides-{_digest(on, overrides)}.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        return DayCatalogue(DayEntries.from_json(json.loads(file.read_bytes())))
    day = _compiled(on, overrides)
    with suppress(OSError):
        _keep(file, json.dumps(day.as_json(), ensure_ascii=False))
    return DayCatalogue(day)


def _compiled(on: date, overrides: tuple[tuple[str, float], ...]) -> DayEntries:
    from ancrage.aids.compiling import compile_day

    return compile_day(on, overrides=dict(overrides))


def _digest(on: date, overrides: tuple[tuple[str, float], ...]) -> str:
    """Changes with anything an answer hangs on: declarations, program, day, overrides."""
    digest = hashlib.sha256(f"{FORMAT} {__version__} {on} {overrides}".encode())
    for package in ("ancrage.aids", "ancrage.declarations", "ancrage.facts", "ancrage.rules"):
        for folder, _, names in sorted(os.walk(str(files(package)))):
            for name in sorted(names):
                if name.endswith((".yaml", ".py")):
                    state = (Path(folder) / name).stat()
                    digest.update(f"{folder}/{name} {state.st_size} {state.st_mtime_ns}".encode())
    return digest.hexdigest()[:32]


def _keep(file: Path, text: str) -> None:
    """Written whole or not at all; those of other days and versions make room."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for older in sorted(file.parent.glob("aides-*.json"), key=lambda each: each.stat().st_mtime)[:-20]:
        older.unlink(missing_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, suffix=".partiel")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(text)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise

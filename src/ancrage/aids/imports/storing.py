"""Imported aids on disk: one JSON file a source under the data folder, written whole or not at all."""

import json
from collections.abc import Sequence
from pathlib import Path

from ancrage.aids.imports.imported import ImportedAid
from ancrage.errors import ImportFileError
from ancrage.repairs import ImportAids
from ancrage.sources.storage import disk_failures, write_durably

FOLDER = "aides"
FORMAT = 1
"""Raised when what is kept changes shape."""


def store_folder(data: Path) -> Path:
    """Where the imported aids of a data folder are kept."""
    return data / FOLDER


def keep(data: Path, source: str, aids: Sequence[ImportedAid]) -> Path:
    """Keep these aids in place of those that came from the same source before.

    Raises :class:`StorageError` when the disk is full or forbidden; what was there then stays.
    """
    folder = store_folder(data)
    document = {"format": FORMAT, "source": source, "aids": [aid.as_json() for aid in aids]}
    with disk_failures(folder):
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{source}.json"
        write_durably(file, json.dumps(document, ensure_ascii=False))
    return file


def load(data: Path) -> tuple[ImportedAid, ...]:
    """Every imported aid, by source. Raises :class:`ImportFileError` for a file that is damaged."""
    return tuple(aid for file in imported_files(data) for aid in _load(file))


def imported_files(data: Path) -> tuple[Path, ...]:
    """Files of imported aids, one a source, in order of name."""
    folder = store_folder(data)
    return tuple(sorted(folder.glob("*.json"))) if folder.is_dir() else ()


def _load(file: Path) -> list[ImportedAid]:
    try:
        document = json.loads(file.read_bytes())
        if document["format"] != FORMAT:
            raise ValueError("another format")
        return [ImportedAid.from_json(each) for each in document["aids"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ImportFileError(
            f"« {file} » ne se lit pas : le dossier des aides importées est abîmé, ou d'une autre version.",
            "Cette source importée de nouveau, ce fichier sera remplacé.",
            ImportAids(),
        ) from error

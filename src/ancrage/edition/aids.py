"""The table of the aids that others publish, from their lists as they were synchronised."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ancrage.aids.imports.imported import ImportedAid
from ancrage.aids.imports.reading import SOURCES, read_file
from ancrage.aids.tables import IMPORTED_AID
from ancrage.edition.inputs import Inputs, listed_on
from ancrage.errors import ImportFileError
from ancrage.sources.catalogue import get_source
from ancrage.sources.declaration import Resource
from ancrage.warehouse.writing import write


def write_aids(inputs: Inputs, folder: Path, *, on: date) -> None:
    """Write the aids of every list that was synchronised; an identifier met twice stays the first one's."""
    found: dict[str, dict[str, Any]] = {}
    for short, source in SOURCES.items():
        for resource in get_source(source).resources:
            for rank, aid in enumerate(_aids(inputs, short, resource, on=on)):
                if aid.id in found:
                    inputs.reject(source, aid.provenance.place, f"« {aid.id} » est déjà prise")
                else:
                    found[aid.id] = _row(aid, rank)
    write(IMPORTED_AID, IMPORTED_AID.from_rows(list(found.values())), folder)


def _row(aid: ImportedAid, rank: int) -> dict[str, Any]:
    document = json.dumps(aid.as_json(), ensure_ascii=False)
    return {"id": aid.id, "source": aid.source, "rank": rank, "document": document}


def _aids(inputs: Inputs, short: str, resource: Resource, *, on: date) -> Iterator[ImportedAid]:
    source = SOURCES[short]
    snapshot = inputs.snapshot_of(source, resource.id)
    if snapshot is None:
        return
    day = listed_on(snapshot, resource)
    listed = day.isoformat() if day else ""
    for path in snapshot.files:
        try:
            reading = read_file(path, on=on, source=short)
        except ImportFileError as error:
            inputs.reject(source, resource.id, error.message)
            continue
        inputs.remarks += [f"{source} : {remark}" for remark in reading.remarks]
        for each in reading.rejects:
            inputs.reject(source, f"{path.name}:{each.line}", f"{each.reason} ({each.name})")
        for aid in reading.aids:
            yield replace(aid, provenance=replace(aid.provenance, listed_on=listed))

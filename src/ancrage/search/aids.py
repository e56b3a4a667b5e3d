"""Aids of the catalogue and imported ones, as entries."""

from collections.abc import Iterator
from pathlib import Path

from ancrage.aids.search.gathering import gather
from ancrage.search.suggestion import Entry, Found


def aid_entries(data: Path | None) -> Iterator[Entry]:
    """Every aid there is; ``data`` is the folder of the imported ones."""
    for aid in gather(data):
        yield Entry(
            kind=Found.AID,
            code=aid.id,
            title=aid.name,
            detail=aid.funder,
            names=(aid.name,),
            codes=(aid.id,),
            about=" ".join((aid.summary, *aid.subjects)),
        )

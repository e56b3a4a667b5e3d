"""Aids of the catalogue and those that others publish, as entries."""

from collections.abc import Iterator

from ancrage.aids.imports.shelf import Shelf
from ancrage.aids.search.gathering import gather
from ancrage.search.suggestion import Entry, Found


def aid_entries(shelf: Shelf) -> Iterator[Entry]:
    """Every aid there is."""
    for aid in gather(shelf):
        yield Entry(
            kind=Found.AID,
            code=aid.id,
            title=aid.name,
            detail=aid.funder,
            names=(aid.name,),
            codes=(aid.id,),
            about=" ".join((aid.summary, *aid.subjects)),
        )

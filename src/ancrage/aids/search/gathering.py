"""Every document there is: the aids of the catalogue, and those imported."""

from pathlib import Path

from ancrage.aids.catalogue import load_aids
from ancrage.aids.imports.storing import load
from ancrage.aids.search.documents import AidDocument, document_of
from ancrage.aids.search.imported import document_of_imported


def gather(data: Path | None = None) -> tuple[AidDocument, ...]:
    """Documents of the catalogue, in its order, then of the aids imported in a data folder.

    Raises :class:`CatalogueError`, and :class:`ImportFileError` for a damaged folder.
    """
    imported = load(data) if data is not None else ()
    catalogue = (document_of(aid) for aid in load_aids().values())
    return (*catalogue, *(document_of_imported(aid) for aid in imported))

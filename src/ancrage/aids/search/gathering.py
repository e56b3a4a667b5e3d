"""Every document there is: the aids of the catalogue, and those that others publish."""

from ancrage.aids.catalogue import load_aids
from ancrage.aids.imports.shelf import Shelf
from ancrage.aids.search.documents import AidDocument, document_of
from ancrage.aids.search.imported import document_of_imported


def gather(shelf: Shelf | None = None) -> tuple[AidDocument, ...]:
    """Documents of the catalogue, in its order, then of the aids on the shelf.

    Raises :class:`CatalogueError`, and :class:`ImportFileError` for a damaged folder.
    """
    imported = shelf.aids() if shelf is not None else ()
    catalogue = (document_of(aid) for aid in load_aids().values())
    return (*catalogue, *(document_of_imported(aid) for aid in imported))

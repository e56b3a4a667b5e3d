"""Every document there is: the aids of the catalogue, and those that others publish."""

from ancrage.aids.catalogue import load_aids
from ancrage.aids.imports.duplicates import card_of, card_of_catalogue
from ancrage.aids.imports.shelf import Shelf
from ancrage.aids.search.documents import AidDocument, document_of
from ancrage.aids.search.grouping import grouped
from ancrage.aids.search.imported import document_of_imported


def gather(shelf: Shelf | None = None) -> tuple[AidDocument, ...]:
    """Documents of the catalogue, in its order, then of the aids on the shelf.

    Raises :class:`CatalogueError`, and :class:`ImportFileError` for a damaged folder.
    """
    imported = shelf.aids() if shelf is not None else ()
    own = load_aids().values()
    documents = (*map(document_of, own), *map(document_of_imported, imported))
    return grouped(documents, (*map(card_of_catalogue, own), *map(card_of, imported)))

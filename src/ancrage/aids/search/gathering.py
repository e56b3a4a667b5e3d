"""Every document there is: the aids of the catalogue."""

from ancrage.aids.catalogue import load_aids
from ancrage.aids.search.documents import AidDocument, document_of


def gather() -> tuple[AidDocument, ...]:
    """Documents of the catalogue, in its order. Raises :class:`CatalogueError`."""
    return tuple(document_of(aid) for aid in load_aids().values())

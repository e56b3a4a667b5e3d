"""Who publishes this site: a name, a logo, a contact, a legal notice, a territory, in one file.

The file is ``editeur.yaml``, in the data folder. Without it the site says « Ancrage », and that
nobody signed it. It is read again when it changes; ``ancrage serve`` refuses to open on one that cannot
be read.
"""

from functools import lru_cache
from pathlib import Path

from pydantic import Field

from ancrage.declarations.base import Declared
from ancrage.declarations.catalogues import Place, parsed, read_document
from ancrage.errors import CatalogueError
from ancrage.location import data_directory

FILE = "editeur.yaml"
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
WEB = r"^https?://\S+$"


class PublisherContact(Declared):
    """Where one writes to the publisher."""

    email: str | None = Field(None, alias="courriel", pattern=EMAIL)
    phone: str | None = Field(None, alias="telephone", max_length=40)
    page: str | None = Field(None, alias="page", pattern=WEB)


class LegalNotice(Declared):
    """What the law asks a site to say (loi n° 2004-575, article 1-1)."""

    director: str | None = Field(None, alias="directeur")
    address: str | None = Field(None, alias="adresse")
    host: str | None = Field(None, alias="hebergeur")
    text: str | None = Field(None, alias="texte")


class Publisher(Declared):
    """The publisher of this site; everything may be left out."""

    site: str = Field("Ancrage", alias="site", min_length=1, max_length=40)
    name: str | None = Field(None, alias="nom", max_length=120)
    logo: str | None = Field(None, alias="logo", pattern=r"^[\w-]+\.(svg|png)$")
    territory: str | None = Field(None, alias="territoire", max_length=40)
    contact: PublisherContact = Field(PublisherContact.model_construct(), alias="contact")
    legal: LegalNotice = Field(LegalNotice.model_construct(), alias="mentions")


def publisher() -> Publisher:
    """The publisher as the file says now. Raises :class:`CatalogueError`, with file and line."""
    file = data_directory() / FILE
    try:
        seen = file.stat()
    except FileNotFoundError:
        return Publisher()
    return _read(file, seen.st_mtime_ns, seen.st_size)


def publisher_shown() -> Publisher:
    """The same for pages: a file spoilt while the site is open takes no page away, the health tells it."""
    try:
        return publisher()
    except CatalogueError:
        return Publisher()


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int, _size: int) -> Publisher:
    return parsed(Publisher, read_document(file) or {}, Place(file))


def logo_file(one: Publisher) -> Path | None:
    """The file of its logo, beside ``editeur.yaml``; ``None`` when it has none or it is not there."""
    file = data_directory() / one.logo if one.logo else None
    return file if file is not None and file.is_file() else None

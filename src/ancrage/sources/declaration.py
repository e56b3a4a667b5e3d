"""What is said of a public data set before it is fetched: who publishes it, where, in which shape."""

from datetime import date, timedelta
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from ancrage.declarations.base import Declared

IDENTIFIER = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Format(StrEnum):
    """Shape of the data once decompressed."""

    CSV = "csv"
    GEOJSON = "geojson"
    JSON = "json"
    PARQUET = "parquet"
    API = "api"
    RECORDS = "records"
    """Records in JSON, XML, CSV or Parquet, of any size: who reads them reads them one by one."""
    SERVICE = "service"
    """Asked while a question is answered: there is nothing to receive."""


class Compression(StrEnum):
    """Envelope around the data as the producer sends it; readers recognise it from the bytes."""

    NONE = "none"
    GZ = "gz"
    ZIP = "zip"


def _web_address(text: str) -> str:
    if not text.startswith(("https://", "http://")) or len(text.split()) != 1:
        raise ValueError("une adresse commence par https:// ou http:// et ne contient pas d'espace")
    return text


def _inside(text: str) -> str:
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or "\\" in text:
        raise ValueError("un chemin du miroir reste dans le dossier du miroir")
    return text


WebAddress = Annotated[str, AfterValidator(_web_address)]
MirrorPath = Annotated[str, AfterValidator(_inside)]


class Address(Declared):
    """One place the producer gives the file; ``sha256`` only where the producer publishes it."""

    url: WebAddress
    format: Format | None = None
    compression: Compression | None = None
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")

    @property
    def file_name(self) -> str:
        """Last part of the address, used as the name of the file kept."""
        return self.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1] or "fichier"


class Mirror(Declared):
    """Where the resource lies in a mirror folder; each path may be a glob and must match.

    ``sample`` tells that the mirror holds only a part of the resource; ``note`` then says which, in French.
    ``optional``: nothing lacks where it does not lie.
    ``as_of`` is the day the copy speaks of, or the first one of its month or year when no more is known.
    """

    paths: tuple[MirrorPath, ...] = Field(min_length=1)
    files: int = Field(default=1, ge=1, description="number of files the paths must match at least")
    sample: bool = False
    optional: bool = False
    as_of: date | None = None
    note: str = ""

    @model_validator(mode="after")
    def _sample_is_explained(self) -> "Mirror":
        if self.sample and not self.note:
            raise ValueError("un échantillon (sample) doit dire dans « note » ce qu'il contient")
        return self


def _address(value: Any) -> Any:
    return {"url": value} if isinstance(value, str) else value


def _mirror(value: Any) -> Any:
    return {"paths": [value]} if isinstance(value, str) else value


class Resource(Declared):
    """One file (or a set of files of the same shape) of a source.

    ``columns`` are those the project reads: each must be in the file, others may be. ``min_rows`` is the
    number of rows under which a complete file must be taken for a truncated one. Several ``addresses`` are
    alternatives, tried in order.
    """

    id: str = Field(pattern=IDENTIFIER)
    title: str = ""
    addresses: tuple[Annotated[Address, BeforeValidator(_address)], ...] = ()
    mirror: Annotated[Mirror | None, BeforeValidator(_mirror)] = None
    format: Format
    encoding: str = "utf-8"
    separator: str | None = Field(default=None, min_length=1, max_length=1)
    compression: Compression = Compression.NONE
    member: str | None = Field(default=None, description="glob of the file to read inside a zip")
    columns: tuple[str, ...] = ()
    min_rows: int = Field(default=1, ge=0)
    max_age_days: int | None = Field(default=None, ge=1)
    note: str = ""

    @property
    def optional(self) -> bool:
        """Whether nothing lacks without it."""
        return self.mirror is not None and self.mirror.optional

    @property
    def max_age(self) -> timedelta | None:
        """Age after which the producer has most likely published a newer file."""
        return None if self.max_age_days is None else timedelta(days=self.max_age_days)


class Source(Declared):
    """A public data set. ``frequency`` and ``vintage`` are French words shown as they are.

    ``departements``: those it covers, when it does not cover the country; it says nothing of the others.
    """

    id: str = Field(pattern=IDENTIFIER)
    title: str = Field(min_length=1)
    producer: str = Field(min_length=1)
    licence: str = Field(min_length=1)
    licence_url: WebAddress
    home: WebAddress
    frequency: str = Field(min_length=1)
    vintage: str = Field(min_length=1)
    description: str = Field(min_length=1)
    fictitious: bool = False
    note: str = ""
    departements: tuple[str, ...] = ()
    resources: tuple[Resource, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _resources_have_distinct_ids(self) -> "Source":
        ids = [resource.id for resource in self.resources]
        if len(set(ids)) != len(ids):
            raise ValueError("deux ressources portent le même identifiant")
        return self

    def resource(self, resource_id: str) -> Resource:
        """Return the resource with this id. Raises :class:`KeyError`."""
        return {resource.id: resource for resource in self.resources}[resource_id]

"""A place for large files: a folder, or a prefix of a bucket of an object store (``s3://bucket/prefix``).

The keys and the address of a store are those of the standard variables: ``AWS_ACCESS_KEY_ID``,
``AWS_SECRET_ACCESS_KEY``, ``AWS_SESSION_TOKEN``, ``AWS_REGION``, ``AWS_ENDPOINT_URL``. Names inside a place
are written with « / ».
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from ancrage.errors import SourceUnavailableError, StorageError
from ancrage.repairs import GiveField
from ancrage.sources.storage import BLOCK, disk_failures, write_whole

STORE = "s3://"
DEFAULT_REGION = "us-east-1"
"""Asked by the protocol; a store with an address of its own does not look at it."""
TRIES = 3
TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a place: its name inside, its size in bytes, when it was written (nanoseconds)."""

    name: str
    bytes: int
    modified: int


@dataclass(frozen=True, slots=True)
class Depot:
    """Files under one place; ``told``: as a person writes it, ``root``: as its file system does."""

    told: str
    root: str
    system: Any

    @classmethod
    def at(cls, told: str) -> Self:
        """The place a person writes. Nothing is asked of it yet.

        Raises :class:`StorageError` when no bucket is named.
        """
        from pyarrow import fs

        if not told.startswith(STORE):
            return cls(told, str(Path(told).expanduser().absolute()), fs.LocalFileSystem())
        root = told.removeprefix(STORE).strip("/")
        if not root:
            raise StorageError(
                f"« {told} » ne nomme aucun seau.", "Écrivez s3://seau/prefixe, ou le chemin d'un dossier."
            )
        given = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
        region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or DEFAULT_REGION
        options: dict[str, Any] = {"region": region, "request_timeout": TIMEOUT_S}
        if given:
            scheme, _, address = given.rpartition("://")
            options |= {"endpoint_override": address.rstrip("/"), "scheme": scheme or "https"}
        system = fs.S3FileSystem(
            **options,
            connect_timeout=TIMEOUT_S,
            retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=TRIES),
        )
        return cls(told.rstrip("/"), root, system)

    @property
    def folder(self) -> Path | None:
        """The folder, when this is one."""
        return None if self.told.startswith(STORE) else Path(self.root)

    def path(self, name: str) -> str:
        """A name as the file system of the place writes it."""
        return f"{self.root}/{name}" if name else self.root

    def require(self) -> Self:
        """The same place, once its bucket is known to be there. Raises :class:`StorageError`."""
        from pyarrow import fs

        with self._failures():
            bucket = self.root.partition("/")[0]
            absent = self.folder is None and self.system.get_file_info(bucket).type is fs.FileType.NotFound
            if absent:
                raise OSError("NO_SUCH_BUCKET")
        return self

    def files(self, under: str = "") -> list[Found]:
        """Every file, sorted by name; none in a place that does not exist. Hidden ones are left out."""
        from pyarrow import fs

        with self._failures():
            told = self.system.get_file_info(
                fs.FileSelector(self.path(under), allow_not_found=True, recursive=True)
            )
        found = (
            Found(one.path[len(self.root) + 1 :], one.size, one.mtime_ns or 0) for one in told if one.is_file
        )
        return sorted(
            (one for one in found if not any(part.startswith(".") for part in one.name.split("/"))),
            key=lambda one: one.name,
        )

    def read(self, name: str) -> bytes | None:
        """The content of a small file; ``None`` when it is not there."""
        with (
            self._failures(),
            suppress(FileNotFoundError),
            self.system.open_input_stream(self.path(name)) as file,
        ):
            content: bytes = file.read()
            return content
        return None

    def write(self, name: str, content: bytes) -> None:
        """Write a small file whole or not at all: who reads meanwhile finds the one before."""
        with self._failures():
            if self.folder:
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                write_whole(self.folder / name, content)
                return
            with self.system.open_output_stream(self.path(name)) as file:
                file.write(content)

    def send(self, path: Path, name: str) -> None:
        """Put a file there; a link, where the disk is the same. One cut short may be left behind."""
        with self._failures():
            if self.folder:
                target = self.folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                try:
                    os.link(path, target)
                except OSError:
                    shutil.copyfile(path, target)
                return
            with path.open("rb") as source, self.system.open_output_stream(self.path(name)) as target:
                while block := source.read(BLOCK):
                    target.write(block)

    def fetch(self, name: str, path: Path) -> Path:
        """Copy a file here, and return where."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with (
            self._failures(),
            disk_failures(path.parent),
            self.system.open_input_stream(self.path(name)) as source,
            path.open("wb") as target,
        ):
            while block := source.read(BLOCK):
                target.write(block)
        return path

    def remove(self, under: str) -> None:
        """Remove what is under a name, if anything is."""
        with self._failures(), suppress(FileNotFoundError):
            self.system.delete_dir(self.path(under))

    def age(self, found: Found) -> float:
        """Seconds since a file was written."""
        return time.time() - found.modified / 1e9

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """What a store answers is told in one sentence; a folder fails as the disk does."""
        if self.folder:
            with disk_failures(self.folder):
                yield
            return
        try:
            yield
        except FileNotFoundError:
            raise
        except OSError as error:
            raise StorageError(
                f"Le stockage objet de « {self.told} » ne répond pas comme il faut : {_reason(error)}.",
                "Vérifiez le seau, ses droits, et les variables AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, "
                "AWS_SECRET_ACCESS_KEY, AWS_REGION.",
            ) from error


@contextmanager
def brought(written: str, data: Path) -> Iterator[Path]:
    """A file somebody gives, by its path or by its address in a store: then copied here while it is read.

    Raises :class:`StorageError`, and :class:`SourceUnavailableError` for a file that is not in the store.
    """
    if not written.startswith(STORE):
        yield Path(written)
        return
    parent, _, name = written.rpartition("/")
    place = Depot.at(parent).require()
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".venu-", dir=data) as folder:
        try:
            copy = place.fetch(name, Path(folder) / name)
        except FileNotFoundError as error:
            raise SourceUnavailableError(
                f"Le fichier « {written} » n'existe pas.",
                "Donnez un fichier.",
                GiveField("fichier", ("FICHIER",)),
            ) from error
        yield copy


REASONS = {
    "NO_SUCH_BUCKET": "ce seau n'existe pas",
    "ACCESS_DENIED": "accès refusé",
    "INVALID_ACCESS_KEY_ID": "clé d'accès inconnue",
    "SIGNATURE_DOES_NOT_MATCH": "clé secrète fausse",
    "NETWORK_CONNECTION": "injoignable",
}


def _reason(error: OSError) -> str:
    told = str(error)
    return next((said for code, said in REASONS.items() if code in told), " ".join(told.split())[:160])

"""Downloads that survive cuts: the part received is kept and continued, never mixed with another file."""

import base64
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
import stamina

from ancrage.errors import SourceContentError
from ancrage.sources.declaration import Address
from ancrage.sources.envelope import RETRY
from ancrage.sources.progress import Progress
from ancrage.sources.storage import disk_failures, sha256_of, write_durably
from ancrage.sources.transport import Timing, retry_hook, unavailable

PART = "reception.part"
PART_NOTES = "reception.json"
DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/=]+):")


@dataclass(frozen=True, slots=True)
class Version:
    """What a server says to recognise one state of a file."""

    url: str
    etag: str | None = None
    last_modified: str | None = None

    @property
    def range_validator(self) -> str | None:
        """Value for ``If-Range``: a weak ETag cannot promise that the bytes are the same."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


@dataclass(frozen=True, slots=True)
class Received:
    """A file received whole, with the version the server gave."""

    path: Path
    version: Version


def download(
    address: Address,
    workplace: Path,
    *,
    client: httpx.Client,
    timing: Timing,
    progress: Progress,
    known: Version | None = None,
) -> Received | None:
    """Receive the file of an address in ``workplace``; ``None`` when it is still the ``known`` version.

    A previous partial reception in the workplace is continued when the server allows it. Raises
    :class:`SourceUnavailableError` after the last attempt, :class:`SourceContentError` when the sum
    published is not that of the file, :class:`StorageError` when the disk is full.
    """
    attempts = stamina.retry_context(
        on=retry_hook(timing),
        attempts=timing.attempts,
        timeout=None,
        wait_initial=timing.first_wait,
        wait_max=timing.longest_wait,
        wait_jitter=timing.first_wait,
    )
    try:
        for attempt in attempts:
            with attempt:
                return _Reception(address, workplace, client, progress, known).run()
    except httpx.HTTPError as error:
        raise unavailable(error, address.url, timing) from error
    raise AssertionError("stamina returns or raises")


class _Reception:
    """One attempt."""

    def __init__(
        self,
        address: Address,
        workplace: Path,
        client: httpx.Client,
        progress: Progress,
        known: Version | None,
    ) -> None:
        self.address, self.client, self.progress, self.known = address, client, progress, known
        self.part, self.notes = workplace / PART, workplace / PART_NOTES

    def run(self) -> Received | None:
        started = self._started()
        with self.client.stream("GET", self.address.url, headers=self._headers(started)) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED:
                return None
            if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE and started:
                if _total(response) != self._offset():
                    self._forget()
                    raise httpx.RemoteProtocolError("range refused: start again")
                return self._finished(response, started)
            response.raise_for_status()
            version = _version(self.address.url, response)
            self._receive(response, version)
            return self._finished(response, version)

    def _started(self) -> Version | None:
        """Version of the part already here, if it can be continued."""
        try:
            version = Version(**json.loads(self.notes.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        continues = version.url == self.address.url and version.range_validator and self._offset()
        return version if continues else None

    def _headers(self, started: Version | None) -> dict[str, str]:
        headers = {"Accept-Encoding": "identity"}
        if started and started.range_validator:
            headers |= {"Range": f"bytes={self._offset()}-", "If-Range": started.range_validator}
        elif self.known and self.known.url == self.address.url:
            if self.known.etag:
                headers["If-None-Match"] = self.known.etag
            elif self.known.last_modified:
                headers["If-Modified-Since"] = self.known.last_modified
        return headers

    def _receive(self, response: httpx.Response, version: Version) -> None:
        continued = _continues(response, self._offset())
        if response.status_code == httpx.codes.PARTIAL_CONTENT and not continued:
            self._forget()
            raise httpx.RemoteProtocolError("another range than asked: start again")
        offset = self._offset() if continued else 0
        expected = _expected(response, offset)
        with disk_failures(self.part.parent):
            if not offset:
                self._forget()
                write_durably(self.notes, json.dumps(asdict(version)))
            self.progress.begin(self.address.file_name, expected)
            self.progress.advance(offset)
            try:
                with self.part.open("ab") as file:
                    for block in response.iter_raw():
                        file.write(block)
                        self.progress.advance(len(block))
            finally:
                self.progress.end()
        if expected is not None and self._offset() != expected:
            raise httpx.RemoteProtocolError(f"{self._offset()} bytes received, {expected} announced")

    def _finished(self, response: httpx.Response, version: Version) -> Received:
        announced = {self.address.sha256, _digest(response)} - {None}
        if announced and announced != {sha256_of(self.part)}:
            self._forget()
            raise SourceContentError(
                f"La somme de contrôle de « {self.address.url} » n'est pas celle annoncée.", RETRY
            )
        name = Address(url=str(response.url)).file_name
        path = self.part.with_name(re.sub(r"[^\w.()-]", "_", name).lstrip(".") or "fichier")
        self.part.replace(path)
        self.notes.unlink(missing_ok=True)
        return Received(path, version)

    def _offset(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def _forget(self) -> None:
        self.part.unlink(missing_ok=True)
        self.notes.unlink(missing_ok=True)


def _version(url: str, response: httpx.Response) -> Version:
    return Version(url, response.headers.get("ETag"), response.headers.get("Last-Modified"))


def _continues(response: httpx.Response, offset: int) -> bool:
    """Whether the answer begins where our part ends; a server may ignore the range and send all."""
    begins = response.headers.get("Content-Range", "").startswith(f"bytes {offset}-")
    return response.status_code == httpx.codes.PARTIAL_CONTENT and begins


def _expected(response: httpx.Response, offset: int) -> int | None:
    length = response.headers.get("Content-Length", "")
    return offset + int(length) if length.isdigit() else None


def _total(response: httpx.Response) -> int | None:
    total = response.headers.get("Content-Range", "").rpartition("/")[2]
    return int(total) if total.isdigit() else None


def _digest(response: httpx.Response) -> str | None:
    """SHA-256 of the whole file when the server publishes it (RFC 9530)."""
    found = DIGEST.search(response.headers.get("Repr-Digest", ""))
    return base64.b64decode(found.group(1)).hex() if found else None

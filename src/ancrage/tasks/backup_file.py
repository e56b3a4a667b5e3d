"""The file of a backup, read: its sum is checked before anything of it is kept."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from ancrage.declarations.faults import Fault, shown
from ancrage.declarations.given import readable, refuse_beyond, text_of
from ancrage.declarations.json_text import read_json
from ancrage.declarations.models import meaning
from ancrage.declarations.reader import Reader
from ancrage.errors import BackupError

FORMAT = "ancrage-atelier-2"
EARLIER = "ancrage-atelier-1"
"""Tasks were then told under the name of another room."""
READER = Reader(BackupError, "Prenez une autre sauvegarde.")
HEADER, BLOCK = 1 << 16, 1 << 20
SMALL, SWELL = 256 << 20, 20
"""Bytes that any backup may hold once unpacked, and how many times its own size a large one may."""
END = b"\n"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a file holds."""

    version: str
    made_at: str
    migrations: dict[str, str]
    objects: int
    lines: tuple[str, ...]


class _Told(BaseModel):
    """The first line of a backup."""

    format: str
    version: str
    made_at: str
    migration: str
    migrations: dict[str, str] = Field(default_factory=dict)
    objects: int
    sha256: str


def read(file: Path) -> Backup:
    """The backup of a file, its sum checked before anything is kept. Raises :class:`BackupError`."""
    if not file.exists():
        raise BackupError(f"« {file} » n'existe pas.", "Donnez le fichier d'une sauvegarde.")
    with READER.telling(file.name), readable():
        told = _checked(file)
        with gzip.open(file) as stream:
            _, *lines = text_of(stream.read()).text.removesuffix("\n").split("\n")
        for line, written in enumerate(lines, 2):
            _refuse_unreadable(written, line)
    objects = tuple(map(_renamed, lines) if told.format == EARLIER else lines)
    migrations = {**told.migrations, "tasks": max(told.migration, told.migrations.get("tasks", ""))}
    return Backup(told.version, told.made_at, migrations, len(lines), objects)


def _checked(file: Path) -> _Told:
    """The header, once the sum of what follows is found to be the one it tells; nothing of it is kept."""
    largest = max(SMALL, SWELL * file.stat().st_size)
    with gzip.open(file) as stream:
        told = _header_of(stream.readline(HEADER))
        if told.format not in (FORMAT, EARLIER):
            raise Fault(f"le format « {shown(told.format)} » est inconnu", 1, "Mettez Ancrage à jour.")
        digest, size, ends, last = hashlib.sha256(), 0, 0, b""
        while block := stream.read(BLOCK):
            size += len(block)
            refuse_beyond(size, largest)
            digest.update(last + block[:-1])
            last, ends = block[-1:], ends + block.count(END)
    if last != END:
        digest.update(last)
    if (told.sha256, told.objects) != (digest.hexdigest(), ends + (last not in (END, b""))):
        raise Fault("le fichier est abîmé : sa somme de contrôle ne convient pas")
    return told


def _header_of(line: bytes) -> _Told:
    if not line.endswith(END):
        raise Fault("ce n'est pas une sauvegarde", 1)
    try:
        return _Told.model_validate(read_json(text_of(line).text), strict=True)
    except ValidationError as error:
        raise Fault(f"ce n'est pas une sauvegarde ({meaning(error.errors()[0])})", 1) from error


def _refuse_unreadable(written: str, line: int) -> None:
    try:
        read_json(written)
    except Fault as fault:
        raise Fault(fault.what, line) from fault


def _renamed(line: str) -> str:
    return line.replace('{"model": "workspace.', '{"model": "tasks.', 1)

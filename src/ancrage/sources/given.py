"""A file somebody already has stands for a resource: what it is taken for is judged from what it holds."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ancrage.errors import SourceUnavailableError
from ancrage.language.numbers import count, number
from ancrage.repairs import GiveField
from ancrage.sources.declaration import Compression, Format, Resource, Source
from ancrage.sources.envelope import check_sums, compression_of, extract, format_of, open_inside
from ancrage.sources.progress import Progress
from ancrage.sources.storage import BLOCK, disk_failures


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a file is taken for; every text is French.

    ``sample``: it stands for a part of the resource only, and ``note`` says which. ``covered``: départements
    it covers wholly, when these are not all (``None``: the whole country). ``vintage`` is empty when the
    content does not tell it, as are ``treated`` and ``begun`` (see :class:`Provenance`).
    """

    sample: bool
    note: str = ""
    vintage: str = ""
    covered: tuple[str, ...] | None = None
    remarks: tuple[str, ...] = ()
    treated: str = ""
    begun: dict[str, int] = field(default_factory=dict)


Judge = Callable[[Source, Resource, Path, int], Judgement]
"""Says what a file with so many rows is taken for."""


def judged_by_rows(_: Source, resource: Resource, __: Path, rows: int) -> Judgement:
    """Whole when it has the rows a whole file has at least, else a sample."""
    held = count(rows, "ligne")
    if rows >= resource.min_rows:
        return Judgement(sample=False, remarks=(f"pris pour complet : {held}",))
    return Judgement(
        sample=True, note=f"{held}, quand le fichier complet en a {number(resource.min_rows)} au moins"
    )


def judged_invented(_: Source, __: Resource, ___: Path, rows: int) -> Judgement:
    """An invented file is all there is of what it tells, and is shown as fictitious wherever it serves."""
    told = f"inventé, pris pour complet et signalé fictif partout où il sert : {count(rows, 'ligne')}"
    return Judgement(sample=False, vintage="données fictives", remarks=(told,))


@dataclass(frozen=True, slots=True)
class Given:
    """The file, and who judges it. ``fictitious``: whoever gives it says that it is invented."""

    path: Path
    judge: Judge = judged_by_rows
    fictitious: bool = False


def require_given(path: Path) -> None:
    """Raise :class:`SourceUnavailableError` when there is no such file."""
    if not path.is_file():
        what = "est un dossier" if path.is_dir() else "n'existe pas"
        raise SourceUnavailableError(
            f"Le fichier « {path} » {what}.", "Donnez un fichier.", GiveField("fichier", ("FICHIER",))
        )


def unwrapped(copy: Path, resource: Resource) -> Path:
    """The copy; a Parquet in an archive is taken out of it, since engines read a Parquet where it lies.

    Raises :class:`SourceContentError` when the envelope is damaged, or swells beyond measure.
    """
    if compression_of(copy) is Compression.NONE or format_of(copy, resource) is not Format.PARQUET:
        return copy
    check_sums(copy)
    bare = extract(copy, resource, copy.parent)
    copy.unlink()
    return bare.rename(bare.with_name(f"{copy.name.partition('.')[0]}.parquet"))


def copy_given(path: Path, workplace: Path, progress: Progress) -> Path:
    """Copy the file into the workplace, under its own name; nobody's file is touched.

    Raises :class:`StorageError` when the disk is full.
    """
    copy = workplace / path.name
    copy.unlink(missing_ok=True)
    progress.begin(path.name, path.stat().st_size)
    try:
        with disk_failures(workplace), path.open("rb") as source, copy.open("wb") as target:
            while block := source.read(BLOCK):
                target.write(block)
                progress.advance(len(block))
    finally:
        progress.end()
    shutil.copystat(path, copy)
    return copy


def rows_of_text(path: Path, resource: Resource) -> int:
    """Lines of a text too large to be cut into rows, without its header; a cell on two lines counts twice."""
    lines, last = 0, b"\n"
    with open_inside(path, resource) as stream:
        while block := stream.read(BLOCK):
            lines, last = lines + block.count(b"\n"), block[-1:]
    return max(0, lines + (last != b"\n") - 1)

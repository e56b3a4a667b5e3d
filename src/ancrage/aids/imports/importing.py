"""Importing: all that is asked is read, then kept by source, with what looks like the same aid twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ancrage.aids.catalogue import load_aids
from ancrage.aids.imports.duplicates import Duplicate, card_of, card_of_catalogue, duplicates
from ancrage.aids.imports.imported import ImportedAid, Reading, Reject
from ancrage.aids.imports.storing import keep, load, store_folder
from ancrage.sources.storage import disk_failures, write_durably
from ancrage.spreadsheets import PEOPLE, Cell


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did: what each file gave, files written by source, probable duplicates.

    ``rejects_file`` and ``duplicates_file`` list them whole, for a spreadsheet.
    """

    readings: tuple[Reading, ...]
    kept: Mapping[str, Path]
    duplicates: tuple[Duplicate, ...]
    rejects_file: Path
    duplicates_file: Path


def import_readings(data: Path, readings: Sequence[Reading]) -> Outcome:
    """Keep what was read: it takes the place of all that came from the same sources before.

    Nothing is written before everything is compared. Raises :class:`StorageError`.
    """
    told = _told_once(readings)
    by_source: dict[str, list[ImportedAid]] = {}
    for reading in told:
        by_source.setdefault(reading.source, []).extend(reading.aids)
    new = [card_of(aid) for aids in by_source.values() for aid in aids]
    others = [card_of(aid) for aid in load(data) if aid.source not in by_source]
    catalogue = [card_of_catalogue(aid) for aid in load_aids().values()]
    pairs = duplicates(new, [*others, *catalogue])
    kept = {source: keep(data, source, aids) for source, aids in by_source.items()}
    rejects = ((each.file, one.line, one.name, one.reason) for each in told for one in each.rejects)
    likely = ((one.first, one.second, one.likeness, " ; ".join(one.reasons)) for one in pairs)
    return Outcome(
        tuple(told),
        kept,
        pairs,
        _listed(data, "rejets.csv", ("fichier", "ligne", "aide", "raison"), rejects),
        _listed(data, "doublons.csv", ("aide", "autre aide", "ressemblance des noms", "raisons"), likely),
    )


def _listed(data: Path, name: str, header: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> Path:
    file = store_folder(data) / name
    with disk_failures(file.parent):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_durably(file, PEOPLE.text(header, rows))
    return file


def _told_once(readings: Sequence[Reading]) -> list[Reading]:
    """The same identifier in two files of one import: the first stays, the other is rejected."""
    seen: dict[str, str] = {}
    found = []
    for reading in readings:
        aids, rejects = [], list(reading.rejects)
        for aid in reading.aids:
            if aid.id in seen:
                line = int(aid.provenance.place.rpartition(" ")[2])
                rejects.append(Reject(line, f"« {aid.id} » est déjà dans « {seen[aid.id]} »", aid.name))
            else:
                seen[aid.id] = reading.file
                aids.append(aid)
        found.append(Reading(reading.source, reading.file, tuple(aids), tuple(rejects), reading.remarks))
    return found

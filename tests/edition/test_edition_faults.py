"""Real sources damaged at random (seeded): each comes in whole or is refused in words, and stops no other."""

import gzip
import random
import shutil
from pathlib import Path

import pytest

import recount
from ancrage.edition.door import try_to_read
from ancrage.sources.catalogue import get_source
from ancrage.sources.declaration import Source
from ancrage.sources.outcome import State
from ancrage.sources.snapshots import SnapshotStore
from ancrage.sources.synchronise import synchronise
from damages import SOURCE_DAMAGES

DAMAGED = ("acv-2024", "fabriques-de-territoire", "manufactures-de-proximite", "mediation-numerique-creuse",
           "massifs-2025", "qpv-2024-communes")  # fmt: skip
SOUND = "pvd-2024"


def of_the_mirror(mirror: Path, source: Source, into: Path) -> Path:
    mapping = source.resources[0].mirror
    assert mapping is not None
    (path,) = [found for pattern in mapping.paths for found in mirror.glob(pattern)]
    copy = into / path.relative_to(mirror)
    copy.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(path, copy))


def damage(path: Path, dice: random.Random) -> None:
    content = path.read_bytes()
    packed = content.startswith(b"\x1f\x8b")
    text = (gzip.decompress(content) if packed else content).decode()
    damaged = dice.choice(SOURCE_DAMAGES)(text, dice)
    path.write_bytes(gzip.compress(damaged, 1) if packed else damaged)


@pytest.mark.parametrize("seed", range(6))
def test_what_comes_in_has_as_many_records_as_its_file_and_nothing_stops_the_sound_source(
    mirror: Path, tmp_path: Path, seed: int
) -> None:
    dice, folder = random.Random(seed), tmp_path / "miroir"  # noqa: S311 a seed, not a secret
    sources = [
        one.model_copy(update={"resources": one.resources[:1]}) for one in map(get_source, (*DAMAGED, SOUND))
    ]
    for source in sources:
        path = of_the_mirror(mirror, source, folder)
        if source.id != SOUND:
            damage(path, dice)
    store = SnapshotStore(tmp_path / "data")
    report = synchronise(sources, store=store, mirror=folder, door=try_to_read)
    assert [outcome.source for outcome in report.outcomes] == [*DAMAGED, SOUND]
    assert report.outcomes[-1].state is State.NEW
    for source, outcome in zip(sources, report.outcomes, strict=True):
        assert outcome.told or outcome.state is State.NEW
        assert (outcome.state is State.FAILED) == (outcome.snapshot is None)
        if outcome.snapshot:
            resource, told = source.resources[0], outcome.snapshot.provenance
            files = list(outcome.snapshot.files)
            given = recount.count(files, resource.format, resource.separator or "")
            assert given == (told.rows or 0) + (told.rejected or 0), source.id

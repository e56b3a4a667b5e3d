"""Damaged sources through a synchronisation and a build: no traceback, nothing lost in silence."""

import gzip
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import recount
from ancrage.edition.door import try_to_read
from ancrage.sources.catalogue import load_catalogue
from ancrage.sources.declaration import Format, Source
from ancrage.sources.outcome import Outcome, State
from ancrage.sources.snapshots import SnapshotStore
from ancrage.sources.synchronise import synchronise
from damages import SOURCE_DAMAGES
from faulty.process import ancrage

MIRROR = Path(__file__).resolve().parents[3] / "shared" / "data"
LARGEST = 3 << 20
COUNTED = (Format.CSV, Format.JSON, Format.GEOJSON)
SOUND = "pvd-2024"
"""A source left whole, the last of each synchronisation: it must come in whatever came before."""


class Bench:
    """Batches of damaged sources, each received in a store of its own, then built."""

    def __init__(self, folder: Path, seed: int = 0) -> None:
        self.folder = folder
        self.dice, self.faults = random.Random(12 + seed), list[tuple[object, ...]]()
        self.seen, self.losses = Counter[str](), list[str]()
        self.damaged = [one for one in load_catalogue().values() if _small(one) and one.id != SOUND]

    def batch(self, rank: int, most: int) -> int:
        """Damage each source once; how many were."""
        mirror, data = self.folder / f"miroir-{rank}", self.folder / f"data-{rank}"
        chosen = self.dice.sample(self.damaged, min(most, len(self.damaged)))
        for source in chosen:
            self.damage(self.dice.choice(_copy(source, mirror)))
        _copy(load_catalogue()[SOUND], mirror)
        self.receive([*chosen, load_catalogue()[SOUND]], mirror, data)
        shutil.rmtree(mirror)
        shutil.rmtree(data)
        return len(chosen)

    def damage(self, path: Path) -> None:
        content = path.read_bytes()
        packed = content.startswith(b"\x1f\x8b")
        text = (gzip.decompress(content) if packed else content).decode("utf-8", "replace")
        damage = self.dice.choice(SOURCE_DAMAGES)
        try:
            content = damage(text, self.dice)
        except ValueError:  # no table nor collection: Parquet
            content = self.dice.choice(SOURCE_DAMAGES[:8])(text, self.dice)
        path.write_bytes(gzip.compress(content, 1) if packed and self.dice.random() < 0.9 else content)

    def receive(self, sources: list[Source], mirror: Path, data: Path) -> None:
        asked = [one.model_copy(update={"resources": one.resources[:1]}) for one in sources]
        report = synchronise(asked, store=SnapshotStore(data), mirror=mirror, door=try_to_read)
        outcomes = {outcome.source: outcome for outcome in report.outcomes}
        for source in sources[:-1]:
            self.judge(source, outcomes.get(source.id))
        if outcomes[SOUND].state is not State.NEW:
            self.faults.append((SOUND, "the sound source did not come in", outcomes[SOUND].told))
        self.build(sources, outcomes, data)

    def judge(self, source: Source, outcome: Outcome | None) -> None:
        """One outcome a source; what came in has as many records as the file, those set aside told."""
        if outcome is None:
            self.faults.append((source.id, "skipped"))
            return
        self.seen[outcome.state.value] += 1
        snapshot, resource = outcome.snapshot, source.resources[0]
        if outcome.state is State.FAILED:
            if snapshot is not None or not outcome.told:
                self.faults.append((source.id, "a refusal without a word, or that is in place"))
        elif snapshot and resource.format in COUNTED:
            given = recount.count(list(snapshot.files), resource.format, resource.separator or "")
            told = snapshot.provenance
            if given != (told.rows or 0) + (told.rejected or 0):
                self.losses.append(f"{source.id}: {given} records, {told.rows} + {told.rejected} told")

    def build(self, sources: list[Source], outcomes: dict[str, Outcome], data: Path) -> None:
        built = ancrage("entrepot", "construire", data=data)
        if built.returncode:
            self.faults.append(("build", built.returncode, built.stderr.strip()[-600:]))
            return
        for source in sources:
            snapshot, resource = outcomes[source.id].snapshot, source.resources[0]
            if snapshot and resource.format in COUNTED:
                arguments = list(snapshot.files), resource.format, resource.separator or ""
                self.losses += recount.lost(data / "entrepot" / "courante", source.id, *arguments)


def sources(count: int, show: Callable[..., None], seed: int = 0) -> None:
    done = rank = 0
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), seed)
        while done < count:
            done += bench.batch(rank, count - done)
            rank += 1
            found = len(bench.faults), len(bench.losses)
            print(f"  · {done} sources, faults and losses: {found}", file=sys.stderr, flush=True)
    for fault in bench.faults[:40]:
        print("  ", *fault)
    for loss in bench.losses[:40]:
        print("  ", loss)
    told = "sources: tracebacks, sources skipped, refused by the build"
    show(told, len(bench.faults), "sources", "0", ok=not bench.faults)
    lost = "sources: records lost in silence, counted again"
    show(lost, len(bench.losses), "sources", "0", ok=not bench.losses)
    show("sources: builds", rank, "builds")
    for state, number in sorted(bench.seen.items()):
        show(f"sources: {state}", number, "sources")


def _small(source: Source) -> bool:
    mapping = source.resources[0].mirror
    found = [path for pattern in mapping.paths for path in MIRROR.glob(pattern)] if mapping else []
    return bool(found) and sum(path.stat().st_size for path in found) < LARGEST


def _copy(source: Source, mirror: Path) -> list[Path]:
    mapping, made = source.resources[0].mirror, []
    for pattern in mapping.paths if mapping else ():
        for path in MIRROR.glob(pattern):
            copy = mirror / path.relative_to(MIRROR)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            made.append(copy)
    return made

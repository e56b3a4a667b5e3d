"""Commands that die at a moment drawn at random: what was there stays, and doing it again ends alike."""

import gzip
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from ancrage.sources.catalogue import get_source
from ancrage.sources.snapshots import SnapshotStore
from ancrage.tasks.backup_file import read
from faulty.process import ancrage, begin, settings

MIRROR = Path(__file__).resolve().parents[3] / "shared" / "data"
SOURCES = ("pvd-2024", "acv-2024", "zrr-2017", "frr-2025", "massifs-2025", "siae")
HOW = (signal.SIGTERM, signal.SIGINT, signal.SIGKILL)
CLEAN = {0: "had already ended", 26: "clean exit 26", -9: "SIGKILL", -15: "SIGTERM before it listens",
         -2: "SIGINT before it listens"}  # fmt: skip
FILL = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "ancrage.config.settings"
import django
django.setup()
from django.utils import timezone
from ancrage.tasks.models import Job, JobResult
for n in range(400):
    job = Job.objects.create(kind="rapport", fingerprint=str(n), state="done", created_at=timezone.now())
    JobResult.objects.create(job=job, filename=f"{n}.bin", content_type="x/y", content=os.urandom(20_000))
"""
Told = dict[str, Any]


LOST = "something lost, or not done again alike"


class Bench:
    """A whole installation, copied before each kill, and what each command leaves when it is let end."""

    def __init__(self, folder: Path, seed: int = 0) -> None:
        self.folder, self.base = folder, folder / "base"
        self.older, self.newer = folder / "miroir-1", folder / "miroir-2"
        self.dice, self.faults = random.Random(13 + seed), list[tuple[object, ...]]()
        self.ends = Counter[str]()
        self.ended: dict[str, Told] = {}
        self.lengths: dict[str, float] = {}

    def prepare(self) -> None:
        """Build the installation, and do each command once without killing it."""
        for source in SOURCES:
            _mirrored(source, self.older, self.newer)
        for arguments in (self.sync(self.older), ["entrepot", "construire"], ["travaux"]):
            self.must(arguments, self.base)
        subprocess.run([sys.executable, "-c", FILL], env=settings(self.base), check=True)
        self.must(["sauvegarde", str(self.base / "s.gz")], self.base)
        for name in COMMANDS:
            data = self.copy(name)
            begun = time.perf_counter()
            self.must(self.command(name, data), data)
            self.lengths[name] = time.perf_counter() - begun
            self.ended[name] = state(data)

    def tell(self, show: Callable[..., None], bench: str, wrong: str, things: str) -> None:
        """Show what went wrong, ``wrong`` when it did, then how each of the ``things`` ended."""
        for fault in self.faults[:40]:
            print("  ", *fault)
        show(f"{bench}: {wrong}", len(self.faults), things, "0", ok=not self.faults)
        for end, number in sorted(self.ends.items()):
            show(f"{bench}: {end}", number, things)

    def sync(self, mirror: Path) -> list[str]:
        return ["sources", "sync", *SOURCES, "--mirror", str(mirror)]

    def command(self, name: str, data: Path) -> list[str]:
        saved = str(data / "s.gz")
        return {
            "sync": self.sync(self.newer),
            "build": ["entrepot", "construire"],
            "backup": ["sauvegarde", saved, "--remplacer"],
            "restore": ["restauration", saved, "--remplacer"],
            "migration": ["travaux"],
        }[name]

    def copy(self, name: str) -> Path:
        data = self.folder / "essai"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(self.base, data, symlinks=True)
        if name == "migration":
            (data / "atelier.sqlite3").unlink()
        return data

    def must(self, arguments: list[str], data: Path) -> None:
        done = ancrage(*arguments, data=data)
        if done.returncode:
            self.faults.append((arguments[:2], done.returncode, done.stderr[-300:]))

    def kill(self, name: str, how: signal.Signals) -> None:
        """Kill the command; what is there must be what was or what comes, then it must end alike."""
        data = self.copy(name)
        before = state(data)
        process = begin(self.command(name, data), data)
        time.sleep(self.dice.uniform(0.05, 0.95) * self.lengths[name])
        process.send_signal(how)
        code = process.wait()
        self.ends[CLEAN.get(code, str(code))] += 1
        told = name, how.name, code
        if code not in CLEAN:
            self.faults.append((*told, "no clean exit"))
        self.compare(told, state(data), before, self.ended[name])
        self.must(self.command(name, data), data)
        self.must(["sources", "verify"], data)
        self.compare((*told, "again"), state(data), self.ended[name])

    def compare(self, told: tuple[object, ...], found: Told, *allowed: Told) -> None:
        for part, value in found.items():
            if all(value != one[part] for one in allowed):
                self.faults.append((*told, "differs", part))


COMMANDS = ("sync", "build", "backup", "restore", "migration")


def state(data: Path) -> Told:
    """All that an installation holds, whatever the order it was written in."""
    store = SnapshotStore(data)
    received = {name: store.latest(name, get_source(name).resources[0].id) for name in SOURCES}
    told: Told = {name: one and sha256(one.path.read_bytes()).hexdigest() for name, one in received.items()}
    engine = duckdb.connect()
    for file in sorted((data / "entrepot" / "courante").glob("*.parquet")):
        query = f"SELECT count(*), sum(hash(t)) FROM '{file}' t"
        told[file.stem] = engine.sql(query).fetchall()
    told["backup"] = read(data / "s.gz").lines
    told["base"] = _rows(data / "atelier.sqlite3")
    return told


def _rows(base: Path) -> object:
    """Tasks and their files; of a base being made, nothing yet."""
    if not base.exists():
        return None
    connection = sqlite3.connect(base)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'tasks_jobresult'").fetchall():
            return None
        found = connection.execute(
            "SELECT id, fingerprint, state, filename, content FROM tasks_job LEFT JOIN tasks_jobresult"
            " ON job_id = id ORDER BY id"
        ).fetchall()
    finally:
        connection.close()
    return sha256(repr(found).encode()).hexdigest()


def _mirrored(source: str, older: Path, newer: Path) -> None:
    """The same file twice, a byte apart: the second is new to whoever received the first."""
    mapping = get_source(source).resources[0].mirror
    for pattern in mapping.paths if mapping else ():
        for path in MIRROR.glob(pattern):
            content = path.read_bytes()
            packed = content.startswith(b"\x1f\x8b")
            more = (gzip.decompress(content) if packed else content) + b"\n"
            for mirror, written in (
                (older, content),
                (newer, gzip.compress(more, 1, mtime=0) if packed else more),
            ):
                copy = mirror / path.relative_to(MIRROR)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(written)


def kills(count: int, show: Callable[..., None], seed: int = 0) -> None:
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), seed)
        bench.prepare()
        for rank in range(count):
            bench.kill(COMMANDS[rank % len(COMMANDS)], HOW[rank // len(COMMANDS) % len(HOW)])
    bench.tell(show, "kills", LOST, "kills")

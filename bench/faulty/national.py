"""A national build with history, and the month after, killed: an edition answers, then it ends alike.

The moment of a kill is drawn in seconds of processor, so that it falls inside the build whatever else the
machine does. After each kill the edition in force is compared with what it was, and read again whole by
``ancrage entrepot etat``; after some kills the same command takes the build up, and its tables are those of a
build that nobody killed, row for row.
"""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

import duckdb

from ancrage.edition.publication import in_force
from faulty.kills import CLEAN, Bench, Told
from faulty.process import begin
from national.files import FILES, Size, made_files
from national.next_month import made_next

SOURCES = {
    "etablissements": "sirene-etablissements",
    "unites": "sirene-unites-legales",
    "periodes-etablissements": "sirene-etablissements-historique",
    "periodes-unites": "sirene-unites-legales-historique",
}
ESTABLISHMENTS = 20_000
SERIES = 5
"""Kills before a build is let end."""
BUILDS = ("whole", "month")
BUILD = ["entrepot", "construire"]
TICKS = os.sysconf("SC_CLK_TCK")


class NationalBench(Bench):
    """``whole``: received four files, and builds them; ``month``: built them, then got the next."""

    def __init__(self, folder: Path, seed: int, files: Path | None, base: Path | None) -> None:
        super().__init__(folder, seed)
        self.files = files
        if base:
            shutil.copytree(base, self.start("whole"), symlinks=True)
        self.took: dict[str, float] = {}

    def prepare(self) -> None:
        """Each installation with an edition in force, and what its build gives when it is let end."""
        first = (
            {name: self.files / f"{stem}.parquet" for name, stem in FILES.items()}
            if self.files
            else made_files(self.folder / "mois-1", Size(ESTABLISHMENTS))
        )
        after = made_next(first, self.folder / "mois-2")
        self.must(BUILD, self.start("whole"))
        self.receive(first, self.start("whole"))
        self.let_end("whole")
        shutil.copytree(self.folder / "essai", self.start("month"), symlinks=True)
        self.receive(after, self.start("month"))
        self.let_end("month")

    def start(self, name: str) -> Path:
        return self.folder / f"avant-{name}"

    def receive(self, files: dict[str, Path], data: Path) -> None:
        for name, path in files.items():
            self.must(["sources", "sync", SOURCES[name], "--fichier", str(path), "--fictif"], data)

    def let_end(self, name: str) -> None:
        data = self.copy(name)
        process = begin(BUILD, data)
        while process.poll() is None:
            self.took[name] = max(self.took.get(name, 0.0), processor(process))
            time.sleep(0.1)
        if process.returncode:
            self.faults.append((name, process.returncode, "not built"))
        self.ended[name] = state(data)

    def copy(self, name: str) -> Path:
        data = self.folder / "essai"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(self.start(name), data, symlinks=True)
        return data

    def kill(self, name: str, times: int) -> None:
        """Kill a build so many times, each taking up what the last one left, then let it end alike."""
        data = self.copy(name)
        before = state(data)
        for _ in range(times):
            self.kill_once(name, data, before)
        self.must(BUILD, data)
        self.compare((name, times, "taken up"), state(data), self.ended[name])
        if left := [path.name for path in (data / "entrepot" / "editions").glob(".*")]:
            self.faults.append((name, "left behind", *left))

    def kill_once(self, name: str, data: Path, before: Told) -> None:
        """Kill a build at a moment drawn at random; an edition must answer, whole."""
        drawn = self.dice.uniform(0.03, 0.97)
        process = begin(BUILD, data)
        while process.poll() is None and processor(process) < drawn * self.took[name]:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        code = process.wait()
        self.ends[CLEAN.get(code, str(code))] += 1
        told = name, f"{drawn:.2f}", code
        if code not in CLEAN:
            self.faults.append((*told, "no clean exit"))
        if (found := state(data)) not in (before, self.ended[name]):
            self.faults.append((*told, "neither the edition before nor the one after"))
        self.must(["entrepot", "etat"], data)
        print("  ", *told, "as before" if found == before else "published", flush=True)


def processor(process: "Popen[bytes]") -> float:
    """Seconds of processor that a process took so far; none once it is gone."""
    try:
        told = Path(f"/proc/{process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / TICKS


def state(data: Path) -> Told:
    """Every table of the edition in force, whatever the order of its rows; nothing when there is none."""
    folder = in_force(data)
    query, engine = "SELECT count(*), sum(hash(t)) FROM '{}' t", duckdb.connect()
    return {
        path.stem: engine.execute(query.format(path)).fetchall()
        for path in sorted(folder.glob("*.parquet") if folder else ())
    }


def national_kills(
    count: int, show: Callable[..., None], seed: int, files: Path | None, base: Path | None
) -> None:
    """``files``: folder of the four files of the first month, made here when not given.

    ``base``: an installation whose other sources serve; none when not given.
    """
    with tempfile.TemporaryDirectory(dir=os.environ.get("ANCRAGE_BANC")) as name:
        bench = NationalBench(Path(name), seed, files, base)
        bench.prepare()
        for build, took in bench.took.items():
            show(f"national kills: a {build} build let end", round(took, 1), "s of processor")
        for rank in range(0, count, SERIES):
            bench.kill(BUILDS[rank // SERIES % 2], min(SERIES, count - rank))
    for fault in bench.faults[:40]:
        print("  ", *fault)
    ok = not bench.faults
    show("national kills: something lost, or not done again alike", len(bench.faults), "kills", "0", ok=ok)
    for end, number in sorted(bench.ends.items()):
        show(f"national kills: {end}", number, "kills")

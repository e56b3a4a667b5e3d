"""A national build with history, and the month after, killed: an edition answers, then it ends alike.

The moment of a kill is drawn in seconds of processor, so that it falls inside the build whatever else the
machine does; the kills of a build share its length between them, one drawn in each part. The whole process
group dies. After each kill the edition in force is read whole and compared with what it was, and asked a
diagnosis, the same as before; after some kills the same command takes the build up, and its tables are those
of a build that nobody killed, row for row.
"""

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, Popen

import duckdb

from ancrage.edition.publication import in_force
from faulty.kills import CLEAN, LOST, Bench, Told
from faulty.process import COMMAND, ancrage, settings
from national.files import FILES, Size, made_files
from national.next_month import made_next

SOURCES = {
    "etablissements": "sirene-etablissements",
    "unites": "sirene-unites-legales",
    "periodes-etablissements": "sirene-etablissements-historique",
    "periodes-unites": "sirene-unites-legales-historique",
}
ESTABLISHMENTS = 20_000
SERIES = 10
"""Kills before a build is let end."""
BUILDS = ("whole", "month")
BUILD = ["entrepot", "construire", "--memoire", "2GB"]
ASKED = ["diagnostic", "dep:23", "--format", "json"]
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
        process = started(data)
        while process.poll() is None:
            self.took[name] = max(self.took.get(name, 0.0), processor(process))
            time.sleep(0.1)
        if process.returncode:
            sys.exit(f"{name}: {process.returncode}, {_told(data).read_text('utf-8')}")
        self.ended[name] = state(data)

    def copy(self, name: str) -> Path:
        data = self.folder / "essai"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(self.start(name), data, symlinks=True)
        return data

    def kill(self, name: str, moments: list[float]) -> None:
        """Kill a build at each moment, each taking up what the last one left, then let it end alike."""
        data = self.copy(name)
        before, told = state(data), answer(data)
        for moment in moments:
            # What the kill before left may have made it too short for this moment.
            if not self.kill_once(name, data, moment) and not self.kill_once(name, self.copy(name), moment):
                self.faults.append((name, f"{moment:.2f}", "ended before it was killed"))
            found = state(data)
            if found == self.ended[name] != before:  # the kill came just after the publication
                data = self.copy(name)
                continue
            if found != before:
                self.faults.append((name, f"{moment:.2f}", "the edition before is not as it was"))
            if answer(data) != told:
                self.faults.append((name, f"{moment:.2f}", "another answer"))
        self.must(BUILD, data)
        self.compare((name, len(moments), "taken up"), state(data), self.ended[name])
        if left := [path.name for path in (data / "entrepot" / "editions").glob(".*")]:
            self.faults.append((name, "left behind", *left))

    def kill_once(self, name: str, data: Path, moment: float) -> bool:
        """Kill a build when it has used this part of its processor; whether it was still at work."""
        process = started(data)
        while process.poll() is None and processor(process) < moment * self.took[name]:
            time.sleep(0.02)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        told = name, f"{moment:.2f}", code
        self.ends[f"{name}, {CLEAN.get(code, str(code))}"] += 1
        if code not in CLEAN:
            self.faults.append((*told, "no clean exit"))
        print("  ", *told, step_of(data), flush=True)
        return code == -signal.SIGKILL


def started(data: Path) -> "Popen[bytes]":
    """The build at the head of a process group, telling its steps in a file beside its data."""
    with _told(data).open("wb") as told:
        return Popen(
            [*COMMAND, *BUILD], env=settings(data), stdout=DEVNULL, stderr=told, start_new_session=True
        )


def step_of(data: Path) -> str:
    """The last step that the build told."""
    lines = _told(data).read_text("utf-8").splitlines()
    return lines[-1].strip() if lines else "before its first step"


def _told(data: Path) -> Path:
    return data.with_name(f"{data.name}.told")


def answer(data: Path) -> str:
    """What a person is told of a département, or the refusal."""
    done = ancrage(*ASKED, data=data)
    return done.stdout or done.stderr


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
    found = {path.stem: path for path in (folder.glob("*.parquet") if folder else ())}
    for path in folder.glob("derive/*.parquet") if folder else ():
        found[f"derive/{path.stem.rpartition('-')[0]}"] = path  # its name tells where the edition lies
    return {name: engine.execute(query.format(path)).fetchall() for name, path in sorted(found.items())}


def moments(count: int, dice: random.Random) -> list[float]:
    """One moment in each part of a build cut in so many, in an order drawn."""
    drawn = [(rank + dice.random()) / count for rank in range(count)]
    dice.shuffle(drawn)
    return drawn


def national_kills(
    count: int, show: Callable[..., None], seed: int, files: Path | None, base: Path | None
) -> None:
    """Kill each build so many times.

    ``files``: folder of the four files of the first month, made here when not given;
    ``base``: an installation whose other sources serve; none when not given.
    """
    with tempfile.TemporaryDirectory(dir=os.environ.get("ANCRAGE_BANC")) as name:
        bench = NationalBench(Path(name), seed, files, base)
        bench.prepare()
        for build, took in bench.took.items():
            show(f"national kills: a {build} build let end", round(took, 1), "s of processor")
        drawn = {build: moments(count, bench.dice) for build in BUILDS}
        for rank in range(0, count, SERIES):
            for build in BUILDS:
                bench.kill(build, drawn[build][rank : rank + SERIES])
    bench.tell(show, "national kills", LOST, "kills")

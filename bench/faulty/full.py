"""A disk really full in the middle of a build: refused in French, the edition as it was, then made alike.

The installation lies on a file system of its own (tmpfs: this needs root), which a file of another fills at a
step of the build, leaving a little or nothing. Once that file is removed, the same command ends alike.
"""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree, disk_usage, rmtree

from faulty.national import BUILD, BUILDS, started, state, step_of
from faulty.taken_up import PREPARING, TakenUp, answer, lying

WHEN = (
    ("Découpage administratif", 0.0, 0),
    ("Zonages et programmes", 0.5, 1 << 20),
    ("Contours et quartiers", 0.3, 0),
    ("Registre de l'ESS", 0.5, 0),
    ("Registre de l'ESS", 3.0, 4 << 20),
    ("Marchés notifiés", 0.0, 0),
    ("Rejets et manifeste", 0.0, 0),
    (PREPARING, 0.0, 0),
    (PREPARING, 0.5, 1 << 20),
    (PREPARING, 1.5, 300 << 10),
)
"""Step, seconds after it is told, bytes left free."""
SIZE = "4g"
REFUSED = 24
SMALLEST = 4096


class Full(TakenUp):
    """``disk``: where the file system is mounted."""

    @contextmanager
    def disk(self) -> Iterator[Path]:
        place = self.folder / "disque"
        place.mkdir(exist_ok=True)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
        subprocess.run(mount, check=True)
        try:
            yield place
        finally:
            subprocess.run(["umount", str(place)], check=True)

    def fill_all(self, name: str) -> None:
        before, told = state(self.start(name)), answer(self.start(name))
        for when in WHEN:
            with self.disk() as place:
                data = place / "donnees"
                copytree(self.start(name), data, symlinks=True)
                self.fill(name, when, data, (before, told))

    def fill(self, name: str, when: tuple[str, float, int], data: Path, was: tuple[object, str]) -> None:
        step, after, left = when
        process = started(data)
        while process.poll() is None and step not in step_of(data):
            time.sleep(0.01)
        time.sleep(after)
        ballast = data.parent / "autre"
        filled(ballast, left)
        code = process.wait()
        said = data.with_name(f"{data.name}.told").read_text("utf-8")
        refusal = " ".join(line.strip() for line in said.splitlines() if not line.startswith("  ·"))
        told_of = (name, step, after, f"{left >> 10} kB left", code)
        self.ends[f"{name}, {step}: {code}"] += 1
        wrong = []
        if "Traceback" in said or (code not in (0, REFUSED)) or (code and "Plus de place" not in refusal):
            wrong.append(f"said {said[-1500:]}")
        published = code == 0
        tables = {key: value for key, value in state(data).items() if not key.startswith("derive/")}
        ended = {key: value for key, value in self.ended[name].items() if not key.startswith("derive/")}
        if published and tables != ended:
            wrong.append("published, and not whole")
        if not published and state(data) != was[0]:
            wrong.append("the edition is not as it was")
        if answer(data) != (self.answers[name] if published else was[1]):
            wrong.append(f"another answer {answer(data)[:300]}")
        drafts = [path.name for path in (data / "entrepot" / "editions").glob(".*")]
        wrong += [f"left behind: {drafts}"] if drafts else []
        ballast.unlink()
        self.must(BUILD, data)
        if state(data) != self.ended[name]:
            wrong.append("not done again alike")
        if set(lies := lying(data)) != set(self.beside[name]):
            wrong.append(f"left, or missing: {set(lies) ^ set(self.beside[name])}")
        self.faults += [(*told_of, one) for one in wrong]
        print("  ", *told_of, refusal[:400], "| then", wrong or "all tables equal", flush=True)


def filled(ballast: Path, left: int) -> None:
    """Take all the room of a file system but so many bytes, whatever is written meanwhile."""
    part = disk_usage(ballast.parent).free
    while part > SMALLEST and (room := disk_usage(ballast.parent).free - left) > SMALLEST:
        part = min(part, room)
        with ballast.open("ab") as file:
            try:
                os.posix_fallocate(file.fileno(), file.tell(), part)
            except OSError:  # the build wrote meanwhile
                part //= 2


def full(show: Callable[..., None], seed: int, files: Path | None, base: Path | None) -> None:
    """Fill the disk at each moment of ``WHEN`` of both builds; files and base as for ``national_kills``."""
    if os.geteuid():
        show("full: not tried, mounting a file system needs root", 0, "builds")
        return
    with tempfile.TemporaryDirectory(dir=os.environ.get("ANCRAGE_BANC")) as name:
        bench = Full(Path(name), seed, files, base)
        bench.prepare()
        rmtree(bench.folder / "essai", ignore_errors=True)
        for build in BUILDS:
            bench.fill_all(build)
    bench.tell(show, "full", "not as expected", "builds")

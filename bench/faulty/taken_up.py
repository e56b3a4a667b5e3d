"""Each kill of a build taken up at once: an edition answers, then come the tables of a build never killed.

Moments are drawn in each part of the tables, then of what is prepared for the site at the end; three kills
fall on the publication itself: the manifest just written, the edition just visible, the link just switched.
What the disk held at the kill is told, so that one sees where each fell in truth.
"""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ancrage.edition.kept import CURRENT, warehouse_folder
from ancrage.edition.publication import in_force
from faulty.kills import LOST, Told
from faulty.national import BUILD, BUILDS, NationalBench, answer, moments, processor, started, state, step_of

PREPARING = "Annuaire et recherche"
PUBLISHED = ("manifest", "visible", "switched")
AT_THE_END = 0.15
"""Part of the kills that fall in what is prepared at the end, beside those of the publication."""


class TakenUp(NationalBench):
    """``begins``: processor used when the preparation begins; ``beside``: what lies at the end."""

    def prepare(self) -> None:
        """As before, and how a build let end is shared out."""
        self.begins, self.beside = dict[str, float](), dict[str, list[str]]()
        self.answers = dict[str, str]()
        super().prepare()

    def let_end(self, name: str) -> None:
        data = self.copy(name)
        process = started(data)
        while process.poll() is None:
            self.took[name] = max(self.took.get(name, 0.0), processor(process))
            if PREPARING in step_of(data):
                self.begins.setdefault(name, self.took[name])
            time.sleep(0.05)
        if process.returncode:
            raise SystemExit(f"{name}: {process.returncode}, {step_of(data)}")
        self.ended[name], self.beside[name], self.answers[name] = state(data), lying(data), answer(data)

    def where(self, name: str, count: int) -> list[float | str]:
        """Moments of so many kills, in seconds of processor, or the name of what they wait for."""
        took, begins = self.took[name], self.begins.get(name, self.took[name])
        late = max(1, round(count * AT_THE_END)) if begins < took else 0
        named = PUBLISHED[: max(0, count - late)]
        early = moments(count - late - len(named), self.dice)
        ends = moments(late, self.dice)
        drawn = [part * begins for part in early] + [begins + part * (took - begins) for part in ends]
        return [*drawn, *named]

    def kill_all(self, name: str, count: int) -> None:
        before, told = state(self.start(name)), answer(self.start(name))
        for when in self.where(name, count):
            self.kill_and_take_up(name, when, before, told)

    def kill_and_take_up(self, name: str, when: float | str, before: Told, told: str) -> None:
        data = self.copy(name)
        process = started(data)
        group = process.pid
        there = set(_visible(data)), _link(data)
        while process.poll() is None and not _come(when, processor(process), data, there):
            if not isinstance(when, str):
                time.sleep(0.01)
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
        code = process.wait()
        fell, step = _fell(data, there), step_of(data)
        told_of = (name, when if isinstance(when, str) else f"{when:.1f} s", code, step, fell)
        self.ends[f"{name}, {'killed' if code == -signal.SIGKILL else code}, {fell}"] += 1
        if code != -signal.SIGKILL:
            self.faults.append((*told_of, "ended before it was killed"))
        switched = fell == "switched"
        if state(data) != (self.ended[name] if switched else before):
            self.faults.append((*told_of, "the edition in force is not whole"))
        if answer(data) != (self.answers[name] if switched else told):
            self.faults.append((*told_of, "another answer", answer(data)[:300]))
        self.must(BUILD, data)
        same = state(data) == self.ended[name]
        if not same:
            self.compare(told_of, state(data), self.ended[name])
        if answer(data) != self.answers[name]:
            self.faults.append((*told_of, "taken up: another answer"))
        if (lies := lying(data)) != self.beside[name]:
            self.faults.append((*told_of, "left, or missing", *(set(lies) ^ set(self.beside[name]))))
        print("  ", *told_of, "| taken up:", "all tables equal" if same else "NOT EQUAL", flush=True)


def _come(when: float | str, used: float, data: Path, there: tuple[set[str], str]) -> bool:
    """Whether the moment of a kill has come."""
    if not isinstance(when, str):
        return used >= when
    if when == "manifest":
        return any((warehouse_folder(data) / "editions").glob(".*/manifest.json"))
    return set(_visible(data)) != there[0] if when == "visible" else _link(data) != there[1]


def _fell(data: Path, there: tuple[set[str], str]) -> str:
    """What the disk tells of the build just killed."""
    if _link(data) != there[1]:
        return "switched"
    if set(_visible(data)) != there[0]:
        return "visible, not in force"
    folder = warehouse_folder(data) / "editions"
    if any(folder.glob(".*/manifest.json")):
        return "whole, not visible"
    return "draft" if any(folder.glob(".*")) else "no draft"


def _visible(data: Path) -> list[str]:
    folder = warehouse_folder(data) / "editions"
    return [path.name for path in folder.glob("[!.]*")]


def _link(data: Path) -> str:
    link = warehouse_folder(data) / CURRENT
    return link.readlink().name if link.is_symlink() else ""


def lying(data: Path) -> list[str]:
    """What lies in the warehouse, beside the edition in force and in the cache, without what tells one from
    another: names of drafts, links and temporary files of a killed build would show here."""
    edition = in_force(data)
    found = [f"entrepot/{path.name}" for path in warehouse_folder(data).iterdir()]
    found += [f"editions/{path.name}" for path in (warehouse_folder(data) / "editions").glob(".*")]
    if edition:
        found += [f"derive/{path.name.rpartition('-')[0]}" for path in (edition / "derive").glob("*")]
    cache = data / "cache"
    found += [f"cache/{path.name}" for path in cache.glob(".*")] if cache.is_dir() else []
    return sorted(found)


def taken_up(count: int, show: Callable[..., None], seed: int, files: Path | None, base: Path | None) -> None:
    """Kill each build so many times, and take each up; files and base as for ``national_kills``."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("ANCRAGE_BANC")) as name:
        bench = TakenUp(Path(name), seed, files, base)
        bench.prepare()
        for build, took in bench.took.items():
            show(f"taken up: a {build} build let end", round(took, 1), "s of processor")
        for build in BUILDS:
            bench.kill_all(build, count)
        shutil.rmtree(bench.folder, ignore_errors=True)
    bench.tell(show, "taken up", LOST, "kills")

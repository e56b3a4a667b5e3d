"""The files of the month after, spoilt or of another month, given by the real commands one after the other.

Each refusal has its exit code, says something in French, and leaves the edition in force as it was, row for
row; then the good files, their columns in another order, their envelopes changed, give the tables of a build
that knew nothing of all this.
"""

import os
import resource
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from ancrage.sources.snapshots import SnapshotStore
from faulty.national import SOURCES, answer, state
from faulty.process import COMMAND, ancrage, settings
from national.files import FILES, Size, made_files
from national.next_month import made_next

ESTABLISHMENTS = 20_000
FULL = 4 << 20
"""Bytes past which the disk is said to be full: less than a build writes in one file."""
BUILD = ("entrepot", "construire", "--memoire", "2GB")
STOCK, HISTORY = "etablissements", "periodes-etablissements"
Told = subprocess.CompletedProcess[str]


class Months:
    """An installation with the edition of a month; ``files`` those of that month, ``after`` of the next."""

    def __init__(self, folder: Path, files: dict[str, Path], after: dict[str, Path]) -> None:
        self.folder, self.files, self.after = folder, files, after
        self.data, self.faults, self.tried = folder / "donnees", list[str](), 0

    def run(self) -> None:
        for name in self.files:
            self.told(self.give(name, self.files[name]), 0)
        self.told(self.build(), 0)
        before = state(self.data), answer(self.data)
        self.refused()
        self.mixed()
        self.small()
        self.same(before, "after the refusals")
        self.good()

    def same(self, before: object, when: str) -> None:
        if (state(self.data), answer(self.data)) != before:
            self.faults.append(f"{when}: the edition is not as it was")

    def give(self, name: str, path: Path, data: Path | None = None) -> Told:
        arguments = ["sources", "sync", SOURCES[name], "--fichier", str(path), "--fictif"]
        return ancrage(*arguments, data=data or self.data)

    def build(self, *options: str, data: Path | None = None) -> Told:
        return ancrage(*BUILD, *options, data=data or self.data)

    def told(self, done: Told, code: int, *words: str) -> None:
        """What was asked ended with this code, and said these words."""
        said = " ".join(f"{done.stdout} {done.stderr}".split())
        self.tried += 1
        print("  ", code, done.args[-4:], said[-700:] if words or code else "", flush=True)
        if done.returncode != code or "Traceback" in said or not all(word in said for word in words):
            self.faults.append(
                f"{done.args[2:]}: {done.returncode} instead of {code}, {words}: {said[-900:]}"
            )

    def refused(self) -> None:
        """Files that are not whole, or not those expected: what was received before stays."""
        kept = self.received(STOCK)
        for path, word in (
            (
                self.written("* EXCLUDE (codeCommuneEtablissement)", "sans.parquet"),
                "codeCommuneEtablissement",
            ),
            (_cut(self.after[STOCK], self.folder / "coupe.parquet"), "coupe.parquet"),
            (_cut(self.zipped(), self.folder / "coupe.zip"), "coupe.zip"),
            (self.after[HISTORY], "sirene-etablissements-historique"),
        ):
            self.told(self.give(STOCK, path), 22, word, "n'a pas changé")
        if self.received(STOCK) != kept:
            self.faults.append("a refused file took the place of the one before")

    def mixed(self) -> None:
        """The stock and the units of the new month, the histories of the old one: neither is read."""
        for name in (STOCK, "unites"):
            self.told(self.give(name, self.after[name]), 0)

    def small(self) -> None:
        """A memory, then a disk, that are too small."""
        self.told(self.build("--memoire", "500MB"), 30, "la construction en demande")
        limited = subprocess.run(
            [*COMMAND, *BUILD], env=settings(self.data), capture_output=True, text=True, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (FULL, FULL)),
        )  # fmt: skip
        self.told(limited, 24, "l'édition en vigueur est intacte")
        if left := [*(self.data / "entrepot" / "editions").glob(".*")]:
            self.faults.append(f"left behind: {left}")

    def good(self) -> None:
        """What is built of two months tells so; then of one, its columns turned; two builds at once."""
        self.told(self.build(), 0, "n'est pas du même mois que")
        columns = duckdb.connect().execute(f"SELECT * FROM '{self.after[STOCK]}' LIMIT 0").description or []
        turned = ", ".join(f'"{name}"' for name, *_ in reversed(columns))
        text = self.folder / "periodes.parquet"
        duckdb.connect().execute(f"COPY (FROM '{self.after[HISTORY]}') TO '{text}' (FORMAT csv, HEADER)")
        self.told(self.give(STOCK, self.written(turned, "ordre.parquet")), 0)
        self.told(self.give(HISTORY, text), 0)
        self.told(self.give("periodes-unites", self.after["periodes-unites"]), 0)
        first = subprocess.Popen(
            [*COMMAND, *BUILD], env=settings(self.data), stderr=subprocess.PIPE, text=True
        )
        time.sleep(0.1)
        assert first.stderr is not None
        first.stderr.readline()
        self.told(self.build(), 25, "déjà en cours")
        first.communicate()
        scratch = self.folder / "neuf"
        for name, path in self.after.items():
            self.told(self.give(name, path, scratch), 0)
        self.told(self.build(data=scratch), 0)
        if first.returncode or state(self.data) != state(scratch):
            self.faults.append(f"{first.returncode}: not the tables of a build from scratch")
        self.told(self.give("unites", self.after["unites"]), 0, "inchangé")
        self.told(self.give(STOCK, self.files[STOCK]), 0, "plus ancien que celui qu'il remplace")

    def received(self, name: str) -> str:
        kept = SnapshotStore(self.data).latest(SOURCES[name], "periodes" if "periodes" in name else "stock")
        return kept.provenance.sha256 if kept else ""

    def written(self, columns: str, name: str) -> Path:
        path = self.folder / name
        duckdb.connect().execute(f"COPY (SELECT {columns} FROM '{self.after[STOCK]}') TO '{path}'")
        return path

    def zipped(self) -> Path:
        text, archive = self.folder / "stock.csv", self.folder / "stock.zip"
        duckdb.connect().execute(f"COPY (FROM '{self.after[STOCK]}' LIMIT 20000) TO '{text}' (HEADER)")
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            packed.write(text, text.name)
        return archive


def _cut(path: Path, cut: Path) -> Path:
    content = path.read_bytes()
    cut.write_bytes(content[: len(content) * 6 // 10])
    return cut


def months(show: Callable[..., None], folder: Path | None) -> None:
    """``folder``: that of the four files of the first month, made here when not given."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("ANCRAGE_BANC")) as name:
        files = (
            {name: folder / f"{stem}.parquet" for name, stem in FILES.items()}
            if folder
            else made_files(Path(name) / "mois-1", Size(ESTABLISHMENTS))
        )
        bench = Months(Path(name), files, made_next(files, Path(name) / "mois-2"))
        bench.run()
        for fault in bench.faults:
            print("  ", fault, flush=True)
        ok = not bench.faults
        show("months: asked", bench.tried, "commands")
        show("months: not as expected", len(bench.faults), "commands", "0", ok=ok)

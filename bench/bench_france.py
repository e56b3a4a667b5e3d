"""The register of France at a size: ours beside the same work by hand with other tools, results compared.

    make bench-france SIZES="1000000 2000000"

Each runs alone in its own process; CPU and peak memory are those the system tells of it. Files are made-up
(``national.files``) and kept in the folder given, so that a size is made once. The results of all are held to
what is known of the files apart; a tool that fails is told with the reason.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from national import others, ours
from national.files import DAYS, FILES, Size, made_files

TOOLS = ("limite physique", "ancrage", "duckdb", "polars", "pandas")
BY_HAND = {
    "limite physique": others.by_limit,
    "duckdb": others.by_duckdb,
    "polars": others.by_polars,
    "pandas": others.by_pandas,
}


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds elapsed and of CPU, peak in MB; ``fault`` says why there is no figure."""

    elapsed: float
    cpu: float
    peak: int
    fault: str = ""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", type=int, nargs="*", default=[1_000_000])
    asked.add_argument("--folder", type=Path, default=Path("var/france"))
    asked.add_argument("--memory", default="4GB", help="memory our build may take")
    asked.add_argument("--tools", nargs="*", default=list(TOOLS))
    asked.add_argument("--alone", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.alone:
        work(given.alone, given.folder, given.memory)
        return
    runs = {size: measured(size, given.folder / str(size), given.tools, given.memory) for size in given.sizes}
    for size, found in runs.items():
        print_table(size, found)
    print_growth(runs)
    if any(run.fault.endswith("faux") for found in runs.values() for run in found.values()):
        sys.exit("Des résultats diffèrent.")


def measured(size: int, folder: Path, tools: list[str], memory: str) -> dict[str, Run]:
    if not (folder / "answers.json").exists():
        made_files(folder, Size(size))
    runs = {}
    for tool in tools:
        runs[tool] = alone(tool, folder, memory)
        if not runs[tool].fault and tool != "limite physique" and (cells := wrong(tool, folder)):
            runs[tool] = replace(runs[tool], fault=f"{cells} comptes faux")
        print(f"{tool} : {runs[tool].fault or 'résultats égaux à ce qui est connu'}", flush=True)
    return runs


def alone(tool: str, folder: Path, memory: str) -> Run:
    """Run one tool in a process of its own, and hold its result to what is known."""
    command = [sys.executable, __file__, "--alone", tool, "--folder", str(folder), "--memory", memory]
    began = time.perf_counter()
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        told = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    elapsed = time.perf_counter() - began
    fault = (told.decode().strip().splitlines() or ["tué"])[-1] if process.returncode else ""
    return Run(elapsed, used.ru_utime + used.ru_stime, used.ru_maxrss >> 10, fault)


def work(tool: str, folder: Path, memory: str) -> None:
    files = {name: folder / f"{stem}.parquet" for name, stem in FILES.items()}
    out = folder / "resultats" / tool.replace(" ", "-")
    out.mkdir(parents=True, exist_ok=True)
    if tool == "ancrage":
        ours.built(files, out, memory=memory)
        return
    found = BY_HAND[tool](files, out)
    (out / "comptes.json").write_text(json.dumps([[*key, *counts] for key, counts in found.items()]), "utf-8")


def wrong(tool: str, folder: Path) -> int:
    """Cells (day, département, verdict, section) that are not what is known of the files."""
    out = folder / "resultats" / tool.replace(" ", "-")
    known = _known(folder)
    if tool == "ancrage":
        ours.as_edition(out)
        found = ours.told_everywhere(out, {key[1] for key in known})
    else:
        rows = json.loads((out / "comptes.json").read_text("utf-8"))
        found = {tuple(row[:4]): tuple(row[4:]) for row in rows}
    return sum(known.get(key) != found.get(key) for key in known.keys() | found.keys() if key[1])


def _known(folder: Path) -> dict[tuple[str, ...], tuple[int, ...]]:
    answers = json.loads((folder / "answers.json").read_text("utf-8"))
    return {
        (str(on), departement, *key): counts
        for on in DAYS
        for departement in {row["departement"] for row in answers if row["departement"]}
        for key, counts in ours.expected(answers, departement, on).items()
    }


def print_table(size: int, runs: dict[str, Run]) -> None:
    base = runs["ancrage"].cpu if "ancrage" in runs else math.nan
    print(
        f"\n{size:,} établissements (charge {os.getloadavg()[0]:.0f}, {len(os.sched_getaffinity(0))} cœurs)"
    )
    print(f"{'outil':<18}{'CPU s':>9}{'écoulé s':>10}{'pic Mo':>9}{'× ancrage':>11}")
    for tool, run in runs.items():
        told = run.fault or f"{run.cpu / base:.2f}"
        print(f"{tool:<18}{run.cpu:>9.1f}{run.elapsed:>10.1f}{run.peak:>9}{told:>11}")


def print_growth(runs: dict[int, dict[str, Run]]) -> None:
    sizes = sorted(runs)
    for small, large in pairwise(sizes):
        for tool in runs[small]:
            ratio = runs[large][tool].cpu / runs[small][tool].cpu
            print(
                f"{tool} : exposant {math.log(ratio) / math.log(large / small):.2f} de {small:,} à {large:,}"
            )


if __name__ == "__main__":
    main()

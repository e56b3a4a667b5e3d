"""The register of France at a size: ours beside the same work by hand with other tools, results compared.

    make bench-france SIZES="1000000 2000000"

Two tables: the register (``national.others``), held to what is known of the files apart, and to our rows
where all our tables are written by hand too (``national.whole``: the same work, whose ratios are told), with
that of the month after (``national.next_month``, 1 % of changes), the same row for row whether from ours or
whole; then each establishment in its quarter (``national.spatial``), compared row for row. Each tool runs
alone in its own process; CPU and peak memory are those the system tells of it and of what it started. Files
are made-up (``national.files``) and kept in the folder given, so that a size is made once. A tool that fails
is told with the reason; one that is not installed, with how to install it. PostgreSQL, SedonaDB, geopandas
and Spark are no dependency of the project: where they are wanted, install them in an environment of its own
and run the bench there
(``python bench/bench_france.py 1000000``).
"""

import argparse
import json
import math
import sys
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb

from national import others, ours, postgres, spatial, whole
from national.files import DAYS, FILES, Size, made_files
from national.measuring import Run, alone, machine, told_absent
from national.next_month import made_next
from national.tools import Absent
from national.whole_duckdb import by_duckdb_whole
from national.whole_pandas import by_pandas_whole
from national.whole_polars import by_polars_whole

LIMIT = "limite physique"
NEXT, NEXT_DAY = "mois-suivant", date(2026, 11, 30)
OURS = {"ancrage": None, "ancrage, spark 1 cœur": "local[1]", "ancrage, spark 2 cœurs": "local[2]"}
"""Our build by DuckDB, then by Spark on as many executors of one core."""
ALONE = "ancrage, sans la suite"
"""The same tables, without the prints that the month after needs: what is written by hand has none."""
WHOLE = {
    "duckdb, même travail": by_duckdb_whole,
    "polars, même travail": by_polars_whole,
    "pandas, même travail": by_pandas_whole,
}
"""By hand again, all that ours writes (``national.whole``), held to it row for row."""
BY_HAND = {
    LIMIT: others.by_limit,
    "duckdb": others.by_duckdb,
    "polars": others.by_polars,
    "pandas": others.by_pandas,
    "postgresql": postgres.by_postgres,
}
MONTH, WHOLE_MONTH = "ancrage, mois suivant", "ancrage, mois suivant en entier"
"""Our build of the files of the month after, from the build before it, then whole: the same tables."""
SPATIAL = {f"quartiers, {tool}": tool for tool in spatial.PLACED}
TOOLS = (
    *(LIMIT, "ancrage", ALONE, *WHOLE, MONTH, WHOLE_MONTH, "duckdb", "polars", "pandas", "postgresql"),
    *list(OURS)[1:],
    *SPATIAL,
)

Runs = dict[str, Run]
"""Tool to what it took."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("sizes", type=int, nargs="*", default=[1_000_000])
    asked.add_argument("--folder", type=Path, default=Path("var/france"))
    asked.add_argument("--memory", default="4GB", help="memory our build may take")
    asked.add_argument("--ceiling", type=int, default=0, help="GB beyond which a tool is ended, and told so")
    asked.add_argument(
        "--tools", nargs="*", default=list(TOOLS), choices=TOOLS, metavar="TOOL", help=", ".join(TOOLS)
    )
    asked.add_argument("--alone", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.alone:
        try:
            work(given.alone, given.folder, given.memory)
        except Absent as error:
            told_absent(error)
        return
    runs = {size: measured(size, given, given.folder / str(size)) for size in given.sizes}
    for size, found in runs.items():
        print_table(size, found)
    print_growth(runs)
    if any(run.fault.endswith(("faux", "autrement")) for found in runs.values() for run in found.values()):
        sys.exit("Des résultats diffèrent.")


def measured(size: int, given: argparse.Namespace, folder: Path) -> Runs:
    tools = given.tools
    if not (folder / "answers.json").exists():
        made_files(folder, Size(size))
    if SPATIAL.keys() & set(tools) and not (folder / spatial.POINTS).exists():
        spatial.made_points(folder, folder / f"{FILES['etablissements']}.parquet")
    if MONTH in tools and not (folder / NEXT).exists():
        made_next(_files(folder), folder / NEXT)
    runs = {}
    for tool in tools:
        command = [sys.executable, __file__, "--alone", tool, "--folder", str(folder)]
        run = alone([*command, "--memory", given.memory], given.ceiling << 10)
        runs[tool] = run if run.fault else replace(run, fault=fault_of(tool, folder))
        print(f"{tool} : {runs[tool].fault or f'{run.cpu:.1f} s, résultats égaux'}", flush=True)
    return runs


def work(tool: str, folder: Path, memory: str) -> None:
    files = _files(folder)
    out = result_of(tool, folder)
    if tool in (MONTH, WHOLE_MONTH):
        build_month(result_of("ancrage", folder) if tool == MONTH else None, folder, out, memory)
    elif tool in SPATIAL:
        spatial.placed(SPATIAL[tool], folder)
    elif tool in OURS:
        tables = ours.built_by(OURS[tool], files, out, memory=memory).tables
        whole.write_account(tables.accounts, tables.rejects, out)
    elif tool == ALONE:
        alone_built = ours.built_alone(files, out, memory=memory)
        whole.write_account(alone_built.accounts, alone_built.rejects, out)
    elif tool in WHOLE:
        WHOLE[tool](files, out)
    else:
        found = BY_HAND[tool](files, out)
        (out / "comptes.json").write_text(json.dumps([[*key, *told] for key, told in found.items()]), "utf-8")


def build_month(previous: Path | None, folder: Path, out: Path, memory: str) -> None:
    """Build the files of the month after, from a build of the month before when there is one."""
    written = ours.built(_files(folder / NEXT), out, memory=memory, on=NEXT_DAY, previous=previous)
    if previous and not written.since:
        sys.exit(f"Le mois a été fait en entier : {written.because or 'faites d’abord « ancrage »'}.")


def _files(folder: Path) -> dict[str, Path]:
    return {name: folder / f"{stem}.parquet" for name, stem in FILES.items()}


def result_of(tool: str, folder: Path) -> Path:
    out = folder / "resultats" / tool.replace(" ", "-")
    out.mkdir(parents=True, exist_ok=True)
    return out


def fault_of(tool: str, folder: Path) -> str:
    """What a result has that it should not, or nothing."""
    if tool in SPATIAL:
        rows = spatial.placed_otherwise(SPATIAL[tool], folder)
        return f"{rows} lignes placées autrement" if rows else ""
    if tool in (MONTH, WHOLE_MONTH):
        rows = otherwise(folder) if tool == WHOLE_MONTH else 0
        return f"{rows} lignes du mois autrement" if rows else ""
    if (tool == ALONE or tool in WHOLE) and (result_of("ancrage", folder) / whole.ACCOUNTS).exists():
        rows = whole.differing(result_of("ancrage", folder), result_of(tool, folder))
        return f"{rows} lignes écrites autrement" if rows else ""
    cells = wrong(tool, folder) if tool != LIMIT else 0
    return f"{cells} comptes faux" if cells else ""


def otherwise(folder: Path) -> int:
    """Rows that the month made from the one before and the month made whole do not both have."""
    month, again = (result_of(tool, folder) for tool in (MONTH, WHOLE_MONTH))
    engine = duckdb.connect()
    return sum(
        engine.execute(
            f"SELECT count(*) FROM ((FROM '{one / path.name}' EXCEPT ALL FROM '{other / path.name}'))"
        ).fetchall()[0][0]
        for path in again.glob("*.parquet")
        if (month / path.name).exists()
        for one, other in ((month, again), (again, month))
    )


def wrong(tool: str, folder: Path) -> int:
    """Cells (day, département, verdict, section) that are not what is known of the files."""
    out = result_of(tool, folder)
    known = _known(folder)
    if tool in OURS or tool == ALONE or tool in WHOLE:
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


def print_table(size: int, runs: Runs) -> None:
    print(f"\n{size:,} établissements ({machine()})")
    register = {tool: run for tool, run in runs.items() if tool not in SPATIAL}
    placed = {SPATIAL[tool]: run for tool, run in runs.items() if tool in SPATIAL}
    for title, found in (("le registre", register), ("chaque établissement dans son quartier", placed)):
        if found:
            print_part(title, found)
    print_equal(runs)


def print_part(title: str, runs: Runs) -> None:
    """One table: figures, and how many times ours and the limit."""
    ours_took, limit = (runs[name].cpu if name in runs else math.nan for name in ("ancrage", LIMIT))
    print(f"\n{title:<40}{'CPU s':>8}{'écoulé s':>10}{'pic Mo':>8}{'× ancrage':>11}{'× limite':>10}")
    for tool, run in runs.items():
        figures = f"{run.cpu:>8.1f}{run.elapsed:>10.1f}{run.peak:>8}"
        ratios = f"{run.cpu / ours_took:>11.2f}{run.cpu / limit:>10.1f}".replace("nan", "  –")
        print(
            f"{tool:<40}{run.fault if run.absent else figures + ((run.fault and f'  {run.fault}') or ratios)}"
        )


def print_equal(runs: Runs) -> None:
    """How many times ours takes what a tool takes that writes the very same rows."""
    took = {name: run for name, run in runs.items() if not run.fault}
    for tool in (one for one in WHOLE if one in took):
        ratios = (
            f"« {one} » {took[one].cpu / took[tool].cpu:.2f} fois"
            for one in ("ancrage", ALONE)
            if one in took
        )
        print(f"À travail égal, de ce que prend « {tool} » : {', '.join(ratios) or 'rien à comparer'}.")


def print_growth(runs: dict[int, Runs]) -> None:
    """Exponents of CPU and of memory, from each size to the next."""
    sizes = sorted(runs)
    for small, large in pairwise(sizes):
        for tool, run in runs[small].items():
            after = runs[large].get(tool)
            if after is None or run.fault or after.fault:
                continue
            by = math.log(large / small)
            time, memory = (
                math.log(later / first) / by
                for first, later in ((run.cpu, after.cpu), (max(run.peak, 1), max(after.peak, 1)))
            )
            print(f"{tool} : exposants {time:.2f} (temps) et {memory:.2f} (mémoire) de {small:,} à {large:,}")


if __name__ == "__main__":
    main()

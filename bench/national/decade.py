"""What ten years of monthly stocks ask of ten machines, worked out from what months measured here took.

    PYTHONPATH=src:bench python -m national.decade STOCKS [--memory 2GB]

``STOCKS``: a folder a month, « AAAA-MM » (``national.files``, then ``national.next_month``), two at least: the
first is made whole, the others from the month before. Seconds are those of the processors.
"""

import argparse
import resource
import shutil
import tempfile
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import pyarrow.parquet as pq

from ancrage.edition.series.building import Month, Order, build_series
from ancrage.edition.series.stocks import stocks_of
from ancrage.sources.depot import Depot
from ancrage.warehouse.limits import limits_of

FRANCE, MONTHS, MACHINES, CORES = 43, 120, 10, 8
"""Millions of establishments, months of ten years, machines, cores of each."""
HOUR = 3600


def measured(stocks: Path, memory: str | None) -> tuple[float, float, float]:
    """Seconds of processor a million: to start and make a month whole, to make one from the month before.

    And megabytes a month and a million.
    """
    source, times = Depot.at(str(stocks)), []
    months = stocks_of(source)

    def after(month: Month) -> None:
        if month.mark is None:
            raise SystemExit(f"{month.stock.name} : {month.error}")
        times.append(_processor())
        print(
            f"{month.stock.name} : {times[-1] - times[-2]:.1f} s de processeur, {month.mark.since or 'en entier'}"
        )

    with tempfile.TemporaryDirectory(dir=stocks.parent) as scratch:
        target = Path(scratch) / "serie"
        order = Order(source, Depot.at(str(target)), Path(scratch), limits_of(memory), invented=True)
        times.append(_processor())
        build_series(months, order, now=lambda: datetime.now(UTC), after=after)
        size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
        shutil.rmtree(target)
    rows = pq.ParquetFile(stocks / months[0].files["sirene-etablissements"].name).metadata.num_rows / 1e6
    taken = [end - begin for begin, end in pairwise(times)]
    return taken[0] / rows, fmean(taken[1:]) / rows, size / len(months) / rows / 1e6


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def told(whole: float, following: float, megabytes: float) -> str:
    """The lines of docs/grande-echelle.md."""
    months = MONTHS // MACHINES
    alone, shared = MONTHS * FRANCE * whole, FRANCE * (whole + (months - 1) * following)
    lines = [
        f"un mois en entier : {whole:.1f} s de processeur par million ; depuis le mois d'avant : {following:.1f}",
        f"un stock : {FRANCE * whole:,.0f} s en entier, {FRANCE * following:,.0f} s depuis le mois d'avant",
        f"{MONTHS} stocks, tous en entier : {alone / HOUR:.1f} h ; par {MACHINES} parts, chaque mois depuis celui "
        f"d'avant : {MACHINES * shared / HOUR:.1f} h, soit {shared / 60:.0f} min par machine",
        f"{MACHINES} machines de {CORES} cœurs : {shared / CORES / 60:.0f} min si tous servent sans cesse, "
        f"{2 * shared / CORES / 60:.0f} s'ils ne servent qu'à moitié, {shared / 60:.0f} sur un seul cœur",
        f"place : {FRANCE * megabytes / 1000:.1f} Go par mois, {MONTHS * FRANCE * megabytes / 1000:.0f} Go en tout",
    ]
    return "\n".join(lines)


def main() -> None:
    asked = argparse.ArgumentParser(description="Dix ans de stocks sur dix machines.")
    asked.add_argument("stocks", type=Path)
    asked.add_argument("--memory")
    given = asked.parse_args()
    print(told(*measured(given.stocks, given.memory)))


if __name__ == "__main__":
    main()

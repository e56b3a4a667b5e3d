"""The same work as ours, whole: what a tool by hand is given, and what is compared with ours, row for row.

Eight tables hold what the files tell; ours writes two more, of the lists of inclusion, empty here for want of
lists. Beside the tables, what became of the rows of each file: read, kept, set aside with why, left out,
remarked; and the rows set aside. Each table is then checked where it is written, as ours are: its key, its
empty cells, its rules (``ancrage.register.tables``).

Left out by hand, as who knows the files may: the repair of spoilt cells, steps kept to go on after a kill,
and what the month after needs (``ancrage, sans la suite`` leaves it out too).
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ancrage.reasoning import Verdict
from ancrage.register import tables
from ancrage.register.catalogue import legal_categories, workforce_bands
from ancrage.register.perimeter import UnitSigns, decide
from ancrage.register.rejects import Account
from ancrage.register.workforce import is_employer, workforce
from national.files import verdict_table

WRITTEN = (
    tables.ESTABLISHMENT,
    tables.ESS_ESTABLISHMENT,
    tables.ASSOCIATION,
    tables.REGISTER_COUNT,
    tables.REGISTER_PAST,
    tables.REGISTER_MONTH,
    tables.REGISTER_MONTH_WIDE,
    tables.REGISTER_DAY,
)
TABLES = tuple(table.name for table in WRITTEN)
ACCOUNTS, REJECTS = "comptes-rendus.json", "rejets"
MEASURES = ("establishments", "employers", "low", "central", "high", "unbounded", "unknown")


def bands_table() -> pa.Table:
    """What each band says of an establishment, by its employer mark (texts; empty: not told)."""
    rows = []
    for band, (sign, mark) in product(("", *workforce_bands()), (("O", True), ("N", False), ("", None))):
        jobs = workforce(band, mark)
        low, central, high = (jobs.low, jobs.central, jobs.high) if jobs else (None, None, None)
        rows.append(
            {"band": band, "sign": sign, "employer": is_employer(band or None, mark)}
            | {"jobs_low": low, "jobs_central": central, "jobs_high": high}
        )
    return pa.Table.from_pylist(rows)


def judged_table() -> pa.Table:
    """What the law says of each form with each flag (``files.verdict_table``), and why."""
    rows = []
    for row in verdict_table().to_pylist():
        told = decide(UnitSigns(row["category"] or None, flag=row["flag"] or None), legal_categories())
        rows.append(
            {"category": row["category"], "flag": row["flag"], "ess": str(Verdict(told.verdict))}
            | {"family": told.family, "reasons": list(told.reasons), "disagree": told.sources_disagree}
        )
    return pa.Table.from_pylist(rows)


def write_account(accounts: Iterable[Account], rejects: pa.Table, folder: Path) -> None:
    """Write what became of the rows of each file, and those set aside, to be compared."""
    told = sorted((asdict(one) for one in accounts), key=lambda one: str(one["source"]))
    (folder / ACCOUNTS).write_text(json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1), "utf-8")
    pq.write_table(rejects, folder / f"{REJECTS}.parquet")


def broken(engine: Any, folder: Path) -> list[str]:
    """Tables written whose key is not unique, or that break a rule declared of them, looked at by DuckDB."""
    found = []
    for table in WRITTEN:
        key = ", ".join(table.key)
        rules = [f"{one.name} IS NULL" for one in table.columns if not one.nullable]
        rules += [f"coalesce(NOT ({one.rule}), false)" for one in table.checks]
        sql = f"""SELECT count(*) = count(DISTINCT hash({key})), coalesce(bool_or({" OR ".join(rules)}), false)
            FROM '{folder}/{table.name}.parquet'"""
        alone, faulty = engine.execute(sql).fetchall()[0]
        found += [table.name] if faulty or not alone else []
    return found


def differing(ours: Path, by_hand: Path) -> int:
    """Rows of ``TABLES`` and of the rejects that one folder alone has, and accounts that are not the same.

    Those of a folder without our result are not told.
    """
    import duckdb

    rows, engine = 0, duckdb.connect()
    for name in (*TABLES, REJECTS):
        first, second = (f"'{folder}/{name}.parquet'" for folder in (ours, by_hand))
        if not (ours / f"{name}.parquet").exists():
            continue
        rows += _count(engine, OTHERWISE.format(first=first, second=second, but=APART.get(name, "")))
        if name in APART:
            rows += _count(engine, ELSEWHERE.format(first=first, second=second))
    if (ours / ACCOUNTS).exists():
        told, again = (json.loads((folder / ACCOUNTS).read_text("utf-8")) for folder in (ours, by_hand))
        rows += sum(one != other for one, other in zip(told, again, strict=True))
    return rows


OTHERWISE = """SELECT count(*) FROM (
    ((SELECT * {but} FROM {first}) EXCEPT ALL (SELECT * {but} FROM {second})) UNION ALL
    ((SELECT * {but} FROM {second}) EXCEPT ALL (SELECT * {but} FROM {first})))"""
APART = {tables.ESS_ESTABLISHMENT.name: "EXCLUDE (longitude, latitude)"}
ELSEWHERE = """SELECT count(*) FROM {first} one JOIN {second} other USING (siret) WHERE
    (one.longitude IS NULL) <> (other.longitude IS NULL) OR (one.latitude IS NULL) <> (other.latitude IS NULL)
    OR abs(one.longitude - other.longitude) > 1e-9 OR abs(one.latitude - other.latitude) > 1e-9"""
"""Degrees by another way differ by their last digit: the same to a tenth of a millimetre."""


def _count(engine: Any, sql: str) -> int:
    found: int = engine.execute(sql).fetchall()[0][0]
    return found

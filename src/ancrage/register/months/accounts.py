"""What became of every row of SIRENE in a month made from the month before.

All rows set aside belong to units that are worked out again each month: the accounts of those tell them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ancrage.register.accounting import ESTABLISHMENTS, UNITS
from ancrage.register.rejects import Account
from ancrage.warehouse.writing import quoted

ROWS = {
    "etablissements": ESTABLISHMENTS,
    "unites": UNITS,
    "periodes-etablissements": "périodes d'établissements",
    "periodes-unites": "périodes d'unités",
}
"""Kind of the rows of each file that has an account, by its name among the inputs."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Of the whole month: rows ``read`` in each file by its kind, establishments ``kept``, rows remarked."""

    read: Mapping[str, int]
    kept: int
    remarks: Mapping[str, int]

    def remarks_of(self, kind: str) -> dict[str, int]:
        """Those of one kind, without those that nothing deserves."""
        found = ((name.removeprefix(f"{kind} : "), name, count) for name, count in self.remarks.items())
        return {reason: count for reason, name, count in found if count and reason != name}


def totals(
    engine: duckdb.DuckDBPyConnection,
    rows: Mapping[str, int],
    establishments: Path,
    remarks: Path,
    to_come: Mapping[str, int | None],
) -> Totals:
    """Count what was written. ``rows``: of each file, by its name among the inputs.

    ``to_come``: establishments whose days are to come, by remark.
    """
    ((kept,),) = engine.sql(f"SELECT count(*) FROM '{quoted(establishments)}'").fetchall()
    summed = engine.sql(f"SELECT sum(COLUMNS(* EXCLUDE siren)::INTEGER) FROM '{quoted(remarks)}'")
    counts = (int(one or 0) for one in summed.fetchall()[0])
    columns = engine.sql(f"FROM '{quoted(remarks)}'").columns
    told = dict(zip((name for name in columns if name != "siren"), counts, strict=True))
    told |= {f"{ESTABLISHMENTS} : {reason}": count or 0 for reason, count in to_come.items()}
    return Totals({kind: rows[name] for name, kind in ROWS.items() if name in rows}, kept, told)


def accounts_of_month(
    changed: tuple[Account, ...], told: Totals, files: Mapping[str, str], gone: str
) -> tuple[Account, ...]:
    """Accounts of the whole, from those of the units worked out again and of the lists, which are whole.

    ``files``: kind of the rows of each file of SIRENE; ``gone``: why an establishment is left out.
    """
    return tuple(
        _whole(one, told, files[one.source], gone) if one.source in files else one for one in changed
    )


def _whole(account: Account, told: Totals, kind: str, gone: str) -> Account:
    usable = told.read[kind] - sum(account.rejected.values())
    kept = told.kept if kind == ESTABLISHMENTS else usable
    left_out = {gone: usable - kept} if usable > kept else {}
    return Account(account.source, told.read[kind], kept, account.rejected, left_out, told.remarks_of(kind))

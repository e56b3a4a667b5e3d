"""Count the open establishments once, at the day of the build: most questions are about today."""

from datetime import date
from pathlib import Path
from typing import Any

import ibis

from ancrage.warehouse.engines import connect_ibis


def count_open(establishments: Path, *, on: date) -> Any:
    """Ibis expression of the table ``register_count``, from the written table ``establishment``."""
    table = connect_ibis().read_parquet(str(establishments))
    alive = table.filter(table.active & (table.created.isnull() | (table.created <= ibis.literal(on))))
    keys = {name: ibis.coalesce(alive[name], "") for name in ("commune", "departement", "family", "section")}
    keyed = alive.mutate(**keys)
    hired = keyed.employer.fill_null(False)
    return keyed.group_by(["commune", "departement", "ess", "family", "section"]).aggregate(
        establishments=keyed.count(),
        employers=hired.sum(),
        low=keyed.jobs_low.sum(where=hired).fill_null(0),
        central=keyed.jobs_central.sum(where=hired).fill_null(0.0),
        high=keyed.jobs_high.sum(where=hired).fill_null(0),
        unbounded=(hired & keyed.jobs_low.notnull() & keyed.jobs_high.isnull()).sum(),
        unknown=(hired & keyed.jobs_low.isnull()).sum(),
    )

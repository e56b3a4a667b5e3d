"""Say what became of every row of SIRENE, and what deserves to be known of the rows kept."""

from datetime import date

import ibis
from ibis import _

from ancrage.language.days import short_day
from ancrage.register.gathering import Gathered
from ancrage.register.rejects import Account
from ancrage.register.stock import Connection, Relation


def accounts_of(con: Connection, gathered: Gathered, kept: Relation, since: date) -> tuple[Account, ...]:
    """One account a file. ``kept``: establishments with a verdict; ``since``: see ``build.KEPT_SINCE``."""
    establishments = _by_file(con, kept, _establishment_remarks(kept))
    before = _by_file(con, gathered.establishments, {})
    units = _by_file(con, gathered.units, _unit_remarks(gathered.units))
    accounts = []
    for file, read in gathered.read.items():
        rows = (units if file in units else establishments).get(file, {"rows": 0})
        left_out = dict(gathered.left_out.get(file, {}))
        if gone := before.get(file, {"rows": 0})["rows"] - (rows["rows"] if file in before else 0):
            left_out[f"hors ESS et fermé avant le {short_day(since)}"] = gone
        remarks = {reason: count for reason, count in rows.items() if reason != "rows" and count}
        accounts.append(Account(file, read, rows["rows"], gathered.rejected.get(file, {}), left_out, remarks))
    return tuple(accounts)


def _by_file(
    con: Connection, table: Relation, remarks: dict[str, ibis.expr.types.BooleanValue]
) -> dict[str, dict[str, int]]:
    counted = table.group_by("file").agg(
        rows=_.count(),
        **{reason: condition.fill_null(False).sum() for reason, condition in remarks.items()},
    )
    return {row.pop("file"): row for row in con.to_pyarrow(counted).to_pylist()}


def _establishment_remarks(table: Relation) -> dict[str, ibis.expr.types.BooleanValue]:
    return {
        "fermé sans commune": ~table.active & table.commune.isnull(),
        "ouvert sans commune (souvent un siège à l'étranger)": table.active & table.commune.isnull(),
        "activité d'une ancienne nomenclature ou illisible": table.old_naf,
        "non diffusible": ~table.diffusible,
        "unité légale absente du fichier des unités": table.orphan,
        "fermé sans date de fermeture": ~table.active & table.closed.isnull(),
    }


def _unit_remarks(table: Relation) -> dict[str, ibis.expr.types.BooleanValue]:
    return {
        "unité purgée": table.purged,
        "non diffusible": ~table.diffusible,
        "catégorie juridique absente ou illisible": table.legal_category.isnull(),
    }

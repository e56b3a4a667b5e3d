"""Say what became of every row of SIRENE, and what deserves to be known of the rows kept."""

from datetime import date

import ibis
from ibis import _

from ancrage.language.days import short_day
from ancrage.register.gathering import Gathered
from ancrage.register.rejects import Account
from ancrage.register.stock import Connection, Relation

ESTABLISHMENTS, UNITS = "établissements", "unités"
"""Kinds of rows that remarks are about."""


def accounts_of(
    con: Connection, gathered: Gathered, kept: Relation, since: date, on: date | None
) -> tuple[Account, ...]:
    """One account a file. ``kept``: establishments with a verdict; ``since``: see ``build.KEPT_SINCE``.

    ``on``: day from which a day is still to come; none is told to be without it.
    """
    to_come = to_come_of(kept, on) if on else {}
    establishments = _by_file(con, kept, _establishment_remarks(kept) | to_come)
    before = _by_file(con, gathered.establishments, {})
    units = _by_file(con, gathered.units, _unit_remarks(gathered.units))
    accounts = []
    for file, read in gathered.read.items():
        rows = (units if file in units else establishments).get(file, {"rows": 0})
        left_out = dict(gathered.left_out.get(file, {}))
        settled, stay = (before[file]["rows"], rows["rows"]) if file in before else (0, 0)
        if gone := gathered.gone[file] + settled - stay:
            left_out[gone_before(since)] = gone
        remarks = {reason: count for reason, count in rows.items() if reason != "rows" and count}
        accounts.append(Account(file, read, rows["rows"], gathered.rejected.get(file, {}), left_out, remarks))
    return tuple(accounts)


def gone_before(since: date) -> str:
    """Why an establishment is left out."""
    return f"hors ESS et fermé avant le {short_day(since)}"


def remarked(kept: Relation, units: Relation) -> Relation:
    """Rows that deserve a remark: the ``siren`` of their unit, and whether each does, as ``kind : reason``.

    What :func:`accounts_of` tells of them is how many do; days to come, which depend on the day, are left to
    :func:`to_come_of`. Rows are not put together by unit: it would cost more than to read them all.
    """
    told = {ESTABLISHMENTS: (kept, _establishment_remarks(kept)), UNITS: (units, _unit_remarks(units))}
    names = [f"{kind} : {reason}" for kind, (_rows, reasons) in told.items() for reason in reasons]
    parts = []
    for kind, (rows, reasons) in told.items():
        flags = {f"{kind} : {reason}": flag.fill_null(False) for reason, flag in reasons.items()}
        some = rows.select("siren", **dict.fromkeys(names, ibis.literal(False)) | flags)
        parts.append(some.filter(ibis.or_(*(_[name] for name in flags))))
    return ibis.union(*parts)


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
        "activité d'une autre nomenclature que la NAF rév. 2, ou illisible": table.old_naf,
        "activité en NAF 2025, sans table de correspondance avec la NAF rév. 2 : inconnue": table.naf_2025,
        "non diffusible": ~table.diffusible,
        "unité légale absente du fichier des unités": table.orphan,
        "fermé sans date de fermeture": ~table.active & table.closed.isnull(),
        "date de création inconnue : compté sur tous les jours passés": table.created.isnull(),
    }


def to_come_of(table: Relation, on: date) -> dict[str, ibis.expr.types.BooleanValue]:
    """A producer writes days that have not come: they are taken at their word, and told."""
    day = ibis.literal(on)
    return {
        "date de création à venir : compté à partir de ce jour-là": table.created > day,
        "date de fermeture à venir : compté ouvert jusque-là": ~table.active & (table.closed > day),
    }


def _unit_remarks(table: Relation) -> dict[str, ibis.expr.types.BooleanValue]:
    return {
        "unité purgée": table.purged,
        "non diffusible": ~table.diffusible,
        "catégorie juridique absente ou illisible": table.legal_category.isnull(),
    }

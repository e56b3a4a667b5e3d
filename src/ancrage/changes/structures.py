"""The structures of the ESS of a territory on a day, noted: those that are open, those that closed since."""

from collections.abc import Iterator, Mapping

from ancrage.changes.noting import Noted, Sort, Standing
from ancrage.changes.sides import Side
from ancrage.register.catalogue import families
from ancrage.register.tables import ESS_ESTABLISHMENT
from ancrage.register.territory_places import register_places
from ancrage.warehouse.reading import Row

UNNAMED = "Structure dont le nom n’est pas diffusé"
TABLE = ESS_ESTABLISHMENT.name
SEEN = """
    {places} AND ess = 'oui' AND (created IS NULL OR created <= ${on})
    AND (active OR closed IS NOT NULL) AND (closed IS NULL OR closed > ${gone_since})
"""
"""What is noted of a side: open on its day, or closed since."""
CHANGED = """
    WITH earlier AS (
        SELECT siret, closed, family, naf FROM {before} WHERE {seen_before}
            AND (closed IS NULL OR closed > $before_on)
    ), later AS (
        SELECT siret, created, closed, family, naf, closed IS NULL OR closed > $after_on AS open
        FROM {after} WHERE {seen_after}
    )
    SELECT siret, count(*) OVER () AS total FROM earlier FULL JOIN later USING (siret)
    WHERE CASE WHEN earlier.siret IS NULL THEN later.open WHEN NOT coalesce(later.open, FALSE) THEN TRUE
        ELSE earlier.family IS DISTINCT FROM later.family OR earlier.naf IS DISTINCT FROM later.naf END
    ORDER BY CASE WHEN later.open THEN later.created ELSE coalesce(later.closed, earlier.closed) END
        DESC NULLS LAST, siret
    LIMIT $most
"""


def changed(before: Side, after: Side, most: int) -> tuple[tuple[str, ...], int]:
    """SIRET of those that opened, closed or changed from a side to the other, newest first, and how many.

    ``most`` are told at most: a country holds more than a person reads, and than a process may keep.
    """
    host = next((one for one in (after, before) if one.atlas.warehouse.holds(TABLE)), None)
    if host is None:
        return (), 0
    sides = {"before": before, "after": after}
    sql = CHANGED.format(
        **{name: _table(one, host) for name, one in sides.items()},
        **{f"seen_{name}": _seen(one, f"{name}_") for name, one in sides.items()},
    )
    told = {key: value for name, one in sides.items() for key, value in _bounds(one, f"{name}_").items()}
    rows = host.atlas.warehouse.rows(sql, {**told, "most": most})
    return tuple(row["siret"] for row in rows), rows[0]["total"] if rows else 0


def _table(side: Side, host: Side) -> str:
    """Where the structures of a side lie, for the connection of another; nowhere without a register."""
    warehouse = side.atlas.warehouse
    if not warehouse.holds(TABLE):
        return f"(SELECT * FROM {TABLE} WHERE FALSE)"
    if warehouse is host.atlas.warehouse:
        return TABLE
    path = str(warehouse.folder / f"{TABLE}.parquet").replace("'", "''")
    return f"read_parquet('{path}')"


def _seen(side: Side, prefix: str = "") -> str:
    condition = register_places(side.atlas, side.territory).places.condition
    named = {name: f"{prefix}{name}" for name in ("on", "gone_since")}
    return SEEN.format(places=condition.replace("$places", f"${prefix}places"), **named)


def _bounds(side: Side, prefix: str = "") -> Mapping[str, object]:
    places = register_places(side.atlas, side.territory).places
    told = {"places": places.parameter, "on": side.on, "gone_since": side.gone_since}
    return {f"{prefix}{name}": value for name, value in told.items()}


def many(side: Side) -> int:
    """How many structures are noted of a side; none where there is no register."""
    if not side.atlas.warehouse.holds(TABLE):
        return 0
    (row,) = side.atlas.warehouse.rows(
        f"SELECT count(*) AS many FROM {TABLE} WHERE {_seen(side)}", _bounds(side)
    )
    return int(row["many"])


def noted(side: Side, *, closed: bool = False) -> Iterator[Noted]:
    """Structures by SIRET, those of :attr:`Side.structures` alone. None where there is no register.

    ``closed``: only those that closed since :attr:`Side.gone_since`.
    """
    if not side.atlas.warehouse.holds(TABLE):
        return
    among = "" if side.structures is None else "AND siret IN (SELECT unnest($among))"
    chosen = {} if side.structures is None else {"among": list(side.structures)}
    over = "AND closed <= $on" if closed else ""
    rows = side.atlas.warehouse.rows(
        f"SELECT siret, name, created, closed, family, naf FROM {TABLE} WHERE {_seen(side)} {among} {over} "
        "ORDER BY siret",
        {**_bounds(side), **chosen},
    )
    for row in rows:
        yield _noted(row, side)


def _noted(row: Row, side: Side) -> Noted:
    over = row["closed"] is not None and row["closed"] <= side.on
    family = families().get(row["family"] or "")
    told = (("Famille", family.label if family else ""), ("Activité", row["naf"]))
    return Noted(
        key=f"structure:{row['siret']}",
        sort=Sort.STRUCTURE,
        label=row["name"] or UNNAMED,
        standing=Standing.FINI if over else Standing.OUI,
        parts=tuple((name, str(words)) for name, words in told if words),
        since=row["created"],
        until=row["closed"],
        subject=row["siret"],
    )

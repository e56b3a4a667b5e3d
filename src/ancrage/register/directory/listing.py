"""The directory asked: a page of structures, how many there are, facets, points for a map."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from ancrage.register.directory import cursors
from ancrage.register.directory.cards import COLUMNS, NAMES, Card, card
from ancrage.register.directory.conditions import VALUES, Asked, asked
from ancrage.register.directory.cursors import Cursor
from ancrage.register.directory.places import Somewhere, somewhere
from ancrage.register.directory.query import MOST_ROWS, DirectoryQuery, Order
from ancrage.register.directory.table import TABLE, open_directory
from ancrage.register.directory.zoned import zoned
from ancrage.register.fabric import ALIVE
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind

FARAWAY = 1e9
"""Kilometres under which a structure that has no place is sorted: after every other."""
ZONINGS_KEPT = 128


@dataclass(frozen=True, slots=True)
class Page:
    """Structures in order. ``after`` is the cursor of the next page, ``None`` after the last structure."""

    cards: tuple[Card, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Facets:
    """``total`` structures answer. Each facet counts as if its own field were not asked, most first.

    Keys: ``membership``, ``family``, ``section`` ("" when there is none), ``employer``, ``band`` ("" when
    none is published), ``quarter``, ``kind`` (a structure counts once for each of its kinds; "" for none),
    and ``zoning:<id>`` for each zoning asked. ``unplaced``: open structures of the whole directory that may
    be there, their commune or, for a distance, their point being unknown. ``fictitious``: among the answers.
    """

    total: int
    counts: Mapping[str, Mapping[str, int]]
    unplaced: int
    fictitious: int


@dataclass(frozen=True, slots=True)
class Points:
    """Where the answers are, in order of SIRET: their own point, else one inside their commune.

    ``places``: (card, longitude, latitude, whether the point is its own). ``hidden``: units that must not be
    placed; ``unknown``: those of unknown place; ``left_out``: beyond the limit.
    """

    places: tuple[tuple[Card, float, float, bool], ...]
    total: int
    hidden: int
    unknown: int
    left_out: int


class Directory:
    """The directory of an edition. One may serve several threads."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._zoned = lru_cache(ZONINGS_KEPT)(lambda identifier, on: zoned(atlas, identifier, on=on))
        open_directory(atlas.warehouse)

    def page(self, query: DirectoryQuery, *, limit: int, after: str | None = None) -> Page:
        """At most ``limit`` structures (1 to ``MOST_ROWS``) that follow the cursor ``after``."""
        wanted, where = self._read(query)
        cursor = cursors.read(after, query) if after else None
        key = _key(query, where)
        follows = ""
        if cursor is not None:
            follows = f"WHERE (key, siret) > ($key::{_type(query)}, $siret)"
            wanted.parameters |= {"key": cursor.key, "siret": cursor.siret}
        size = max(1, min(limit, MOST_ROWS))
        rows = self.atlas.warehouse.rows(
            f"WITH found AS (SELECT * FROM (SELECT {COLUMNS}, {QUARTER_THEN_S} AS quarter, "
            f"{where.distance} AS distance, {key} AS key FROM {wanted.source} WHERE {_all(wanted)}) "
            f"{follows} ORDER BY key, siret LIMIT {size + 1}) "
            "SELECT found.*, n.name AS commune_name FROM found "
            f"LEFT JOIN ({NAMES}) n ON n.code = found.commune ORDER BY key, siret",
            wanted.parameters | {"latest": self.atlas.vintages[-1]},
        )
        last = Cursor(rows[size - 1]["key"], rows[size - 1]["siret"]) if len(rows) > size else None
        return Page(tuple(map(card, rows[:size])), cursors.written(last, query) if last else None)

    def facets(self, query: DirectoryQuery) -> Facets:
        """How many structures answer, by value of each field."""
        wanted, _ = self._read(query)
        names = list(wanted.fields)
        held = "".join(f", coalesce({wanted.fields[name]}, false) AS k{i}" for i, name in enumerate(names))
        values = "".join(f", {sql} AS v{i}" for i, sql in enumerate(wanted.values.values()))
        parts = [_counted(name, f"v{i}", names, "kept") for i, name in enumerate(wanted.values)] + [
            _counted("kind", "value", names, KINDS),
            f"SELECT 'total', '', count(*) FROM kept WHERE {_but(names)}",
            f"SELECT 'fictitious', '', count(*) FROM kept WHERE fictitious AND {_but(names)}",
            f"SELECT 'unplaced', '', count(*) FROM {TABLE} s WHERE {ALIVE} AND {_nowhere(query)}",
        ]
        rows = self.atlas.warehouse.rows(
            f"WITH kept AS MATERIALIZED (SELECT s.kinds, s.fictitious{values}{held} FROM {wanted.source} "
            f"WHERE {' AND '.join(wanted.always)}) "
            f"SELECT * FROM ({' UNION ALL '.join(parts)}) t(facet, value, n) ORDER BY facet, n DESC, value",
            wanted.parameters,
        )
        counts: dict[str, dict[str, int]] = {name: {} for name in (*wanted.values, "kind")}
        for row in rows:
            counts.setdefault(row["facet"], {})[row["value"]] = row["n"]
        single = {name: counts.pop(name)[""] for name in ("total", "fictitious", "unplaced")}
        return Facets(single["total"], counts, single["unplaced"], single["fictitious"])

    def points(self, query: DirectoryQuery, *, limit: int = 5_000) -> Points:
        """Points of the answers; a hidden unit has none, not even its commune's."""
        wanted, where = self._read(query)
        size = max(1, min(limit, MOST_ROWS))
        rows = self.atlas.warehouse.rows(
            f"WITH found AS (SELECT {COLUMNS}, {QUARTER_THEN_S} AS quarter, {where.distance} AS distance, "
            f"s.x, s.y FROM {wanted.source} WHERE {_all(wanted)}), "
            "placed AS (SELECT * FROM found WHERE diffusible AND y IS NOT NULL "
            f"ORDER BY siret LIMIT {size}), "
            "counted AS (SELECT count(*) AS total, count(*) FILTER (WHERE NOT diffusible) AS hidden, "
            "count(*) FILTER (WHERE diffusible AND y IS NULL) AS unknown FROM found) "
            "SELECT counted.*, placed.*, n.name AS commune_name FROM counted LEFT JOIN placed ON true "
            f"LEFT JOIN ({NAMES}) n ON n.code = placed.commune ORDER BY siret",
            wanted.parameters | {"latest": self.atlas.vintages[-1]},
        )
        total, hidden, unknown = (rows[0][name] for name in ("total", "hidden", "unknown"))
        places = tuple(
            (card(row), row["x"], row["y"], row["longitude"] is not None and row["latitude"] is not None)
            for row in rows
            if row["siret"] is not None
        )
        return Points(places, total, hidden, unknown, total - hidden - unknown - len(places))

    def _read(self, query: DirectoryQuery) -> tuple[Asked, Somewhere]:
        wanted = asked(query, lambda identifier: self._zoned(identifier, query.territory.on))
        where = somewhere(self.atlas, query)
        parameters = wanted.parameters | where.parameters
        return replace(wanted, always=[*wanted.always, where.condition], parameters=parameters), where


QUARTER_THEN_S = VALUES["quarter"]
KINDS = (
    "(SELECT * EXCLUDE kinds, "
    "unnest(CASE WHEN coalesce(len(kinds), 0) = 0 THEN [''] ELSE kinds END) AS value "
    "FROM kept)"
)


def _all(wanted: Asked) -> str:
    return " AND ".join([*wanted.always, *wanted.fields.values()])


def _counted(name: str, value: str, names: list[str], source: str) -> str:
    return f"SELECT '{name}', {value}, count(*) FROM {source} WHERE {_but(names, name)} GROUP BY {value}"


def _but(names: list[str], left_out: str = "") -> str:
    held = [f"k{rank}" for rank, name in enumerate(names) if name != left_out]
    return " AND ".join(held) or "true"


def _key(query: DirectoryQuery, where: Somewhere) -> str:
    return f"coalesce({where.distance}, {FARAWAY})" if query.order is Order.DISTANCE else "s.sorted_name"


def _type(query: DirectoryQuery) -> str:
    return "DOUBLE" if query.order is Order.DISTANCE else "VARCHAR"


def _nowhere(query: DirectoryQuery) -> str:
    if query.radius_km is not None:
        return "s.y IS NULL"
    return "false" if query.territory.kind is Kind.FRANCE else "s.commune IS NULL"

"""The directory asked: a page of structures, how many there are, facets, points for a map."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ancrage.register.directory import cursors
from ancrage.register.directory.cards import COLUMNS, Card, card, commune_names
from ancrage.register.directory.conditions import VALUES, Asked, asked
from ancrage.register.directory.cursors import Cursor
from ancrage.register.directory.places import Somewhere, somewhere
from ancrage.register.directory.query import DirectoryQuery
from ancrage.register.directory.table import NO_NAME, TABLE, open_directory
from ancrage.register.directory.vocabulary import MOST_ROWS, Order
from ancrage.register.directory.zoned import zoned
from ancrage.register.fabric import ALIVE
from ancrage.register.selling import classes_selling
from ancrage.register.territory_places import register_places
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.warehouse.reading import Row

FARAWAY = 1e9
"""Number under which a structure that has none, or no place, is sorted: after every other."""
AFTER_WORDS = NO_NAME * 2
"""What comes before the words of those that come last."""
COMMUNE_NAME = (
    "coalesce((SELECT min(name) FROM commune WHERE code = s.commune), "
    "(SELECT min(name) FROM municipal_arrondissement WHERE code = s.commune))"
)
ZONINGS_KEPT = 128
AT_ONCE = 20_000
"""Structures of a whole list that are in memory at once."""


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
    be there, their commune or, for a distance or a quarter, their point being unknown. ``fictitious``,
    ``sellers`` (known to sell what is asked): among the answers.
    """

    total: int
    counts: Mapping[str, Mapping[str, int]]
    unplaced: int
    fictitious: int
    sellers: int


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
        self._zoned = atlas.remembering(zoned, answers=ZONINGS_KEPT)
        open_directory(atlas.warehouse)

    def page(self, query: DirectoryQuery, *, limit: int, after: str | None = None) -> Page:
        """At most ``limit`` structures (1 to ``MOST_ROWS``) that follow the cursor ``after``."""
        wanted, where = self._read(query)
        cursor = cursors.read(after, query) if after else None
        key = _key(query, where, wanted)
        follows = ""
        if cursor is not None:
            follows = f"WHERE (key, siret) > ($key::{_type(query)}, $siret)"
            wanted.parameters |= {"key": cursor.key, "siret": cursor.siret}
        size = max(1, min(limit, MOST_ROWS))
        rows = self.atlas.warehouse.rows(
            f"SELECT * FROM (SELECT {COLUMNS}, {QUARTER_THEN_S} AS quarter, "
            f"{where.distance} AS distance, {wanted.sells} AS sells, {key} AS key "
            f"FROM {wanted.source} WHERE {_all(wanted)}) "
            f"{follows} ORDER BY key, siret LIMIT {size + 1}",
            wanted.parameters,
        )
        last = Cursor(rows[size - 1]["key"], rows[size - 1]["siret"]) if len(rows) > size else None
        return Page(self._cards(rows[:size]), cursors.written(last, query) if last else None)

    def every(self, query: DirectoryQuery, *, limit: int | None = None) -> Iterator[Card]:
        """Every structure that answers, or the first ``limit``, a few thousand in memory at once.

        They are put in order by what orders them alone, then read in their order: whole, the lines of a
        country would take hundreds of megabytes to sort.
        """
        wanted, where = self._read(query)
        key = _key(query, where, wanted)
        order = self.atlas.warehouse.arrays(
            f"SELECT s.siret AS siret FROM {wanted.source} WHERE {_all(wanted)} ORDER BY {key}, s.siret",
            wanted.parameters,
        )["siret"][:limit]
        for first in range(0, len(order), AT_ONCE):
            some = order[first : first + AT_ONCE].tolist()
            rows = self.atlas.warehouse.rows(
                f"SELECT {COLUMNS}, {QUARTER_THEN_S} AS quarter, {where.distance} AS distance, "
                f"{wanted.sells} AS sells FROM {wanted.source} WHERE {_all(wanted)} "
                "AND s.siret IN (SELECT unnest($among))",
                wanted.parameters | {"among": some},
            )
            found = {row["siret"]: row for row in rows}
            yield from self._cards([found[siret] for siret in some])

    def facets(self, query: DirectoryQuery) -> Facets:
        """How many structures answer, by value of each field."""
        wanted, _ = self._read(query)
        names = list(wanted.fields)
        held = "".join(f", coalesce({wanted.fields[name]}, false) AS k{i}" for i, name in enumerate(names))
        values = "".join(f", {sql} AS v{i}" for i, sql in enumerate(wanted.values.values()))
        # One reading, one grouping: a query a facet would be planned ten times.
        counted = {name: f"v{i}" for i, name in enumerate(wanted.values)} | {
            "kind": "kinds",
            FICTITIOUS: FICTITIOUS,
            SELLS: SELLS,
        }
        kept = [f"{_but(names, name)} AS b{i}" for i, name in enumerate(counted)]
        sets = [f"({column}, b{i})" for i, column in enumerate(counted.values())]
        rows = self.atlas.warehouse.rows(
            f"WITH kept AS (SELECT s.kinds, s.fictitious, {wanted.sells} AS {SELLS}{values}{held} "
            f"FROM {wanted.source} "
            f"WHERE {' AND '.join(wanted.always)}), "
            f"flagged AS (SELECT *, {', '.join(kept)} FROM kept) "
            f"SELECT {', '.join(counted.values())}, {', '.join(f'b{i}' for i in range(len(counted)))}, "
            f"GROUPING({', '.join(counted.values())}) AS sets, count(*) AS n "
            f"FROM flagged GROUP BY GROUPING SETS ({', '.join(sets)})",
            wanted.parameters,
        )
        counts = _counted(rows, counted)
        marked, selling = counts.pop(FICTITIOUS), counts.pop(SELLS)
        return Facets(
            sum(marked.values()),
            {
                name: dict(sorted(by.items(), key=lambda one: (-one[1], one[0])))
                for name, by in counts.items()
            },
            self._unplaced(query),
            marked[True],
            selling[True],
        )

    def _unplaced(self, query: DirectoryQuery) -> int:
        """Open structures whose place is unknown; the day alone changes it."""
        count = self.atlas.keeping(_count_nowhere)
        return count(query.territory.on, _nowhere(self.atlas, query))

    def points(self, query: DirectoryQuery, *, limit: int = 5_000) -> Points:
        """Points of the answers; a hidden unit has none, not even its commune's."""
        wanted, where = self._read(query)
        size = max(1, min(limit, MOST_ROWS))
        rows = self.atlas.warehouse.rows(
            # Kept for both readings, the columns of a whole country would take hundreds of megabytes.
            f"WITH found AS NOT MATERIALIZED (SELECT {COLUMNS}, {QUARTER_THEN_S} AS quarter, "
            f"{where.distance} AS distance, s.x, s.y FROM {wanted.source} WHERE {_all(wanted)}), "
            "placed AS (SELECT * FROM found WHERE diffusible AND y IS NOT NULL "
            f"ORDER BY siret LIMIT {size}), "
            "counted AS (SELECT count(*) AS total, count(*) FILTER (WHERE NOT diffusible) AS hidden, "
            "count(*) FILTER (WHERE diffusible AND y IS NULL) AS unknown FROM found) "
            "SELECT counted.*, placed.* FROM counted LEFT JOIN placed ON true ORDER BY siret",
            wanted.parameters,
        )
        total, hidden, unknown = (rows[0][name] for name in ("total", "hidden", "unknown"))
        names = commune_names(self.atlas)
        places = tuple(
            (
                card(row, names),
                row["x"],
                row["y"],
                row["longitude"] is not None and row["latitude"] is not None,
            )
            for row in rows
            if row["siret"] is not None
        )
        return Points(places, total, hidden, unknown, total - hidden - unknown - len(places))

    def _cards(self, rows: list[Row]) -> tuple[Card, ...]:
        names = commune_names(self.atlas)
        return tuple(card(row, names) for row in rows)

    def _read(self, query: DirectoryQuery) -> tuple[Asked, Somewhere]:
        classes = classes_selling(self.atlas, TABLE, query.selling) if query.selling.strip() else ()
        wanted = asked(query, lambda identifier: self._zoned(identifier, on=query.territory.on), classes)
        where = somewhere(self.atlas, query)
        parameters = wanted.parameters | where.parameters
        return replace(wanted, always=[*wanted.always, where.condition], parameters=parameters), where


QUARTER_THEN_S = VALUES["quarter"]
FICTITIOUS, SELLS = "fictitious", "sells"


def _all(wanted: Asked) -> str:
    return " AND ".join([*wanted.always, *wanted.fields.values()])


def _counted(rows: list[Row], columns: Mapping[str, str]) -> dict[str, Counter[Any]]:
    """Counts by facet, then value, of rows grouped by each of the columns in turn."""
    counts: dict[str, Counter[Any]] = {name: Counter() for name in columns}
    # GROUPING gives a bit to each column, the last one the lowest; the column of the set has a zero.
    last = len(columns) - 1
    every = 2 ** len(columns) - 1
    facet_of = {
        every - (1 << (last - i)): (i, name, column) for i, (name, column) in enumerate(columns.items())
    }
    for row in rows:
        rank, name, column = facet_of[row["sets"]]
        if row[f"b{rank}"]:
            value = row[column]
            for one in (value or ("",)) if name == "kind" else (value,):
                counts[name][one] += row["n"]
    return counts


def _count_nowhere(atlas: Atlas, on: date, nowhere: str) -> int:
    row = atlas.warehouse.row(f"SELECT count(*) AS n FROM {TABLE} s WHERE {ALIVE} AND {nowhere}", {"on": on})
    return int(row["n"]) if row else 0


def _but(names: list[str], left_out: str = "") -> str:
    held = [f"k{rank}" for rank, name in enumerate(names) if name != left_out]
    return " AND ".join(held) or "true"


def _key(query: DirectoryQuery, where: Somewhere, wanted: Asked) -> str:
    """What sorts the structures: those that may sell what is asked come after those that do."""
    key = {
        Order.NAME: "s.sorted_name",
        Order.COMMUNE: f"coalesce(lower(strip_accents({COMMUNE_NAME})), '{NO_NAME}')",
        Order.DISTANCE: f"coalesce({where.distance}, {FARAWAY})",
        Order.JOBS: f"coalesce(-s.jobs_central, {FARAWAY})::DOUBLE",
        Order.RECENT: f"coalesce(-date_diff('day', DATE '1900-01-01', s.created), {FARAWAY})::DOUBLE",
    }[query.order]
    if not query.selling.strip():
        return key
    after = f"{10 * FARAWAY} + {key}" if query.order.numeric else f"'{AFTER_WORDS}' || {key}"
    return f"CASE WHEN {wanted.sells} THEN {key} ELSE {after} END"


def _type(query: DirectoryQuery) -> str:
    return "DOUBLE" if query.order.numeric else "VARCHAR"


def _nowhere(atlas: Atlas, query: DirectoryQuery) -> str:
    if query.radius_km is not None:
        return "s.y IS NULL"
    if query.territory.kind is Kind.QPV:
        code = query.territory.code.code
        return f"(s.commune IS NULL OR s.qpv = 'a_verifier' AND list_contains(s.qpv_codes, '{code}'))"
    if query.territory.kind is Kind.FRANCE:
        return "false"
    places = atlas.keeping(register_places)(query.territory)
    if places.places.departements:
        return "s.departement IS NULL"
    # A list may give the département of an address whose commune nobody found.
    known = ", ".join(f"'{one}'" for one in sorted(places.departements))
    return f"s.commune IS NULL AND (s.departement IS NULL OR s.departement IN ({known}))"

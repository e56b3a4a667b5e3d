"""Carry every list from the vintage of its codes to every vintage we know, in one pass of Ibis.

Forward, a commune inherits the statuses of the communes it was made of. Backward, it takes those of the
communes it became. Either way the raw statuses travel; they are judged on the day asked, not here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from ancrage.territories.tables import ZONING_LIST
from ancrage.territories.zonings.declaration import ABSENT, Edition, Regions
from ancrage.territories.zonings.lists import Listed
from ancrage.territories.zonings.patterns import FIELD, JOINT, LINE
from ancrage.territories.zonings.thread import Origin, Thread
from ancrage.warehouse.engines import connect_ibis_here

ORIGIN_SCHEMA = pa.schema(
    [("edition", pa.string()), ("vintage", pa.int64()), ("commune", pa.string()), ("origin", pa.string()),
     ("certain", pa.bool_())]
)  # fmt: skip
SCOPE_SCHEMA = pa.schema([("edition", pa.string()), ("zone", pa.string()), ("region", pa.string())])
ZONES = {"france": ("metro", "drom"), "metropole": ("metro",), "outre_mer": ("drom",)}


@dataclass(frozen=True, slots=True)
class PublishedList:
    """A list to carry, in the codes of the vintage its edition says."""

    edition: Edition
    listed: Sequence[Listed]


Lists = Mapping[str, PublishedList]


def list_table(lists: Lists) -> pa.Table:
    """Rows of the table ``zoning_list``: the lists as published."""
    return ZONING_LIST.from_rows(
        [
            {
                "edition": name,
                "commune": row.commune,
                "status": row.status,
                "details": list(row.details) or None,
            }
            for name, published in lists.items()
            for row in published.listed
        ]
    )


def origin_table(lists: Lists, thread: Thread) -> pa.Table:
    """For each list, who answers for whom in each vintage, where it is not the commune itself."""
    shared: dict[int, list[Origin]] = {}

    def origins(published: PublishedList) -> list[Origin]:
        cog = published.edition.cog
        if cog < thread.first:
            return list(thread.origins([row.commune for row in published.listed], cog))
        if cog not in shared:
            shared[cog] = list(thread.origins((), cog))
        return shared[cog]

    rows = [
        {
            "edition": name,
            "vintage": origin.vintage,
            "commune": origin.commune,
            "origin": origin.origin,
            "certain": origin.certain,
        }
        for name, published in lists.items()
        for origin in origins(published)
    ]
    return pa.Table.from_pylist(rows, schema=ORIGIN_SCHEMA)


def scope_table(lists: Lists) -> pa.Table:
    """Zones and régions each list covers; an empty région means the whole zone."""
    rows: list[dict[str, str | None]] = []
    for name, published in lists.items():
        scope = published.edition.scope
        places = (
            [(zone, region) for region in scope.regions for zone in ("metro", "drom")]
            if isinstance(scope, Regions)
            else [(zone, None) for zone in ZONES[scope.value]]
        )
        rows += [{"edition": name, "zone": zone, "region": region} for zone, region in places]
    return pa.Table.from_pylist(rows, schema=SCOPE_SCHEMA)


@dataclass(frozen=True, slots=True)
class Carried:
    """Tables ``zoning_pattern``, ``commune_pattern`` and ``zoning_detail``, in Arrow."""

    patterns: pa.Table
    communes: pa.Table
    details: pa.Table


def carry(lists: Lists, thread: Thread, communes: pa.Table) -> Carried:
    """Carry the lists; ``communes`` are rows of the table ``commune``.

    Patterns are numbered in the order of their texts: the same lists make the same tables, whatever the
    engine does first. One vintage is worked out at a time: all together take more than a gigabyte.
    """
    said = _Said(list_table(lists), origin_table(lists, thread), scope_table(lists))
    parts = [_carried_to(said.of(communes, vintage)) for vintage in communes["vintage"].unique()]
    texts, details = (pa.concat_tables(tables) for tables in zip(*parts, strict=True))
    told = texts["text"].unify_dictionaries()
    known = told.chunk(0).dictionary.to_pylist()
    numbers = {text: number for number, text in enumerate(sorted(known))}
    ranks = pa.array([numbers[text] for text in known], pa.int64())
    pattern = pa.chunked_array([ranks.take(chunk.indices) for chunk in told.chunks])
    return Carried(
        patterns=pa.table({"pattern": list(numbers.values()), "text": list(numbers)}),
        communes=texts.drop(["text"]).append_column("pattern", pattern),
        details=details,
    )


def _carried_to(told: Any) -> tuple[pa.Table, pa.Table]:
    """The text of all the answers of each commune of a vintage, and the details of its lists.

    Many communes have the same answers: a long text is kept once.
    """
    engine = connect_ibis_here()
    told = ibis.memtable(told.to_pyarrow())  # worked out once for the two tables made of it
    answers = told.group_by(["edition", "vintage", "commune"]).aggregate(
        statuses=told.status.collect(distinct=True).sort().join(JOINT), certain=told.certain.all()
    )
    lines = answers.mutate(
        line=answers.edition + FIELD + answers.statuses + FIELD + answers.certain.ifelse("1", "0")
    )
    by_commune = lines.group_by(["vintage", "commune"])
    texts = engine.to_pyarrow(by_commune.aggregate(text=lines.line.collect().sort().join(LINE)))
    named = told.filter(told.details.notnull())
    details = named.group_by(["edition", "vintage", "commune"]).aggregate(
        details=named.details.collect().flatten().unique().sort()
    )
    once = texts["text"].combine_chunks().dictionary_encode()
    found = texts.drop(["text"]).append_column("text", once), engine.to_pyarrow(details)
    engine.disconnect()
    return found


@dataclass(frozen=True, slots=True)
class _Said:
    """What the lists say: rows of :func:`list_table`, :func:`origin_table` and :func:`scope_table`."""

    listed: pa.Table
    origins: pa.Table
    scopes: pa.Table

    def of(self, communes: pa.Table, vintage: pa.Scalar) -> Any:
        """What each list says of each commune of origin: one row an edition, a commune, an origin."""
        commune, origin = (
            ibis.memtable(table.filter(pc.equal(table["vintage"], vintage)))
            for table in (communes, self.origins)
        )
        listed, scope = ibis.memtable(self.listed), ibis.memtable(self.scopes)
        covered = commune.join(
            scope,
            (commune.zone == scope.zone) & (scope.region.isnull() | (scope.region == commune.region)),
        ).select("edition", "vintage", commune="code")
        sourced = covered.left_join(origin, ["edition", "vintage", "commune"]).select(
            "edition", "vintage", "commune", "origin", "certain"
        )
        sourced = sourced.mutate(
            source=ibis.coalesce(sourced.origin, sourced.commune),
            certain=ibis.coalesce(sourced.certain, True),
        )
        told = sourced.left_join(listed.rename(source="commune"), ["edition", "source"]).select(
            "edition", "vintage", "commune", "certain", "details", "status"
        )
        return told.mutate(status=ibis.coalesce(told.status, ABSENT))

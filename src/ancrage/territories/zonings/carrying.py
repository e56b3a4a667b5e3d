"""Carry every list from the vintage of its codes to every vintage we know, in one pass of Ibis.

Forward, a commune inherits the statuses of the communes it was made of. Backward, it takes those of the
communes it became. Either way the raw statuses travel; they are judged on the day asked, not here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa

from ancrage.territories.tables import ZONING_LIST
from ancrage.territories.zonings.declaration import ABSENT, Edition, Regions
from ancrage.territories.zonings.lists import Listed
from ancrage.territories.zonings.patterns import FIELD, JOINT, LINE
from ancrage.territories.zonings.thread import Origin, Thread
from ancrage.warehouse.engines import connect_ibis

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
    engine does first.
    """
    # Worked out once for the two tables made of it.
    told = ibis.memtable(_told(lists, thread, communes).to_pyarrow())
    answers = told.group_by(["edition", "vintage", "commune"]).aggregate(
        statuses=told.status.collect(distinct=True).sort().join(JOINT), certain=told.certain.all()
    )
    lines = answers.mutate(
        line=answers.edition + FIELD + answers.statuses + FIELD + answers.certain.ifelse("1", "0")
    )
    by_commune = lines.group_by(["vintage", "commune"])
    engine = connect_ibis()
    texts = engine.to_pyarrow(by_commune.aggregate(text=lines.line.collect().sort().join(LINE)))
    numbers = {text: number for number, text in enumerate(sorted(set(texts["text"].to_pylist())))}
    named = told.filter(told.details.notnull())
    details = named.group_by(["edition", "vintage", "commune"]).aggregate(
        details=named.details.collect().flatten().unique().sort()
    )
    pattern = pa.array([numbers[text] for text in texts["text"].to_pylist()], pa.int64())
    return Carried(
        patterns=pa.table({"pattern": list(numbers.values()), "text": list(numbers)}),
        communes=texts.drop(["text"]).append_column("pattern", pattern),
        details=engine.to_pyarrow(details),
    )


def _told(lists: Lists, thread: Thread, communes: pa.Table) -> Any:
    """What each list says of each commune of origin: one row an edition, a vintage, a commune, an origin."""
    commune = ibis.memtable(communes)
    listed = ibis.memtable(list_table(lists))
    origin = ibis.memtable(origin_table(lists, thread))
    scope = ibis.memtable(scope_table(lists))
    covered = commune.join(
        scope,
        (commune.zone == scope.zone) & (scope.region.isnull() | (scope.region == commune.region)),
    ).select("edition", "vintage", commune="code")
    sourced = covered.left_join(origin, ["edition", "vintage", "commune"]).select(
        "edition", "vintage", "commune", "origin", "certain"
    )
    sourced = sourced.mutate(
        source=ibis.coalesce(sourced.origin, sourced.commune), certain=ibis.coalesce(sourced.certain, True)
    )
    told = sourced.left_join(listed.rename(source="commune"), ["edition", "source"]).select(
        "edition", "vintage", "commune", "certain", "details", "status"
    )
    return told.mutate(status=ibis.coalesce(told.status, ABSENT))

"""Tables of the geography: built once from the npm packages, then copied from edition to edition."""

import itertools
import re
import shutil
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ancrage.edition.inputs import Inputs
from ancrage.edition.populations import legal_rows
from ancrage.territories.geography import Geography
from ancrage.territories.lineage import Edges, Event, start, step_between
from ancrage.territories.tables import (
    COMMUNE,
    COMMUNE_EVENT,
    FORMER_COMMUNE,
    GEOGRAPHY_TABLES,
    LEGAL_POPULATION,
    LINEAGE,
    MUNICIPAL_ARRONDISSEMENT,
    POSTCODE,
    UNIT,
)
from ancrage.territories.zonings.thread import Thread
from ancrage.warehouse.table import Table
from ancrage.warehouse.writing import write

Row = dict[str, Any]
EVENTS_SOURCE = "mouvements-communes"
COMMUNE_CODE = re.compile(r"(?:\d{2}|2[AB])\d{3}", re.ASCII)
KIND_OF_EVENT = re.compile(r"[0-9]{2}")
DEDUCED = "cog-npm"
BEARERS = (COMMUNE, FORMER_COMMUNE, MUNICIPAL_ARRONDISSEMENT)
"""Tables whose codes are, or were, those of a commune or of a part of one."""
PEOPLED = {COMMUNE: "commune", MUNICIPAL_ARRONDISSEMENT: "arrondissement_municipal"}
"""Tables that tell the population in force on the first of January of a vintage, and the kind they hold."""


def write_geography(geographies: Sequence[Geography], folder: Path) -> None:
    """Write every table the npm packages give."""
    readers: dict[Table, Any] = {
        COMMUNE: Geography.commune_rows,
        MUNICIPAL_ARRONDISSEMENT: Geography.municipal_rows,
        FORMER_COMMUNE: Geography.former_rows,
        POSTCODE: Geography.postcode_rows,
        UNIT: Geography.unit_rows,
    }
    legal = legal_rows(geographies)
    people = {(row["in_force_on"].year, row["kind"], row["code"]): row["municipal"] for row in legal}
    for table, reader in readers.items():
        rows = [row for geography in geographies for row in reader(geography)]
        if table in PEOPLED:
            rows = [
                {**row, "population": people.get((row["vintage"], PEOPLED[table], row["code"]))}
                for row in rows
            ]
        write(table, table.from_rows(rows), folder)
    write(LEGAL_POPULATION, LEGAL_POPULATION.from_rows(legal), folder)
    write(LINEAGE, LINEAGE.from_rows(list(_lineage_rows(geographies))), folder)


def _lineage_rows(geographies: Sequence[Geography]) -> Iterable[Row]:
    steps = {
        later.vintage: step_between(earlier, later) for earlier, later in itertools.pairwise(geographies)
    }
    for rank, earlier in enumerate(geographies):
        lineage = start(earlier.current)
        for later in geographies[rank + 1 :]:
            lineage = lineage.then(steps[later.vintage])
            for before, after in lineage.changes():
                yield {
                    "from_vintage": earlier.vintage,
                    "to_vintage": later.vintage,
                    "before": before,
                    "after": after,
                }


def copy_geography(embedded: Path, folder: Path) -> None:
    """Take the geography of the embedded edition as it is."""
    for table in GEOGRAPHY_TABLES:
        shutil.copyfile(embedded / f"{table.name}.parquet", folder / f"{table.name}.parquet")


def read_table(folder: Path, table: Table) -> pa.Table:
    """A table of an edition, as Arrow."""
    return pq.read_table(folder / f"{table.name}.parquet")


def read_thread(folder: Path, events: Sequence[Event]) -> Thread:
    """The thread of communes, from the tables ``commune`` and ``lineage`` of an edition."""
    codes: dict[int, set[str]] = {}
    table = read_table(folder, COMMUNE)
    for vintage, code in zip(table["vintage"].to_pylist(), table["code"].to_pylist(), strict=True):
        codes.setdefault(vintage, set()).add(code)
    steps: dict[int, set[tuple[str, str]]] = {year: set() for year in codes}
    for row in read_table(folder, LINEAGE).to_pylist():
        if row["to_vintage"] == row["from_vintage"] + 1:
            steps[row["to_vintage"]].add((row["before"], row["after"]))
    frozen: dict[int, Edges] = {year: frozenset(edges) for year, edges in steps.items()}
    return Thread({year: frozenset(found) for year, found in codes.items()}, frozen, events)


def read_events(inputs: Inputs) -> list[Event]:
    """INSEE's events; empty when they were not synchronised."""
    events = []
    for rank, row in enumerate(inputs.rows(EVENTS_SOURCE) or []):
        try:
            event = _event(row)
        except ValueError:
            inputs.reject(EVENTS_SOURCE, f"ligne {rank + 2}", "date d'effet ou type d'événement illisible")
            continue
        if _has_codes(event):
            events.append(event)
        else:
            inputs.reject(EVENTS_SOURCE, f"ligne {rank + 2}", "code de commune illisible")
    return events


def leading_somewhere(events: Sequence[Event], folder: Path, inputs: Inputs) -> list[Event]:
    """Set aside the events after which no commune bears the code told.

    A code that an event gives is one of the vintages of ``folder``, or a later event takes it away. What
    comes after the last vintage cannot be checked.
    """
    known = {code for table in BEARERS for code in read_table(folder, table)["code"].to_pylist()}
    last = date(max(read_table(folder, COMMUNE)["vintage"].to_pylist()), 1, 1)
    left: dict[str, date] = {}
    for event in events:
        left[event.code_before] = max(left.get(event.code_before, event.on), event.on)
    kept = []
    for event in events:
        code = event.code_after
        if code and event.on <= last and code not in known and left.get(code, date.min) < event.on:
            inputs.reject(EVENTS_SOURCE, f"{event.on} {code}", "mène à un code de commune inconnu")
        else:
            kept.append(event)
    return kept


def _has_codes(event: Event) -> bool:
    """Whether it names communes; a commune that was created out of no other has none before it."""
    codes = [code for code in (event.code_before, event.code_after) if code]
    return bool(codes) and all(map(COMMUNE_CODE.fullmatch, codes))


def _event(row: Row) -> Event:
    """Raises ``ValueError`` for a day or a kind of event that is none: INSEE's have two digits."""
    if not KIND_OF_EVENT.fullmatch(row["MOD"]):
        raise ValueError("the kind of event has other than two digits")
    return Event(
        on=date.fromisoformat(row["DATE_EFF"]),
        mod=int(row["MOD"]),
        kind_before=row["TYPECOM_AV"],
        code_before=row["COM_AV"],
        name_before=row["LIBELLE_AV"],
        kind_after=row["TYPECOM_AP"],
        code_after=row["COM_AP"],
        name_after=row["LIBELLE_AP"],
    )


def write_events(events: Sequence[Event], folder: Path, inputs: Inputs | None) -> None:
    """Write the events: INSEE's, then those deduced from the vintages published since INSEE's last one."""
    last = max((event.on for event in events), default=date(1900, 1, 1))
    rows: dict[tuple[object, ...], Row] = {}
    for event in events:
        key = (event.on, event.mod, event.code_before, event.kind_before, event.code_after, event.kind_after)
        if key in rows and inputs:
            inputs.reject(
                EVENTS_SOURCE, f"{event.on} {event.code_before}", "événement répété, compté une fois"
            )
        rows.setdefault(key, _event_row(event, EVENTS_SOURCE))
    deduced = [_event_row(event, DEDUCED) for event in _deduced(folder) if event.on > last]
    write(COMMUNE_EVENT, COMMUNE_EVENT.from_rows([*rows.values(), *deduced]), folder)


def _event_row(event: Event, source: str) -> Row:
    return {
        "effective_on": event.on,
        "mod": event.mod,
        "kind_before": event.kind_before,
        "code_before": event.code_before,
        "name_before": event.name_before,
        "kind_after": event.kind_after,
        "code_after": event.code_after,
        "name_after": event.name_after,
        "source": source,
    }


def _deduced(folder: Path) -> list[Event]:
    """Events between two consecutive vintages; their day is 1 January, their type is not known (0)."""
    names = {(row["vintage"], row["code"]): row["name"] for row in read_table(folder, COMMUNE).to_pylist()}
    return [
        Event(
            on=date(row["to_vintage"], 1, 1),
            mod=0,
            kind_before="COM",
            code_before=row["before"],
            name_before=names.get((row["from_vintage"], row["before"]), ""),
            kind_after="COM",
            code_after=row["after"],
            name_after=names.get((row["to_vintage"], row["after"]), ""),
        )
        for row in read_table(folder, LINEAGE).to_pylist()
        if row["to_vintage"] == row["from_vintage"] + 1
    ]

"""The tables of what is really bought, from the essential data of public contracts that was synchronised."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from ancrage.cells.codes import repair_legal_category, repair_siren
from ancrage.cells.days import read_day
from ancrage.edition.inputs import Inputs, listed_on
from ancrage.errors import SourceContentError
from ancrage.procurement.bought import sorting, tables
from ancrage.procurement.bought.buyers import COLLECTIVITY_KINDS, NAMED_BUYERS
from ancrage.procurement.bought.judging import Lists, judge, name_holders
from ancrage.procurement.bought.lines import Lines
from ancrage.procurement.bought.rows import ACCOUNT, BUYER, CHANGE, CONTRACT, HOLDER
from ancrage.procurement.bought.units import PLACES, UNIT_SCHEMA, UNITS, Unit, unit_row
from ancrage.register.build import RegisterTables
from ancrage.register.catalogue import siae_kinds
from ancrage.sources.catalogue import get_source
from ancrage.warehouse.engines import connect_ibis_here
from ancrage.warehouse.table import Table
from ancrage.warehouse.writing import quoted, write

WRITTEN: tuple[tuple[Table, str], ...] = (
    (tables.PURCHASE, CONTRACT),
    (tables.PURCHASE_HOLDER, HOLDER),
    (tables.PURCHASE_CHANGE, CHANGE),
    (tables.PURCHASE_BUYER, BUYER),
    (tables.PURCHASE_ACCOUNT, ACCOUNT),
)
UNKNOWN_CREATION = date(1900, 1, 1)
MEMORY = "2GB"
EVERYWHERE = 100
"""Départements that a register covers wholly from which it knows every establishment of a unit."""


def write_bought(inputs: Inputs, folder: Path, *, on: date, register: RegisterTables | None = None) -> None:
    """Write the contracts, their holders, their past, the buyers, and what became of each line.

    ``on``: day of the build, after which no contract was notified yet. What the register knows of holders is
    read from the tables already in the folder.
    """
    workplace = Path(tempfile.mkdtemp(prefix=".marches-", dir=folder))
    try:
        with Lines(workplace / "lines.parquet", on) as lines:
            _read(inputs, lines)
        if not lines.read:
            for table, _ in WRITTEN:
                write(table, table.empty(), folder)
            return
        _tell(inputs, lines)
        _Making(inputs, folder, workplace, lines, register).write()
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _read(inputs: Inputs, lines: Lines) -> None:
    for source in tables.SOURCES:
        for resource in get_source(source).resources:
            snapshot = inputs.snapshot(source, resource.id)
            for path in snapshot.files if snapshot else ():
                lines.add(path, resource, f"{source}/{resource.id}")


def try_bought(inputs: Inputs, source: str, scratch: Path) -> None:
    """Read what arrives as the build will. Raises :class:`SourceContentError` when nothing is a contract."""
    with Lines(scratch / "lines.parquet", date.max - tables.MARGIN) as lines:
        for resource in get_source(source).resources:
            found = inputs.snapshot(source, resource.id)
            for path in found.files if found else ():
                lines.add(path, resource, source)
    read, refused = sum(lines.read.values()), sum(lines.reasons.values())
    if read == refused:
        told = next((reason for _, _, reason in lines.reasons), "le fichier n'en contient pas")
        raise SourceContentError(f"Aucun contrat public n'est lisible : {told}.", "")
    for (_, _, reason), count in lines.reasons.items():
        for _ in range(count):
            inputs.reject(source, "", reason)


def _tell(inputs: Inputs, lines: Lines) -> None:
    for one in lines.refused:
        where = f"{one.file}, {one.place} {one.told}".strip()
        inputs.reject(one.source.partition("/")[0], where, one.reason)


@dataclass
class _Making:
    """One making of the tables."""

    inputs: Inputs
    folder: Path
    workplace: Path
    lines: Lines
    register: RegisterTables | None

    def write(self) -> None:
        backend = connect_ibis_here(temp_directory=str(self.workplace), memory_limit=MEMORY)
        with closing(backend.con) as engine:
            self._sort_out(engine)
            self._judge(engine)
            for table, text in WRITTEN:
                engine.execute(f"CREATE VIEW {table.name}_rows AS {text}")
                write(table, backend.table(f"{table.name}_rows"), self.folder)

    def _sort_out(self, engine: Any) -> None:
        sorting.sort_out(engine, self.workplace / "lines.parquet")
        engine.execute(
            "CREATE VIEW kept AS SELECT l.*, f.key, f.repeated FROM lines l JOIN fates f USING (seq) "
            f"WHERE f.fate = '{sorting.KEPT}'"
        )
        for name, rows in (("refusals", self._refusals()), ("collectivities", self._collectivities())):
            engine.register(f"{name}_given", rows)
            engine.execute(f"CREATE TABLE {name} AS SELECT * FROM {name}_given")

    def _judge(self, engine: Any) -> None:
        for name in ("establishment", "ess_establishment", "listed_structure", "unit", "commune"):
            path = quoted(self.folder / f"{name}.parquet")
            engine.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
        name_holders(engine)
        engine.execute(NAMED_BUYERS)
        for name, scheme in (("insertion", "iae"), ("adapted", "handicap")):
            kinds = [kind.id for kind in siae_kinds().values() if kind.scheme == scheme]
            engine.execute(
                f"CREATE TABLE {name} AS SELECT DISTINCT siret, left(siret, 9) AS siren "
                "FROM listed_structure WHERE NOT fictitious AND list_contains($kinds, kind)",
                {"kinds": kinds},
            )
        self._know_units(engine)
        judge(engine, self._lists())

    def _know_units(self, engine: Any) -> None:
        listed: dict[str, set[str]] = {}
        for siren, kind in engine.execute(
            "SELECT DISTINCT left(siret, 9), kind FROM listed_structure WHERE NOT fictitious"
        ).fetchall():
            listed.setdefault(siren, set()).add(kind)
        rows = [unit_row(one) for one in self._told_units(listed)]
        engine.register("told_given", pa.Table.from_pylist(rows, schema=UNIT_SCHEMA))
        engine.execute("CREATE TABLE told_units AS SELECT * FROM told_given")
        engine.execute(UNITS, {"whole": self._register_is_whole()})
        engine.execute(PLACES)

    def _told_units(self, listed: Mapping[str, set[str]]) -> Iterator[Unit]:
        seen: set[str] = set()
        for row in self.inputs.rows(tables.UNITS) or ():
            siren = repair_siren(row["siren"])
            if siren is None or siren in seen:
                continue
            seen.add(siren)
            created = read_day(row["date_creation"]).value
            yield Unit(
                siren=siren,
                name=row["nom"],
                legal_category=repair_legal_category(row["forme_juridique"]),
                created=None if created == UNKNOWN_CREATION else created,
                band=row["tranche_effectifs"],
                establishments=row["nombre_etablissements"],
                postcode=row["code_postal"],
                kinds=tuple(sorted(listed.get(siren, ()))),
            )

    def _register_is_whole(self) -> bool:
        found = self.register.coverage if self.register else ()
        return sum(one.complete and not one.fictitious for one in found) >= EVERYWHERE

    def _lists(self) -> Lists:
        snapshot = self.inputs.snapshot("siae")
        if snapshot is None:
            return Lists(None, siae_whole=False)
        day = listed_on(snapshot, get_source("siae").resources[0])
        return Lists(day, siae_whole=not snapshot.provenance.sample)

    def _refusals(self) -> pa.Table:
        rows = [
            {"source": source, "file": file, "reason": reason, "lines": count}
            for (source, file, reason), count in self.lines.reasons.items()
        ]
        text = pa.string()
        return pa.Table.from_pylist(
            rows, pa.schema([("source", text), ("file", text), ("reason", text), ("lines", pa.int64())])
        )

    def _collectivities(self) -> pa.Table:
        rows = [
            {"siren": siren, "name": row["nom"], "territory": f"{kind}:{row['COG']}", "code": row["COG"]}
            for row in self.inputs.rows(tables.COLLECTIVITIES) or ()
            if (kind := COLLECTIVITY_KINDS.get(row["type"])) and (siren := repair_siren(row["SIREN"]))
        ]
        text = pa.string()
        return pa.Table.from_pylist(
            rows, pa.schema([(name, text) for name in ("siren", "name", "territory", "code")])
        )

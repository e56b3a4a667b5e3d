"""Tables of the zonings: every list that can be read, carried to every vintage; contracts and quarters."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from ancrage.edition.geography import read_table
from ancrage.edition.inputs import Inputs
from ancrage.errors import SourceContentError
from ancrage.repairs import SynchroniseSources
from ancrage.territories.codes import Kind, is_code_of_overseas
from ancrage.territories.geometry.qpv_polygons import qpv_communes
from ancrage.territories.tables import (
    COMMUNE,
    COMMUNE_PATTERN,
    MUNICIPAL_ARRONDISSEMENT,
    UNIT,
    UNIT_MEMBER,
    ZONING_DETAIL,
    ZONING_LIST,
    ZONING_PATTERN,
)
from ancrage.territories.zonings.carrying import Lists, PublishedList, carry, list_table
from ancrage.territories.zonings.declaration import load_zonings
from ancrage.territories.zonings.lists import CsvRow, ListSources, Quarters, read_list, split_identifiers
from ancrage.territories.zonings.places import Places
from ancrage.territories.zonings.thread import Thread
from ancrage.warehouse.writing import write

LIST_SOURCES = (
    "zrr-2017",
    "frr-2025",
    "massifs-2025",
    "densite-2025",
    "programmes-anct-2023",
    "france-services",
    "acv-2018",
    "acv-signatures-2024",
    "pvd-signatures-2023",
    "contrats-de-ville-2018",
    "contrats-ruralite-2019",
    "contrats-transition-2019",
    "zrd-2019",
    "zfu-2019",
    "territoires-industrie-phase-1",
    "quartiers-productifs-2021",
)
PROGRAMME_KEYS = ("id_territoire", "lib_territoire")
NAMED_PROGRAMMES = ("pvd-2024", "acv-2024", "territoires-industrie-2024")
QUARTER_SOURCES = {"qpv-2024-communes": "communes", "qpv-2015-occitanie": "polygones"}
FIRST_YEAR_OF_QUARTERS_2024 = {"metro": 2024, "outre-mer": 2025}


@dataclass(frozen=True)
class ZoningTables:
    """What the zonings give to the rest of the build.

    ``quarters``: QPV of each commune, by source.
    """

    lists: Lists
    quarters: Mapping[str, Quarters]


def write_zonings(inputs: Inputs, thread: Thread, folder: Path) -> ZoningTables:
    """Write the lists, the answers, the contracts and the quarters."""
    sources = _sources(inputs, folder)
    lists = _without_unknown(_lists(sources, thread), thread, inputs)
    communes = read_table(folder, COMMUNE)
    write(ZONING_LIST, list_table(lists), folder)
    carried = carry(lists, thread, communes)
    write(ZONING_PATTERN, carried.patterns, folder)
    write(COMMUNE_PATTERN, carried.communes, folder)
    write(ZONING_DETAIL, carried.details, folder)
    members = [*_contract_members(lists, thread), *_quarter_members(sources.quarters, thread)]
    write(UNIT_MEMBER, UNIT_MEMBER.from_rows([_without_name(row) for row in members]), folder)
    _write_units(members, communes, folder)
    return ZoningTables(lists, sources.quarters)


def quarters_of(inputs: Inputs) -> dict[str, Quarters]:
    """Quarters of each commune, by source: of those that were received, or are held."""
    quarters: dict[str, Quarters] = {}
    for source, resource in QUARTER_SOURCES.items():
        properties = inputs.properties(source, resource)
        if properties is not None:
            quarters[source] = qpv_communes((said, None) for said in properties)
    return quarters


def _sources(inputs: Inputs, folder: Path) -> ListSources:
    rows = {source: found for source in LIST_SOURCES if (found := inputs.rows(source)) is not None}
    quarters = quarters_of(inputs)
    municipal = read_table(folder, MUNICIPAL_ARRONDISSEMENT).to_pylist()
    return ListSources(
        rows=rows,
        quarters=quarters,
        programme_names=dict(programme_names(inputs, rows.get("france-services", ()))),
        commune_of={row["code"]: row["commune"] for row in municipal},
        places=_places(folder),
    )


def _places(folder: Path) -> Places:
    """Those of the first vintage: the lists that name their places are of the years before."""
    communes, units = (read_table(folder, table).to_pylist() for table in (COMMUNE, UNIT))
    first = min(row["vintage"] for row in communes)
    return Places.of(
        [row for row in communes if row["vintage"] == first],
        [row for row in units if row["vintage"] == first],
    )


def programme_names(inputs: Inputs, desks: Iterable[CsvRow]) -> Iterator[tuple[str, str]]:
    """Identifier and name of each territory of a programme. Raises :class:`SourceContentError`."""
    for source in NAMED_PROGRAMMES:
        for properties in inputs.properties(source) or ():
            if missing := [key for key in PROGRAMME_KEYS if properties.get(key) in (None, "")]:
                raise SourceContentError(
                    f"Un territoire de « {source} » n'a pas de « {missing[0]} ».",
                    "Reprenez le fichier chez son producteur.",
                    SynchroniseSources((source,)),
                )
            yield str(properties["id_territoire"]), str(properties["lib_territoire"])
    for row in desks:
        yield row["id_fs"].strip(), row["lib_fs"].strip()


def _lists(sources: ListSources, thread: Thread) -> dict[str, PublishedList]:
    lists: dict[str, PublishedList] = {}
    for zoning in load_zonings().values():
        for edition in zoning.editions:
            listed = read_list(zoning.id, edition, sources) if thread.can_carry(edition.cog) else None
            if listed is not None:
                lists[edition.id] = PublishedList(edition, listed)
    return lists


def _without_unknown(lists: Lists, thread: Thread, inputs: Inputs) -> dict[str, PublishedList]:
    """Set aside the rows whose code is no commune of the list's vintage: an empty cell, « 0null »."""
    told: set[tuple[str, str]] = set()
    kept = {}
    for name, published in lists.items():
        unknown = thread.unknown([row.commune for row in published.listed], published.edition.cog)
        for source, code in sorted({(published.edition.source, code) for code in unknown} - told):
            inputs.reject(source, code or "(vide)", f"code de commune inconnu du COG {published.edition.cog}")
            told.add((source, code))
        listed = [row for row in published.listed if row.commune not in unknown]
        kept[name] = replace(published, listed=listed)
    return kept


@dataclass(frozen=True)
class _Membership:
    """Codes of the units that hold each commune, in the codes of one vintage."""

    of: Mapping[str, tuple[str, ...]]
    cog: int


def _members(
    kind: Kind, membership: _Membership, names: Mapping[str, str], thread: Thread, vintages: Iterable[int]
) -> Iterator[dict[str, Any]]:
    origins: dict[tuple[int, str], list[str]] = defaultdict(list)
    for origin in thread.origins(membership.of, membership.cog):
        origins[origin.vintage, origin.commune].append(origin.origin)
    for vintage in vintages:
        touched = {commune for year, commune in origins if year == vintage}
        for commune in sorted(thread.codes[vintage] & (touched | membership.of.keys())):
            sources = origins.get((vintage, commune), [commune])
            held = Counter(code for source in sources for code in membership.of.get(source, ()))
            for code, count in held.items():
                yield {
                    "vintage": vintage,
                    "kind": kind.value,
                    "code": code,
                    "commune": commune,
                    "certain": count == len(sources),
                    "name": names.get(code, ""),
                }


def _contract_members(lists: Lists, thread: Thread) -> Iterator[dict[str, Any]]:
    published = lists.get("crte-2024")
    if published is None:
        return
    held = {row.commune: tuple(_identifier(detail) for detail in row.details) for row in published.listed}
    yield from _members(Kind.CRTE, _Membership(held, published.edition.cog), {}, thread, sorted(thread.codes))


def _identifier(detail: str) -> str:
    return split_identifiers(detail.rpartition("(")[2].rstrip(")"))[0]


def _quarter_members(quarters: Mapping[str, Quarters], thread: Thread) -> Iterator[dict[str, Any]]:
    """Members of the quarters, for the vintages in which each generation was in force."""
    for source, communes in quarters.items():
        names = {code: name for listed in communes.values() for code, name in listed}
        for overseas in (False, True):
            held = {
                commune: tuple(code for code, _ in listed)
                for commune, listed in communes.items()
                if is_code_of_overseas(commune) is overseas
            }
            vintages = [year for year in sorted(thread.codes) if _in_force(source, year, overseas=overseas)]
            cog = 2024 if source == "qpv-2024-communes" else 2015
            if held:
                yield from _members(Kind.QPV, _Membership(held, cog), names, thread, vintages)


def _in_force(source: str, year: int, *, overseas: bool) -> bool:
    first = FIRST_YEAR_OF_QUARTERS_2024["outre-mer" if overseas else "metro"]
    return year >= first if source == "qpv-2024-communes" else year < first


def _without_name(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "name"}


def _write_units(members: list[dict[str, Any]], communes: pa.Table, folder: Path) -> None:
    epci_of = {(row["vintage"], row["code"]): row["epci"] for row in communes.to_pylist()}
    geography = read_table(folder, UNIT)
    kept = [row for row in geography.to_pylist() if row["kind"] not in (Kind.CRTE.value, Kind.QPV.value)]
    epci_names = {(row["vintage"], row["code"]): row["name"] for row in kept if row["kind"] == "epci"}
    units: dict[tuple[int, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in members:
        units[row["vintage"], row["kind"], row["code"]].append(row)
    for (vintage, kind, code), rows in units.items():
        held = Counter(epci_of[vintage, row["commune"]] for row in rows)
        carriers = [epci_names[vintage, epci] for epci, _ in held.most_common() if epci]
        name = rows[0]["name"] or (_contract_name(code, carriers) if kind == Kind.CRTE.value else code)
        kept.append(
            {"vintage": vintage, "kind": kind, "code": code, "name": name, "category": None, "seat": None}
        )
    write(UNIT, UNIT.from_rows(kept), folder)


def _contract_name(code: str, carriers: list[str]) -> str:
    """The list gives no name to a contract: the intercommunalities it is made of say it best."""
    if not carriers:
        return code.upper()
    shown = ", ".join(carriers[:2])
    return f"CRTE {shown}" + (f" et {len(carriers) - 2} autres" if len(carriers) > 2 else "")

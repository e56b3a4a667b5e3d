"""Published lists, read as they are: one row a commune, with the raw status and the names beside it.

Nothing is judged here. The meaning of a raw status is declared in the catalogue.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ancrage.errors import BuildError
from ancrage.territories.zonings.contracts import EXACT, HOMONYM, surest
from ancrage.territories.zonings.declaration import ANY_VALUE, Edition
from ancrage.territories.zonings.places import Places, words_of

CsvRow = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A commune of a list, in the codes of the list."""

    commune: str
    status: str
    details: tuple[str, ...] = ()


Quarters = Mapping[str, Sequence[tuple[str, str]]]
"""Codes and names of the quarters (QPV) of each commune."""


@dataclass(frozen=True)
class ListSources:
    """What was synchronised, by source id: rows of the lists, quarters of the communes, programme names."""

    rows: Mapping[str, Sequence[CsvRow]] = field(default_factory=dict)
    quarters: Mapping[str, Quarters] = field(default_factory=dict)
    programme_names: Mapping[str, str] = field(default_factory=dict)
    commune_of: Mapping[str, str] = field(default_factory=dict)
    """Commune of each arrondissement municipal: some lists place a desk in 13202, not in Marseille."""
    places: Places = field(default_factory=Places)
    """Places of the first vintage, for the lists that give names."""


PROGRAMME_COLUMNS = {
    "crte": "id_crte",
    "pvd": "id_pvd",
    "acv": "id_acv",
    "territoires_industrie": "id_ti",
    "villages_avenir": "id_va",
    "cites_educatives": "id_cite",
    "france_services": "id_fs",
}


def read_list(zoning: str, edition: Edition, sources: ListSources) -> list[Listed] | None:
    """Rows of an edition; ``None`` when its source was not synchronised.

    Raises :class:`BuildError` for a source no reader knows.
    """
    if edition.source.startswith("qpv-"):
        return _read_qpv(sources.quarters.get(edition.source))
    rows = sources.rows.get(edition.source)
    if rows is None:
        return None
    reader = READERS.get(edition.source)
    if reader is None:
        raise BuildError(
            f"La liste « {edition.id} » vient de « {edition.source} », que personne ne sait lire.",
            "Ajoutez son lecteur dans territories/zonings/lists.py.",
        )
    return _merged(reader(zoning, rows, sources), edition)


def _read_zrr(_zoning: str, rows: Iterable[CsvRow], _sources: ListSources) -> Iterator[Listed]:
    for row in rows:
        yield Listed(row["CODGEO"], row["ZONAGE_ZRR"].strip())


def _read_frr(_zoning: str, rows: Iterable[CsvRow], _sources: ListSources) -> Iterator[Listed]:
    for row in rows:
        yield Listed(row["Code_insee"], row["Classement FRR et FRR+ au 10 juillet 2025"].strip())


def _read_massif(_zoning: str, rows: Iterable[CsvRow], _sources: ListSources) -> Iterator[Listed]:
    for row in rows:
        yield Listed(row["insee_com"], row["niveau_montagne"].strip())


def _read_density(_zoning: str, rows: Iterable[CsvRow], _sources: ListSources) -> Iterator[Listed]:
    for row in rows:
        yield Listed(row["insee_com"], row["niveau_densite"].strip())


def _read_programme(zoning: str, rows: Iterable[CsvRow], sources: ListSources) -> Iterator[Listed]:
    column = PROGRAMME_COLUMNS[zoning]
    for row in rows:
        identifiers = split_identifiers(row[column])
        details = tuple(
            _named(one, sources.programme_names)
            for one in identifiers
            if _is_told(one, sources.programme_names)
        )
        if identifiers:
            yield Listed(row["insee_com"], ANY_VALUE, details)


def _read_france_services(_zoning: str, rows: Iterable[CsvRow], sources: ListSources) -> Iterator[Listed]:
    for row in rows:
        commune = row["insee_com"].strip()
        yield Listed(sources.commune_of.get(commune, commune), ANY_VALUE, (row["lib_fs"].strip(),))


WITHOUT_DAY = "sans date"
DOUBTFUL = "doute"
"""A name of the list that may designate another place."""
IN_BRACKETS = re.compile(r"\((\w{5})\)", re.ASCII)


def _read_pvd_signatures(_zoning: str, rows: Iterable[CsvRow], _sources: ListSources) -> Iterator[Listed]:
    for row in rows:
        for commune in IN_BRACKETS.findall(row["liste_geo"]):
            named = f"{row['lib_territoire'].strip()} ({row['id_territoire'].strip()})"
            yield Listed(commune, row["date_signature"].strip() or WITHOUT_DAY, (named,))


def _read_acv_signatures(_zoning: str, rows: Sequence[CsvRow], sources: ListSources) -> Iterator[Listed]:
    """The towns of 2018, and those of 2024 with the day they signed."""
    first = {row["insee_com"] for row in sources.rows.get("acv-2018", ())}
    for row in rows:
        day = "-".join(reversed(row["date_signature"].split("/")))
        named = f"{row['lib_acv'].strip()} ({row['id_acv'].strip()})"
        unsigned = "2018" if row["insee_com"] in first else WITHOUT_DAY
        yield Listed(row["insee_com"], day or unsigned, (named,))
    for commune in sorted(first - {row["insee_com"] for row in rows}):
        yield Listed(commune, "2018 seule")


def _read_contracts(_zoning: str, rows: Iterable[CsvRow], sources: ListSources) -> Iterator[Listed]:
    for commune, status, details in surest(rows, sources.places):
        yield Listed(commune, status, details)


def _read_industry(_zoning: str, rows: Iterable[CsvRow], sources: ListSources) -> Iterator[Listed]:
    """Names alone: those of an intercommunalité are compared, as a hint."""
    for row in rows:
        found = sources.places.epci.get(words_of(row["lib_ti"]), ())
        for code in found:
            for commune in sources.places.members["epci", code]:
                status = EXACT if len(found) == 1 else HOMONYM
                yield Listed(commune, status, (f"{row['lib_ti'].strip()} ({row['id_ti'].strip()})",))


def _read_productive(_zoning: str, rows: Iterable[CsvRow], sources: ListSources) -> Iterator[Listed]:
    for row in rows:
        kind = "epci" if row["kind"] == DOUBTFUL else row["kind"]
        communes = (
            (row["code"],) if kind == "commune" else sources.places.members.get((kind, row["code"]), ())
        )
        for commune in communes:
            yield Listed(commune, DOUBTFUL if row["kind"] == DOUBTFUL else ANY_VALUE, (row["name"],))


def split_identifiers(cell: str) -> tuple[str, ...]:
    """Identifiers joined by `` ; `` in a cell; none when it is empty."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _is_told(identifier: str, names: Mapping[str, str]) -> bool:
    """Whether an identifier leads to a name: one of its list, or that of a contract, which is ours."""
    return identifier in names or identifier.startswith("crte-")


def _named(identifier: str, names: Mapping[str, str]) -> str:
    return f"{names[identifier]} ({identifier})" if identifier in names else identifier


def _read_qpv(communes: Quarters | None) -> list[Listed] | None:
    if communes is None:
        return None
    return [
        Listed(commune, ANY_VALUE, tuple(f"{name} ({code})" if name else code for code, name in quarters))
        for commune, quarters in communes.items()
    ]


def _merged(rows: Iterable[Listed], edition: Edition) -> list[Listed]:
    """One row a commune: a massif list repeats a commune that lies in two massifs."""
    found: dict[str, list[Listed]] = defaultdict(list)
    for row in rows:
        found[row.commune].append(row)
    merged = []
    for commune, listed in found.items():
        statuses = dict.fromkeys(row.status for row in listed)
        if len(statuses) > 1:
            raise BuildError(
                f"La liste « {edition.id} » donne plusieurs statuts à {commune} : {', '.join(statuses)}."
            )
        details = dict.fromkeys(detail for row in listed for detail in row.details)
        merged.append(Listed(commune, listed[0].status, tuple(details)))
    return merged


Reader = Callable[[str, Sequence[CsvRow], ListSources], Iterator[Listed]]
READERS: dict[str, Reader] = {
    "zrr-2017": _read_zrr,
    "frr-2025": _read_frr,
    "massifs-2025": _read_massif,
    "densite-2025": _read_density,
    "programmes-anct-2023": _read_programme,
    "france-services": _read_france_services,
    "pvd-signatures-2023": _read_pvd_signatures,
    "acv-signatures-2024": _read_acv_signatures,
    "contrats-de-ville-2018": _read_contracts,
    "contrats-ruralite-2019": _read_contracts,
    "contrats-transition-2019": _read_contracts,
    "zrd-2019": _read_contracts,
    "zfu-2019": _read_contracts,
    "territoires-industrie-phase-1": _read_industry,
    "quartiers-productifs-2021": _read_productive,
}

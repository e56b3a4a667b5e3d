"""Lists of the years 2018 to 2023 that name their places: what each name designates, and how surely.

Three statuses: ``exact`` (one place bears the name, or the SIREN, and has as many communes as told),
``change`` (it has more or fewer), ``homonyme`` (several places bear the name).
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from ancrage.territories.zonings.places import Places, words_of

CsvRow = Mapping[str, str]
EXACT, CHANGED, HOMONYM = "exact", "change", "homonyme"
SUREST = (EXACT, CHANGED, HOMONYM)
SIREN = re.compile(r"\d{9}", re.ASCII)
SIGNED = "Date de signature : "


def designated(row: CsvRow, places: Places) -> tuple[str, tuple[str, ...]]:
    """Status and communes of a row ``id, lib, perimetre, nbcom, info1``; none where nothing is so named."""
    if row["perimetre"].strip().lower() == "commune" or row["nbcom"].strip() == "1":
        codes = places.communes.get(words_of(row["lib"]), ())
        return (EXACT if len(codes) == 1 else HOMONYM), codes
    found = _epci(row, places)
    communes = tuple(commune for code in found for commune in places.members[("epci", code)])
    if len(found) > 1:
        return HOMONYM, communes
    return (EXACT if str(len(communes)) == row["nbcom"].strip() else CHANGED), communes


def _epci(row: CsvRow, places: Places) -> tuple[str, ...]:
    siren = SIREN.search(row["info1"])
    if siren and ("epci", siren.group()) in places.members:
        return (siren.group(),)
    return places.epci.get(words_of(row["lib"]), ())


def told(row: CsvRow) -> str:
    """Name and identifier of a contract, and the day it was signed when the list says it."""
    signed = row["info1"].removeprefix(SIGNED) if row["info1"].startswith(SIGNED) else ""
    return f"{row['lib'].strip()} ({row['id'].strip()})" + (
        f", signature : {signed.strip()}" if signed else ""
    )


def surest(rows: Iterable[CsvRow], places: Places) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each commune designated, once: the surest of its statuses, and what the rows of that status tell."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        status, communes = designated(row, places)
        for commune in communes:
            found.setdefault(commune, {}).setdefault(status, []).append(told(row))
    for commune, by_status in found.items():
        status = next(one for one in SUREST if one in by_status)
        yield commune, status, tuple(by_status[status])

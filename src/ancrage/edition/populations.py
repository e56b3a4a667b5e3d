"""Rows of the legal populations: those the lists give, and the sums of territories made of communes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ancrage.territories.geography import Counted, Geography
from ancrage.territories.populations import LegalYear, OwnCensus, load_populations

Row = dict[str, Any]
Counts = Mapping[str, Counted]
NOT_FRANCE = "com"
"""Zone of the collectivities that the figures of France leave out, as everywhere else."""
BELONGING = ("epci", "ept", "arrondissement", "departement", "region")


def legal_rows(geographies: Sequence[Geography]) -> list[Row]:
    """Rows of the table ``legal_population``, for each year whose geography is given."""
    found = {geography.vintage: geography for geography in geographies}
    return [
        row
        for year in load_populations().years
        if year.in_force_on.year in found
        for row in _rows_of(year, found)
    ]


def _rows_of(year: LegalYear, found: Mapping[int, Geography]) -> Iterator[Row]:
    counts = _counts(year, found)
    geography = found[year.in_force_on.year]
    communes = list(geography.commune_rows())
    yield from (_row(year, "commune", row["code"], [row["code"]], counts) for row in communes)
    for row in geography.municipal_rows():
        yield _row(year, "arrondissement_municipal", row["code"], [row["code"]], counts)
    for (kind, code), members in _units(communes).items():
        yield _row(year, kind, code, members, counts)


def _counts(year: LegalYear, found: Mapping[int, Geography]) -> Counts:
    """Figures in force; a census of its own is told by the list of communes of the same vintage."""
    declared = load_populations()
    counts: dict[str, Counted] = {}
    for published in reversed([one for one in year.lists if one.vintage in found]):
        told = getattr(found[published.vintage], published.list)
        counts |= {code: each for code, each in told.items() if not code.startswith(published.without)}
    listed = found[year.in_force_on.year].listed
    return counts | {code: told for code, told in listed.items() if _untold_year(declared.own_census(code))}


def _untold_year(census: OwnCensus | None) -> bool:
    return census is not None and census.reference_year is None


def _units(communes: Iterable[Row]) -> dict[tuple[str, str], list[str]]:
    units: dict[tuple[str, str], list[str]] = {}
    for row in communes:
        for kind in BELONGING:
            if row[kind]:
                units.setdefault((kind, row[kind]), []).append(row["code"])
        if row["zone"] != NOT_FRANCE:
            units.setdefault(("france", "fr"), []).append(row["code"])
    return units


def _row(year: LegalYear, kind: str, code: str, members: Sequence[str], counts: Counts) -> Row:
    told = [counts.get(member, (None, None)) for member in members]
    municipal = [people for people, _ in told if people is not None]
    total = [people for _, people in told if people is not None]
    references = [_reference(year, member) for member in members]
    whole = len(municipal) == len(members)
    return {
        "kind": kind,
        "code": code,
        "in_force_on": year.in_force_on,
        "reference_year": max((one for one in references if one), default=None),
        "oldest": min((one for one in references if one), default=None),
        "municipal": sum(municipal) if whole else None,
        "total": sum(total) if len(total) == len(members) else None,
        "least": sum(municipal) if municipal else None,
        "unknown": len(members) - len(municipal),
    }


def _reference(year: LegalYear, commune: str) -> int | None:
    census = load_populations().own_census(commune)
    return year.reference_year if census is None else census.reference_year

"""From a code and a day to the whole territory."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ancrage.errors import SetDefinitionError, UnknownTerritoryError
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.designating import designate
from ancrage.territories.gazetteer.usual import collectivity, designated
from ancrage.territories.geography import FIRST_VINTAGE_WITH_EPT
from ancrage.territories.joining import set_identifier, told_of
from ancrage.territories.members import Member, members_of, members_of_file
from ancrage.territories.populations import LegalPopulation
from ancrage.territories.territory import Named, Territory
from ancrage.warehouse.reading import Row

JOINING = "+"
FILE_MARK = "@"


def resolve(atlas: Atlas, typed: str, *, on: date) -> Territory:
    """The territory a person designates, whole, on a day.

    ``typed`` is a code, an exact name, several of them joined by ``+`` (a set of one's own), or
    ``@file`` (a text file, one code or name a line). Raises the errors of
    :func:`ancrage.territories.designating.designate`, and :class:`SetDefinitionError`.
    """
    if typed.startswith(FILE_MARK):
        return _set_of_file(atlas, Path(typed[1:]), on)
    if JOINING in typed:
        parts = [part for written in typed.split(JOINING) if (part := written.strip())]
        return _union(atlas, members_of(atlas, parts, on, whole), "", on)
    return atlas.keeping(_resolve_one)(typed, on)


def _resolve_one(atlas: Atlas, typed: str, on: date) -> Territory:
    return whole(atlas, designate(atlas, typed, on=on), on=on)


def whole(atlas: Atlas, code: TerritoryCode, *, on: date) -> Territory:
    """The territory with this code on this day."""
    vintage = atlas.vintage_on(on)
    match code.kind:
        case Kind.COMMUNE:
            return _commune(atlas, code, on, vintage)
        case Kind.ARRONDISSEMENT_MUNICIPAL:
            return _municipal(atlas, code, on, vintage)
        case Kind.ENSEMBLE:
            return _collectivity(atlas, code, on, vintage)
        case _:
            return _unit(atlas, code, on, vintage)


def in_outline(atlas: Atlas, code: TerritoryCode, *, on: date, with_communes: bool) -> Territory:
    """The territory without its parents, nor its communes if not asked: enough to compare with, and quick."""
    vintage = atlas.vintage_on(on)
    row = atlas.feature(code.kind, code.code, vintage)
    if row is None:
        raise UnknownTerritoryError(str(code))
    communes, uncertain = (
        atlas.communes_of(code.kind, code.code, vintage) if with_communes else ((), frozenset[str]())
    )
    return Territory(
        code=code,
        name=row["name"],
        on=on,
        vintage=vintage,
        population=row["population"],
        communes=communes,
        uncertain=uncertain,
    )


def _commune(atlas: Atlas, code: TerritoryCode, on: date, vintage: int) -> Territory:
    row = atlas.commune(code.code, vintage)
    if row is None:
        raise UnknownTerritoryError(str(code))
    communes = (code.code,)
    return Territory(
        code=code,
        name=row["name"],
        on=on,
        vintage=vintage,
        population=row["population"],
        legal=atlas.legal_population(code.kind, code.code, on),
        communes=communes,
        parents=_parents(atlas, code, communes, vintage),
        note="" if row["epci"] or row["zone"] == "com" else _note_without_epci(row["name"]),
    )


def _note_without_epci(name: str) -> str:
    return f"{name} n'appartient à aucune intercommunalité à fiscalité propre."


def _municipal(atlas: Atlas, code: TerritoryCode, on: date, vintage: int) -> Territory:
    row = atlas.municipal(code.code, vintage)
    if row is None:
        raise UnknownTerritoryError(str(code))
    commune = atlas.commune(row["commune"], vintage)
    communes = (row["commune"],)
    head = Named(TerritoryCode(Kind.COMMUNE, row["commune"]), commune["name"] if commune else row["commune"])
    return Territory(
        code=code,
        name=row["name"],
        on=on,
        vintage=vintage,
        population=row["population"],
        legal=atlas.legal_population(code.kind, code.code, on),
        communes=communes,
        parents=(head, *_parents(atlas, head.code, communes, vintage)),
        municipal=code.code,
    )


def _collectivity(atlas: Atlas, code: TerritoryCode, on: date, vintage: int) -> Territory:
    """A collectivity a law makes of départements, less what left them; no other set has a code of its own."""
    declared = collectivity(code.code)
    if declared is None:
        raise UnknownTerritoryError(str(code))
    held, left = (
        {commune for part in parts for commune in atlas.communes_of(*designated(part), vintage)[0]}
        for parts in (declared.made_of, declared.without)
    )
    communes = tuple(sorted(held - left))
    legal = atlas.population_of(communes, on)
    return Territory(
        code=code,
        name=declared.name,
        on=on,
        vintage=vintage,
        population=legal.municipal if legal else None,
        legal=legal,
        communes=communes,
        parents=_parents(atlas, code, communes, vintage),
        note=declared.note,
    )


def _unit(atlas: Atlas, code: TerritoryCode, on: date, vintage: int) -> Territory:
    communes, uncertain = atlas.communes_of(code.kind, code.code, vintage)
    row = FRANCE if code.kind is Kind.FRANCE else atlas.unit(code.kind, code.code, vintage)
    if row is None:
        raise UnknownTerritoryError(str(code))
    inside = code.kind is Kind.QPV
    return Territory(
        code=code,
        name=row["name"],
        on=on,
        vintage=vintage,
        # The population of a quarter is published apart; that of its communes would be another figure.
        population=None if inside else _population(atlas, code, vintage),
        legal=None if inside else _legal(atlas, code, communes, on),
        communes=communes,
        parents=() if code.kind is Kind.FRANCE else _parents_of_unit(atlas, code, communes, vintage),
        uncertain=uncertain,
        category=row["category"],
        note=_note(code.kind, vintage),
    )


FRANCE: Row = {"name": "France", "category": None}


def _note(kind: Kind, vintage: int) -> str:
    if kind is Kind.QPV:
        return "Un quartier est une partie de sa commune : ce qui ne se sait qu'à la commune est à vérifier."
    if kind is Kind.EPT and vintage < FIRST_VINTAGE_WITH_EPT:
        return f"Composition publiée avec le COG {FIRST_VINTAGE_WITH_EPT} : elle n'est pas publiée avant."
    if kind is Kind.CRTE and vintage < FIRST_VINTAGE_OF_CONTRACTS:
        return (
            "Composition de la liste publiée en géographie 2023, portée à ce jour : le périmètre d'alors "
            "est à vérifier."
        )
    return ""


FIRST_VINTAGE_OF_CONTRACTS = 2024


def _population(atlas: Atlas, code: TerritoryCode, vintage: int) -> int | None:
    row = atlas.feature(code.kind, code.code, vintage)
    return row["population"] if row else None


def _legal(atlas: Atlas, code: TerritoryCode, communes: tuple[str, ...], on: date) -> LegalPopulation | None:
    """A contract is no authority: its population is the sum of its communes'."""
    if code.kind is Kind.CRTE:
        return atlas.population_of(communes, on)
    return atlas.legal_population(code.kind, code.code, on)


def _parents_of_unit(
    atlas: Atlas, code: TerritoryCode, communes: tuple[str, ...], vintage: int
) -> tuple[Named, ...]:
    parents = _parents(atlas, code, communes, vintage)
    if code.kind is not Kind.QPV:
        return parents
    heads = []
    for commune in communes:
        row = atlas.commune(commune, vintage)
        heads.append(Named(TerritoryCode(Kind.COMMUNE, commune), row["name"] if row else commune))
    return (*heads, *parents)


def _parents(atlas: Atlas, code: TerritoryCode, communes: tuple[str, ...], vintage: int) -> tuple[Named, ...]:
    *held, france = atlas.parents_of(code.kind, code.code, communes, vintage)
    # Before the list of contracts answers, who belonged to which is to be checked, not told.
    told = vintage >= FIRST_VINTAGE_OF_CONTRACTS and code.kind not in LARGER_THAN_A_CONTRACT
    contracts = atlas.contracts_of(communes, vintage) if told else ()
    return (*held, *contracts, france)


LARGER_THAN_A_CONTRACT = (Kind.CRTE, Kind.DEPARTEMENT, Kind.REGION, Kind.FRANCE, Kind.ENSEMBLE)


def _set_of_file(atlas: Atlas, path: Path, on: date) -> Territory:
    return _union(atlas, members_of_file(atlas, path, on, whole), path.stem, on)


def _union(atlas: Atlas, members: Sequence[Member], name: str, on: date) -> Territory:
    """Union of territories; each commune counts once, even when it is named twice."""
    if not members:
        raise SetDefinitionError(
            "L'ensemble est vide.",
            "Joignez des codes par « + », par exemple 23077+23096, ou donnez @fichier.",
        )
    communes = tuple(sorted({commune for member in members for commune in member.communes}))
    vintage = atlas.vintage_on(on)
    code = TerritoryCode(Kind.ENSEMBLE, set_identifier(name, [one.code.code for one in members]))
    legal = atlas.population_of(communes, on)
    return Territory(
        code=code,
        name=name or " + ".join(member.name for member in members[:6]) + (" …" if len(members) > 6 else ""),
        on=on,
        vintage=vintage,
        population=legal.municipal if legal else None,
        legal=legal,
        communes=communes,
        parents=_parents(atlas, code, communes, vintage),
        note=told_of([one.told for one in members]),
    )

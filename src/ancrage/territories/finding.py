"""Find a territory from what a person typed: a code, a name with mistakes, or a postcode.

A postcode never answers by itself: it may hold communes of two régions. It gives candidates.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ancrage.errors import AmbiguousTerritoryError, CeasedTerritoryError, UnknownTerritoryError
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import PATTERNS, PREFIXES, Kind, TerritoryCode
from ancrage.territories.history import ceased_or_to_come, was_known
from ancrage.territories.naming import closest, normalise
from ancrage.territories.territory import Named
from ancrage.warehouse.reading import Row

POSTCODE = re.compile(r"\d{5}")
SHOWN_BESIDE = 5
BARE_KINDS = (
    Kind.COMMUNE,
    Kind.ARRONDISSEMENT_MUNICIPAL,
    Kind.EPCI,
    Kind.EPT,
    Kind.DEPARTEMENT,
    Kind.REGION,
    Kind.CRTE,
    Kind.QPV,
)
"""Kinds whose codes are recognised without a prefix; ``75`` alone is a département and a région."""


@dataclass(frozen=True, slots=True)
class Match:
    """A territory found, with what led to it; ``score`` is 100 for an exact answer."""

    named: Named
    score: float
    context: str
    via: str


def find(atlas: Atlas, typed: str, *, on: date, limit: int = 10) -> tuple[Match, ...]:
    """Territories that answer what was typed, best first: by code, by postcode, then by name."""
    vintage = atlas.vintage_on(on)
    text = typed.strip()
    exact = [_by_code(atlas, code, vintage) for code in possible_codes(text)]
    found = [match for match in exact if match]
    if POSTCODE.fullmatch(text):
        found += _by_postcode(atlas, text, vintage)
    if not found:
        found = list(_by_name(atlas, text, vintage, limit))
    return tuple(found[:limit])


def possible_codes(text: str) -> tuple[TerritoryCode, ...]:
    """Codes the text may be: ``dep:23`` is one, ``23077`` a commune, ``200044014`` an EPCI or an EPT.

    Raises :class:`InvalidCodeError` for a known prefix with an impossible code.
    """
    if text.lower() in ("fr", "france"):
        return (TerritoryCode(Kind.FRANCE, "fr"),)
    prefix, separator, rest = text.partition(":")
    if separator and prefix.lower() in PREFIXES:
        return (TerritoryCode(PREFIXES[prefix.lower()], _cased(PREFIXES[prefix.lower()], rest.strip())),)
    return tuple(
        TerritoryCode(kind, _cased(kind, text))
        for kind in BARE_KINDS
        if re.fullmatch(PATTERNS[kind][0], _cased(kind, text))
    )


def _cased(kind: Kind, code: str) -> str:
    if kind is Kind.CRTE:
        bare = code if code.lower().startswith("crte-") else f"crte-{code}"
        return "crte-" + bare[5:].upper()
    return code.upper() if kind is not Kind.FRANCE else code


def designate(atlas: Atlas, typed: str, *, on: date) -> TerritoryCode:
    """The one territory a person designates by a code or by its exact name.

    Raises :class:`UnknownTerritoryError` with suggestions, :class:`AmbiguousTerritoryError` with the
    candidates, :class:`CeasedTerritoryError` saying when the code ceased and into what.
    """
    vintage = atlas.vintage_on(on)
    text = typed.strip()
    codes = possible_codes(text)
    known = [match for code in codes if (match := _by_code(atlas, code, vintage))]
    if len(known) == 1:
        return known[0].named.code
    if known:
        raise AmbiguousTerritoryError(text, [f"{match.named.label}, {match.context}" for match in known])
    _refuse_another_day_or_postcode(atlas, text, codes, on=on)
    return _designate_by_name(atlas, text, vintage)


def _refuse_another_day_or_postcode(
    atlas: Atlas, text: str, codes: tuple[TerritoryCode, ...], *, on: date
) -> None:
    """Five digits may be a code of another day or a postcode.

    A commune that ceased before the vintages we know (75001 was Alfortville until 1968) gives way to the
    postcode; one that ceased since is told, with the postcode's communes beside.
    """
    ceased = next((error for code in codes if (error := ceased_or_to_come(atlas, code, on=on))), None)
    posted = _by_postcode(atlas, text, atlas.vintage_on(on)) if POSTCODE.fullmatch(text) else []
    labels = [f"{match.named.label}, {match.context}" for match in posted]
    if ceased and (not posted or any(was_known(atlas, code) for code in codes)):
        more = " ; …" if len(labels) > SHOWN_BESIDE else ""
        also = (
            f" C'est aussi le code postal de : {' ; '.join(labels[:SHOWN_BESIDE])}{more}." if labels else ""
        )
        raise CeasedTerritoryError(ceased.message, ceased.hint + also)
    if posted:
        raise AmbiguousTerritoryError(
            text, labels, why="est un code postal, qui ne désigne pas un territoire"
        )


def _designate_by_name(atlas: Atlas, text: str, vintage: int) -> TerritoryCode:
    matches = list(_by_name(atlas, text, vintage, 60))
    exact = [match for match in matches if normalise(match.named.name) == normalise(text)]
    if len(exact) == 1:
        return exact[0].named.code
    if exact:
        raise AmbiguousTerritoryError(text, [f"{match.named.label}, {match.context}" for match in exact[:12]])
    raise UnknownTerritoryError(text, [f"{match.named.label}, {match.context}" for match in matches[:5]])


def _by_code(atlas: Atlas, code: TerritoryCode, vintage: int) -> Match | None:
    if code.kind is Kind.FRANCE:
        return Match(Named(code, "France"), 100.0, "tout le pays", "code")
    row = row_of(atlas, code, vintage)
    if row is None:
        return None
    return Match(Named(code, row["name"]), 100.0, _context(code, row.get("departement")), "code")


def row_of(atlas: Atlas, code: TerritoryCode, vintage: int) -> Row | None:
    """Row of the warehouse that bears this code in a vintage; France has none."""
    match code.kind:
        case Kind.COMMUNE:
            return atlas.commune(code.code, vintage)
        case Kind.ARRONDISSEMENT_MUNICIPAL:
            return atlas.municipal(code.code, vintage)
        case _:
            return atlas.unit(code.kind, code.code, vintage)


def _by_postcode(atlas: Atlas, postcode: str, vintage: int) -> list[Match]:
    rows = atlas.warehouse.rows(
        "SELECT commune.code, commune.name, commune.departement FROM postcode JOIN commune "
        "ON commune.vintage = postcode.vintage AND commune.code = postcode.commune "
        "WHERE postcode.vintage = ? AND postcode = ? ORDER BY population DESC NULLS LAST, commune.code",
        (vintage, postcode),
    )
    rows_of_arrondissements = atlas.warehouse.rows(
        "SELECT m.code, m.name, m.commune FROM postcode JOIN municipal_arrondissement m "
        "ON m.vintage = postcode.vintage AND m.code = postcode.commune "
        "WHERE postcode.vintage = ? AND postcode = ? ORDER BY m.code",
        (vintage, postcode),
    )
    via = f"code postal {postcode}"
    return [
        Match(
            Named(TerritoryCode(Kind.COMMUNE, row["code"]), row["name"]),
            90.0,
            f"commune, {row['departement']}",
            via,
        )
        for row in rows
    ] + [
        Match(
            Named(TerritoryCode(Kind.ARRONDISSEMENT_MUNICIPAL, row["code"]), row["name"]),
            90.0,
            "arrondissement municipal",
            via,
        )
        for row in rows_of_arrondissements
    ]


WEIGHT = {Kind.REGION: 0.4, Kind.DEPARTEMENT: 0.4, Kind.EPCI: 0.2, Kind.COMMUNE: 0.1}
"""At equal likeness a larger territory comes first; far less than a letter's worth."""


def _by_name(atlas: Atlas, text: str, vintage: int, limit: int) -> Iterator[Match]:
    if len(normalise(text)) < 2:
        return
    rows = atlas.warehouse.rows(NAMES, (vintage,) * 3)
    names = [normalise(row["name"]) for row in rows]
    stripped = [without_category(name) for name in names]
    best: dict[int, float] = dict(closest(text, names, limit=limit * 3))
    for index, score in closest(text, stripped, limit=limit * 3):
        best[index] = max(best.get(index, 0.0), score - 0.5)
    ranked = sorted(
        best.items(),
        key=lambda found: (
            -round(found[1] + WEIGHT.get(Kind(rows[found[0]]["kind"]), 0.0), 2),
            -(rows[found[0]]["population"] or 0),
            rows[found[0]]["code"],
        ),
    )
    for index, score in ranked[:limit]:
        row = rows[index]
        code = TerritoryCode(Kind(row["kind"]), row["code"])
        yield Match(Named(code, row["name"]), round(score, 1), _context(code, row["departement"]), "nom")


def _context(code: TerritoryCode, departement: str | None) -> str:
    return f"{code.kind.label}, {departement}" if departement else code.kind.label


CATEGORY = re.compile(
    r"^(?:cc|ca|cu|metropole|communaute (?:de communes|d agglomeration|urbaine)) "
    r"(?:de |du |des |d |la |le |l )*"
)


def without_category(name: str) -> str:
    """A normalised name without what kind of intercommunalité it is: « cc creuse grand sud »."""
    return CATEGORY.sub("", name)


NAMES = """
SELECT 'commune' AS kind, code, name, population, departement FROM commune WHERE vintage = ?
UNION ALL
SELECT 'arrondissement_municipal', code, name, population, NULL
FROM municipal_arrondissement WHERE vintage = ?
UNION ALL
SELECT kind, code, name, NULL, NULL FROM unit WHERE vintage = ? AND kind <> 'arrondissement'
"""

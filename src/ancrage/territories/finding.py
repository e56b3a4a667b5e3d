"""Find a territory from what a person typed: a code, a name with mistakes, or a postcode.

A postcode never answers by itself: it may hold communes of two régions. It gives candidates.
"""

import re
from dataclasses import dataclass
from datetime import date

from ancrage.language.numbers import count
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import PATTERNS, PREFIXES, Kind, TerritoryCode
from ancrage.territories.gazetteer.answering import Gazetteer
from ancrage.territories.gazetteer.place import Hit
from ancrage.territories.gazetteer.usual import collectivity
from ancrage.territories.naming import normalise
from ancrage.territories.territory import Named
from ancrage.warehouse.reading import Row

LABEL = re.compile(r"^(.+) \(((?=.*:|.{5})[\w:-]+)\)$")
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
    """A territory found, with what led to it; ``score`` is 100 for an exact answer.

    ``became`` tells how a former commune became it, when that is what was typed.
    """

    named: Named
    score: float
    context: str
    via: str
    population: int | None = None
    became: str = ""

    @property
    def label(self) -> str:
        """Name, code, where and how many live there, as a choice shows it."""
        return f"{self.named.label}, {self._where}"

    @property
    def detail(self) -> str:
        """What it is, where, how many live there, and what became it, beside its name."""
        return f"{self._where} ; {self.became}" if self.became else self._where

    @property
    def _where(self) -> str:
        people = () if self.population is None else (count(self.population, "habitant"),)
        return ", ".join((self.context, *people))


def gazetteer(atlas: Atlas, vintage: int) -> Gazetteer:
    """The names of a vintage, gathered once by atlas."""
    return atlas.holding(Gazetteer)(vintage)


def find(atlas: Atlas, typed: str, *, on: date, limit: int = 10) -> tuple[Match, ...]:
    """Territories that answer what was typed, best first: by code, by postcode, by name; each place once.

    A commune that ceased gives the one it became, and ``via`` says so.
    """
    text = typed.strip()
    names = gazetteer(atlas, atlas.vintage_on(on))
    coded = names.by_code((*possible_codes(_zero_filled(text)), *labelled(atlas, text, on=on)))
    found = [*coded, *names.by_digits(text)] or names.named(text, limit)
    return tuple(match_of(hit) for hit in names.ordered(found, limit))


def labelled(atlas: Atlas, text: str, *, on: date) -> tuple[TerritoryCode, ...]:
    """The code of a label as we write it, « Guéret (23096) », when the name is that of the code.

    A short code is left alone: « Paris (75) » tells a département.
    """
    found = LABEL.match(text)
    if not found:
        return ()
    vintage, name = atlas.vintage_on(on), normalise(found[1])
    rows = ((code, row_of(atlas, code, vintage)) for code in possible_codes(found[2]))
    return tuple(code for code, row in rows if row and normalise(row["name"]) == name)


def _zero_filled(text: str) -> str:
    """A commune code whose leading zero a spreadsheet lost; other texts as they are."""
    return text.zfill(5) if re.fullmatch(r"\d{4}", text) else text


def match_of(hit: Hit) -> Match:
    """What the gazetteer found, as it is told."""
    place = hit.place
    return Match(
        named=Named(place.code, place.name),
        score=round(hit.score, 1),
        context=place.context,
        via=hit.via,
        population=place.population,
        became=hit.via if hit.former else "",
    )


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


def row_of(atlas: Atlas, code: TerritoryCode, vintage: int) -> Row | None:
    """Row of the warehouse that bears this code in a vintage; France and collectivities have but a name."""
    match code.kind:
        case Kind.FRANCE:
            return {"name": "France"}
        case Kind.COMMUNE:
            return atlas.commune(code.code, vintage)
        case Kind.ARRONDISSEMENT_MUNICIPAL:
            return atlas.municipal(code.code, vintage)
        case Kind.ENSEMBLE:
            declared = collectivity(code.code)
            return {"name": declared.name} if declared else None
        case _:
            return atlas.unit(code.kind, code.code, vintage)

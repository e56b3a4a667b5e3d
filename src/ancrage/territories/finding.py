"""Find a territory from what a person typed: a code, a name with mistakes, or a postcode.

A postcode never answers by itself: it may hold communes of two régions. It gives candidates.
"""

import re
from dataclasses import dataclass
from datetime import date

from ancrage.errors import AmbiguousTerritoryError, CeasedTerritoryError, UnknownTerritoryError
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import PATTERNS, PREFIXES, Kind, TerritoryCode
from ancrage.territories.gazetteer.answering import Gazetteer
from ancrage.territories.gazetteer.names import BARE, OWN
from ancrage.territories.gazetteer.place import Hit
from ancrage.territories.gazetteer.reading import SHORTENED_COSTS
from ancrage.territories.gazetteer.usual import collectivity
from ancrage.territories.history import ceased_or_to_come, was_known
from ancrage.territories.territory import Named
from ancrage.warehouse.reading import Row

DIGITS = re.compile(r"\d{5}")
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
        """Name, code and where, as a choice shows it."""
        return f"{self.named.label}, {self.context}"


def gazetteer(atlas: Atlas, vintage: int) -> Gazetteer:
    """The names of a vintage, gathered once by atlas."""
    return atlas.keeping(Gazetteer)(vintage)


def find(atlas: Atlas, typed: str, *, on: date, limit: int = 10) -> tuple[Match, ...]:
    """Territories that answer what was typed, best first: by code, by postcode, by name; each place once.

    A commune that ceased gives the one it became, and ``via`` says so.
    """
    text = typed.strip()
    names = gazetteer(atlas, atlas.vintage_on(on))
    coded = names.by_code(possible_codes(_zero_filled(text)))
    found = [*coded, *names.by_digits(text)] or names.named(text, limit)
    return tuple(_match(hit) for hit in names.ordered(found, limit))


def _zero_filled(text: str) -> str:
    """A commune code whose leading zero a spreadsheet lost; other texts as they are."""
    return text.zfill(5) if re.fullmatch(r"\d{4}", text) else text


def _match(hit: Hit) -> Match:
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


def designate(atlas: Atlas, typed: str, *, on: date) -> TerritoryCode:
    """The one territory a person designates by a code or by its exact name, told apart if need be.

    « Saint-Denis (93) », « 93200 Saint-Denis » and « Communauté de communes Creuse Grand Sud » designate.
    Raises :class:`UnknownTerritoryError` with suggestions, :class:`AmbiguousTerritoryError` with the
    candidates, :class:`CeasedTerritoryError` saying when the code or the name ceased and into what.
    """
    vintage = atlas.vintage_on(on)
    text = typed.strip()
    codes = possible_codes(text)
    known = [code for code in codes if row_of(atlas, code, vintage)]
    if len(known) == 1:
        return known[0]
    if known:
        names = gazetteer(atlas, vintage)
        return _only(text, names.ordered(names.by_code(known), 12))
    _refuse_another_day_or_postcode(atlas, text, codes, on=on)
    return _designate_by_name(atlas, text, on=on)


def _only(text: str, hits: list[Hit]) -> TerritoryCode:
    if len(hits) == 1:
        return hits[0].place.code
    raise AmbiguousTerritoryError(text, _labels(hits), codes=_codes(hits))


def _labels(hits: list[Hit]) -> list[str]:
    return [_match(hit).label for hit in hits]


def _codes(hits: list[Hit]) -> list[str]:
    return [str(hit.place.code) for hit in hits]


def _refuse_another_day_or_postcode(
    atlas: Atlas, text: str, codes: tuple[TerritoryCode, ...], *, on: date
) -> None:
    """Five digits may be a code of another day or a postcode.

    A commune that ceased before the vintages we know (75001 was Alfortville until 1968) gives way to the
    postcode; one that ceased since is told, with the postcode's communes beside.
    """
    ceased = next((error for code in codes if (error := ceased_or_to_come(atlas, code, on=on))), None)
    posted = _posted(atlas, text, on) if DIGITS.fullmatch(text) else []
    labels = _labels(posted)
    if ceased and (not labels or any(was_known(atlas, code) for code in codes)):
        more = " ; …" if len(labels) > SHOWN_BESIDE else ""
        also = (
            f" C'est aussi le code postal de : {' ; '.join(labels[:SHOWN_BESIDE])}{more}." if labels else ""
        )
        raise CeasedTerritoryError(ceased.message, ceased.hint + also)
    if labels:
        raise AmbiguousTerritoryError(
            text,
            labels,
            why="est un code postal, qui ne désigne pas un territoire",
            codes=_codes(posted),
        )
    if former := gazetteer(atlas, atlas.vintage_on(on)).by_former_code(text):
        raise _ceased_name(text, former)


def _posted(atlas: Atlas, text: str, on: date) -> list[Hit]:
    names = gazetteer(atlas, atlas.vintage_on(on))
    return names.ordered(names.by_postcode(text), 100)


def _designate_by_name(atlas: Atlas, text: str, *, on: date) -> TerritoryCode:
    """Those that bear the name itself come before those it is another name of, and those before the past."""
    names = gazetteer(atlas, atlas.vintage_on(on))
    hits = names.ordered(names.exactly(text), 60)
    for least in (OWN - SHORTENED_COSTS, BARE - SHORTENED_COSTS):
        if found := [hit for hit in hits if hit.score >= least]:
            return _only(text, found[:12])
    if former := [hit for hit in hits if hit.former]:
        raise _ceased_name(text, former)
    raise UnknownTerritoryError(text, [match.label for match in find(atlas, text, on=on, limit=5)])


def _ceased_name(text: str, hits: list[Hit]) -> CeasedTerritoryError:
    labels = " ; ".join(f"{hit.place.name} ({hit.place.code})" for hit in hits[:SHOWN_BESIDE])
    told = " ; ".join(hit.via for hit in hits[:SHOWN_BESIDE])
    return CeasedTerritoryError(
        f"« {text} » n'est plus le nom ni le code d'une commune : {told}.",
        f"Demandez la commune d'aujourd'hui : {labels}.",
    )


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

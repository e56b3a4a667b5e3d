"""Who can help in a territory: for each kind, those that serve it, else the nearest that is known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ancrage.contacts.finding import Contact, contact_of
from ancrage.contacts.kinds import DeskKind
from ancrage.contacts.needs import Group, directory
from ancrage.contacts.placing import Point, Spot, kilometres, spots
from ancrage.contacts.reading import NATIONAL
from ancrage.language.folding import plain_words
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.territory import Named, Territory

LEVELS: Mapping[Kind, tuple[str, ...]] = {
    Kind.COMMUNE: ("com", "epci", "dep", "reg"),
    Kind.ARRONDISSEMENT_MUNICIPAL: ("com", "epci", "dep", "reg"),
    Kind.QPV: ("com", "epci", "dep", "reg"),
    Kind.EPCI: ("epci", "dep", "reg", "com"),
    Kind.EPT: ("epci", "dep", "reg", "com"),
    Kind.CRTE: ("epci", "dep", "reg", "com"),
    Kind.REGION: ("reg", "dep", "epci", "com"),
    Kind.FRANCE: (),
}
"""Whom to ask first: who serves the territory itself, then what holds it, then what it is made of."""
MOST_KM_BEYOND = 1_500.0
"""As the crow flies: past this an ocean lies between, and nobody is near."""
USUAL = ("dep", "reg", "epci", "com")
COLUMNS = {"com": "code", "epci": "epci", "dep": "departement", "reg": "region"}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who can help. ``beyond``: it serves other territories, and is the nearest known.

    ``km``: from the place the distances are told from, ``None`` unknown; ``seat``: measured to the chief town
    of what it serves, its own address being unknown.
    """

    contact: Contact
    km: float | None = None
    seat: bool = False
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Help:
    """Who can help. ``origin``: where distances are told from; ``unknown``: kinds of which nobody is."""

    groups: tuple[tuple[Group, tuple[Helper, ...]], ...]
    unknown: tuple[DeskKind, ...]
    origin: Named | None = None
    need: Group | None = None

    @property
    def helpers(self) -> Iterator[Helper]:
        """All of them, in reading order."""
        return (one for _, found in self.groups for one in found)


def help_in(atlas: Atlas, territory: Territory, need: Group | None, each: int) -> Help:
    """Who can help in a territory, for a need or for all; ``each``: how many of a kind are told."""
    groups = (need,) if need else directory().families
    kinds = tuple(dict.fromkeys(kind for group in groups for kind in group.kinds))
    origin, point = origin_of(atlas, territory)
    found = _Search(atlas, territory, point).of(kinds, each)
    told = ((group, tuple(one for kind in group.kinds for one in found.get(kind, ()))) for group in groups)
    return Help(
        groups=tuple((group, helpers) for group, helpers in told if helpers),
        unknown=tuple(kind for kind in kinds if not found.get(kind)),
        origin=origin,
        need=need,
    )


def origin_of(atlas: Atlas, territory: Territory) -> tuple[Named | None, Point | None]:
    """The commune distances are told from: itself, its chief town, or its largest commune."""
    if territory.kind is Kind.FRANCE:
        return None, None
    unit = atlas.unit(territory.kind, territory.code.code, territory.vintage)
    where, parameters = atlas.inside(territory)
    rows = atlas.warehouse.rows(
        "SELECT c.code, c.name, o.longitude, o.latitude FROM commune c "
        "LEFT JOIN outline o ON o.commune = c.code "
        f"WHERE {where} ORDER BY c.code = ? DESC, c.population DESC NULLS LAST, c.code LIMIT 1",
        (*parameters, (unit or {}).get("seat") or ""),
    )
    if not rows:
        return None, None
    row = rows[0]
    named = Named(TerritoryCode(Kind.COMMUNE, row["code"]), row["name"])
    return named, None if row["longitude"] is None else (row["longitude"], row["latitude"])


class _Search:
    """One territory, looked around."""

    def __init__(self, atlas: Atlas, territory: Territory, point: Point | None) -> None:
        self._atlas, self._territory, self._point = atlas, territory, point
        self._levels = LEVELS.get(territory.kind, USUAL)

    def of(self, kinds: Sequence[DeskKind], each: int) -> dict[DeskKind, tuple[Helper, ...]]:
        """Those of each kind, at most so many."""
        if not self._atlas.warehouse.holds("contact"):
            return {}
        by_kind = self._serving(kinds)
        first = {kind: self._first_level(found) for kind, found in by_kind.items()}
        placed = self._placed(one for found in first.values() for one in found)
        served = {kind: self._nearest(found, placed) for kind, found in first.items()}
        national = {
            kind: one for kind, found in by_kind.items() for one in found if one.territory == NATIONAL
        }
        offers = directory().offer_of
        alone = [kind for kind in kinds if not served.get(kind) and kind in offers and offers[kind].beyond]
        beyond = self._beyond(alone) if self._point else {}
        return {
            kind: _kept(served.get(kind) or beyond.get(kind, ()), national.get(kind), each) for kind in kinds
        }

    def _serving(self, kinds: Sequence[DeskKind]) -> dict[DeskKind, list[Contact]]:
        rows = self._atlas.warehouse.rows(
            "SELECT * FROM contact WHERE kind IN (SELECT unnest($kinds)) "
            "AND territory IN (SELECT unnest($places)) ORDER BY kind, territory, rank",
            {"kinds": list(kinds), "places": [*self._places(), NATIONAL]},
        )
        return _by_kind(rows)

    def _places(self) -> tuple[str, ...]:
        """Codes of the communes, intercommunalités, départements and regions it touches."""
        if not self._levels:
            return ()
        where, parameters = self._atlas.inside(self._territory)
        rows = self._atlas.warehouse.rows(
            f"SELECT c.code, c.epci, c.departement, c.region FROM commune c WHERE {where}", parameters
        )
        return tuple(
            dict.fromkeys(
                f"{level}:{row[COLUMNS[level]]}"
                for row in rows
                for level in self._levels
                if row[COLUMNS[level]]
            )
        )

    def _first_level(self, found: Sequence[Contact]) -> list[Contact]:
        """Those of the first level that has some, one told twice left out."""
        here = [one for one in found if one.territory != NATIONAL]
        if here and here[0].kind is DeskKind.SOUS_PREFECTURE:
            here = [one for one in here if self._is_of_its_arrondissement(one)]
        if not here:
            return []
        level = min((_level(one) for one in here), key=self._levels.index)
        return list(
            {(one.name, one.address): one for one in reversed(here) if _level(one) == level}.values()
        )[::-1]

    def _is_of_its_arrondissement(self, contact: Contact) -> bool:
        """Whether a sub-prefecture listed under a département is one of the territory's arrondissements."""
        if _level(contact) != "dep":
            return True
        said = " ".join(plain_words(contact.name))
        return any(said.endswith(f" {name}") for name in self._arrondissements)

    @cached_property
    def _arrondissements(self) -> tuple[str, ...]:
        where, parameters = self._atlas.inside(self._territory)
        rows = self._atlas.warehouse.rows(
            "SELECT DISTINCT u.name FROM commune c JOIN unit u ON u.vintage = c.vintage "
            f"AND u.kind = 'arrondissement' AND u.code = c.arrondissement WHERE {where}",
            parameters,
        )
        return tuple(" ".join(plain_words(row["name"])) for row in rows)

    def _placed(self, found: Iterable[Contact]) -> Mapping[Contact, Spot]:
        """Where they are, asked once for all of them; nothing where no distance can be told."""
        return spots(self._atlas, found, vintage=self._territory.vintage) if self._point else {}

    def _nearest(
        self, found: Sequence[Contact], placed: Mapping[Contact, Spot], *, beyond: bool = False
    ) -> tuple[Helper, ...]:
        told = (self._measured(one, placed.get(one), beyond=beyond) for one in found)
        return tuple(sorted(told, key=lambda one: (one.km is None, one.km or 0.0)))

    def _measured(self, contact: Contact, spot: Spot | None, *, beyond: bool) -> Helper:
        if spot is None or self._point is None:
            return Helper(contact, beyond=beyond)
        return Helper(contact, kilometres(self._point, spot.point), spot.seat, beyond)

    def _beyond(self, kinds: Sequence[DeskKind]) -> dict[DeskKind, tuple[Helper, ...]]:
        """The nearest known of kinds of which none serves the territory."""
        everywhere, placed = of_elsewhere(self._atlas, self._territory.vintage)
        by_kind = {kind: everywhere[kind] for kind in kinds if kind in everywhere}
        ranked = {kind: self._nearest(found, placed, beyond=True) for kind, found in by_kind.items()}
        return {
            kind: tuple(one for one in found[:1] if one.km is not None and one.km <= MOST_KM_BEYOND)
            for kind, found in ranked.items()
        }


Elsewhere = tuple[dict[DeskKind, list[Contact]], Mapping[Contact, Spot]]


def of_elsewhere(atlas: Atlas, vintage: int) -> Elsewhere:
    """Contacts worth calling from anywhere, and where they are: read once for a process, which warms it."""
    by_kind = atlas.holding(_everywhere)()
    # Few numbers a vintage: visitors of all of them would take their places from one another.
    return by_kind, atlas.holding(_placed_everywhere, answers=len(atlas.vintages))(vintage)


def _everywhere(atlas: Atlas) -> dict[DeskKind, list[Contact]]:
    """All the contacts worth calling from elsewhere, but those of the whole country."""
    kinds = [one.kind for one in directory().offers if one.beyond]
    rows = atlas.warehouse.rows(
        "SELECT * FROM contact WHERE kind IN (SELECT unnest(?)) AND territory <> ? "
        "ORDER BY kind, territory, rank",
        (kinds, NATIONAL),
    )
    return _by_kind(rows)


def _placed_everywhere(atlas: Atlas, vintage: int) -> Mapping[Contact, Spot]:
    """Where they are, on the map of a vintage."""
    by_kind = atlas.holding(_everywhere)()
    return spots(atlas, (one for found in by_kind.values() for one in found), vintage=vintage)


def _level(contact: Contact) -> str:
    return contact.territory.partition(":")[0]


def _by_kind(rows: Iterable[Row]) -> dict[DeskKind, list[Contact]]:
    found: dict[DeskKind, list[Contact]] = {}
    for row in rows:
        one = contact_of(row)
        found.setdefault(one.kind, []).append(one)
    return found


def _kept(found: Sequence[Helper], national: Contact | None, each: int) -> tuple[Helper, ...]:
    """At most so many, the first knowing how many others there are and whom the network says to ask."""
    if not found:
        return (Helper(national),) if national else ()
    others = 0 if found[0].beyond else len(found) - min(each, len(found))
    first = replace(found[0], contact=replace(found[0].contact, others=others, national=national))
    return (first, *found[1:each])

"""Who could serve a purchase: structures of the ESS and of inclusion that sell it, around a place."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from ancrage.interval import Interval
from ancrage.language.numbers import count
from ancrage.procurement.purchase import Purchase, Reach
from ancrage.procurement.sizing import Need, need_of, size_verdict
from ancrage.reasoning import Verdict
from ancrage.register.activities import activity_labels
from ancrage.register.buying import names_selling
from ancrage.register.catalogue import siae_kinds
from ancrage.register.directory.cards import COLUMNS, Card, card, commune_names
from ancrage.register.directory.conditions import VALUES, asked
from ancrage.register.directory.places import EARTH_KM
from ancrage.register.directory.query import DirectoryQuery
from ancrage.register.directory.table import TABLE, open_directory
from ancrage.register.directory.zoned import Zoned
from ancrage.register.selling import classes_selling
from ancrage.register.tables import LISTED_STRUCTURE
from ancrage.register.territory_places import register_places
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory
from ancrage.warehouse.reading import Row

NEAR_KM = 30.0
FARTHEST_KM = 200.0
MOST_CENTRES = 400
"""Communes of a territory from which distances are counted; a larger one is searched inside only."""
VAGUE = ("78.20Z", "78.30Z", "82.99Z", "85.59A", "85.59B", "88.10C", "88.99A", "88.99B", "94.99Z")
"""Activities of NAF rév. 2 under which structures of inclusion sell anything: they do not say what."""
WHOLE = (Kind.DEPARTEMENT, Kind.REGION, Kind.FRANCE)


class Scheme(StrEnum):
    """What a supplier is for a reserve."""

    HANDICAP = "handicap"
    INSERTION = "iae"
    ESS = "ess"


@dataclass(frozen=True, slots=True)
class Supplier:
    """A structure that could serve the purchase.

    ``sells``: whether its published activity answers; ``None`` when nobody published it. ``able``: whether
    its workforce can carry it alone. ``reserves``: articles of the reserves that it answers.
    """

    card: Card
    sells: bool | None
    able: Verdict
    km: float | None
    schemes: tuple[Scheme, ...]
    reasons: tuple[str, ...]
    website: str = ""

    @property
    def reserves(self) -> tuple[str, ...]:
        """Articles of the reserves it answers."""
        return tuple(RESERVES[scheme] for scheme in self.schemes)


RESERVES = {Scheme.HANDICAP: "L. 2113-12", Scheme.INSERTION: "L. 2113-13", Scheme.ESS: "L. 2113-15"}


@dataclass(frozen=True, slots=True)
class Town:
    """A commune on the map of suppliers; ``own``: of the territory they are looked for around. Degrees."""

    code: str
    name: str
    longitude: float
    latitude: float
    own: bool


@dataclass(frozen=True, slots=True)
class Suppliers:
    """Those found, the surest and nearest first. ``within_km``: ``None`` for a territory searched inside.

    ``towns``: where those found are, and the commune asked, for a map to be read.
    """

    territory: Territory
    within_km: float | None
    need: Need
    found: tuple[Supplier, ...]
    towns: tuple[Town, ...] = ()

    @property
    def known(self) -> tuple[Supplier, ...]:
        """Those known to sell it."""
        return tuple(one for one in self.found if one.sells)

    @property
    def to_ask(self) -> tuple[Supplier, ...]:
        """Those whose activity nobody published."""
        return tuple(one for one in self.found if not one.sells)

    @property
    def reach(self) -> Reach:
        """How many answer each reserve, between those known and those that may."""
        return Reach(*(self._counted(scheme) for scheme in (Scheme.HANDICAP, Scheme.INSERTION, Scheme.ESS)))

    def answering(self, scheme: Scheme) -> tuple[Supplier, ...]:
        """Those of a scheme."""
        return tuple(one for one in self.found if scheme in one.schemes)

    def _counted(self, scheme: Scheme) -> Interval:
        mine = self.answering(scheme)
        return Interval(float(sum(bool(one.sells) for one in mine)), float(len(mine)))


def suppliers(
    atlas: Atlas, purchase: Purchase, territory: Territory, *, within_km: float = NEAR_KM
) -> Suppliers:
    """Structures that sell what is bought, within so many straight kilometres of the communes of a territory.

    Reads the directory; those whose activity nobody published follow, when they are of inclusion.
    """
    open_directory(atlas.warehouse)
    need = need_of(purchase)
    around = None if territory.kind in WHOLE or len(territory.communes) > MOST_CENTRES else within_km
    rows = _rows(atlas, purchase, territory, around)
    centres = atlas.keeping(_centres)(territory) if around is not None else ()
    distances = _distances(rows, centres)
    labels, names = activity_labels(atlas), commune_names(atlas)
    listed = _listed(atlas, [row["siret"] for row in rows])
    found = [
        _told(_supplier(card(row, names), km, need, labels.get(row["naf"] or "", "")), listed)
        for row, km in zip(rows, distances, strict=True)
        if around is None or km is None or km <= around or row["inside"]
    ]
    ranked = tuple(sorted(found, key=_rank))
    return Suppliers(territory, around, need, ranked, tuple(_towns(atlas, territory, ranked)))


def _towns(atlas: Atlas, territory: Territory, found: Sequence[Supplier]) -> Iterator[Town]:
    """Communes of those found, and the commune asked, each once, where their centres are known."""
    centres, names = atlas.keeping(_every_centre)(), commune_names(atlas)
    own = {territory.municipal} if territory.municipal else set(territory.communes)
    asked = own if len(own) == 1 else set()
    for code in sorted(asked | {one.card.commune for one in found if one.card.commune}):
        if code in centres:
            yield Town(code, names.get(code, code), *centres[code], own=code in own)


def _every_centre(atlas: Atlas) -> Mapping[str, tuple[float, float]]:
    rows = atlas.warehouse.rows("SELECT commune, longitude, latitude FROM outline")
    return {row["commune"]: (row["longitude"], row["latitude"]) for row in rows}


def _rank(one: Supplier) -> tuple[object, ...]:
    abilities = (Verdict.OUI, Verdict.A_VERIFIER, Verdict.NON)
    return (
        not one.sells,
        abilities.index(one.able),
        one.km if one.km is not None else math.inf,
        one.card.siret,
    )


def _rows(atlas: Atlas, purchase: Purchase, territory: Territory, around: float | None) -> list[Row]:
    wanted = asked(DirectoryQuery(territory=territory), _no_zoning)
    sells, selling = _sells(atlas, purchase)
    inside = atlas.keeping(register_places)(territory).places
    parameters = {**wanted.parameters, **selling, "places": inside.parameter, "vague": list(VAGUE)}
    place = f"({inside.condition})"
    if around is not None:
        place, box = _box(atlas, territory, around, place)
        parameters |= box
    return atlas.warehouse.rows(
        f"SELECT {COLUMNS}, {VALUES['quarter']} AS quarter, NULL::DOUBLE AS distance, s.x, s.y, "
        f"({inside.condition}) AS inside, {sells} AS sells FROM {wanted.source} "
        f"WHERE {' AND '.join(wanted.always)} AND {place} "
        f"AND ({sells} OR (len(coalesce(s.kinds, [])) > 0 "
        "AND (s.naf IS NULL OR list_contains($vague::VARCHAR[], s.naf))))",
        parameters,
    )


def _listed(atlas: Atlas, sirets: Sequence[str]) -> Mapping[str, Row]:
    """The site, and the places authorised (ESAT), that a list publishes of each structure."""
    if not atlas.warehouse.holds(LISTED_STRUCTURE.name) or not sirets:
        return {}
    rows = atlas.warehouse.rows(
        "SELECT siret, min(website) AS website, max(capacity) AS capacity "
        f"FROM {LISTED_STRUCTURE.name} WHERE coalesce(website, capacity::VARCHAR) IS NOT NULL "
        "AND siret IN (SELECT unnest($sirets::VARCHAR[])) GROUP BY siret",
        {"sirets": list(sirets)},
    )
    return {row["siret"]: row for row in rows}


def _told(one: Supplier, listed: Mapping[str, Row]) -> Supplier:
    """A supplier, with what a list publishes of it; nothing of a hidden unit."""
    row = listed.get(one.card.siret)
    if row is None or not one.card.diffusible:
        return one
    capacity = row["capacity"]
    places = (count(capacity, "place autorisée", "places autorisées"),) if capacity else ()
    return replace(one, website=row["website"] or "", reasons=(*one.reasons, *places))


def _sells(atlas: Atlas, purchase: Purchase) -> tuple[str, dict[str, object]]:
    """SQL of whether a structure is known to sell what is bought: its published activity, or its name."""
    names = names_selling(purchase.cpv.code)
    named = "".join(f" OR coalesce(contains(s.searched, $named{rank}), false)" for rank in range(len(names)))
    parameters: dict[str, object] = {f"named{rank}": f" {name}" for rank, name in enumerate(names)}
    parameters["classes"] = list(classes_selling(atlas, TABLE, purchase.cpv.code))
    return f"(coalesce(list_contains($classes::VARCHAR[], s.naf), false){named})", parameters


def _no_zoning(identifier: str) -> Zoned:
    raise LookupError(identifier)


def _centres(atlas: Atlas, territory: Territory) -> Sequence[tuple[float, float]]:
    rows = atlas.warehouse.rows(
        "SELECT longitude, latitude FROM outline WHERE commune IN (SELECT unnest($communes::VARCHAR[]))",
        {"communes": [territory.municipal] if territory.municipal else list(territory.communes)},
    )
    return [(row["longitude"], row["latitude"]) for row in rows]


def _box(atlas: Atlas, territory: Territory, around: float, inside: str) -> tuple[str, dict[str, object]]:
    """The box that holds the circles around every commune, or what is inside."""
    centres = atlas.keeping(_centres)(territory)
    if not centres:
        return inside, {}
    along = math.degrees((around + 1) / EARTH_KM)
    xs, ys = zip(*centres, strict=True)
    across = along / max(0.05, math.cos(math.radians(max(map(abs, ys)) + along)))
    box = {
        "south": min(ys) - along,
        "north": max(ys) + along,
        "west": min(xs) - across,
        "east": max(xs) + across,
    }
    return f"({inside} OR (s.y BETWEEN $south AND $north AND s.x BETWEEN $west AND $east))", box


def _distances(rows: Sequence[Row], centres: Sequence[tuple[float, float]]) -> list[float | None]:
    """Straight kilometres to the nearest commune; ``None`` for a structure of unknown place."""
    if not centres or not rows:
        return [None] * len(rows)
    points = np.radians(np.array([(row["x"], row["y"]) for row in rows], dtype=np.float64))
    towns = np.radians(np.array(centres, dtype=np.float64))
    x, y = points[:, 0, None], points[:, 1, None]
    half = (
        np.sin((y - towns[:, 1]) / 2) ** 2
        + np.cos(y) * np.cos(towns[:, 1]) * np.sin((x - towns[:, 0]) / 2) ** 2
    )
    nearest = (2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, half)))).min(axis=1)
    return [None if math.isnan(km) else float(km) for km in nearest]


def _supplier(told: Card, km: float | None, need: Need, activity: str) -> Supplier:
    able = size_verdict(told, need)
    schemes = tuple(_schemes(told))
    shown = km if told.diffusible else None
    return Supplier(told, told.sells, able, shown, schemes, tuple(_reasons(told, activity)))


def _schemes(told: Card) -> Iterator[Scheme]:
    kinds = {siae_kinds()[kind].scheme for kind in told.kinds if kind in siae_kinds()}
    for scheme in (Scheme.HANDICAP, Scheme.INSERTION):
        if scheme.value in kinds:
            yield scheme
    if told.membership is Verdict.OUI:
        yield Scheme.ESS


def _reasons(told: Card, activity: str) -> Iterator[str]:
    if told.sells and not (told.naf in VAGUE or told.naf is None):
        yield f"Activité publiée : {activity or told.naf} ({told.naf})"
    elif told.sells:
        yield "Son nom le dit"
    else:
        yield (
            f"Son activité publiée ne dit pas ce qu’elle vend ({told.naf})"
            if told.naf
            else "Activité non publiée"
        )
    for kind in told.kinds:
        yield siae_kinds()[kind].label if kind in siae_kinds() else kind

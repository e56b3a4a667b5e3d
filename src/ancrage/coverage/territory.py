"""Support coverage of a territory: its communes, the edition's places, weights, figures by zoning."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from ancrage.coverage.counting import KindCount, SupportCount
from ancrage.coverage.extents import extents_of
from ancrage.coverage.judging import ORDER, State
from ancrage.coverage.places import Directory, SupportPlace
from ancrage.coverage.states import Communes, KindCoverage, States, SupportCoverage
from ancrage.reasoning import Verdict
from ancrage.siting.geography import carried_points
from ancrage.siting.positions import Floats
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.declaration import Zoning, get_zoning

RINGS_KM = (5, 10, 15, 20, 30)
ZONINGS = ("zrr", "frr", "frr_plus", "montagne", "rural", "qpv")


def communes_of(atlas: Atlas, territory: Territory) -> Communes:
    """Communes of a territory with their points; one without an outline takes that of its kin, or none."""
    where, parameters = atlas.inside(territory)
    rows = atlas.warehouse.rows(
        "SELECT c.code, c.name, c.population, c.epci, c.departement, c.region, o.longitude, o.latitude "
        f"FROM commune c LEFT JOIN outline o ON o.commune = c.code WHERE {where} ORDER BY c.code",
        parameters,
    )
    kin = carried_points(atlas, territory, [row["code"] for row in rows if row["longitude"] is None])
    points = [row if row["longitude"] is not None else kin.get(row["code"], row) for row in rows]
    return Communes(
        codes=tuple(row["code"] for row in rows),
        names=tuple(row["name"] for row in rows),
        epcis=tuple(row["epci"] for row in rows),
        departements=tuple(row["departement"] for row in rows),
        regions=tuple(row["region"] for row in rows),
        populations=_numbers([row["population"] for row in rows]),
        longitudes=_numbers([point["longitude"] for point in points]),
        latitudes=_numbers([point["latitude"] for point in points]),
    )


def _numbers(values: list[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], np.float64)


def edition_directory(atlas: Atlas, kinds: Collection[str] | None = None) -> Directory:
    """Places held by the edition, of some kinds; one none of whose sources was synchronised is not loaded."""
    rows = [
        row
        for row in atlas.warehouse.rows("SELECT * FROM support_place ORDER BY kind, id")
        if kinds is None or row["kind"] in kinds
    ]
    places = tuple(
        SupportPlace(
            id=row["id"],
            kind=row["kind"],
            name=row["name"],
            commune=row["commune"],
            longitude=row["longitude"],
            latitude=row["latitude"],
            itinerant=row["itinerant"],
            by_commune=row["by_commune"],
            source=row["source"],
        )
        for row in rows
    )
    used = {place.source for place in places}
    told = [entry for entry in atlas.warehouse.manifest["sources"] if entry["id"] in used]
    return Directory(
        places,
        kinds=frozenset(place.kind for place in places),
        sources=tuple(
            f"{entry['title']} ({entry['producer']}, {entry['vintage']}, {entry['licence']})"
            for entry in told
        ),
        within=extents_of({(place.kind, place.source) for place in places}),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """What is counted by commune, in the order of the communes; NaN where it is not known."""

    label: str
    values: Floats


def weighings(atlas: Atlas, communes: Communes, *, register_whole: bool) -> tuple[Weighing, ...]:
    """Inhabitants and, where the register covers the territory wholly, ESS establishments and their jobs."""
    found = [Weighing("habitants", communes.populations)]
    if register_whole:
        counted = _ess_by_commune(atlas)
        for position, label in enumerate(("établissements de l'ESS", "emplois de l'ESS")):
            values = [counted.get(code, (0.0, 0.0))[position] for code in communes.codes]
            found.append(Weighing(label, np.array(values)))
    return tuple(found)


def _ess_by_commune(atlas: Atlas) -> Mapping[str, tuple[float, float]]:
    """ESS establishments and jobs (central values) by commune, arrondissements added to theirs."""
    rows = atlas.warehouse.rows(
        "SELECT commune, sum(establishments) AS n, sum(central) AS jobs FROM register_count "
        "WHERE ess = 'oui' AND commune <> '' GROUP BY 1"
    )
    commune_of = {part: commune for commune, parts in atlas.municipal_of.items() for part in parts}
    found: dict[str, tuple[float, float]] = {}
    for row in rows:
        code = commune_of.get(row["commune"]) or str(row["commune"])
        before = found.get(code, (0.0, 0.0))
        found[code] = (before[0] + row["n"], before[1] + float(row["jobs"] or 0))
    return found


def share_within(distances: Floats, weights: Floats, km: float) -> float | None:
    """Share of the weight known to be within a distance, among what has both; ``None`` when nothing has."""
    known = ~np.isnan(distances) & ~np.isnan(weights)
    total = float(weights[known].sum())
    return float(weights[known & (distances <= km)].sum()) / total if total else None


def counted(found: SupportCoverage) -> SupportCount:
    """The numbers of communes judged one by one; what :mod:`ancrage.coverage.counting` must find too."""
    people = np.nan_to_num(found.communes.populations)
    weights = people if people.any() else np.ones(len(found.communes))
    totals = np.bincount(found.together, weights=weights, minlength=len(ORDER))
    most = ORDER[int(totals.argmax())] if len(found.communes) else State.INCONNU
    kinds = tuple(_counted(one, found) for one in found.kinds.values())
    return SupportCount(found.reaches, kinds, _by_state(found.together), most)


def _counted(one: KindCoverage, found: SupportCoverage) -> KindCount:
    known = one.distances[~np.isnan(one.distances)]
    if one.partial:
        return KindCount(one.kind, one.known, _by_state(one.states), None, None)
    within = share_within(one.distances, found.communes.populations, found.reaches.near_km)
    mean = float(known.mean()) if known.size else None
    return KindCount(one.kind, one.known, _by_state(one.states), mean, within)


def _by_state(ranks: States) -> dict[State, int]:
    counts = np.bincount(ranks, minlength=len(ORDER))
    return {state: int(counts[rank]) for rank, state in enumerate(ORDER) if counts[rank]}


@dataclass(frozen=True, slots=True)
class ZoneDistance:
    """Mean distance, in km, of the communes that a zoning classifies and of those it does not."""

    zoning: Zoning
    inside: float | None
    outside: float | None
    communes: int


Verdicts = Mapping[str, Mapping[str, Verdict]]
"""Verdict of each zoning, by commune, as :func:`zonings.answering.verdicts_by_commune` gives them."""


def by_zoning(found: SupportCoverage, kind: str, verdicts: Verdicts) -> tuple[ZoneDistance, ...]:
    """Mean distance to a kind of place by zoning, each commune counting once; empty zonings left out.

    ``verdicts``: those of the communes of ``found`` on its day.
    """
    distances = found.kinds[kind].distances
    told = []
    for zoning in (get_zoning(name) for name in ZONINGS):
        sides: dict[Verdict, list[float]] = {Verdict.OUI: [], Verdict.NON: []}
        for commune, km in zip(found.communes.codes, distances, strict=True):
            verdict = verdicts[commune].get(zoning.id, Verdict.A_VERIFIER)
            # A commune that has a quarter is classified « in part »: it is on the side of the quarters.
            part = verdict is Verdict.PARTIEL and zoning.nature == "infracommunal"
            side = Verdict.OUI if part else verdict
            if side in sides and not np.isnan(km):
                sides[side].append(float(km))
        if sides[Verdict.OUI]:
            inside, outside = sides[Verdict.OUI], sides[Verdict.NON]
            told.append(ZoneDistance(zoning, _mean(inside), _mean(outside), len(inside)))
    return tuple(told)


def _mean(values: list[float]) -> float | None:
    return float(np.mean(values)) if values else None

"""Who covers each commune, kind by kind: near, far, declared, nobody, or not known.

A kind of which no data set was loaded is *inconnu*, never *non couvert*; so is, elsewhere, one whose lists
cover some départements only. A commune declared by a place is
covered whatever the distance. Otherwise the distance « à vol d'oiseau » to the nearest place that receives
the public decides: up to ``near_km`` it is covered, up to ``far_km`` it is far, beyond nobody covers it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ancrage.coverage.extents import is_partial
from ancrage.coverage.judging import CODES, ORDER, Reaches, State, is_everywhere, together_of
from ancrage.coverage.kinds import SupportKind, support_kinds
from ancrage.coverage.places import Directory, SupportPlace, Zone, ZoneKind
from ancrage.siting.positions import Floats, Positions

States = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Communes:
    """Communes to judge, arrays in one order; degrees and populations are NaN where they are not known."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    epcis: tuple[str | None, ...]
    departements: tuple[str | None, ...]
    regions: tuple[str | None, ...]
    populations: Floats
    longitudes: Floats
    latitudes: Floats

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True, slots=True, eq=False)
class KindCoverage:
    """What a kind of support covers. ``distances`` in km, NaN when unknown; ``states`` are ranks in ORDER.

    ``partial``: its lists say nothing of some of the communes, whose distances are unknown.
    """

    kind: SupportKind
    known: bool
    places: int
    unplaced: int
    distances: Floats
    declared: NDArray[np.bool_]
    states: States
    partial: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class SupportCoverage:
    """Every kind judged for every commune on a day, and all the kinds of support to the ESS together."""

    on: date
    reaches: Reaches
    communes: Communes
    kinds: Mapping[str, KindCoverage]
    together: States
    directory: Directory


def cover(
    communes: Communes,
    directory: Directory,
    *,
    on: date,
    kinds: Sequence[str] | None = None,
    reaches: Reaches | None = None,
) -> SupportCoverage:
    """Judge communes. ``kinds``: what is judged; those loaded and those proper to the ESS by default."""
    asked = reaches or Reaches()
    loaded = directory.kinds
    wanted = kinds or [kind.id for kind in support_kinds().values() if kind.ess or kind.id in loaded]
    judged = {name: _judge(communes, directory, support_kinds()[name], asked, on) for name in wanted}
    return SupportCoverage(on, asked, communes, judged, together(judged, len(communes)), directory)


def _judge(
    communes: Communes, directory: Directory, kind: SupportKind, reaches: Reaches, on: date
) -> KindCoverage:
    places = directory.of(kind.id)
    known = kind.id in directory.kinds
    distances = nearest_km(communes, places) if known else np.full(len(communes), np.nan)
    within = directory.within.get(kind.id)
    if within is not None:
        distances[[departement not in within for departement in communes.departements]] = np.nan
    declared = _declared(communes, places) | _everywhere(communes, kind, on)
    states = np.full(len(communes), CODES[State.INCONNU], np.int8)
    if known:
        usable = within is not None or any(place.placed and place.receives for place in places)
        beyond = CODES[State.NON_COUVERT]
        # Without any position in the data set, nothing but what is declared is covered.
        states[:] = np.where(np.isnan(distances), CODES[State.INCONNU] if usable else beyond, beyond)
        states[distances <= reaches.far_edge] = CODES[State.ELOIGNE]
        states[distances <= reaches.near_edge] = CODES[State.COUVERT]
    states[declared] = CODES[State.COUVERT]
    unplaced = sum(not place.placed for place in places)
    partial = is_partial(kind.id, directory.within, communes.departements)
    return KindCoverage(kind, known, len(places), unplaced, distances, declared, states, partial)


def nearest_km(communes: Communes, places: Sequence[SupportPlace]) -> Floats:
    """Kilometres « à vol d'oiseau » to the nearest place that receives the public; NaN when not known."""
    found = [(p.longitude, p.latitude) for p in places if p.receives and p.placed]
    distances = np.full(len(communes), np.nan)
    located = ~(np.isnan(communes.longitudes) | np.isnan(communes.latitudes))
    if found and located.any():
        longitudes, latitudes = zip(*found, strict=True)
        here = Positions.from_degrees(communes.longitudes[located], communes.latitudes[located])
        distances[located] = here.nearest(Positions.from_degrees(longitudes, latitudes))
    return distances


def _declared(communes: Communes, places: Sequence[SupportPlace]) -> NDArray[np.bool_]:
    """Communes that at least one place declares to serve."""
    zones = {zone for place in places for zone in place.zones}
    if Zone(ZoneKind.PAYS) in zones:
        return np.ones(len(communes), bool)
    held = {kind: {zone.code for zone in zones if zone.kind is kind} for kind in ZoneKind}
    columns = (
        (ZoneKind.COMMUNE, communes.codes),
        (ZoneKind.EPCI, communes.epcis),
        (ZoneKind.DEPARTEMENT, communes.departements),
        (ZoneKind.REGION, communes.regions),
    )
    found = np.zeros(len(communes), bool)
    for kind, codes in columns:
        if held[kind]:
            found |= np.array([code in held[kind] for code in codes], bool)
    return found


def _everywhere(communes: Communes, kind: SupportKind, on: date) -> NDArray[np.bool_]:
    """Communes of the départements, when the law puts this support in each of them on that day."""
    found = {one: is_everywhere(kind, one, on=on) for one in set(communes.departements)}
    return np.array([found[departement] for departement in communes.departements], bool)


def together(kinds: Mapping[str, KindCoverage], size: int) -> States:
    """All the kinds of support to the ESS as one, for each commune: communes alike are judged once."""
    ess = {name: found.states for name, found in kinds.items() if found.kind.ess}
    if not ess:
        return np.full(size, CODES[State.INCONNU], np.int8)
    cases, ranks = np.unique(np.stack(list(ess.values())), axis=1, return_inverse=True)
    judged = [
        CODES[together_of({name: ORDER[rank] for name, rank in zip(ess, case, strict=True)})]
        for case in cases.T
    ]
    return np.array(judged, np.int8)[np.ravel(ranks)]

"""Support coverage of a territory, from the places the edition holds."""

import numpy as np

from ancrage.coverage.states import ORDER, KindCoverage, State, States, SupportCoverage, cover
from ancrage.coverage.territory import communes_of, edition_directory, share_within
from ancrage.diagnosis.model import Support, SupportNetwork
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory


def support_of(atlas: Atlas, territory: Territory) -> Support:
    """The section of a diagnosis."""
    communes = communes_of(atlas, territory)
    found = cover(communes, edition_directory(atlas), on=territory.on)
    return Support(
        near_km=found.reaches.near_km,
        far_km=found.reaches.far_km,
        state=_most(found).value,
        states=_counts(found.together),
        networks=tuple(_network(one, found) for one in found.kinds.values()),
    )


def _most(found: SupportCoverage) -> State:
    """State of the most inhabitants; of the most communes where populations are not known."""
    people = np.nan_to_num(found.communes.populations)
    weights = people if people.any() else np.ones(len(found.communes))
    totals = np.bincount(found.together, weights=weights, minlength=len(ORDER))
    return ORDER[int(totals.argmax())] if len(found.communes) else State.INCONNU


def _counts(ranks: States) -> dict[str, int]:
    counted = np.bincount(ranks, minlength=len(ORDER))
    return {state.value: int(counted[rank]) for rank, state in enumerate(ORDER) if counted[rank]}


def _network(one: KindCoverage, found: SupportCoverage) -> SupportNetwork:
    known = one.distances[~np.isnan(one.distances)]
    return SupportNetwork(
        id=one.kind.id,
        label=one.kind.label,
        ess=one.kind.ess,
        known=one.known,
        states=_counts(one.states),
        mean_km=round(float(known.mean()), 2) if known.size else None,
        population_within=share_within(one.distances, found.communes.populations, found.reaches.near_km),
    )

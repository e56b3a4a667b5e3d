"""Support coverage of a territory, from the places the edition holds."""

from ancrage.coverage.counting import KindCount, SupportCount, count_support
from ancrage.coverage.tables import SUPPORT_DISTANCE
from ancrage.diagnosis.model import Support, SupportNetwork
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory


def support_of(atlas: Atlas, territory: Territory) -> Support:
    """The section of a diagnosis."""
    found = _found(atlas, territory)
    return Support(
        near_km=found.reaches.near_km,
        far_km=found.reaches.far_km,
        state=found.most.value,
        states={state.value: communes for state, communes in found.together.items()},
        networks=tuple(_network(one) for one in found.kinds),
    )


def _found(atlas: Atlas, territory: Territory) -> SupportCount:
    """Counted from the distances of the build; an edition built before they were is still answered."""
    if atlas.warehouse.holds(SUPPORT_DISTANCE.name):
        return count_support(atlas, territory)
    from ancrage.coverage.states import cover
    from ancrage.coverage.territory import communes_of, counted, edition_directory

    return counted(cover(communes_of(atlas, territory), edition_directory(atlas), on=territory.on))


def _network(one: KindCount) -> SupportNetwork:
    return SupportNetwork(
        id=one.kind.id,
        label=one.kind.label,
        ess=one.kind.ess,
        known=one.known,
        states={state.value: communes for state, communes in one.states.items()},
        mean_km=None if one.mean_km is None else round(one.mean_km, 2),
        population_within=one.population_within,
    )

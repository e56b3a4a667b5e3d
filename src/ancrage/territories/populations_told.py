"""The populations of a territory year by year, as far as they are known."""

from dataclasses import dataclass

from ancrage.territories.atlas import LEGAL, Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory


@dataclass(frozen=True, slots=True)
class PopulationTold:
    """A population, of a year: that of its census when a list tells it, else that of the geography's."""

    year: int
    people: int
    of_census: bool


def populations_told(atlas: Atlas, territory: Territory) -> tuple[PopulationTold, ...]:
    """One a year, the oldest first, none after the day; empty for a quarter, whose own is published apart."""
    if territory.kind is Kind.QPV:
        return ()
    return atlas.keeping(_told)(territory)


def _told(atlas: Atlas, territory: Territory) -> tuple[PopulationTold, ...]:
    return _legal(atlas, territory) or _published(atlas, territory)


def _legal(atlas: Atlas, territory: Territory) -> tuple[PopulationTold, ...]:
    """The last known of each year of census; a figure whose year is not told cannot be set in a series."""
    if not atlas.warehouse.holds(LEGAL):
        return ()
    rows = atlas.warehouse.rows(
        "SELECT reference_year AS year, max_by(municipal, in_force_on) AS people FROM legal_population "
        "WHERE kind = ? AND code = ? AND in_force_on <= ? AND municipal IS NOT NULL "
        "AND reference_year IS NOT NULL GROUP BY 1 ORDER BY 1",
        (territory.kind.value, territory.code.code, territory.on),
    )
    return tuple(PopulationTold(row["year"], row["people"], of_census=True) for row in rows)


def _published(atlas: Atlas, territory: Territory) -> tuple[PopulationTold, ...]:
    rows = atlas.warehouse.rows(
        "SELECT vintage AS year, population AS people FROM territory_feature "
        "WHERE kind = ? AND code = ? AND vintage <= ? AND population IS NOT NULL ORDER BY 1",
        (territory.kind.value, territory.code.code, territory.vintage),
    )
    return tuple(PopulationTold(row["year"], row["people"], of_census=False) for row in rows)

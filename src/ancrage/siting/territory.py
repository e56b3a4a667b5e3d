"""Where to open next in a territory: the communes to serve, those where a site may open, the choice."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from ancrage.errors import SitingError
from ancrage.siting.choosing import DEFAULT_SECONDS, choose_sites
from ancrage.siting.geography import LocatedCommunes, located_communes
from ancrage.siting.positions import Floats, Places
from ancrage.siting.result import Question, Siting
from ancrage.siting.shapes import TerritoryShapes, shapes_of
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory

POPULATION = "habitants"


@dataclass(frozen=True, slots=True)
class CandidateRule:
    """Communes where a site may open: at least so many inhabitants, in a list of codes, or both."""

    least_population: int | None = None
    communes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TerritorySiting:
    """Openings in a territory. ``unit`` names what is weighed; ``unlocated``: communes without a known place.

    ``outside``: codes of the candidates asked that are not communes of the territory. ``unplaced``: names of
    the existing sites left out for want of a position.
    """

    territory: Territory
    siting: Siting
    unit: str
    rule: CandidateRule
    unlocated: tuple[str, ...]
    outside: tuple[str, ...]
    unplaced: tuple[str, ...]
    shapes: TerritoryShapes | None


def open_sites(
    atlas: Atlas,
    territory: Territory,
    existing: Places,
    *,
    sites: int,
    radius_km: float | None = None,
    rule: CandidateRule | None = None,
    weights: Mapping[str, float | None] | None = None,
    unit: str = POPULATION,
    unplaced: Collection[str] = (),
    seconds: float = DEFAULT_SECONDS,
) -> TerritorySiting:
    """Where to open ``sites`` sites, ``existing`` ones (in the territory or around) being kept.

    ``radius_km``: serve most weight within it, « à vol d'oiseau »; without it, bring the mean distance to its
    least. ``weights``: by code of commune, a missing or ``None`` one being unknown; municipal population by
    default. ``unplaced``: existing sites whose position is not known, only told.

    Raises :class:`SitingError` and :class:`MissingSourceError` (no outline of communes).
    """
    asked = rule or CandidateRule()
    communes = located_communes(atlas, territory)
    weighed = communes.populations if weights is None else _weights(communes.places.ids, weights)
    question = Question(
        demand=communes.places,
        weights=weighed,
        candidates=_candidates(communes, asked),
        existing=existing,
        sites=sites,
        radius_km=radius_km,
    )
    return TerritorySiting(
        territory=territory,
        siting=choose_sites(question, seconds=seconds),
        unit=unit,
        rule=asked,
        unlocated=communes.unlocated,
        outside=tuple(sorted((asked.communes or frozenset()) - set(communes.places.ids))),
        unplaced=tuple(unplaced),
        shapes=shapes_of(atlas, territory),
    )


def _weights(codes: Collection[str], weights: Mapping[str, float | None]) -> Floats:
    known = (weights.get(code) for code in codes)
    return np.array([np.nan if weight is None else weight for weight in known], float)


def _candidates(communes: LocatedCommunes, rule: CandidateRule) -> Places:
    """Communes that satisfy the rule; an unknown population does not reach a minimum."""
    if rule.least_population is not None and rule.least_population < 0:
        raise SitingError(
            f"Une population minimale de {rule.least_population} n'est pas possible.",
            "Donnez un nombre d'habitants, par exemple 1000.",
        )
    kept = [
        rank
        for rank, code in enumerate(communes.places.ids)
        if (rule.communes is None or code in rule.communes)
        and (rule.least_population is None or communes.populations[rank] >= rule.least_population)
    ]
    return communes.places.take(kept)

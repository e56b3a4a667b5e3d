"""Rounds in a territory: through the stops that serve most, or through communes named one by one."""

from dataclasses import dataclass

from ancrage.errors import SitingError
from ancrage.rounds.days import RoundRules
from ancrage.rounds.planning import DEFAULT_SECONDS, Round, plan_round
from ancrage.siting.geography import located_communes
from ancrage.siting.positions import Places
from ancrage.siting.territory import TerritorySiting
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory


@dataclass(frozen=True, slots=True, eq=False)
class TerritoryRound:
    """A round and the choice of its stops (``None`` when they were named); ``unlocated``: stops left out."""

    round: Round
    siting: TerritorySiting | None
    unlocated: tuple[str, ...] = ()


def round_through_sites(
    atlas: Atlas,
    base: Territory,
    siting: TerritorySiting,
    rules: RoundRules | None = None,
    *,
    seconds: float = DEFAULT_SECONDS,
) -> TerritoryRound:
    """A round from a commune through the sites chosen by :func:`ancrage.siting.territory.open_sites`.

    ``seconds`` bounds the search of the order.

    Raises :class:`SitingError`, as :func:`ancrage.rounds.planning.plan_round` does.
    """
    return TerritoryRound(
        plan_round(_base(atlas, base), siting.siting.opened, rules, seconds=seconds), siting
    )


def round_through_communes(
    atlas: Atlas,
    base: Territory,
    stops: Territory,
    rules: RoundRules | None = None,
    *,
    seconds: float = DEFAULT_SECONDS,
) -> TerritoryRound:
    """A round from a commune through every commune of a territory (a set of one's own: ``23096+23176``).

    Raises :class:`SitingError`, and :class:`MissingSourceError` when no outline is known.
    """
    begun = _base(atlas, base)
    communes = located_communes(atlas, stops)
    planned = plan_round(begun, communes.places, rules, seconds=seconds)
    return TerritoryRound(planned, None, communes.unlocated)


def _base(atlas: Atlas, base: Territory) -> Places:
    if base.kind is not Kind.COMMUNE:
        raise SitingError(
            f"{base.name} ne peut pas être la base d'une tournée.", "Donnez le code d'une commune."
        )
    return located_communes(atlas, base).places

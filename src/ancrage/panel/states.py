"""What a choice makes of each quota, and who could stand in for each structure kept."""

from collections.abc import Iterator

from ancrage.panel.diversity import diversity
from ancrage.panel.longlist import LongList
from ancrage.panel.quotas import Quota, QuotaRow, Terms, rows_of
from ancrage.panel.result import QuotaState, StandIn

ROUNDING = 1e-9


def states_of(long_list: LongList, terms: Terms, chosen: frozenset[int]) -> tuple[QuotaState, ...]:
    """State of each quota in a choice."""
    return tuple(_state(quota, list(rows_of(quota, long_list)), chosen, terms.size) for quota in terms.quotas)


def _state(quota: Quota, rows: list[QuotaRow], chosen: frozenset[int], size: int) -> QuotaState:
    if not rows:
        return QuotaState(quota, "", 0, 0, 0, 0)
    told = max(rows, key=lambda row: (row.shortfall(chosen, size), _pressure(row, chosen)))
    return QuotaState(
        quota=quota,
        value=told.value,
        sure=len(chosen & told.sure),
        possible=len(chosen & told.possible),
        available=len(told.sure),
        missed=sum(row.shortfall(chosen, size) for row in rows),
    )


def _pressure(row: QuotaRow, chosen: frozenset[int]) -> int:
    """How near a row is to its bound: the tightest of the rows of a quota is the one told."""
    if row.quota.most is not None:
        return len(chosen & row.possible) - row.quota.most
    return (row.quota.least or 0) - len(chosen & row.sure)


def stand_ins(long_list: LongList, terms: Terms, chosen: tuple[int, ...]) -> tuple[StandIn | None, ...]:
    """For each structure kept, the one outside that costs least diversity in its place, quotas kept."""
    rows = [row for quota in terms.quotas for row in rows_of(quota, long_list)]
    value = diversity(long_list, terms.weights, chosen)
    return tuple(_stand_in(long_list, terms, rows, frozenset(chosen), leaving, value) for leaving in chosen)


def _stand_in(
    long_list: LongList,
    terms: Terms,
    rows: list[QuotaRow],
    chosen: frozenset[int],
    leaving: int,
    value: float,
) -> StandIn | None:
    missed = _missed(rows, chosen, terms.size)
    swaps = (
        (value - diversity(long_list, terms.weights, swapped), long_list.candidates[entering].id, entering)
        for entering, swapped in _swaps(len(long_list), chosen, leaving)
        if _missed(rows, swapped, terms.size) <= missed
    )
    best = min(swaps, default=None)
    if best is None:
        return None
    loss, _, entering = best
    return StandIn(long_list.candidates[entering], 0.0 if abs(loss) < ROUNDING else loss)


def _swaps(total: int, chosen: frozenset[int], leaving: int) -> Iterator[tuple[int, frozenset[int]]]:
    rest = chosen - {leaving}
    for entering in range(total):
        if entering not in chosen:
            yield entering, rest | {entering}


def _missed(rows: list[QuotaRow], chosen: frozenset[int], size: int) -> int:
    return sum(row.shortfall(chosen, size) for row in rows)

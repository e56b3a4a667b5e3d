"""Employers outside the ESS near a group: a PTCE brings them together too."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from ancrage.dynamics.complementarities import complementarities
from ancrage.dynamics.gatherings import Group
from ancrage.dynamics.structures import Structure
from ancrage.register.fabric import ALIVE, Places
from ancrage.territories.atlas import Atlas

Outside = Mapping[str, Sequence[tuple[str, int]]]
"""NAF codes with the number of employers outside the ESS, by commune."""


def employers_outside(atlas: Atlas, places: Places, *, on: date) -> Outside:
    """Employers outside the ESS that are open on the day, where the register knows all of them."""
    rows = atlas.warehouse.rows(
        "SELECT commune, naf, count(*) AS n FROM establishment WHERE ess = 'non' AND employer "
        f"AND naf IS NOT NULL AND {places.condition} AND {ALIVE} GROUP BY 1, 2",
        {"places": places.parameter, "on": on},
    )
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows:
        found.setdefault(row["commune"], []).append((row["naf"], row["n"]))
    return found


def with_others(
    groups: Sequence[Group], structures: Sequence[Structure], outside: Outside
) -> tuple[Group, ...]:
    """The same groups, each with the employers of its activities in the communes of its members."""
    by_rank = {one.rank: one for one in structures}
    return tuple(replace(group, others=_others(group, by_rank, outside)) for group in groups)


def _others(group: Group, by_rank: Mapping[int, Structure], outside: Outside) -> int:
    activities = [complementarities().activities[one] for one in group.pair.between]
    return sum(
        count
        for commune in {by_rank[rank].commune for rank in group.members}
        for naf, count in outside.get(commune, ())
        if any(activity.holds(naf, ()) for activity in activities)
    )

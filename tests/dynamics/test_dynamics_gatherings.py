import random

import numpy as np
from dynamics_factory import KM_OF_LATITUDE, structure
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from ancrage.dynamics.complementarities import complementarities
from ancrage.dynamics.gatherings import LEAST_MEMBERS, gather

DECLARED = complementarities()
ONE, OTHER = "bois", "construction"


def gathered(*structures, distance_km=20.0):
    return gather(structures, DECLARED, distance_km=distance_km)


def test_three_structures_of_two_activities_in_one_place_make_a_group():
    (group,) = gathered(structure(0, ONE), structure(1, OTHER), structure(2, OTHER))
    assert group.pair.id == "bois-construction"
    assert (group.first, group.second, group.units) == ((0,), (1, 2), 3)
    assert group.centre == "23096"
    assert not group.by_commune


def test_two_structures_one_activity_or_one_legal_unit_make_none():
    assert LEAST_MEMBERS == 3
    assert gathered(structure(0, ONE), structure(1, OTHER)) == ()
    assert gathered(structure(0, ONE), structure(1, ONE), structure(2, ONE)) == ()
    same = [structure(rank, ONE, OTHER, unit="123456789") for rank in range(4)]
    assert gathered(*same) == ()


def test_what_lies_beyond_the_circle_is_left_out():
    near = [structure(0, ONE), structure(1, OTHER), structure(2, OTHER)]
    (inside,) = gathered(*near, structure(3, OTHER, north_km=9.9, commune="23001"))
    assert inside.second == (1, 2, 3)
    assert round(inside.distances[3], 1) == 9.9
    (without,) = gathered(*near, structure(3, OTHER, north_km=20.2, commune="23001"))
    assert without.second == (1, 2)


def test_a_chain_of_structures_is_not_one_group():
    """Each is 5 km from the next: linked pairs would join all of them over 195 km."""
    chain = [
        structure(rank, (ONE, OTHER)[rank % 2], north_km=5.0 * rank, commune=f"{rank:05d}")
        for rank in range(40)
    ]
    groups = gathered(*chain)
    assert len(groups) >= 8
    assert max(len(group.members) for group in groups) <= 5


def test_without_any_position_a_group_is_a_commune():
    placeless = {"longitude": None, "latitude": None, "exact": False}
    (group,) = gathered(
        structure(0, ONE, **placeless),
        structure(1, OTHER, **placeless),
        structure(2, OTHER, **placeless),
        structure(3, OTHER, commune="23001", **placeless),
    )
    assert group.by_commune
    assert group.members == (0, 1, 2)
    assert set(group.distances.values()) == {None}


def test_the_distance_of_one_known_by_its_commune_alone_is_not_told():
    (group,) = gathered(structure(0, ONE), structure(1, OTHER), structure(2, OTHER, exact=False))
    assert group.distances[2] is None
    assert group.distances[0] == 0


drawn = st.lists(
    st.tuples(st.sampled_from([ONE, OTHER]), st.floats(0, 60), st.floats(0, 60), st.integers(0, 8)),
    max_size=40,
)


def made(rows):
    return [
        structure(
            rank,
            activity,
            north_km=north,
            commune=f"230{commune:02d}",
            longitude=1.87 + east * KM_OF_LATITUDE,
        )
        for rank, (activity, north, east, commune) in enumerate(rows)
    ]


@settings(max_examples=60)
@given(drawn, st.floats(1, 40))
def test_members_are_within_the_distance_of_one_another_and_in_one_group_only(rows, distance_km):
    structures = made(rows)
    groups = gather(structures, DECLARED, distance_km=distance_km)
    geod = Geod(ellps="WGS84")
    seen = [rank for group in groups for rank in group.members]
    assert len(seen) == len(set(seen))
    for group in groups:
        assert group.first
        assert group.second
        points = [(structures[rank].longitude, structures[rank].latitude) for rank in group.members]
        for a in points:
            for b in points:
                assert geod.inv(*a, *b)[2] <= distance_km * 1000 + 1


@settings(max_examples=30)
@given(drawn, st.randoms(use_true_random=False))
def test_the_order_of_the_structures_changes_nothing(rows, shuffler: random.Random):
    structures = made(rows)
    shuffled = structures.copy()
    shuffler.shuffle(shuffled)
    assert gather(shuffled, DECLARED, distance_km=20) == gather(structures, DECLARED, distance_km=20)


@settings(max_examples=30)
@given(drawn)
def test_the_first_group_is_the_best_circle_of_all(rows):
    """Against every circle looked at one by one."""
    structures = made(rows)
    groups = gather(structures, DECLARED, distance_km=20)
    geod = Geod(ellps="WGS84")
    best = 0
    for commune in {one.commune for one in structures}:
        own = [one for one in structures if one.commune == commune]
        middle = np.mean([(one.longitude, one.latitude) for one in own], axis=0)
        held = [one for one in structures if geod.inv(*middle, one.longitude, one.latitude)[2] <= 9_990]
        sides = [sum(one.activities == (side,) for one in held) for side in (ONE, OTHER)]
        best = max(best, min(sides) if sum(sides) >= LEAST_MEMBERS else 0)
    assert (min(len(groups[0].first), len(groups[0].second)) if groups else 0) >= best

import numpy as np
import pytest
import shapely
from dynamics_factory import places
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from ancrage.dynamics.gatherings import geocentric
from ancrage.dynamics.neighbours import NEAREST, Neighbours, nearest, neighbours_of, touching
from ancrage.dynamics.units import Scale, carried, units_of
from ancrage.territories.resolving import resolve


def squares(*corners):
    return np.array([shapely.box(x, y, x + 1, y + 1) for x, y in corners])


def test_shapes_that_share_a_side_or_a_corner_are_neighbours_and_an_island_has_none():
    links = touching(squares((0, 0), (1, 0), (2, 1), (9, 9)), [("a",), ("b",), ("c",), ("île",)])
    assert links == {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}}


def test_the_parts_of_one_place_do_not_make_it_its_own_neighbour():
    links = touching(squares((0, 0), (1, 0), (2, 0)), [("a",), ("a",), ("b",)])
    assert links == {"a": {"b"}, "b": {"a"}}


def test_places_that_share_a_commune_are_neighbours():
    assert touching(squares((0, 0)), [("a", "b")]) == {"a": {"b"}, "b": {"a"}}


def test_the_nearest_are_given_both_ways():
    centres = {f"{rank:03d}": (rank / 10, 46.0) for rank in range(20)}
    found = nearest(places([1] * 20, [100] * 20), centres)
    assert found.of["000"] == tuple(f"{rank:03d}" for rank in range(1, NEAREST + 1))
    for code, others in found.of.items():
        assert all(code in found.of[other] for other in others)
        assert len(others) >= NEAREST


def test_a_place_without_centre_is_told_apart():
    centres = {f"{rank:03d}": (rank / 10, 46.0) for rank in range(19)}
    found = nearest(places([1] * 20, [100] * 20), centres)
    assert found.without_place == ("019",)
    assert "019" not in found.of


coordinates = st.tuples(st.floats(-62, 56), st.floats(-22, 51))


@given(coordinates, st.floats(0, 0.3), st.floats(0, 0.3))
def test_straight_lines_are_geodesic_distances_to_the_metre(start, east, north):
    lon, lat = start
    a, b = geocentric([lon, lon + east], [lat, lat + north])
    _, _, metres = Geod(ellps="WGS84").inv(lon, lat, lon + east, lat + north)
    assert np.linalg.norm(a - b) == pytest.approx(metres, abs=1)


def test_without_outline_nor_centre_nobody_has_a_neighbour(embedded_atlas):
    units = units_of(embedded_atlas, territory(embedded_atlas), Scale.EPCI)
    assert neighbours_of(embedded_atlas, units) is None


def test_centres_stand_in_for_outlines(embedded_atlas):
    units = units_of(embedded_atlas, territory(embedded_atlas), Scale.EPCI)
    centres = {unit.code: (rank % 30, 43 + rank // 30 / 10) for rank, unit in enumerate(units.units)}
    found = neighbours_of(embedded_atlas, units, centres)
    assert isinstance(found, Neighbours)
    assert len(found.of) == len(units.units)


def territory(atlas, code="dep:23", on=None):
    return resolve(atlas, code, on=on or atlas.today)


def test_codes_are_carried_both_ways(embedded_atlas):
    """A commune that absorbed another gives both back; municipal arrondissements give their commune."""
    merged = [
        row
        for row in embedded_atlas.lineage
        if (row["from_vintage"], row["to_vintage"]) == (2021, 2026) and row["before"] != row["after"]
    ]
    row = merged[0]
    assert row["after"] in carried(embedded_atlas, 2021, 2026)(row["before"])
    assert row["before"] in carried(embedded_atlas, 2026, 2021)(row["after"])
    assert carried(embedded_atlas, 2026, 2026)("75108") == {"75056"}
    assert carried(embedded_atlas, 2021, 2026)("23096") == {"23096"}

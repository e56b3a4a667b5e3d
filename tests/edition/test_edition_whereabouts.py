"""The commune of a point of a list, by the outlines."""

import numpy as np
import pyarrow as pa
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ancrage.edition.register.whereabouts import CommuneIndex
from ancrage.territories.geometry.assignment import ZoneIndex

OUTLINES = [
    shapely.box(0, 0, 2, 2),
    shapely.box(2, 0, 4, 2),
    shapely.Polygon([(0, 2), (4, 2), (2, 6)]),
    shapely.MultiPolygon([shapely.box(6, 0, 7, 1), shapely.box(6, 2, 7, 3)]),
]
CODES = ["01001", "01002", None, "01004"]
coordinate = st.one_of(
    st.integers(-1, 8).map(float), st.floats(-1, 8), st.sampled_from([np.nan, np.inf, -np.inf, 400.0])
)


def index():
    table = pa.table({"geometry": shapely.to_wkb(OUTLINES).tolist(), "commune": ["a", "b", "c", "d"]})
    return CommuneIndex(table, CODES)


@given(st.lists(st.tuples(coordinate, coordinate), max_size=40))
def test_a_point_has_the_commune_that_the_grid_of_millions_of_points_gives(points):
    longitude, latitude = np.array(points, float).reshape(-1, 2).T
    ranks = ZoneIndex.build(OUTLINES, ["a", "b", "c", "d"]).assign(longitude, latitude)
    assert index()(longitude, latitude) == [CODES[rank] if rank >= 0 else None for rank in ranks]


def test_a_point_on_a_boundary_belongs_to_the_first_of_both():
    assert index()(np.array([2.0, 4.0, 2.0]), np.array([1.0, 1.0, 2.0])) == ["01001", "01002", "01001"]


def test_a_commune_split_since_and_a_place_without_coordinates_have_no_commune():
    assert index()(np.array([2.0, np.nan, 5.0]), np.array([5.0, 1.0, 5.0])) == [None, None, None]

"""A point is in a zone exactly when shapely says so, however the grid falls."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.errors import SourceContentError
from ancrage.territories.geometry.assignment import CHUNK, OUTSIDE, WITHOUT_COORDINATES, ZoneIndex
from ancrage.territories.geometry.raster import CROSSED, INSIDE, rasterise

SQUARE = shapely.box(0, 0, 1, 1)
RING = shapely.Polygon(SQUARE.exterior, [[(0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75)]])


def brute_force(zones, lon, lat):
    """First zone that intersects each point, asked one pair at a time, without any index or preparation."""
    bare = [shapely.from_wkb(shapely.to_wkb(zone)) for zone in zones]
    points = shapely.points(lon, lat)
    answer = np.full(len(lon), OUTSIDE)
    for number in reversed(range(len(bare))):
        answer[shapely.intersects(bare[number], points)] = number
    return answer


def place(zones, points, **options):
    index = ZoneIndex.build(zones, [f"z{i}" for i in range(len(zones))], **options)
    lon, lat = np.array(points, float).reshape(-1, 2).T
    return index.assign(lon, lat).tolist()


def test_edges_and_vertices_belong_to_the_zone():
    assert place([SQUARE], [(0, 0), (1, 1), (0.5, 0), (1, 0.5), (0.5, 0.5)]) == [0] * 5


def test_the_next_number_beyond_an_edge_is_outside():
    beyond = [(math.nextafter(1, 2), 0.5), (math.nextafter(0, -1), 0.5), (0.5, math.nextafter(1, 2))]
    assert place([SQUARE], beyond) == [OUTSIDE] * 3


def test_a_hole_is_outside_and_its_edge_inside():
    assert place([RING], [(0.5, 0.5), (0.25, 0.5), (0.75, 0.75), (0.1, 0.1)]) == [OUTSIDE, 0, 0, 0]


def test_the_first_zone_in_order_wins_where_several_cover_the_point():
    other = shapely.box(0.5, 0.5, 2, 2)
    points = [(0.75, 0.75), (1, 1), (1.5, 1.5)]
    assert place([SQUARE, other], points) == [0, 0, 1]
    assert place([other, SQUARE], points) == [0, 0, 0]


def test_a_point_without_coordinates_is_neither_in_nor_out():
    nowhere = [(math.nan, 0.5), (0.5, math.nan), (math.inf, 0.5), (0.5, -math.inf), (math.inf, -math.inf)]
    assert place([SQUARE], nowhere) == [WITHOUT_COORDINATES] * 5


def test_absurd_but_finite_coordinates_are_outside():
    assert place([SQUARE], [(1e308, 0.5), (0.5, -1e308), (1e308, 1e308)]) == [OUTSIDE] * 3


def test_both_ends_of_the_world_cost_their_own_pages_only():
    islands = [shapely.box(-61.6, 16.2, -61.5, 16.3), shapely.box(55.4, -21.0, 55.5, -20.9)]
    index = ZoneIndex.build(islands, ["971", "974"], cell_deg=2**-10)
    assert place(islands, [(-61.55, 16.25), (55.45, -20.95), (-3.0, -2.3)]) == [0, 1, OUTSIDE]
    assert index.pages.codes.nbytes < 1_000_000


@pytest.mark.parametrize("zones", [[], [shapely.Polygon()]], ids=["no zone", "an empty polygon"])
def test_nothing_covers_a_point_when_there_is_nothing(zones):
    assert place(zones, [(0.5, 0.5), (math.nan, 0)]) == [OUTSIDE, WITHOUT_COORDINATES]


def test_no_point_gives_no_answer():
    assert place([SQUARE], []) == []


def test_points_in_number_are_answered_in_their_order_by_several_workers():
    rng = np.random.default_rng(7)
    lon, lat = rng.uniform(-0.2, 1.2, (2, 3 * CHUNK + 5))
    zones = [shapely.Point(x, y).buffer(0.12) for x, y in rng.uniform(0, 1, (60, 2))]
    index = ZoneIndex.build(zones, [""] * 60)
    assert (index.assign(lon, lat, workers=4) == brute_force(zones, lon, lat)).all()


def test_a_self_crossing_polygon_is_refused_in_french():
    bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    with pytest.raises(SourceContentError, match=r"QN02301M.*inutilisable"):
        ZoneIndex.build([bow_tie], ["QN02301M"])


def test_a_line_is_refused():
    with pytest.raises(SourceContentError, match="pas un polygone"):
        ZoneIndex.build([shapely.LineString([(0, 0), (1, 1)])], ["ligne"])


def test_lists_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="1 zones, 2 labels"):
        ZoneIndex.build([SQUARE], ["a", "b"])
    with pytest.raises(ValueError, match="not one list of points"):
        ZoneIndex.build([SQUARE], ["a"]).assign(np.zeros(2), np.zeros(3))


def test_cells_known_to_be_inside_touch_no_edge():
    zone = shapely.Point(0.3, 0.4).buffer(0.21)
    cells = rasterise(zone, 64.0)
    boxes = shapely.box(cells.columns / 64, cells.rows / 64, (cells.columns + 1) / 64, (cells.rows + 1) / 64)
    crossed = shapely.intersects(zone.boundary, boxes)
    assert (crossed == (cells.status == CROSSED)).all()
    assert shapely.contains_properly(zone, boxes[cells.status == INSIDE]).all()


# Whole numbers of cells put vertices and edges right on the lines of the grid; floats put them anywhere.
coordinate = st.one_of(
    st.integers(-24, 24).map(lambda n: n / 16),
    st.floats(-1.5, 1.5, allow_subnormal=False),
)
spot = st.tuples(coordinate, coordinate)


@st.composite
def zone(draw):
    """A valid area of any shape: a hull, a repaired scribble, with a bite taken out or far parts added."""
    corners = draw(st.lists(spot, min_size=3, max_size=9, unique=True))
    shape = shapely.make_valid(shapely.Polygon(corners), method="structure", keep_collapsed=False)
    if draw(st.booleans()):
        bite = shapely.MultiPoint(draw(st.lists(spot, min_size=3, max_size=5))).convex_hull
        shape = shapely.difference(shape, bite)
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.is_valid]
    whole = shapely.MultiPolygon(parts)
    return whole if whole.is_valid else shapely.MultiPolygon()


@given(
    zones=st.lists(zone(), min_size=1, max_size=6),
    spots=st.lists(spot, max_size=20),
    shift=st.sampled_from([(0, 0), (-61, 16), (55, -21), (2, 48)]),
    cell=st.sampled_from([1.0, 2**-4, 2**-6, 2**-9, None]),
)
@settings(max_examples=150, deadline=None)
def test_the_index_always_agrees_with_shapely(zones, spots, shift, cell):
    moved = [shapely.transform(zone, lambda points: points + shift) for zone in zones]
    moved = [zone if zone.is_valid else shapely.MultiPolygon() for zone in moved]
    vertices = shapely.get_coordinates(moved)
    middles = (vertices[:-1] + vertices[1:]) / 2
    points = np.concatenate([np.array(spots, float).reshape(-1, 2) + shift, vertices, middles])
    lon, lat = points[:, 0], points[:, 1]
    index = ZoneIndex.build(moved, [""] * len(moved), cell_deg=cell)
    assert index.assign(lon, lat).tolist() == brute_force(moved, lon, lat).tolist()

"""Outlines are measured on the ellipsoid, joined without loss, and drawn light."""

import gzip
import json
from collections import defaultdict

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ancrage.errors import SourceContentError
from ancrage.territories.geometry.display import project_for_display, simplify_for_display
from ancrage.territories.geometry.features import NO_AREA, NO_OUTLINE, valid_area
from ancrage.territories.geometry.outlines import area_km2, dissolve, outline_of, outline_rows

SQUARE = {"type": "Polygon", "coordinates": [[[2, 46], [2, 47], [3, 47], [3, 46], [2, 46]]]}


def feature(code, geometry, **properties):
    return {"type": "Feature", "properties": {"code": code, **properties}, "geometry": geometry}


def outlines_of(path, code_key="code", name_key="nom"):
    with gzip.open(path) as stream:
        return outline_rows(json.load(stream)["features"], code_key, name_key)


def test_one_degree_square_at_46_degrees_north_measures_8500_km2():
    # By the authalic formula on GRS80: 111.15 km of meridian by 76.7 km of parallel.
    assert area_km2(shapely.box(2, 46, 3, 47)) == pytest.approx(8_531, rel=0.002)


def test_the_direction_of_rings_changes_nothing_and_holes_are_taken_off():
    square = shapely.box(2, 46, 3, 47)
    hole = shapely.box(2.25, 46.25, 2.75, 46.75)
    pierced = shapely.Polygon(square.exterior, [hole.exterior])
    assert area_km2(shapely.reverse(square)) == pytest.approx(area_km2(square))
    assert area_km2(pierced) == pytest.approx(area_km2(square) - area_km2(hole), rel=1e-4)


def test_an_outline_carries_its_area_its_extent_and_a_point_inside():
    (outline,) = outline_rows([feature("X", SQUARE, nom="Ici")], "code")
    assert (outline.code, outline.name, outline.bbox) == ("X", "Ici", (2.0, 46.0, 3.0, 47.0))
    assert outline.geometry.contains(shapely.Point(outline.lon, outline.lat))


def test_pairs_of_properties_and_geometry_are_read_too():
    assert outline_rows([({"code": "X"}, SQUARE)], "code")[0].code == "X"


def test_parts_given_apart_are_joined_and_features_without_geometry_left_out():
    east = {"type": "Polygon", "coordinates": [[[3, 46], [3, 47], [4, 47], [4, 46], [3, 46]]]}
    rows = outline_rows([feature("X", SQUARE), feature("X", east), feature("Y", None)], "code")
    assert [(row.code, row.bbox) for row in rows] == [("X", (2.0, 46.0, 4.0, 47.0))]


def test_each_feature_is_drawn_or_told_and_a_collection_keeps_what_covers_an_area():
    line = {"type": "LineString", "coordinates": [[2, 46], [3, 46]]}
    flat = {"type": "Polygon", "coordinates": [[[2, 46], [3, 46], [2, 46], [2, 46]]]}
    told = []
    rows = outline_rows(
        [
            feature("A", {"type": "GeometryCollection", "geometries": [SQUARE, line]}),
            *(feature("B", None), feature("C", flat), feature("D", line)),
        ],
        "code",
        tell=lambda rank, properties, why: told.append((rank, properties["code"], why)),
    )
    assert [(row.code, row.geometry.geom_type) for row in rows] == [("A", "Polygon")]
    assert told == [(2, "B", NO_OUTLINE), (3, "C", NO_AREA), (4, "D", NO_AREA)]


@pytest.mark.mirror
def test_two_communes_have_an_outline_that_simplifying_has_flattened_and_are_told(mirror):
    told, kept, given = {}, set(), 0
    for path in sorted((mirror / "contours/communes-1000m").glob("communes-1000m-*.geojson.gz")):
        features = json.loads(gzip.decompress(path.read_bytes()))["features"]
        given += len(features)
        rows = outline_rows(features, "code", tell=lambda _, one, why: told.update({one["code"]: why}))
        kept |= {row.code for row in rows}
    assert told == {"39140": NO_AREA, "41284": NO_AREA}
    assert given == len(kept) + len(told) == 35_000


def test_a_feature_without_code_names_the_property_expected_and_those_received():
    with pytest.raises(SourceContentError, match=r"« insee_com ».*code, nom"):
        outline_rows([feature("X", SQUARE, nom="Ici")], "insee_com")


def test_an_unreadable_geometry_names_the_territory():
    with pytest.raises(SourceContentError, match="« X » est illisible"):
        outline_rows([feature("X", {"type": "Polygon", "coordinates": [[2, 46]]})], "code")


def test_a_ring_that_crosses_itself_keeps_its_area():
    eight = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    assert valid_area(eight).area == pytest.approx(0.5)


def test_dissolving_two_squares_removes_their_common_side():
    rows = [outline_of("a", "", shapely.box(2, 46, 3, 47)), outline_of("b", "", shapely.box(3, 46, 4, 47))]
    (whole,) = dissolve(
        [*rows, outline_of("c", "", shapely.box(9, 9, 10, 10))], {"a": "G", "b": "G"}, {"G": "Groupe"}
    )
    assert (whole.code, whole.name, whole.bbox) == ("G", "Groupe", (2.0, 46.0, 4.0, 47.0))
    assert whole.geometry.geom_type == "Polygon"
    assert whole.area_km2 == pytest.approx(sum(row.area_km2 for row in rows), rel=1e-4)


@given(max_points=st.integers(4, 400), islands=st.integers(0, 40))
def test_a_simplified_outline_never_exceeds_its_points_and_stays_valid(max_points, islands):
    main = shapely.Point(0, 0).buffer(1, quad_segs=200)
    around = [shapely.Point(2 + i, 3).buffer(0.1 + i / 100) for i in range(islands)]
    drawn = simplify_for_display(shapely.union_all([main, *around]), max_points)
    assert shapely.get_num_coordinates(drawn) <= max_points
    assert drawn.is_valid
    assert not drawn.is_empty


def test_three_points_cannot_draw_a_ring():
    with pytest.raises(ValueError, match="3 points"):
        simplify_for_display(shapely.box(0, 0, 1, 1), 3)


def test_a_drawing_goes_down_when_latitude_goes_down_and_keeps_proportions():
    x, y = project_for_display(np.array([0.0, 2.0]), np.array([61.0, 59.0]), (0.0, 59.0, 2.0, 61.0))
    assert y.tolist() == [0, 1]
    assert x == pytest.approx([0, 0.5])


@pytest.mark.mirror
def test_the_258_communes_of_creuse_measure_what_the_departement_does(mirror):
    communes = outlines_of(mirror / "contours/communes-23-creuse.geojson.gz")
    assert len(communes) == 258
    total = sum(commune.area_km2 for commune in communes)
    departements = outlines_of(mirror / "contours/departements-2025.geojson.gz", "insee_dep", "lib_dep")
    creuse = next(departement for departement in departements if departement.code == "23")
    assert total == pytest.approx(creuse.area_km2, rel=0.01)
    # INSEE's 5,565 km² come from the cadastre, which leaves some of the waters out.
    assert total == pytest.approx(5_565, rel=0.01)


@pytest.mark.mirror
def test_every_departement_and_region_is_outlined(mirror):
    assert len(outlines_of(mirror / "contours/departements-2025.geojson.gz", "insee_dep", "lib_dep")) == 101
    regions = outlines_of(mirror / "contours/regions-2025.geojson.gz", "insee_reg", "lib_reg")
    assert {region.code: region.name for region in regions}["75"] == "Nouvelle-Aquitaine"


@pytest.mark.mirror
def test_paris_is_in_its_file_both_whole_and_by_arrondissement(mirror):
    paris = {
        row.code: row for row in outlines_of(mirror / "contours/communes-1000m/communes-1000m-75.geojson.gz")
    }
    districts = sum(row.area_km2 for code, row in paris.items() if code != "75056")
    assert len(paris) == 21
    assert districts == pytest.approx(paris["75056"].area_km2, rel=0.02)


@pytest.mark.mirror
def test_epci_of_creuse_are_dissolved_from_their_communes(mirror):
    path = mirror / "contours/communes-1000m/communes-1000m-23.geojson.gz"
    with gzip.open(path) as stream:
        features = json.load(stream)["features"]
    epci = {row["properties"]["code"]: row["properties"]["epci"] for row in features}
    communes = outline_rows(features, "code")
    members = defaultdict(float)
    for commune in communes:
        members[epci[commune.code]] += commune.area_km2
    groups = dissolve(communes, epci)
    assert "200044014" in {group.code for group in groups}
    for group in groups:
        assert group.area_km2 == pytest.approx(members[group.code], rel=0.001)

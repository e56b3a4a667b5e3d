import gzip
import json
import math
from pathlib import Path
from typing import Any

import pytest
from diagnosis_factory import feature, full, square, with_map

from ancrage.diagnosis.model import Outline
from ancrage.reports import cartography as geo
from ancrage.reports.maps import draw_map


def test_rings_are_found_in_every_kind_of_geojson() -> None:
    one = square(2, 46)
    several: dict[str, object] = {"type": "MultiPolygon", "coordinates": [one["coordinates"]] * 2}
    kinds: list[dict[str, object]] = [
        one,
        several,
        feature(several),
        {"type": "FeatureCollection", "features": [feature(one), feature(several)]},
        {"type": "GeometryCollection", "geometries": [one]},
        {"type": "Point", "coordinates": [2, 46]},
        {"type": "Feature", "properties": None, "geometry": None},
    ]
    assert [len(geo.rings(shape)) for shape in kinds] == [1, 2, 2, 3, 1, 0, 0]


def test_a_frame_keeps_distances_alike_on_both_axes() -> None:
    ring = geo.rings(square(2, 46, 1))[0]
    frame = geo.fit([ring], 0, 0, 500, 500)
    (x1, y1), (x2, y2) = frame.place((2, 46)), frame.place((3, 47))
    assert frame.height == pytest.approx(500)
    assert (x2 - x1) / (y1 - y2) == pytest.approx(math.cos(math.radians(46.5)))


def test_overseas_is_drawn_apart() -> None:
    shapes = [geo.rings(square(*corner))[0] for corner in ((55.4, -21.2), (2, 46), (-61.1, 14.6))]
    assert list(geo.by_area(shapes)) == [geo.METROPOLE, "Martinique", "La Réunion"]


@pytest.mark.parametrize(("at_most", "length"), [(0.99, 0.5), (1, 1), (4.9, 2), (5, 5), (99, 50), (100, 100)])
def test_a_scale_bar_has_a_round_length(at_most: float, length: float) -> None:
    assert geo.round_length(at_most) == pytest.approx(length)


def test_without_an_outline_there_is_no_map() -> None:
    assert draw_map(full()) is None
    assert draw_map(full(outline=Outline())) is None


def test_answers_differ_by_pattern_and_the_unknown_commune_has_none() -> None:
    drawn = draw_map(with_map())
    assert drawn is not None
    assert drawn.zoning == "Commune de montagne"
    assert "commune reponse-a-verifier" in drawn.svg
    assert [entry.label for entry in drawn.legend] == [
        "territoire",
        "commune classée",
        "commune à vérifier",
        "commune non classée",
        "commune",
        "quartier prioritaire (QPV)",
        "établissement : Coopératives",
    ]


def test_the_map_is_also_told_in_words() -> None:
    drawn = draw_map(with_map())
    assert drawn is not None
    assert drawn.listed[0] == "quartier prioritaire L’Albatros (QN02301M)"
    assert len(drawn.listed) == 5


def creuse(mirror: Path) -> list[dict[str, Any]]:
    path = mirror / "contours" / "communes-1000m" / "communes-1000m-23.geojson.gz"
    features: list[dict[str, Any]] = json.loads(gzip.decompress(path.read_bytes()))["features"]
    for one in features:
        one["properties"]["name"] = one["properties"]["nom"]
    return features


@pytest.mark.mirror
def test_the_real_communes_of_creuse_grand_sud_are_all_on_the_map(mirror: Path) -> None:
    communes = [one for one in creuse(mirror) if one["properties"]["epci"] == "200044014"]
    faux = next(one for one in communes if one["properties"]["code"] == "23077")
    drawn = draw_map(full(outline=Outline(territory=faux, communes=tuple(communes))))
    assert drawn is not None
    assert drawn.svg.count('class="commune"') == len(communes) == 26
    assert ">Faux-la-Montagne</text>" in drawn.svg


@pytest.mark.mirror
def test_the_names_of_a_whole_departement_are_left_to_the_list(mirror: Path) -> None:
    communes = tuple(creuse(mirror))
    drawn = draw_map(full(outline=Outline(communes=communes)))
    assert drawn is not None
    assert 'class="etiquette"' not in drawn.svg
    assert len(drawn.listed) == len(communes)

"""In a QPV: oui when a perimeter says so, non when nothing is missing, à vérifier otherwise."""

import csv
import gzip
import json
from collections import Counter

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ancrage.errors import SourceContentError
from ancrage.reasoning import Verdict
from ancrage.territories.geometry.assignment import ZoneIndex
from ancrage.territories.geometry.outlines import area_km2
from ancrage.territories.geometry.positions import Grade, grade_of, reaches_an_edge
from ancrage.territories.geometry.qpv_placement import Case, departement_of, place_in_qpv
from ancrage.territories.geometry.qpv_polygons import (
    Extent,
    extent_of,
    missing_polygons,
    pair_names,
    qpv_communes,
    qpv_index,
    qpv_zones,
)

# A perimeter of 1.1 km by 0.8 km, and the commune around it.
QUARTER = shapely.box(2.00, 46.00, 2.01, 46.01)
INSIDE, BESIDE, FAR = (2.005, 46.005), (2.0101, 46.005), (2.05, 46.05)


def feature(codes, names, commune="23096", geometry=QUARTER, **more):
    properties = {"insee_com": commune, "lib_com": "Ici", "code_qp": codes, "lib_qp": names, **more}
    drawn = None if geometry is None else json.loads(shapely.to_geojson(geometry))
    return {"type": "Feature", "properties": properties, "geometry": drawn}


ALBATROS = feature("QN02301M", "L'Albatros")


def answer(point, commune="23096", quality="11", features=(ALBATROS,), listed=(ALBATROS,), **options):
    """Verdict, codes and reason for one point."""
    zones, communes = qpv_zones(features), qpv_communes(listed)
    lon, lat = (np.array([value], float) for value in point or (np.nan, np.nan))
    lacking = missing_polygons(communes, zones)
    placed = place_in_qpv(qpv_index(zones), lon, lat, [commune], [quality], communes, lacking, **options)
    return placed.verdicts[0], placed.codes[0], placed.reasons[0]


def read(mirror, name):
    with gzip.open(mirror / "zonages" / f"{name}.geojson.gz") as stream:
        return json.load(stream)["features"]


# --- the decision


def test_a_point_in_the_perimeter_is_in_the_qpv():
    verdict, codes, reason = answer(INSIDE)
    assert (verdict, codes) == (Verdict.OUI, ("QN02301M",))
    assert reason == "Le point est dans le périmètre du QPV."


def test_the_edge_of_the_perimeter_is_in_the_qpv():
    assert answer((2.01, 46.005))[0] is Verdict.OUI


def test_a_point_outside_is_not_when_no_perimeter_of_the_commune_is_missing():
    assert answer(BESIDE)[:2] == (Verdict.NON, ())


def test_a_point_outside_is_to_be_checked_when_a_perimeter_of_its_commune_is_missing():
    listed = (feature("QN02301M, QN02302M", "L'Albatros, Autre"),)
    verdict, codes, reason = answer(BESIDE, listed=listed)
    assert (verdict, codes) == (Verdict.A_VERIFIER, ("QN02301M", "QN02302M"))
    assert "périmètre n'est pas dans les données" in reason
    assert answer(INSIDE, listed=listed)[:2] == (Verdict.OUI, ("QN02301M",))


def test_a_commune_without_qpv_needs_no_coordinates():
    assert answer(None, commune="23077", quality=None)[0] is Verdict.NON


def test_a_commune_with_a_qpv_needs_coordinates():
    verdict, codes, reason = answer(None)
    assert (verdict, codes) == (Verdict.A_VERIFIER, ("QN02301M",))
    assert "coordonnées manquent" in reason


@pytest.mark.parametrize("point", [(0, 0), (620_000.0, 6_560_000.0)], ids=["null island", "metres"])
def test_coordinates_that_are_no_place_count_as_missing(point):
    assert "coordonnées manquent" in answer(point)[2]


@pytest.mark.parametrize("point", [INSIDE, FAR])
def test_a_point_drawn_at_random_in_the_commune_decides_nothing(point):
    verdict, _, reason = answer(point, quality="33")
    assert verdict is Verdict.A_VERIFIER
    assert "hasard dans la commune" in reason


@pytest.mark.parametrize("quality", ["12", "22", 12])
def test_a_point_drawn_at_random_in_a_street_decides_nothing_alone(quality):
    assert answer(INSIDE, quality=quality)[0] is Verdict.A_VERIFIER


def test_a_point_drawn_in_a_street_decides_when_its_published_error_reaches_no_edge():
    # From the middle of the perimeter the nearest edge is 387 m away, in longitude.
    assert answer(INSIDE, quality="12", max_error_m=np.array([380.0]))[0] is Verdict.OUI
    assert answer(INSIDE, quality="12", max_error_m=np.array([395.0]))[0] is Verdict.A_VERIFIER
    assert answer(FAR, quality="22", max_error_m=np.array([300.0]))[0] is Verdict.NON
    assert answer(FAR, quality="22", max_error_m=np.array([np.nan]))[0] is Verdict.A_VERIFIER


def test_a_probable_street_and_an_unpublished_quality_decide_and_say_so():
    assert answer(INSIDE, quality="21")[2].endswith("Rue seulement probable, selon l'Insee.")
    assert answer(INSIDE, quality=None)[2].endswith("Qualité de la position non publiée.")
    assert answer(INSIDE, quality="21")[0] is answer(INSIDE, quality=None)[0] is Verdict.OUI


def test_a_quality_nobody_described_decides_nothing():
    assert answer(INSIDE, quality="_U")[0] is Verdict.A_VERIFIER


def test_a_perimeter_and_a_list_that_disagree_are_to_be_checked():
    verdict, codes, reason = answer(INSIDE, commune="23097")
    assert (verdict, codes) == (Verdict.A_VERIFIER, ("QN02301M",))
    assert "la liste n'en donne aucun" in reason


def test_a_departement_that_the_list_does_not_cover_is_never_a_no():
    assert answer(FAR, commune="97801")[0] is Verdict.A_VERIFIER
    assert answer(FAR, commune="48095", known_departements={"23", "48"})[0] is Verdict.NON
    assert answer(FAR, listed=(), features=())[0] is Verdict.A_VERIFIER


def test_an_unknown_commune_is_decided_by_a_perimeter_only():
    assert answer(INSIDE, commune=None)[0] is Verdict.OUI
    assert answer(FAR, commune=None)[0] is Verdict.A_VERIFIER


def test_a_polygon_of_several_qpv_says_that_one_of_them_holds_the_point():
    several = feature("QN02301M, QN02302M", "L'Albatros, Autre")
    verdict, codes, reason = answer(INSIDE, features=(several,), listed=(several,))
    assert (verdict, codes) == (Verdict.OUI, ("QN02301M", "QN02302M"))
    assert "l'un de ces QPV" in reason


def test_no_point_gives_no_answer():
    nothing = np.empty(0)
    placed = place_in_qpv(ZoneIndex.build([], []), nothing, nothing, [], [], {}, {})
    assert len(placed.verdicts) == len(placed.codes) == len(placed.reasons) == 0


qualities = st.sampled_from(["11", "12", "21", "22", "33", "", None, "_U", 11.0, float("nan")])
points = st.sampled_from([INSIDE, BESIDE, FAR, (np.nan, 46.0), (2.01, 46.01)])
rows = st.tuples(points, qualities, st.sampled_from(["23096", "23097", "75056", None]))


@given(st.lists(rows, max_size=30))
def test_answers_given_together_are_those_given_alone(cases):
    communes = qpv_communes([ALBATROS])
    index = qpv_index(qpv_zones([ALBATROS]))

    def place(chosen):
        lon, lat = np.array([point for point, _, _ in chosen], float).reshape(-1, 2).T
        placed = place_in_qpv(
            index, lon, lat, [c for *_, c in chosen], [q for _, q, _ in chosen], communes, {}
        )
        return list(zip(placed.verdicts, placed.codes, placed.reasons, strict=True))

    together = place(cases)
    assert together == [place([case])[0] for case in cases]
    assert all(codes for verdict, codes, _ in together if verdict is Verdict.OUI)
    assert not any(codes for verdict, codes, _ in together if verdict is Verdict.NON)


def test_published_qualities_are_read_as_text_or_number():
    assert [grade_of(value) for value in ("11", 11, 11.0, " 11 ")] == [Grade.NUMBER] * 4
    assert [grade_of(value) for value in (None, "", float("nan"))] == [Grade.UNPUBLISHED] * 3


def test_a_radius_in_metres_never_misses_an_edge():
    index = qpv_index(qpv_zones([ALBATROS]))
    metres_to_edge = 0.0001 * 111_320 * np.cos(np.radians(46.005))
    lon, lat = np.full(2, BESIDE[0]), np.full(2, BESIDE[1])
    radius = np.array([metres_to_edge * 1.001, metres_to_edge * 0.98])
    assert reaches_an_edge(index, lon, lat, radius).tolist() == [True, False]


@pytest.mark.parametrize(("commune", "departement"), [("23096", "23"), ("2A004", "2A"), ("97411", "974")])
def test_a_commune_code_begins_with_its_departement(commune, departement):
    assert departement_of(commune) == departement


# --- what is read


def test_names_are_paired_with_codes_only_when_no_comma_is_ambiguous():
    assert pair_names(("A", "B"), "Un, Deux") == ("Un", "Deux")
    assert pair_names(("A",), "Gare, Marché") == ("Gare, Marché",)
    assert pair_names(("A", "B"), "Gare, Marché, Deux") == ()
    assert qpv_communes([feature("A, B", "Gare, Marché, Deux")]) == {"23096": (("A", ""), ("B", ""))}


def test_a_qpv_over_two_communes_is_in_both():
    assert list(qpv_communes([feature("A", "Un", commune="57606, 57660")])) == ["57606", "57660"]


def test_a_perimeter_drawn_for_one_commune_serves_the_other():
    listed = qpv_communes([feature("A", "Un", commune="57606"), feature("A", "Un", commune="57660")])
    assert missing_polygons(listed, qpv_zones([feature("A", "Un", commune="57606")])) == {}
    assert missing_polygons(listed, []) == {"57606": ("A",), "57660": ("A",)}


def test_a_letter_lost_between_two_encodings_is_given_back():
    assert qpv_communes([feature("A", "C\x9cur De Ville")])["23096"] == (("A", "Cœur De Ville"),)


@pytest.mark.parametrize("missing", ["code_qp", "insee_com"])
def test_a_feature_without_code_or_commune_is_refused_in_french(missing):
    with pytest.raises(SourceContentError, match="Un polygone de QPV n'a pas de"):
        qpv_zones([feature("A", "Un", **{missing: ""})])


def test_a_layer_of_communes_is_not_a_layer_of_perimeters():
    commune = shapely.box(2.0, 46.0, 2.06, 46.05)
    zones = qpv_zones([feature("QN02301M", "L'Albatros", geometry=commune)])
    assert zones[0].extent is Extent.COMMUNE
    assert (
        answer(INSIDE, features=[feature("QN02301M", "L'Albatros", geometry=commune)])[0]
        is Verdict.A_VERIFIER
    )


def test_a_layer_is_judged_on_its_median_polygon():
    large = shapely.box(2.0, 46.0, 2.06, 46.05)
    assert extent_of([QUARTER, QUARTER, large]) is Extent.PERIMETER
    assert extent_of([QUARTER, large, large]) is Extent.COMMUNE
    assert extent_of([]) is Extent.PERIMETER


# --- real files


@pytest.mark.mirror
def test_the_692_polygons_of_2024_are_outlines_of_communes(mirror):
    zones = qpv_zones(read(mirror, "qpv-2024-polygones-par-commune"))
    assert len(zones) == 692
    assert sum(len(zone.codes) == 1 for zone in zones) == 419
    assert {zone.extent for zone in zones} == {Extent.COMMUNE}
    gueret = next(zone for zone in zones if zone.commune == "23096")
    # The commune of Guéret measures 26.2 km².
    assert gueret.codes == ("QN02301M",)
    assert area_km2(gueret.geometry) == pytest.approx(25.7, abs=0.1)


@pytest.mark.mirror
def test_every_qpv_of_the_2024_list_lacks_its_perimeter(mirror):
    listed = qpv_communes(read(mirror, "qpv-2024-communes"))
    zones = qpv_zones(read(mirror, "qpv-2024-polygones-par-commune"))
    assert len(listed) == 824
    assert len({code for qpv in listed.values() for code, _ in qpv}) == 1_493
    assert missing_polygons(listed, zones).keys() == listed.keys()
    assert dict(listed["23096"]) == {"QN02301M": "L'Albatros"}
    assert all(name for qpv in listed.values() for _, name in qpv)


@pytest.mark.mirror
def test_the_105_qpv_2015_of_occitanie_are_perimeters_and_valid_once_read(mirror):
    features = read(mirror, "qpv-2015-occitanie-qp")
    zones = qpv_zones(features)
    assert len(zones) == 105
    assert {zone.extent for zone in zones} == {Extent.PERIMETER}
    assert all(zone.geometry.is_valid for zone in zones)
    assert missing_polygons(qpv_communes(features), zones) == {}
    assert np.median([area_km2(zone.geometry) for zone in zones]) == pytest.approx(0.22, abs=0.01)


@pytest.mark.mirror
def test_a_qpv_names_a_commune_without_giving_its_code(mirror):
    zones = qpv_zones(read(mirror, "qpv-2015-occitanie-qp"))
    incomplete = [zone for zone in zones if len(zone.commune_names) > len(zone.communes)]
    assert [(zone.codes, zone.communes, zone.commune_names) for zone in incomplete] == [
        (("QP065003",), ("65440",), ("Séméac", "Tarbes"))
    ]


@pytest.fixture(scope="module")
def siae(mirror):
    with gzip.open(mirror / "siae/siae-2020-12.csv.gz", "rt", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def coordinates(rows):
    return np.array([[float(row["lon"] or "nan"), float(row["lat"] or "nan")] for row in rows]).T


@pytest.mark.mirror
@pytest.mark.parametrize("layer", ["qpv-2024-polygones-par-commune", "qpv-2015-occitanie-qp"])
def test_the_3853_siae_fall_where_shapely_says(mirror, siae, layer):
    zones = [zone.geometry for zone in qpv_zones(read(mirror, layer))]
    lon, lat = coordinates(siae)
    expected = np.where(np.isfinite(lon), -1, -2)
    points = shapely.points(lon, lat)
    for number in reversed(range(len(zones))):
        expected[shapely.intersects(shapely.from_wkb(shapely.to_wkb(zones[number])), points)] = number
    assert len(siae) == 3_853
    assert (ZoneIndex.build(zones, [""] * len(zones)).assign(lon, lat) == expected).all()


@pytest.mark.mirror
def test_some_siae_of_occitanie_are_in_the_quarter_their_address_tells(mirror, siae):
    zones = qpv_zones(read(mirror, "qpv-2015-occitanie-qp"))
    names = {zone.label: zone.names[0] for zone in zones}
    index, (lon, lat) = qpv_index(zones), coordinates(siae)
    found = index.assign(lon, lat)
    placed = {
        (row["address"], row["city"]): names[index.labels[zone]]
        for row, zone in zip(siae, found, strict=True)
        if zone >= 0
    }
    assert (found >= 0).sum() == 45
    assert placed["36 Rue des Canaris", "Auch"] == "Grand Garros"
    assert placed["2 Cour Belle Vue", "Montpellier"] == "Petit Bard Pergola"
    assert placed["Rue de la Verrerie", "Carmaux"] == "Rajol - Cérou - Gourgatieux - Bouloc - Verrerie"
    assert placed["Rue Couvent de la Merci", "Perpignan"] == "Quartier Centre Ancien"


@pytest.mark.mirror
def test_no_siae_is_said_to_be_in_a_qpv_2024_while_perimeters_are_missing(mirror, siae):
    zones = qpv_zones(read(mirror, "qpv-2024-polygones-par-commune"))
    listed = qpv_communes(read(mirror, "qpv-2024-communes"))
    lon, lat = coordinates(siae)
    communes = ["23096" if row["city"] == "Guéret" else "23077" for row in siae]
    placed = place_in_qpv(
        qpv_index(zones), lon, lat, communes, [None] * len(siae), listed, missing_polygons(listed, zones)
    )
    assert Counter(placed.cases.tolist()) == {
        Case.NO_PERIMETER: communes.count("23096"),
        Case.COMMUNE_WITHOUT: communes.count("23077"),
    }

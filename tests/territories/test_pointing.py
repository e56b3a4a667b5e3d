"""A point: its commune, its quarter, and what stays to be checked beside a limit."""

from datetime import date

import numpy as np
import pytest
import shapely

from ancrage.edition.opened import Opened
from ancrage.errors import InvalidQuestionError, MissingSourceError, UnknownTerritoryError
from ancrage.questions.points import PointQuestion
from ancrage.questions.question import Asking
from ancrage.questions.reading import read
from ancrage.reasoning import Verdict
from ancrage.territories.pointing import ROUNDED_KM, Point, communes_at, in_quarter

ON = date(2021, 3, 31)
GUERET = Point(1.8713, 46.1707)


@pytest.mark.parametrize(
    "written", ["1.8713,46.1707", "1.8713 46.1707", "1,8713 46,1707", "1,8713;46,1707", " 1.8713 , 46.1707 "]
)
def test_a_point_is_read_as_people_write_it(written):
    assert read(PointQuestion, {"point": [written]}).point == GUERET


@pytest.mark.parametrize("written", ["", "abc", "1.8713", "1,8,46,1", "200,10", "1.87,460", "nan,nan"])
def test_what_is_no_point_is_refused_with_the_way_to_write_it(written):
    with pytest.raises(InvalidQuestionError):
        read(PointQuestion, {"point": [written]})


def test_the_commune_drawn_around_a_point_comes_first_and_alone_far_from_limits(real_atlas):
    assert communes_at(real_atlas, GUERET, on=date(2026, 1, 1)) == ("23096",)


def test_a_point_of_paris_is_in_paris_and_one_at_sea_is_nowhere(real_atlas):
    assert communes_at(real_atlas, Point(2.3522, 48.8566), on=ON)[0] == "75056"
    with pytest.raises(UnknownTerritoryError):
        communes_at(real_atlas, Point(-30, 0), on=ON)


def test_without_outlines_a_point_has_no_commune(embedded_atlas):
    with pytest.raises(MissingSourceError):
        communes_at(embedded_atlas, GUERET, on=ON)


def test_beside_a_limit_what_depends_on_the_commune_is_to_be_checked(real_atlas, tmp_path):
    """A point on the drawn limit of two communes whose zonings differ."""
    shapes = {
        row["commune"]: shapely.from_wkb(row["geometry"])
        for row in real_atlas.warehouse.rows(
            "SELECT commune, geometry FROM outline WHERE commune IN ('23096', '23208')"
        )
    }
    shared = shapely.intersection(shapes["23096"].boundary, shapes["23208"].boundary)
    middle = shapely.get_point(next(iter(shapely.get_parts(shapely.line_merge(shared)))), 0)
    point = Point(middle.x, middle.y)
    places = communes_at(real_atlas, point, on=date(2026, 1, 1))
    assert {"23096", "23208"} <= set(places)
    question = PointQuestion(point=point, on=date(2026, 1, 1))
    opened = Opened(real_atlas, "essai", real_atlas.today, tmp_path)
    facts = question.answer(Asking(opened, date(2026, 1, 1))).facts
    told = {one.zoning.id: one for one in facts.zonings}
    assert told["frr"].verdict is Verdict.OUI
    assert told["qpv"].verdict is Verdict.A_VERIFIER


def test_quarters_whose_perimeter_is_known_are_answered_as_a_plain_test_of_each_polygon_does(real_atlas):
    rows = real_atlas.warehouse.rows(
        "SELECT codes[1] AS code, geometry FROM qpv_zone WHERE generation = 2015 AND len(codes) = 1 "
        "AND commune = '66136' ORDER BY zone"
    )
    shapes = {row["code"]: shapely.from_wkb(row["geometry"]) for row in rows}
    whole = shapely.union_all(list(shapes.values()))
    west, south, east, north = whole.bounds
    seeded = np.random.default_rng(13)
    answers = set()
    for longitude, latitude in zip(
        seeded.uniform(west, east, 200), seeded.uniform(south, north, 200), strict=True
    ):
        here = shapely.Point(longitude, latitude)
        if shapely.distance(whole.boundary, here) * 112 < 2 * ROUNDED_KM:
            continue
        found = in_quarter(real_atlas, Point(longitude, latitude), tuple(shapes), on=ON)
        inside = [code for code, shape in shapes.items() if shapely.contains(shape, here)]
        assert (found.verdict is Verdict.OUI) is bool(inside)
        assert set(found.quarters) == set(inside)
        answers.add(found.verdict)
    assert answers == {Verdict.OUI, Verdict.NON}


def test_a_quarter_without_perimeter_is_named_and_to_be_checked(real_atlas):
    found = in_quarter(real_atlas, GUERET, ("QN02301M",), on=date(2026, 1, 1))
    assert (found.verdict, found.quarters) == (Verdict.A_VERIFIER, ("QN02301M",))


def test_a_point_of_one_of_the_four_quarters_of_2024_drawn_is_in_it_and_says_from_which_source(
    real_atlas, tmp_path
):
    opened = Opened(real_atlas, "essai", real_atlas.today, tmp_path)
    on = date(2026, 11, 23)
    told = {}
    for longitude, latitude in ((6.2375, 44.0945), (6.25, 44.11), (1.8713, 46.1707)):
        question = PointQuestion(point=Point(longitude, latitude), on=on)
        facts = question.answer(Asking(opened, on)).facts
        told[longitude] = next(one for one in facts.zonings if one.zoning.id == "qpv")
    inside, outside, unknown = told.values()
    assert (inside.verdict, inside.source) == (Verdict.OUI, "qpv-2024-contours")
    assert "QN00401M" in " ".join(inside.details)
    assert (outside.verdict, outside.details) == (Verdict.NON, ())
    assert (unknown.verdict, unknown.source) == (Verdict.A_VERIFIER, "qpv-2024-communes")
    assert "QN02301M" in " ".join(unknown.details)


def test_the_contract_of_a_point_is_named(real_atlas, tmp_path):
    opened = Opened(real_atlas, "essai", real_atlas.today, tmp_path)
    on = date(2026, 11, 23)
    facts = PointQuestion(point=GUERET, on=on).answer(Asking(opened, on)).facts
    (crte,) = [one for one in facts.zonings if one.zoning.id == "crte"]
    assert crte.details[0].startswith("CRTE ")

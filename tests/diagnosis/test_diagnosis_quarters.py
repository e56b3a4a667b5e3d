"""The page of a quarter speaks of the quarter, and says unknown what its perimeter alone would tell."""

from datetime import date

import pytest
import shapely

from ancrage.diagnosis.assemble import diagnose
from ancrage.diagnosis.provenance import UNDRAWN_QUARTER
from ancrage.reports.diagnosis.sheet.place import map_section
from ancrage.reports.maps import draw_map
from ancrage.territories.resolving import resolve

pytestmark = pytest.mark.mirror
TODAY, THEN = date(2026, 11, 23), date(2021, 3, 31)
PERPIGNAN, DIGNE, GUERET = ("qpv:QP066007", THEN), ("qpv:QN00401M", TODAY), ("qpv:QN02301M", TODAY)


def told_of(atlas, quarter):
    code, on = quarter
    return diagnose(atlas, resolve(atlas, code, on=on), with_outline=True)


@pytest.mark.parametrize("quarter", [PERPIGNAN, DIGNE, GUERET])
def test_a_quarter_is_itself_and_not_the_quarters_of_its_commune(real_atlas, quarter):
    diagnosis = told_of(real_atlas, quarter)
    (qpv,) = [one for one in diagnosis.zonings if one.id == "qpv"]
    assert qpv.verdict == "oui"
    (named,) = qpv.details
    assert diagnosis.territory.code in named
    assert "commune" not in qpv.reason.lower()


def test_a_quarter_whose_perimeter_is_known_is_drawn_by_it(real_atlas):
    diagnosis = told_of(real_atlas, PERPIGNAN)
    (row,) = real_atlas.warehouse.rows("SELECT geometry FROM qpv_zone WHERE codes = ['QP066007']")
    drawn = shapely.geometry.shape(diagnosis.outline.territory["geometry"])
    assert drawn.equals(shapely.from_wkb(row["geometry"]))
    assert diagnosis.outline.communes == ()
    assert [one.label for one in draw_map(diagnosis).legend][:1] == ["territoire"]


def test_a_quarter_without_perimeter_is_no_commune_and_its_map_says_so(real_atlas):
    diagnosis = told_of(real_atlas, GUERET)
    assert diagnosis.outline.territory is None
    assert [one["properties"]["code"] for one in diagnosis.outline.communes] == ["23096"]
    assert "territoire" not in [one.label for one in draw_map(diagnosis).legend]
    (section,) = map_section(diagnosis)
    assert "périmètre de ce quartier n’est pas connu" in section.blocks[0].caption


@pytest.mark.parametrize("quarter", [PERPIGNAN, GUERET])
def test_what_a_register_cannot_place_in_a_quarter_is_unknown_never_none(real_atlas, quarter):
    """Guéret's perimeter is not known; Perpignan's is of 2015, where the register places nothing."""
    diagnosis = told_of(real_atlas, quarter)
    assert diagnosis.ess is None
    assert diagnosis.inclusion is None or diagnosis.inclusion.total is None
    assert UNDRAWN_QUARTER in [piece.subject for piece in diagnosis.missing]


def test_the_structures_that_may_be_in_a_quarter_are_counted_to_be_checked(real_atlas):
    (listed,) = real_atlas.warehouse.rows("SELECT count(*) AS n FROM siae WHERE commune = '23096'")
    inclusion = told_of(real_atlas, GUERET).inclusion
    assert listed["n"] > 0
    assert inclusion.in_qpv["a_verifier"] == listed["n"]

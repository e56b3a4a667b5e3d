"""States of communes at each threshold, and what the unknown never becomes."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.coverage.judging import ORDER, Reaches, State
from ancrage.coverage.kinds import support_kinds
from ancrage.coverage.places import Directory, SupportPlace, Zone, ZoneKind
from ancrage.coverage.states import Communes, cover
from ancrage.errors import SupportFileError
from ancrage.siting.positions import EARTH_RADIUS_KM

ON = date(2026, 11, 23)
DEGREE_KM = EARTH_RADIUS_KM * np.pi / 180


def communes(*latitudes, departement="23"):
    size = len(latitudes)
    return Communes(
        codes=tuple(f"2300{rank}" for rank in range(size)),
        names=tuple(f"Commune {rank}" for rank in range(size)),
        epcis=("200044014",) * size,
        departements=(departement,) * size,
        regions=("75",) * size,
        populations=np.full(size, 100.0),
        longitudes=np.full(size, 2.0),
        latitudes=np.array(latitudes, float),
    )


def place(kind="france_active", latitude=46.0, **changes):
    told = {"id": f"{kind}-{latitude}", "kind": kind, "name": "Lieu", "commune": None, "longitude": 2.0}
    return SupportPlace(**(told | {"latitude": latitude} | changes))


def directory(*places, kinds=()):
    return Directory(places, kinds=frozenset({one.kind for one in places} | set(kinds)))


def state(found, kind, rank=0):
    return ORDER[found.kinds[kind].states[rank]]


@pytest.mark.parametrize(
    ("km", "expected"),
    [
        (14.999, State.COUVERT),
        (15.0, State.COUVERT),
        (15.001, State.ELOIGNE),
        (45.0, State.ELOIGNE),
        (45.001, State.NON_COUVERT),
    ],
)
def test_the_distance_decides_at_its_thresholds(km, expected):
    found = cover(communes(46.0 + km / DEGREE_KM), directory(place()), on=ON)
    assert state(found, "france_active") is expected


def test_a_kind_of_which_nothing_was_loaded_is_unknown_never_uncovered():
    found = cover(communes(46.0), directory(), on=ON)
    assert state(found, "france_active") is State.INCONNU
    assert ORDER[found.together[0]] is State.INCONNU


def test_the_dla_is_everywhere_from_the_day_of_its_decree_except_overseas_collectivities():
    for on, expected in ((date(2015, 9, 3), State.COUVERT), (date(2015, 9, 2), State.INCONNU)):
        assert state(cover(communes(46.0), directory(), on=on), "dla") is expected
    far = cover(communes(46.0, departement="987"), directory(), on=ON)
    assert state(far, "dla") is State.INCONNU


ESS = tuple(kind.id for kind in support_kinds().values() if kind.ess)


def test_nobody_but_the_dla_is_said_only_when_everybody_else_is_known_to_be_far():
    others = [kind for kind in ESS if kind != "dla"]
    everywhere = directory(*(place(kind) for kind in others))
    alone = cover(communes(46.0 + 46 / DEGREE_KM), everywhere, on=ON)
    assert ORDER[alone.together[0]] is State.DLA_SEUL
    but_one = directory(*(place(kind) for kind in others[1:]))
    assert ORDER[cover(communes(46.0 + 46 / DEGREE_KM), but_one, on=ON).together[0]] is State.INCONNU
    before = cover(communes(46.0 + 46 / DEGREE_KM), everywhere, on=date(2015, 9, 2))
    assert ORDER[before.together[0]] is State.INCONNU


def test_one_network_that_covers_is_enough_whatever_the_others_are():
    found = cover(communes(46.0), directory(place()), on=ON)
    assert ORDER[found.together[0]] is State.COUVERT


@pytest.mark.parametrize(
    ("zone", "covered"),
    [
        (Zone(ZoneKind.PAYS), True),
        (Zone(ZoneKind.REGION, "75"), True),
        (Zone(ZoneKind.REGION, "84"), False),
        (Zone(ZoneKind.DEPARTEMENT, "23"), True),
        (Zone(ZoneKind.EPCI, "200044014"), True),
        (Zone(ZoneKind.COMMUNE, "23000"), True),
        (Zone(ZoneKind.COMMUNE, "23001"), False),
    ],
)
def test_a_declared_territory_is_covered_whatever_the_distance(zone, covered):
    found = cover(communes(49.0), directory(place(zones=(zone,))), on=ON)
    assert state(found, "france_active") is (State.COUVERT if covered else State.NON_COUVERT)


def test_a_place_that_receives_nobody_shortens_no_distance():
    found = cover(communes(46.0), directory(place(receives=False)), on=ON)
    assert state(found, "france_active") is State.NON_COUVERT


def test_a_commune_without_position_is_unknown_unless_declared():
    lost = communes(np.nan)
    assert state(cover(lost, directory(place()), on=ON), "france_active") is State.INCONNU
    served = place(zones=(Zone(ZoneKind.DEPARTEMENT, "23"),))
    assert state(cover(lost, directory(served), on=ON), "france_active") is State.COUVERT


@pytest.mark.parametrize("reaches", [(0, 45), (-1, 45), (50, 45)])
def test_thresholds_that_do_not_follow_are_refused(reaches):
    with pytest.raises(SupportFileError):
        Reaches(*reaches)


@given(
    here=st.lists(st.floats(42, 51), min_size=1, max_size=15),
    there=st.lists(st.floats(42, 51), min_size=1, max_size=6),
    more=st.floats(42, 51),
)
def test_one_more_place_never_covers_less(here, there, more):
    before = cover(communes(*here), directory(*(place(latitude=one) for one in there)), on=ON)
    after = cover(communes(*here), directory(*(place(latitude=one) for one in [*there, more])), on=ON)
    for kind in ("france_active",):
        assert np.all(after.kinds[kind].states <= before.kinds[kind].states)
    assert np.all(after.together <= before.together)


@given(
    here=st.lists(st.floats(42, 51), min_size=1, max_size=10), there=st.lists(st.floats(42, 51), min_size=1)
)
def test_the_nearest_place_is_the_nearest_of_all(here, there):
    found = cover(communes(*here), directory(*(place(latitude=one) for one in there)), on=ON)
    by_hand = [min(abs(one - other) for other in there) * DEGREE_KM for one in here]
    assert found.kinds["france_active"].distances == pytest.approx(by_hand, abs=1e-6)

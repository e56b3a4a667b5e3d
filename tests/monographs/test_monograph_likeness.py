"""Cases like yours: the distance, trait by trait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.errors import MonographError
from ancrage.monographs.catalogue import read_monographs
from ancrage.monographs.comparing import compare
from ancrage.monographs.traits import LABELS, Traits, likeness
from ancrage.register.catalogue import families, workforce_bands
from ancrage.register.codes import Naf
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind, TerritoryCode

NAFS = [Naf(code) for code in ("16.10A", "16.10B", "16.23Z", "88.99B", "88.10A")]
TRAITS = st.builds(
    Traits,
    tools=st.none() | st.frozensets(st.integers(1, 19)),
    zonings=st.none() | st.dictionaries(st.sampled_from(["zrr", "qpv", "frr"]), st.booleans()),
    naf=st.none() | st.sampled_from(NAFS),
    band=st.none() | st.sampled_from(list(workforce_bands())),
    family=st.none() | st.sampled_from(list(families())),
)


@given(TRAITS, TRAITS)
def test_the_distance_is_the_same_both_ways_and_stays_between_0_and_1(one: Traits, other: Traits) -> None:
    there, back = likeness(one, other), likeness(other, one)
    assert there == back
    assert there.distance is None or 0 <= there.distance <= 1
    assert set(there.parts) | set(there.unknown) == set(LABELS)
    assert not set(there.parts) & set(there.unknown)


@given(TRAITS)
def test_a_case_is_at_no_distance_from_itself(one: Traits) -> None:
    assert likeness(one, one).distance in (None, 0)


@given(TRAITS, TRAITS)
def test_forgetting_a_trait_never_makes_another_one_differ(one: Traits, other: Traits) -> None:
    known, forgotten = likeness(one, other), likeness(Traits(tools=one.tools), other)
    assert forgotten.parts.items() <= known.parts.items()


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("16.10A", "16.10A", 0),
        ("16.10A", "16.10B", 1 / 3),
        ("16.10A", "16.23Z", 2 / 3),
        ("16.10A", "88.99B", 1),
    ],
)
def test_activities_are_as_far_as_the_nomenclature_parts_them(
    mine: str, theirs: str, expected: float
) -> None:
    assert likeness(Traits(naf=Naf(mine)), Traits(naf=Naf(theirs))).distance == pytest.approx(expected)


def test_tools_are_as_far_as_what_they_do_not_share() -> None:
    one, other = Traits(tools=frozenset({1, 8})), Traits(tools=frozenset({8, 11}))
    assert likeness(one, other).distance == pytest.approx(2 / 3)


def test_nothing_known_is_incomparable_not_alike() -> None:
    assert likeness(Traits(), Traits(band="11")).distance is None


def test_an_unknown_family_or_band_is_refused_with_what_is_possible() -> None:
    with pytest.raises(MonographError, match="club"):
        Traits(family="club")
    with pytest.raises(MonographError, match="99"):
        Traits(band="99")


def test_a_place_is_compared_on_the_day_of_the_study(embedded_atlas: Atlas) -> None:
    """Faux-la-Montagne was in a ZRR and is in FRR today: it is not far from itself."""
    here = TerritoryCode(Kind.COMMUNE, "23077")
    found = compare(embedded_atlas, read_monographs().cases, Traits(), here)
    nearest = next(one for one in found if one.case.id == "ambiance_bois")
    assert nearest.likeness.parts["zonings"] == 0

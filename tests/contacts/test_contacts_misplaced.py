"""A département that lost its first zero is not believed before the address that denies it."""

from dataclasses import replace

import pytest

from ancrage.contacts.misplaced import settled
from ancrage.contacts.reading import Published, listed
from ancrage.contacts.sources import PUBLISHER

TOWNS = {
    "09": frozenset({"foix"}),
    "90": frozenset({"belfort"}),
    "01": frozenset({"bourg en bresse"}),
    "10": frozenset({"troyes"}),
    "974": frozenset({"saint pierre"}),
    "975": frozenset({"saint pierre"}),
    "30": frozenset({"nimes", "saint pierre"}),
    "34": frozenset({"saint pierre"}),
}
TEMPLATE = {"kind": "crib", "name": "Un centre", "phone": "", "website": "", "source_date": "2019-10"}


def published(code: str, postcode: str, city: str, **other: str) -> Published:
    row = TEMPLATE | {"territory_codes": code, "address": "1 rue", "postcode": postcode, "city": city} | other
    return listed(PUBLISHER, row, ())


@pytest.mark.parametrize(
    ("code", "postcode", "city", "placed"),
    [
        ("dep:90", "09000", "Foix", "dep:09"),
        ("dep:975", "97448", "Saint-Pierre Cedex", "dep:974"),
        ("dep:01", "10000", "Bourg-en-Bresse", "dep:01"),  # a slip of the postcode: no such town there
        ("dep:34", "30000", "Saint-Pierre", "dep:34"),  # the town is one of both
        ("dep:90", "90000", "Belfort", "dep:90"),
        ("dep:90|dep:09", "09000", "Foix", "dep:90"),  # it serves both
    ],
)
def test_a_contact_is_where_its_postcode_and_its_town_agree_that_it_is(
    code: str, postcode: str, city: str, placed: str
) -> None:
    told: list[tuple[str, ...]] = []
    (found,) = settled([published(code, postcode, city)], TOWNS, lambda *said: told.append(said))
    assert found.territories[0] == placed
    assert len(told) == (placed not in code.split("|"))


def test_an_office_listed_under_several_departements_serves_them_from_its_seat() -> None:
    seats = [published(code, "09000", "Foix") for code in ("dep:09", "dep:90", "dep:30")]
    told: list[tuple[str, ...]] = []
    assert list(settled(seats, TOWNS, lambda *said: told.append(said))) == seats
    assert told == []


def test_nothing_else_of_a_contact_moves_with_it() -> None:
    before = published("dep:90", "09000", "Foix", phone="05 61 00 00 00")
    (after,) = settled([before], TOWNS, lambda *_: None)
    assert replace(after, territories=before.territories) == before


@pytest.mark.parametrize(
    ("written", "read"),
    [("+508 508411973", "+508 411973"), ("+687 252384", "+687 252384"), ("05 61 02 98 97", "05 61 02 98 97")],
)
def test_a_country_written_twice_before_a_number_is_read_once(written: str, read: str) -> None:
    assert published("dep:975", "97500", "Saint-Pierre", phone=written).phone == read

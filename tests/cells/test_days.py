"""Days as cells hold them: read, or told with how to write them; one that has two readings has none."""

from datetime import date

import pytest

from ancrage.cells.days import read_day, read_days


@pytest.mark.parametrize(
    "cell",
    [
        *("2021-03-31", "31/03/2021", "2021/03/31", "31.03.2021", "31-03-2021", "20210331", "44286"),
        *("44286,5", "31 mars 2021", "mercredi 31 mars 2021", "le 31 mars 2021", "31 MARS 2021"),
        *("2021-03-31T10:00:00", "31-03-2021 23:59", "31/03/2021 10:00:00", "2021-03-30T22:00:00Z"),
        *(" 31/03/2021 ", "31/3/2021", "20210331.0", "20210331120000"),
    ],
)
def test_a_day_is_read_however_it_is_written(cell):
    assert read_day(cell).value == date(2021, 3, 31)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1er juillet 2021", date(2021, 7, 1)),
        ("1er janv. 2021", date(2021, 1, 1)),
        ("2020-12-31T23:00:00Z", date(2021, 1, 1)),
        ("2021-06-30T21:59:59Z", date(2021, 6, 30)),
        ("10000", date(1927, 5, 18)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_a_day_is_that_of_paris_and_of_its_calendar(cell, day):
    assert read_day(cell).value == day


@pytest.mark.parametrize("cell", ["", "  ", "nd", "-", "Inconnu"])
def test_an_empty_cell_is_unknown_and_nothing_is_told(cell):
    assert (read_day(cell).value, read_day(cell).misread) == (None, False)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("30/02/2021", "février 2021 a 28 jours"),
        ("2021-13-01", "pas de mois 13"),
        ("31/03/21", "deux chiffres d'année"),
        ("2021", "ne dit pas le jour"),
        ("mars 2021", "ne dit pas le jour"),
        ("NC", "n'est pas un jour"),
        ("9999", "ne dit pas le jour"),
        ("73416", "n'est pas un jour"),
    ],
)
def test_what_is_no_day_is_told_with_how_to_write_it(cell, why):
    told = read_day(cell)
    assert told.value is None
    assert why in told.remark
    assert told.repair.startswith("Écrivez")


def test_a_day_with_two_readings_has_none_beside_an_american_one():
    found = read_days(["03/04/2021", "04/28/2021", "05/05/2021"])
    assert [one.value for one in found] == [None, None, date(2021, 5, 5)]
    assert "se lit de deux façons" in found[0].remark
    assert [one.value for one in read_days(["03/04/2021", "28/04/2021"])] == [
        date(2021, 4, 3),
        date(2021, 4, 28),
    ]

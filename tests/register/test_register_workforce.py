"""Workforce bands as intervals, and what is said of an employer."""

from itertools import pairwise

import ibis
import pyarrow as pa
import pytest

from ancrage.errors import InvalidCodeError
from ancrage.register.catalogue import workforce_bands
from ancrage.register.workforce import Workforce, band_label, is_employer, workforce
from ancrage.register.workforce_columns import with_workforce


@pytest.mark.parametrize(
    ("band", "mark", "expected"),
    [
        ("NN", False, Workforce(0, 0)),
        ("NN", None, Workforce(0, 0)),
        ("NN", True, None),
        (None, True, None),
        ("", None, None),
        ("00", True, Workforce(0, 0)),
        ("01", None, Workforce(1, 2)),
        ("11", True, Workforce(10, 19)),
        ("53", True, Workforce(10_000, None)),
    ],
)
def test_unknown_is_not_zero(band, mark, expected):
    assert workforce(band, mark) == expected


def test_the_central_value_is_the_geometric_mean():
    assert Workforce(1, 2).central == 1.4
    assert Workforce(10, 19).central == 13.8
    assert Workforce(0, 0).central == 0
    assert Workforce(10_000, None).central == 10_000


def test_bands_follow_each_other_without_a_gap():
    bands = [band for code, band in workforce_bands().items() if code not in {"NN", "00"}]
    assert all(before.high + 1 == after.low for before, after in pairwise(bands))
    assert bands[-1].high is None


def test_a_band_or_a_mark_is_enough_to_be_an_employer():
    # The DINUM (13002526500013): marked N, and 250 to 499 employees.
    assert is_employer("32", False) is True
    assert is_employer("NN", True) is True
    assert is_employer("NN", False) is False
    assert is_employer("NN", None) is False
    assert is_employer(None, None) is None
    assert is_employer("00", None) is None


def test_an_undefined_band_is_refused():
    with pytest.raises(InvalidCodeError, match="54"):
        workforce("54", None)


def test_a_band_has_french_words():
    assert band_label("11") == "10 à 19 salariés"
    assert band_label(None) == "effectif inconnu"


def test_a_whole_column_says_the_same_as_each_value():
    cases = [(band, mark) for band in [*workforce_bands(), None] for mark in (True, False, None)]
    table = ibis.memtable(
        pa.table(
            {
                "rank": range(len(cases)),
                "band": pa.array([band for band, _ in cases], pa.string()),
                "mark": pa.array([mark for _, mark in cases], pa.bool_()),
            }
        )
    )
    rows = ibis.duckdb.connect().to_pyarrow(with_workforce(table).order_by("rank")).to_pylist()
    for (band, mark), row in zip(cases, rows, strict=True):
        interval = workforce(band, mark)
        expected = (interval and interval.low, interval and interval.high, interval and interval.central)
        assert (row["jobs_low"], row["jobs_high"], row["jobs_central"]) == expected, (band, mark)
        assert row["employer"] is is_employer(band, mark), (band, mark)

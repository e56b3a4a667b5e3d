"""The metres SIRENE gives are read in the legal projection of each département."""

import numpy as np
import pyarrow as pa
import pytest

from ancrage.register.projecting import degrees, with_degrees

# Origin of Lambert-93 (decree 2000-1276), and the central meridians of the UTM zones on the equator.
POINTS = [
    ("23", 700_000.0, 6_600_000.0, 3.0, 46.5),
    ("971", 500_000.0, 1_768_935.4, -63.0, 16.0),
    ("973", 500_000.0, 442_104.4, -51.0, 4.0),
    ("974", 500_000.0, 7_680_828.7, 57.0, -20.97),
    ("976", 500_000.0, 8_584_000.0, 45.0, -12.8),
]


@pytest.mark.parametrize(("departement", "x", "y", "longitude", "latitude"), POINTS)
def test_a_point_on_the_central_meridian_of_its_projection_is_where_it_should_be(
    departement, x, y, longitude, latitude
):
    east, north = degrees(np.array([x]), np.array([y]), [departement])
    assert east[0] == pytest.approx(longitude, abs=1e-6)
    assert north[0] == pytest.approx(latitude, abs=0.02)


def test_nothing_is_said_of_a_point_without_projection_or_without_metres():
    east, north = degrees(np.array([1.0, np.nan, 1.0]), np.array([1.0, 1.0, 1.0]), ["987", "23", None])
    assert np.isnan(east).all()
    assert np.isnan(north).all()


def test_a_published_position_is_kept_and_a_missing_one_worked_out():
    batch = pa.record_batch(
        {
            "longitude": pa.array([1.0, None, None]),
            "latitude": pa.array([45.0, None, None]),
            "x": pa.array([700_000.0, 700_000.0, None]),
            "y": pa.array([6_600_000.0, 6_600_000.0, None]),
            "departement": pa.array(["23", "23", "23"]),
        }
    )
    told = with_degrees(batch)
    assert told["longitude"].to_pylist() == [1.0, pytest.approx(3.0), None]
    assert told["latitude"].to_pylist() == [45.0, pytest.approx(46.5), None]

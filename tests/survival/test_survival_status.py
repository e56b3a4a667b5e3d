"""Survival from states alone: by hand, for what must hold, and on the real digital file."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.errors import SurvivalError
from ancrage.survival.file import survive_from_file
from ancrage.survival.status import estimate_status

HEADER = "siren;date_creation;est_active;famille_ess\n"


def test_pooled_neighbours_by_hand():
    # Ages 1, 2, 3 with shares ceased 1/2, 0, 1: the first two are pooled at 1/4.
    age = np.array([1, 1, 2, 2, 3], float)
    ceased = np.array([1, 0, 0, 0, 1], float)
    assert estimate_status(age, ceased).survival.tolist() == pytest.approx([0.75, 0.75, 0.0])


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=60))
def test_the_share_left_never_rises_with_age_and_keeps_the_total(states):
    age = np.array([one for one, _ in states], float)
    ceased = np.array([two for _, two in states], float)
    curve = estimate_status(age, ceased, draws=3)
    assert np.all(np.diff(curve.survival) <= 1e-12)
    fitted = 1 - curve.survival[np.searchsorted(curve.ages, age)]
    assert fitted.sum() == pytest.approx(ceased.sum())


def written(tmp_path, rows, header=HEADER, encoding="utf-8"):
    path = tmp_path / "unites.csv"
    path.write_bytes((header + "".join(f"{row}\n" for row in rows)).encode(encoding))
    return path


def test_a_file_says_what_it_could_not_watch(tmp_path):
    rows = [f"{n:09};2015-01-01;True;association" for n in range(11)]
    rows += ["1;;True;association", "2;1900-01-01;True;association", "3;2030-01-01;True;association"]
    rows += ["4;2015-01-01;peut-être;association", "5;2015-01-01;False;", "6;31/12/2015;True;association"]
    found = survive_from_file(written(tmp_path, rows), by="famille", observed_on=date(2026, 2, 18))
    assert dict(found.left_out) == {
        "créées après le jour d'observation": 1,
        "date de création inconnue": 3,
        "groupe inconnu": 1,
        "état inconnu": 1,
    }


def test_a_file_in_the_encoding_of_windows_is_read(tmp_path):
    rows = [f"{n:09};2015-01-01;True;coopérative" for n in range(11)]
    path = written(tmp_path, rows, encoding="cp1252")
    assert (
        survive_from_file(path, by="famille", observed_on=date(2026, 2, 18)).groups[0].label == "coopérative"
    )


@pytest.mark.parametrize(
    ("rows", "header", "by"),
    [
        ([], "siren;nom\n", "famille"),
        (["1;2015-01-01;True;a"], HEADER, "famille"),
        (["1;2015-01-01;True;a"], HEADER, "qpv"),
    ],
)
def test_a_file_that_tells_too_little_is_refused(tmp_path, rows, header, by):
    with pytest.raises(SurvivalError):
        survive_from_file(written(tmp_path, rows, header), by=by, observed_on=date(2026, 2, 18))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(SurvivalError):
        survive_from_file(tmp_path / "absent.csv", by="famille", observed_on=date(2026, 2, 18))


@pytest.mark.mirror
def test_the_real_units_of_the_digital_sector(mirror):
    path = mirror / "sirene" / "unites-legales-ess-numerique.csv.gz"
    found = survive_from_file(path, by="famille", observed_on=date(2026, 2, 18))
    units = {group.label: (group.curve.units, group.curve.ceased) for group in found.groups}
    assert units == {"Associations": (2464, 275), "Coopératives": (125, 33), "Fondations": (15, 5)}
    assert sum(size for size, _ in units.values()) + sum(found.left_out.values()) == 3667

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
    rows += ["4;2015-01-01;peut-être;association", "5;2015-01-01;False;", "6;31/02/2015;True;association"]
    found = survive_from_file(written(tmp_path, rows), by="famille", observed_on=date(2026, 2, 18))
    assert dict(found.left_out) == {
        "créées après le jour d'observation": 1,
        "date de création inconnue": 2,
        "date de création non comprise": 1,
        "groupe inconnu": 1,
        "état inconnu": 1,
    }
    assert [(one.line, one.reason) for one in found.rejects] == [
        (18, "« 31/02/2015 » n'est pas un jour (février 2015 a 28 jours). Écrivez JJ/MM/AAAA ou AAAA-MM-JJ.")
    ]


def test_a_line_with_another_number_of_cells_is_told(tmp_path):
    rows = [f"{n:09};2015-01-01;True;association" for n in range(11)]
    found = survive_from_file(
        written(tmp_path, [*rows, "1;2015-01-01"]), by="famille", observed_on=date(2026, 2, 18)
    )
    assert [one.line for one in found.rejects] == [13]


WRITINGS = {
    "iso": "%Y-%m-%d",
    "fr": "%d/%m/%Y",
    "slash": "%Y/%m/%d",
    "compact": "%Y%m%d",
    "heure": "%Y-%m-%dT00:00:00.000Z",
    "dots": "%d.%m.%Y",
}


def in_writing(tmp_path, write):
    days = [date(2000 + n // 2, 1 + n % 12, 1 + 3 * (n % 10)) for n in range(40)]
    rows = [f"{write(day)};{'C' if n % 3 else 'A'}" for n, day in enumerate(days)]
    path = written(tmp_path, rows, "dateCreationUniteLegale;etatAdministratifUniteLegale\n")
    return survive_from_file(path, by="ess", observed_on=date(2026, 2, 18))


def curve_of(found):
    assert not found.rejects
    assert not found.left_out
    (group,) = found.groups
    return group.curve.units, group.curve.ceased, group.curve.survival.tolist()


@pytest.mark.parametrize("writing", WRITINGS)
def test_a_day_counts_the_same_however_it_is_written(tmp_path, writing):
    iso = curve_of(in_writing(tmp_path, date.isoformat))
    assert iso[0] == 40
    assert curve_of(in_writing(tmp_path, lambda day: day.strftime(WRITINGS[writing]))) == iso


def test_the_number_a_spreadsheet_keeps_for_a_day_counts_as_that_day(tmp_path):
    serial = in_writing(tmp_path, lambda day: (day - date(1899, 12, 30)).days)
    assert curve_of(serial) == curve_of(in_writing(tmp_path, date.isoformat))


@pytest.mark.parametrize("understood", [0, 4, 10])
def test_days_not_understood_are_told_before_another_comparison_is_advised(tmp_path, understood):
    rows = ["1;31/02/2015;True;association"] * (11 - understood)
    rows += ["2;2015-01-01;True;association"] * understood
    with pytest.raises(SurvivalError) as caught:
        survive_from_file(written(tmp_path, rows), by="famille", observed_on=date(2026, 2, 18))
    assert "« unites.csv », ligne 2 : « 31/02/2015 » n'est pas un jour" in str(caught.value)
    assert caught.value.hint == "Écrivez JJ/MM/AAAA ou AAAA-MM-JJ."


def test_too_few_units_are_too_few_whatever_their_days(tmp_path):
    rows = ["1;31/02/2015;True;association"] + ["2;2015-01-01;True;association"] * 9
    with pytest.raises(SurvivalError, match="Aucun groupe"):
        survive_from_file(written(tmp_path, rows), by="famille", observed_on=date(2026, 2, 18))


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

"""Who is watched, who is hidden, and what is refused."""

from datetime import date, timedelta

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.errors import SurvivalError
from ancrage.register.fabric import Places
from ancrage.survival import cohort
from ancrage.survival.cohort import FEWEST, Setting, spells_in
from ancrage.survival.grouping import Grouping
from ancrage.survival.units import survive_in

ON, SINCE = date(2026, 11, 23), date(2011, 11, 23)
SCHEMA = {
    "created": pl.Date,
    "closed": pl.Date,
    "active": pl.Boolean,
    "group": pl.String,
    "fictitious": pl.Boolean,
}


def units(*rows):
    return pl.DataFrame([(*row, False) for row in rows], schema=SCHEMA, orient="row")


def survive(rows, setting):
    """Curves of the rows of a frame: the groups it names are those there are."""
    labels = tuple(sorted(rows["group"].drop_nulls().unique()))
    with duckdb.connect() as alone:
        alone.register("given", rows)
        found = alone.execute(
            spells_in('SELECT *, list_position($labels, "group") - 1 AS position FROM given'),
            {"labels": list(labels), "on": setting.on, "since": setting.since},
        ).fetchnumpy()
    return cohort.survive(found, labels, setting)


def many(number, group="A", created=date(2015, 1, 1), closed=None):
    return [(created, closed, closed is None, group)] * number


def test_eleven_units_are_shown_and_ten_are_not():
    found = survive(units(*many(FEWEST, "A"), *many(FEWEST - 1, "B")), Setting(ON, SINCE))
    assert [group.label for group in found.groups] == ["A"]
    assert found.hidden == 1
    few = survive(units(*many(FEWEST - 1)), Setting(ON, SINCE))
    assert (few.groups, few.left_out) == ((), {})
    assert "Moins de 11 établissements" in few.unknown
    scattered = survive(units(*many(FEWEST - 1, "A"), *many(FEWEST - 1, "B")), Setting(ON, SINCE))
    assert not scattered.groups
    assert "Chaque groupe compte moins de 11" in scattered.unknown


def test_a_unit_created_before_the_observation_enters_at_the_age_it_had():
    rows = [*many(FEWEST, created=date(2001, 11, 23)), *many(2, closed=date(2020, 1, 1))]
    found = survive(units(*rows), Setting(ON, SINCE))
    curve = found.groups[0].curve
    assert curve.at_risk.tolist() == [2]  # ten years at entry: older than the two that closed


def test_a_closure_on_the_day_asked_is_seen_and_one_the_day_after_is_not():
    for closed, seen in ((ON, 1), (ON + timedelta(1), 0)):
        found = survive(units(*many(FEWEST), *many(1, closed=closed)), Setting(ON, SINCE))
        assert found.groups[0].closures == seen


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ((None, None, True, "A"), "date de création inconnue"),
        ((ON + timedelta(1), None, True, "A"), "créés après le jour demandé"),
        ((date(2020, 1, 1), date(2019, 1, 1), False, "A"), "fermés avant d'être créés (date fausse)"),
        ((date(2020, 1, 1), None, False, "A"), "fermés un jour inconnu"),
        ((date(2000, 1, 1), SINCE, False, "A"), "fermés avant l'observation"),
        ((date(2020, 1, 1), date(2020, 1, 1), False, "A"), "fermés le jour de leur création"),
        ((date(2020, 1, 1), None, True, None), "groupe inconnu"),
    ],
)
def test_whoever_cannot_be_watched_is_counted_under_its_reason(row, why):
    found = survive(units(*many(FEWEST), row), Setting(ON, SINCE))
    assert dict(found.left_out) == {why: 1}
    assert found.groups[0].curve.units == FEWEST


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2027, 12, 31))),
            st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2027, 12, 31))),
            st.booleans(),
            st.sampled_from(["A", "B", None]),
        ),
        max_size=60,
    )
)
def test_nobody_is_lost_whatever_the_dates(rows):
    found = survive(units(*many(FEWEST, "C"), *rows), Setting(ON, SINCE))
    assert not found.unknown
    shown = sum(group.curve.units for group in found.groups)
    told = sum(found.left_out.values())
    assert shown + told <= FEWEST + len(rows)
    if not found.hidden:
        assert shown + told == FEWEST + len(rows)


@pytest.mark.parametrize("by", list(Grouping))
def test_the_demonstration_register_is_watched_by_each_grouping(embedded_atlas, by):
    found = survive_in(embedded_atlas, Places(departements=("23",)), by, Setting(ON, SINCE))
    assert found.fictitious
    assert all(group.curve.units >= FEWEST for group in found.groups)


def test_the_rest_of_the_economy_of_a_quarter_is_not_known(embedded_atlas):
    with pytest.raises(SurvivalError, match="Dans un quartier"):
        survive_in(embedded_atlas, Places(quarter="QN02301M"), Grouping.ESS, Setting(ON, SINCE))


def test_the_zone_of_a_commune_is_that_of_the_day(embedded_atlas):
    then, now = (
        survive_in(embedded_atlas, Places(departements=("23",)), Grouping.ZONAGE, Setting(on, SINCE))
        for on in (date(2021, 3, 31), ON)
    )
    assert {group.label for group in then.groups} <= {
        "Zone de revitalisation rurale (ZRR)",
        "hors zonage rural",
    }
    assert any("FRR" in group.label for group in now.groups)


def test_an_observation_that_ends_before_it_begins_is_refused():
    with pytest.raises(SurvivalError):
        survive(units(*many(FEWEST)), Setting(SINCE, SINCE))

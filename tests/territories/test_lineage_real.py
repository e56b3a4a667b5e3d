"""The thread of communes on real lines: INSEE's events beside the comparison of vintages."""

from collections import Counter
from datetime import date

import published_lists
import pytest

from ancrage.edition.geography import read_thread
from ancrage.territories.lineage import start, steps_from_events

pytestmark = pytest.mark.mirror


@pytest.fixture(scope="module")
def events(mirror):
    return published_lists.events(mirror)


@pytest.fixture(scope="module")
def thread(embedded, events):
    return read_thread(embedded, events)


def follow(codes, events, first, last):
    lineage = start(codes)
    for step in steps_from_events(events, first, last):
        lineage = lineage.then(step)
    return lineage


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_the_events_of_insee_and_the_comparison_of_vintages_agree_exactly(thread, events, year):
    told = follow(thread.codes[2021], events, date(2021, 1, 1), date(year, 1, 1))
    deduced = thread.between(2021, year)
    assert told.successors == deduced.successors
    assert set(told.ancestors) == set(deduced.ancestors) == thread.codes[year]


@pytest.fixture(scope="module")
def communes_2021(thread):
    return {code for code in thread.codes[2021] if published_lists.is_in_mainland_or_drom(code)}


@pytest.fixture(scope="module")
def from_2017(mirror, events):
    codes = published_lists.zrr(mirror)
    assert len(codes) == 35_416
    return follow(codes, events, date(2017, 1, 1), date(2021, 1, 1))


def test_the_communes_of_2017_arrive_exactly_at_those_of_2021(from_2017, communes_2021):
    assert len(communes_2021) == 34_965
    assert set(from_2017.ancestors) == communes_2021
    assert len(from_2017.codes - communes_2021) == 453


def test_the_communes_of_2019_arrive_exactly_at_those_of_2021(mirror, events, communes_2021):
    rows = published_lists.read(mirror / "cog" / "communes-2019.csv.gz")
    codes = [row["com"] for row in rows if row["typecom"] == "COM"]
    assert len(codes) == 34_970
    assert set(follow(codes, events, date(2019, 1, 1), date(2021, 1, 1)).ancestors) == communes_2021


def test_a_commune_that_changed_departement_and_merged_on_the_same_day_is_followed(from_2017):
    pont_farcy, tessy_bocage = "14513", "50592"
    assert from_2017.heirs(pont_farcy) == {tessy_bocage}
    assert from_2017.ancestors[tessy_bocage] == {pont_farcy, tessy_bocage}
    assert "50649" not in from_2017.ancestors


@pytest.mark.parametrize(
    ("before", "after"), [("12076", "12218"), ("14011", "14581"), ("49069", "49126"), ("69159", "69114")]
)
def test_a_moved_seat_changes_the_code_of_the_whole_commune(thread, before, after):
    lineage = thread.between(2024, 2025)
    assert lineage.heirs(before) == {after}
    assert lineage.ancestors[after] == {before}
    assert before not in thread.codes[2025]


@pytest.mark.parametrize(
    ("year", "head", "recreated"),
    [
        (2024, "60054", {"60694"}),
        (2024, "85084", {"85165", "85212"}),
        (2025, "15141", {"15031", "15035", "15047", "15171"}),
    ],
)
def test_a_recreated_commune_comes_from_the_commune_it_left_which_stays(thread, year, head, recreated):
    lineage = thread.between(year - 1, year)
    assert lineage.heirs(head) == {head, *recreated}
    for code in recreated:
        assert lineage.ancestors[code] == {head}


def test_an_event_written_for_the_commune_and_for_its_delegated_part_is_read_once(events):
    told = Counter((event.on, event.code_before, event.code_after) for event in events)
    assert sum(1 for times in told.values() if times > 1) == 726
    kept = [edge for step in steps_from_events(events, date(1940, 1, 1), date(2024, 1, 1)) for edge in step]
    communes = [event for event in events if event.kind_before == event.kind_after == "COM"]
    assert len(kept) == len(communes)


def test_events_written_twice_change_nothing(thread, events):
    once = follow(thread.codes[2021], events, date(2021, 1, 1), date(2024, 1, 1))
    twice = follow(thread.codes[2021], [*events, *events], date(2021, 1, 1), date(2024, 1, 1))
    assert once.successors == twice.successors


def test_a_line_from_a_commune_to_its_own_delegated_part_makes_no_step(events):
    parts = [
        event
        for event in events
        if event.mod in (32, 33) and (event.kind_before, event.kind_after) == ("COM", "COMD")
    ]
    assert len(parts) > 1_000
    assert steps_from_events(parts, date(1940, 1, 1), date(2026, 1, 1)) == []


def test_no_merged_commune_becomes_a_delegated_commune_of_another(from_2017):
    mergers = {after for after, befores in from_2017.ancestors.items() if len(befores) > 1}
    assert len(mergers) > 200
    assert all(from_2017.heirs(head) == {head} for head in mergers & from_2017.codes)


def test_a_day_bounds_the_events_taken_before_excluded_after_included(events):
    pont_farcy = "14513"
    day_before = follow({pont_farcy}, events, date(2017, 1, 1), date(2017, 12, 31))
    same_day = follow({pont_farcy}, events, date(2017, 12, 31), date(2018, 1, 1))
    day_after = follow({pont_farcy}, events, date(2018, 1, 1), date(2019, 1, 1))
    assert day_before.heirs(pont_farcy) == {pont_farcy}
    assert same_day.heirs(pont_farcy) == {"50592"}
    assert day_after.heirs(pont_farcy) == {pont_farcy}

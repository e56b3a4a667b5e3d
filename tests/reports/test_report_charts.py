import json
import re
from typing import Any

import pytest
from diagnosis_factory import (
    EPCI,
    FRANCE,
    SCRIPT,
    activities,
    comparison,
    fabric,
    full,
    jobs,
    not_covered,
    telling,
    years,
    zonings,
)

from ancrage.diagnosis.model import Diagnosis, Family
from ancrage.reports import charts
from ancrage.reports.drawing import draw
from ancrage.reports.sheet import Chart


def rows(spec: charts.Spec | None) -> list[dict[str, Any]]:
    assert spec is not None
    values: list[dict[str, Any]] = spec["data"]["values"]
    return values


def drawn(diagnosis: Diagnosis) -> list[charts.Spec]:
    """Specifications of the charts of its sheet."""
    blocks = (block for section in telling(diagnosis).sheet.sections for block in section.blocks)
    return [block.spec for block in blocks if isinstance(block, Chart) and block.spec is not None]


def test_a_specification_is_plain_json_that_carries_its_values() -> None:
    for spec in drawn(full()):
        text = json.dumps(spec)
        assert '"url"' not in text
        assert spec["data"]["values"]


def test_activities_go_from_the_largest_share_and_leave_out_the_unknown_ones() -> None:
    shares = [row["value"] for row in rows(charts.activities(activities()))]
    assert shares == sorted(shares, reverse=True)
    assert len(shares) == len([one for one in activities() if one.share_of_employers is not None])


def test_a_territory_that_is_not_covered_is_not_drawn_as_zero() -> None:
    spec = charts.comparison((comparison(EPCI, 2), comparison(EPCI, 3), not_covered(FRANCE, 1)), {0})
    assert len(rows(spec)) == 2


def test_a_comparison_needs_two_known_shares() -> None:
    assert charts.comparison((comparison(EPCI, 2), not_covered(FRANCE, 1)), {0}) is None


def test_an_unknown_share_of_population_is_not_drawn() -> None:
    spec = charts.zonings(zonings())
    assert len(rows(spec)) == len([one for one in zonings() if one.share is not None])


def test_closures_are_below_the_line_and_an_incomplete_year_is_starred() -> None:
    made = rows(charts.births_closures(fabric(births=years((3, 2)), closures=years((1, 4)))))
    assert [(row["year"], row["signed"]) for row in made] == [
        ("2020", 3),
        ("2021*", 2),
        ("2020", -1),
        ("2021*", -4),
    ]


def test_jobs_without_an_upper_bound_are_drawn_open() -> None:
    family = {"x": Family(label="Associations", establishments=2, employers=2, jobs=jobs(10, 15, None))}
    row = rows(charts.jobs(fabric(families=family)))[0]
    assert row["open"] is True
    assert "10 ou plus" in row["shown"]


@pytest.mark.parametrize("empty", [{"families": {}}, {"births": (), "closures": ()}, {"activities": ()}])
def test_nothing_known_is_no_chart(empty: dict[str, Any]) -> None:
    assert len(drawn(full(ess=fabric(**empty)))) < len(drawn(full()))


def test_a_drawing_is_named_described_and_keeps_its_identifiers_apart() -> None:
    spec = charts.families(fabric())
    assert spec is not None
    svg = draw(spec, "a", "Titre", "Description")
    assert svg.startswith('<svg class="chart"')
    assert '<title id="a-titre">Titre</title><desc id="a-desc">Description</desc>' in svg
    assert all(name.startswith("a-") for name in re.findall(r'\bid="([^"]*)"', svg))
    assert "background-color" not in svg


@pytest.mark.parametrize("name", [SCRIPT, 'guillemets " et \\', "ligne\ncoupée", "\u2028", "datum.value"])
def test_any_name_can_be_drawn(name: str) -> None:
    family = {"x": Family(label=name, establishments=3, employers=1, jobs=jobs(1, 1, 2))}
    spec = charts.families(fabric(families=family))
    assert spec is not None
    assert "<script" not in draw(spec, "a", name, name)


def test_two_rows_of_the_same_name_are_two_rows() -> None:
    one = Family(label="Associations", establishments=3, employers=1, jobs=jobs(1, 1, 2))
    spec = charts.families(fabric(families={"x": one, "y": one}))
    assert spec is not None
    assert draw(spec, "a", "", "").count(">Associations<") == 2

"""The catalogue replayed: each case beside a rule is a specification."""

import pytest

from ancrage.aids.linting import inspect
from ancrage.aids.replaying import replayed

NAMED = ["urgencess", "pec", "ptce_phase2", "pge_asso", "siae_post"]


@pytest.fixture(scope="module")
def replays():
    return replayed()


def test_every_case_of_the_catalogue_gives_what_it_says(replays):
    assert len(replays) > 100
    assert [(one.aid.id, one.case.title, one.gaps) for one in replays if one.gaps] == []


def test_the_catalogue_has_no_fault():
    inspection = inspect()
    assert [remark for remark in inspection.remarks if remark.serious] == []


@pytest.mark.parametrize("identifier", NAMED)
def test_the_aids_other_tools_name_have_cases_on_both_sides(replays, identifier):
    verdicts = {one.case.verdict.value for one in replays if one.aid.id == identifier}
    assert {"oui", "non"} <= verdicts or {"a_verifier", "non"} <= verdicts

"""Two readings compared: what counts as a gain, a loss, something known at last, and what is silent."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.changes.comparing import TURNS, Turn, compare
from ancrage.changes.noting import Noted, Reading, Sort, Standing

SINCE, ON = date(2024, 6, 30), date(2024, 7, 1)
FRR = Noted("zonage:23077:frr", Sort.ZONAGE, "FRR", since=ON, parts=(("Réponse", "oui"),))
STANDINGS = st.sampled_from(Standing)
NOTED = st.builds(
    lambda number, standing, words: replace(
        FRR, key=f"zonage:{number}", standing=standing, parts=(("Réponse", words),)
    ),
    st.integers(0, 5),
    STANDINGS,
    st.sampled_from(["a", "b"]),
)
READINGS = st.lists(NOTED, max_size=6).map(lambda told: {one.key: one for one in told})


def only(before: Reading, after: Reading) -> tuple[Turn, str]:
    (change,) = compare(before, after, since=SINCE, on=ON)
    return change.turn, change.what


@pytest.mark.parametrize(
    ("was", "now", "turn"),
    [
        (Standing.NON, Standing.OUI, Turn.GAGNE),
        (Standing.OUI, Standing.NON, Turn.PERDU),
        (Standing.INCONNU, Standing.OUI, Turn.SU),
        (Standing.OUI, Standing.INCONNU, Turn.INCERTAIN),
    ],
)
def test_an_answer_that_was_unknown_is_no_gain_and_one_that_becomes_so_no_loss(
    was: Standing, now: Standing, turn: Turn
) -> None:
    before, after = ({FRR.key: replace(FRR, standing=one)} for one in (was, now))
    assert only(before, after)[0] is turn


def test_a_programme_that_begins_without_anybody_knowing_whether_it_is_here_is_no_news() -> None:
    assert compare({}, {FRR.key: replace(FRR, standing=Standing.INCONNU)}, since=SINCE, on=ON) == ()


def test_a_day_of_effect_is_told_on_the_day_itself_and_not_when_it_is_of_the_eve() -> None:
    assert only({}, {FRR.key: FRR}) == (Turn.GAGNE, "entre dans le zonage le 1er\xa0juillet\xa02024")
    assert only({}, {FRR.key: replace(FRR, since=SINCE)})[1] == "entre dans le zonage"


def test_a_deadline_that_is_past_is_not_told_again() -> None:
    deadline = Noted("echeance:pec:2024-07-01", Sort.ECHEANCE, "PEC : clôture")
    assert only({}, {deadline.key: deadline})[0] is Turn.GAGNE
    assert compare({deadline.key: deadline}, {}, since=SINCE, on=ON) == ()


@given(READINGS, READINGS)
def test_nothing_changed_is_silent_and_every_change_has_an_identity_of_its_own(
    before: Reading, after: Reading
) -> None:
    assert compare(after, after, since=SINCE, on=ON) == ()
    found = compare(before, after, since=SINCE, on=ON)
    assert len({one.identity for one in found}) == len(found)
    assert {(one.turn) for one in found} <= set(TURNS.values())


@given(READINGS)
def test_what_is_noted_is_kept_and_read_again_as_it_was(reading: Reading) -> None:
    kept = json.loads(json.dumps([one.as_json() for one in reading.values()]))
    assert {(one := Noted.from_json(told)).key: one for told in kept} == reading

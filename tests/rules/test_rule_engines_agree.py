"""The engines agree with each other and with the plain reading of the tree, on rules drawn at random."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rules_engines import by_interpreter, by_polars, by_python, frame_of, parsed, program_of
from rules_reference import meaning
from rules_strategies import SITUATIONS, VOCABULARY, conditions, numbers

from ancrage.interval import Interval
from ancrage.rules.openness import Openness
from ancrage.rules.python_engine import compile_python
from ancrage.rules.residual import unresolved

RULES = st.fixed_dictionaries(
    {f"c{number}": conditions(2) for number in range(4)} | {f"n{number}": numbers(2) for number in range(3)}
)
MANY = st.lists(SITUATIONS, min_size=4, max_size=8)
PATIENT = settings(max_examples=35, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def close(one, other):
    if isinstance(one, tuple):
        return all(close(left, right) for left, right in zip(one, other, strict=True))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return one is other if one is None or other is None else one == other


def assert_same(found, expected, texts):
    for number, (one, other) in enumerate(zip(found, expected, strict=True)):
        for key in other:
            assert close(one[key], other[key]), (number, texts[key], one[key], other[key])


@PATIENT
@given(texts=RULES, situations=MANY)
def test_python_and_polars_say_what_the_tree_means(texts, situations):
    rules = parsed(texts, VOCABULARY)
    program = program_of(rules, VOCABULARY)
    frame = frame_of(situations, VOCABULARY)
    expected = [
        {key: meaning(rule.tree, one, VOCABULARY) for key, rule in rules.items()} for one in situations
    ]
    assert_same(by_python(program, situations), expected, texts)
    assert_same(by_interpreter(program, situations), expected, texts)
    assert_same(by_polars(program, frame), expected, texts)
    assert_same(by_polars(program, frame, batch_rows=3), expected, texts)


@PATIENT
@given(texts=RULES, situation=SITUATIONS, data=st.data())
def test_what_is_decided_on_bands_holds_for_every_value_inside_them(texts, situation, data):
    program = program_of(parsed(texts, VOCABULARY), VOCABULARY)
    (banded,) = by_python(program, [situation])
    (exact,) = by_python(program, [data.draw(refinements(situation))])
    for key, value in banded.items():
        if isinstance(value, tuple):
            inside(value, exact[key], texts[key])
        elif value is not None:
            assert exact[key] is value or exact[key] == value, texts[key]


def inside(interval, other, text):
    """A known bound still bounds what is known once more is learnt."""
    (low, high), (other_low, other_high) = interval, other
    assert low is None or (other_low is not None and other_low >= low - abs(low) * 1e-9), text
    assert high is None or (other_high is not None and other_high <= high + abs(high) * 1e-9), text


@st.composite
def refinements(draw, situation):
    """The same situation, known better."""
    found = {}
    for fact, value in situation.items():
        if isinstance(value, Interval) and all(
            bound is not None and math.isfinite(bound) for bound in (value.low, value.high)
        ):
            share = draw(st.sampled_from((0.0, 0.5, 1.0)))
            point = value.low + (value.high - value.low) * share
            found[fact] = Interval(point, point)
        elif value is None and fact in ("vrai_ou_faux", "autre"):
            found[fact] = draw(st.none() | st.booleans())
        elif value is None and fact == "forme":
            found[fact] = draw(st.none() | st.sampled_from(("a", "A")))
        else:
            found[fact] = value
    return found


@PATIENT
@given(texts=RULES, situation=SITUATIONS)
def test_a_decided_answer_hangs_on_nothing_and_an_open_one_only_on_unknown_facts(texts, situation):
    program = program_of(parsed(texts, VOCABULARY), VOCABULARY)
    (answers,) = by_python(program, [situation])
    for key, value in answers.items():
        if key.startswith("c"):
            missing = unresolved(program, key, situation)
            assert value is None or missing == ()
            for fact in missing:
                known = situation[fact]
                exact = isinstance(known, Interval) and known.low == known.high and known.low is not None
                assert known is None or (isinstance(known, Interval) and not exact), (fact, known)


@PATIENT
@given(texts=RULES, situation=SITUATIONS)
def test_what_all_answers_hang_on_at_once_is_what_each_hangs_on_by_itself(texts, situation):
    program = program_of(parsed(texts, VOCABULARY), VOCABULARY)
    found = Openness(program).of(compile_python(program)(situation).steps, situation)
    for key, output in program.outputs.items():
        if output.low == output.high:
            assert found.unresolved(key) == unresolved(program, key, situation)


@pytest.mark.parametrize("rows", [0, 1])
def test_a_frame_without_rows_or_columns_is_answered(rows):
    program = program_of(parsed({"c": "effectif > 3", "n": "1 + 1"}, VOCABULARY), VOCABULARY)
    frame = frame_of([{}] * rows, VOCABULARY)
    assert by_polars(program, frame) == [{"c": None, "n": (2.0, 2.0)}] * rows
    assert by_polars(program, frame.select("row")) == [{"c": None, "n": (2.0, 2.0)}] * rows

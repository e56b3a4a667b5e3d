"""The language of rules: what is allowed, what it means, and what is refused with its place."""

import time

import pytest
from rules_engines import by_polars, by_python, frame_of, parsed, program_of
from rules_strategies import VOCABULARY

from ancrage.errors import RuleError
from ancrage.interval import Interval
from ancrage.rules.parsing import parse_rule
from ancrage.rules.residual import thresholds, unresolved
from ancrage.rules.vocabulary import Kind


def band(low, high=None):
    return Interval(float(low), None if high is None else float(high))


def exactly(value):
    return band(value, value)


def answers(text, **situation):
    """The answer of a rule, the same in every engine."""
    number = text.startswith(("CASE", "LEAST", "GREATEST", "1 /", "effectif *"))
    key = "n" if number else "c"
    program = program_of(parsed({key: text}, VOCABULARY), VOCABULARY)
    frame = frame_of([situation], VOCABULARY)
    found = [by_python(program, [situation]), by_polars(program, frame)]
    assert found[0] == found[1]
    return found[0][0][key]


@pytest.mark.parametrize(
    ("workforce", "expected"),
    [
        (exactly(10), True),
        (exactly(11), False),
        (band(3, 5), True),
        (band(6, 12), None),
        (band(10, 19), None),
        (band(11, 19), False),
        (band(250), False),
        (Interval(None, 9.0), True),
        (None, None),
        (Interval(float("nan"), float("inf")), None),
    ],
)
def test_a_band_answers_with_three_values(workforce, expected):
    assert answers("effectif <= 10", effectif=workforce) is expected
    assert answers("NOT effectif > 10", effectif=workforce) is expected


def test_a_case_does_not_fall_through_an_unknown_when():
    text = "CASE WHEN vrai_ou_faux THEN 1 ELSE 3 END"
    assert answers(text) == (1.0, 3.0)
    assert answers(text, vrai_ou_faux=True) == (1.0, 1.0)
    assert answers(text, vrai_ou_faux=False) == (3.0, 3.0)


def test_a_case_without_else_is_unknown_where_it_may_be_reached():
    text = "CASE WHEN effectif <= 3 THEN 5000 WHEN effectif <= 10 THEN 8000 END"
    assert answers(text, effectif=band(3, 5)) == (5000.0, 8000.0)
    assert answers(text, effectif=band(10, 19)) == (None, None)
    assert answers(text, effectif=exactly(11)) == (None, None)


def test_branches_that_can_no_longer_be_reached_do_not_widen_the_interval():
    text = "CASE WHEN effectif <= 3 THEN 1 WHEN vrai_ou_faux THEN 10 ELSE 0.1 END"
    assert answers(text, effectif=exactly(2)) == (1.0, 1.0)
    assert answers(text, effectif=exactly(4)) == (0.1, 10.0)


def test_least_and_greatest_are_unknown_when_an_argument_is():
    assert answers("LEAST(effectif, part)", effectif=exactly(3)) == (None, None)
    assert answers("GREATEST(effectif, part)", part=exactly(3)) == (None, None)
    assert answers("LEAST(effectif, part)", effectif=exactly(3), part=exactly(1)) == (1.0, 1.0)


def test_an_open_band_still_bounds_a_least():
    assert answers("LEAST(effectif, 10)", effectif=band(250)) == (10.0, 10.0)
    assert answers("LEAST(effectif, 10)", effectif=band(3)) == (3.0, 10.0)


@pytest.mark.parametrize("divisor", [exactly(0), band(0, 3), band(-4, 3), None])
def test_a_division_whose_divisor_may_be_zero_is_unknown(divisor):
    assert answers("1 / part", part=divisor) == (None, None)


def test_a_division_by_what_is_apart_from_zero_is_bounded():
    assert answers("1 / part", part=band(1, 10)) == (0.1, 1.0)


def test_an_overflow_is_unknown_and_not_infinite():
    text = "effectif * effectif"
    assert answers(text, effectif=exactly(1e200)) == (None, None)
    assert answers(text, effectif=exactly(1e14)) == (1e28, 1e28)


def test_integers_and_decimals_are_the_same_numbers():
    assert answers("effectif = 10", effectif=exactly(10.0)) is True
    assert answers("effectif / 4 = 2.5", effectif=exactly(10)) is True
    assert answers("effectif + 0.1 = 0.3", effectif=exactly(0.2)) is False  # binary, as everywhere else


def test_the_case_of_texts_counts():
    assert answers("forme = 'a'", forme="A") is False
    assert answers("forme <> 'a'", forme="A") is True
    assert answers("forme IN ('l''îlot', 'bé')", forme="l'îlot") is True


def test_and_or_not_follow_kleene():
    assert answers("vrai_ou_faux AND autre", autre=False) is False
    assert answers("vrai_ou_faux AND autre", autre=True) is None
    assert answers("vrai_ou_faux OR autre", autre=True) is True
    assert answers("NOT vrai_ou_faux") is None


def test_a_parameter_by_fact_reads_its_row_and_is_unknown_without():
    assert answers('CASE WHEN TRUE THEN "p.table" ELSE 0 END', forme="a") == (0.5, 0.5)
    assert answers('CASE WHEN TRUE THEN "p.table" ELSE 0 END', forme="bé") == (None, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("COALESCE(vrai_ou_faux, TRUE)", "COALESCE"),
        ("effectif IS NULL", "IS NULL"),
        ("NULLIF(effectif, 0) > 1", "NULLIF"),
        ("IF(vrai_ou_faux, 1, 2) > 1", "CASE"),
        ("effectif < (SELECT 1)", "sous-requête"),
        ("vrai_ou_faux; DROP TABLE x", "place dans une règle"),
        ("vrai_ou_faux -- oui", "commentaire"),
        ("vrai_ou_faux /* oui */", "commentaire"),
        ("forme LIKE 'a%'", "LIKE"),
        ("effectif::int < 3", "place dans une règle"),
        ("CAST(effectif AS int) < 3", "CAST"),
        ("__import__('os').system('true')", "place dans une règle"),
        ("__import__('os') = 1", "fonction"),
        ("exec('1')", "fonction"),
        ("read_csv('/etc/passwd') = 1", "fonction"),
        ("pg_sleep(10) > 1", "fonction"),
        ("lieu = $1", "place dans une règle"),
        ("lieu = ?", "place dans une règle"),
        ("lieu = 'a' || 'b'", "place dans une règle"),
        ("efectif < 3", "effectif"),
        ("forme = 'asso'", "forme"),
        ("vrai_ou_faux = TRUE", "simplement le fait"),
        ("effectif < 'a'", "ne se compare pas"),
        ("lieu < '23'", "ordre"),
        ("effectif", "booleen était attendu"),
        ("effectif IN ()", "liste de valeurs"),
        ("effectif < 3 AND", "ne se lit pas"),
        ("effectif < 1e5", "place dans une règle"),
        ("effectif < 9999999999999999999", "trop grand"),
        ("jour < DATE '2021-13-01'", "jour"),
        ("autre.effectif < 2", "place dans une règle"),
        ('effectif < "p.rien"', "p."),
        ("é < 3", "place dans une règle"),
        ("", "vide"),
        ("(" * 10_000 + "1" + ")" * 10_000, "caractères"),
        ("(" * 250 + "1" + ")" * 250, "mots"),
        ("(" * 100 + "1 = 1" + ")" * 100, "emboîtée"),
        ("NOT " * 300 + "vrai_ou_faux", "emboîtée"),
        ("x" * 1_000_000, "caractères"),
        ("1 + " * 200_000 + "1 > 0", "caractères"),
    ],
)
def test_what_is_not_in_the_grammar_is_refused_quickly_with_its_place_and_a_suggestion(text, told):
    start = time.perf_counter()
    with pytest.raises(RuleError) as refused:
        parse_rule(text, VOCABULARY)
    assert time.perf_counter() - start < 5  # a guard against explosions, not a measure
    assert told in f"{refused.value.message} {refused.value.hint}"
    assert refused.value.line >= 1
    assert refused.value.column >= 1
    assert refused.value.hint
    assert len(refused.value.message) < 400


def test_the_place_of_a_fault_is_that_of_the_word():
    with pytest.raises(RuleError) as refused:
        parse_rule("vrai_ou_faux\n  AND efectif < 3", VOCABULARY)
    assert (refused.value.line, refused.value.column) == (2, 7)


def test_the_thresholds_of_a_fact_are_those_its_comparisons_name():
    program = program_of(parsed({"c": 'effectif BETWEEN 1 AND "p.dix" AND part > 3'}, VOCABULARY), VOCABULARY)
    assert thresholds(program, "effectif") == (1.0, 10.0)
    assert thresholds(program, "part") == (3.0,)


def test_only_the_facts_that_could_still_change_the_answer_are_missing():
    text = "vrai_ou_faux AND (autre OR effectif <= 10)"
    program = program_of(parsed({"c": text}, VOCABULARY), VOCABULARY)
    assert set(unresolved(program, "c", {})) == {"vrai_ou_faux", "autre", "effectif"}
    assert set(unresolved(program, "c", {"effectif": band(3, 5)})) == {"vrai_ou_faux"}
    assert set(unresolved(program, "c", {"effectif": band(10, 19), "vrai_ou_faux": True})) == {
        "autre",
        "effectif",
    }
    assert unresolved(program, "c", {"vrai_ou_faux": False}) == ()


def test_a_rule_says_which_facts_and_parameters_it_reads():
    rule = parse_rule('"p.table" * effectif', VOCABULARY, expects=Kind.NUMBER)
    assert rule.facts == ("forme", "lieu", "effectif")
    assert rule.parameters == ("p.table",)

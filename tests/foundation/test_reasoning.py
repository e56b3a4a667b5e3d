from hypothesis import given
from hypothesis import strategies as st

from ancrage.reasoning import Answer, Verdict, all_of, any_of, spread

OUI, NON, PARTIEL, A_VERIFIER = Verdict.OUI, Verdict.NON, Verdict.PARTIEL, Verdict.A_VERIFIER

verdicts = st.sampled_from(list(Verdict))
several = st.lists(verdicts, max_size=6)


def answers(found):
    return [Answer(verdict, (f"{rank} {verdict}",)) for rank, verdict in enumerate(found)]


def test_the_values_written_in_outputs_and_their_words():
    assert [verdict.value for verdict in Verdict] == ["oui", "non", "partiel", "a_verifier"]
    assert [verdict.label for verdict in Verdict] == ["oui", "non", "partiel", "à vérifier"]


def test_nothing_asked_is_yes_for_all_no_for_any_and_unknown_for_a_whole():
    assert (all_of([]).verdict, any_of([]).verdict, spread([])) == (OUI, NON, A_VERIFIER)


@given(several)
def test_all_is_no_as_soon_as_one_is_no_and_yes_only_when_all_are(found):
    verdict = all_of(answers(found)).verdict
    assert (verdict is NON) == (NON in found)
    assert (verdict is OUI) == (set(found) <= {OUI})


@given(several)
def test_any_is_yes_as_soon_as_one_is_yes_and_no_only_when_all_are(found):
    verdict = any_of(answers(found)).verdict
    assert (verdict is OUI) == (OUI in found)
    assert (verdict is NON) == (set(found) <= {NON})


@given(several)
def test_only_the_decisive_answers_give_their_reasons(found):
    given_answers = answers(found)
    for join in (all_of, any_of):
        joined = join(given_answers)
        expected = [answer.reasons[0] for answer in given_answers if answer.verdict is joined.verdict]
        assert list(joined.reasons) == expected


@given(several)
def test_an_unknown_part_never_makes_a_whole_no_nor_yes(found):
    assert spread([*found, A_VERIFIER]) in (A_VERIFIER, PARTIEL)


@given(several)
def test_a_whole_is_yes_or_no_only_when_every_part_is(found):
    verdict = spread(found)
    assert (verdict is OUI) == (set(found) == {OUI})
    assert (verdict is NON) == (set(found) == {NON})


@given(several)
def test_a_whole_is_partial_when_something_is_in_and_something_out_whatever_is_unknown(found):
    certain = PARTIEL in found or (OUI in found and NON in found)
    assert (spread(found) is PARTIEL) == certain


@given(several, st.randoms())
def test_the_order_and_the_number_of_the_parts_do_not_matter(found, chance):
    shuffled = [*found, *found]
    chance.shuffle(shuffled)
    assert spread(shuffled) == spread(found)


@given(several.filter(lambda found: A_VERIFIER in found), verdicts)
def test_learning_what_was_unknown_never_contradicts_what_was_said(found, learnt):
    before = spread(found)
    after = spread([learnt if verdict is A_VERIFIER else verdict for verdict in found])
    assert before is A_VERIFIER or before == after

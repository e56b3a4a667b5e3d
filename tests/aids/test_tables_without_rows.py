"""A table parameter none of whose values holds on the day, or is sure enough: unknown, never a failure."""

from datetime import date

from ancrage.aids.answering import DayCatalogue
from ancrage.aids.compiling import compile_day
from ancrage.facts.situation import completed, declared
from ancrage.reasoning import Verdict


def test_a_rate_whose_rows_are_all_to_be_checked_gives_no_amount():
    day = date(2022, 1, 1)
    situation = completed(declared({"forme": "association", "region": "75"}), on=day)
    answers = {one.entry.id: one for one in DayCatalogue(compile_day(day)).answers(situation)}
    assert answers["feder"].verdict is Verdict.A_VERIFIER
    assert answers["feder"].amount is None

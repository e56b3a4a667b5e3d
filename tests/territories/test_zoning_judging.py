"""From the statuses a commune inherits to one verdict: what must hold of any list."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.reasoning import Verdict
from ancrage.territories.zonings.declaration import Edition, get_zoning, load_zonings
from ancrage.territories.zonings.judging import judge, label, share_classified

DAY = date(2021, 3, 31)
OUI, NON, PARTIEL, A_VERIFIER = Verdict.OUI, Verdict.NON, Verdict.PARTIEL, Verdict.A_VERIFIER

EDITION = Edition.model_validate(
    {
        "id": "liste",
        "source": "inventée",
        "cog": 2021,
        "scope": "france",
        "since": "2020-01-01",
        "until": None,
        "text": {"title": "Arrêté inventé", "checked_on": "2026-11-23", "read": False},
        "statuses": {
            "C": {"verdict": "oui", "label": "classée"},
            "NC": {"verdict": "non", "label": "non classée"},
            "P": {"verdict": "partiel", "label": "partiellement classée"},
            "A": {"verdict": "oui", "label": "sortante", "since": "2021-03-31", "until": "2021-12-31"},
            "": {"verdict": "a_verifier", "label": "absente"},
        },
    }
)
raw = st.sampled_from([*EDITION.statuses, "jamais vu"])
several = st.lists(raw, min_size=1, max_size=5)


def judged(statuses, *, certain=True, on=DAY):
    return judge(statuses, certain=certain, edition=EDITION, on=on)


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        (["C"], OUI),
        (["NC"], NON),
        (["P"], PARTIEL),
        ([""], A_VERIFIER),
        (["jamais vu"], A_VERIFIER),
        (["C", "NC"], PARTIEL),
        (["C", "NC", ""], PARTIEL),
        (["C", ""], A_VERIFIER),
        (["NC", ""], A_VERIFIER),
        (["C", "A"], OUI),
    ],
)
def test_a_commune_born_of_several_is_judged_on_all_of_them(statuses, verdict):
    assert judged(statuses) is verdict


@given(several, st.sampled_from(["", "jamais vu"]), st.booleans())
def test_an_unknown_status_never_becomes_yes_nor_no(statuses, unknown, certain):
    assert judged([*statuses, unknown], certain=certain) in (A_VERIFIER, PARTIEL)


@given(st.lists(st.sampled_from(["NC", "P", ""])))
def test_a_part_of_a_partial_commune_since_shared_is_to_be_checked(statuses):
    assert judged([*statuses, "P"], certain=False) is A_VERIFIER


def test_a_wholly_classified_commune_since_shared_leaves_classified_parts():
    assert judged(["C"], certain=False) is OUI
    assert judged(["NC"], certain=False) is NON


@given(several)
def test_uncertainty_only_ever_turns_an_answer_into_to_be_checked(statuses):
    sure, unsure = judged(statuses), judged(statuses, certain=False)
    assert unsure in (sure, A_VERIFIER)


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2021, 3, 30), A_VERIFIER),
        (date(2021, 3, 31), OUI),
        (date(2021, 12, 31), OUI),
        (date(2022, 1, 1), A_VERIFIER),
    ],
)
def test_outside_its_own_days_a_status_proves_nothing(day, verdict):
    assert judged(["A"], on=day) is verdict


def test_the_words_of_several_statuses_are_joined_each_once():
    assert label(["C", "NC", "C"], EDITION) == "classée et non classée"
    assert label(["jamais vu"], EDITION) == "statut « jamais vu » non prévu"


populations = st.none() | st.integers(0, 10_000)
parts = st.lists(st.tuples(st.sampled_from(list(Verdict)), populations), max_size=6)


@given(parts)
def test_a_share_is_told_only_when_every_part_is_known(found):
    share = share_classified(found)
    if any(people is None or verdict in (PARTIEL, A_VERIFIER) for verdict, people in found):
        assert share is None
    else:
        total = sum(people for _, people in found)
        inside = sum(people for verdict, people in found if verdict is OUI)
        assert share == (inside / total if total else None)
        assert share is None or 0 <= share <= 1


def test_no_zoning_lets_an_absence_be_a_no_unless_its_list_names_members_only():
    for zoning in load_zonings().values():
        for edition in zoning.editions:
            if not edition.names_members_only:
                complete_by_members = "" in edition.statuses and edition.statuses[""].verdict is NON
                # These name members alone too, with how surely each is named.
                named = edition.source in {"massifs-2025", "zfu-2019"}
                assert not complete_by_members or named, edition.id


def test_zrr_ends_the_day_before_frr_begins():
    zrr, frr = get_zoning("zrr"), get_zoning("FRR")
    assert (zrr.until, frr.since) == (date(2024, 6, 30), date(2024, 7, 1))
    assert get_zoning("frr+") is get_zoning("frr-plus")

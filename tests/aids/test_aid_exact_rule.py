"""The exact rule of every aid of the catalogue, in sentences anybody reads."""

import re
from datetime import date

import pytest

from ancrage.aids.catalogue import load_aids
from ancrage.aids.declaration import Aid
from ancrage.aids.telling import exact_rule, numbers_day
from ancrage.declarations.dated_parameters import load_parameters
from ancrage.facts.declaration import load_facts

ON = date(2026, 11, 29)
RAW = re.compile(r"[<>=*\"_]|\b(?:AND|OR|NOT|IN|BETWEEN|CASE|WHEN|THEN|ELSE|END|LEAST|GREATEST|TRUE|FALSE)\b")
CODED = {name for name in load_facts() if "_" in name} | set(load_parameters())


def sentences(aid: Aid) -> list[str]:
    """Every sentence of its versions."""
    rules = [exact_rule(version, ON) for version in aid.versions]
    told = [one for rule in rules for one in (*rule.conditions.values(), *filter(None, [rule.amount]))]
    return [sentence for one in told for _, sentence in one.lines()]


@pytest.mark.parametrize("aid", load_aids().values(), ids=lambda aid: aid.id)
def test_the_exact_rule_shows_no_operator_and_no_name_of_a_fact(aid: Aid) -> None:
    for sentence in sentences(aid):
        assert not RAW.search(sentence), sentence
        assert not any(re.search(rf"\b{re.escape(name)}\b", sentence) for name in CODED), sentence
        assert sentence[0] == sentence[0].upper()
        assert sentence[-1] in ".:"


def test_a_version_that_is_over_is_told_with_the_numbers_of_its_last_day() -> None:
    old, new = next(
        (aid.versions[0], aid.versions[-1]) for aid in load_aids().values() if aid.id == "urgencess"
    )
    assert numbers_day(old, ON) == old.until
    assert numbers_day(new, new.since) == new.since
    assert numbers_day(new, date(1990, 1, 1)) == new.since

"""Imported aids answered by the engine of the catalogue: yes, no, to be checked, and what is missing."""

from datetime import date

import pytest

from ancrage.aids.answering import DayCatalogue
from ancrage.aids.imports.answering import compile_imported
from ancrage.aids.imports.reading import read_file
from ancrage.facts.situation import completed, declared
from ancrage.reasoning import Verdict
from ancrage.rules.values import Interval

TODAY = date(2026, 11, 24)
FILES = (
    "mission-transition-ecologique-2026-06.json.gz",
    "format-dge-2026-06.csv.gz",
    "aides-territoires-periurbain-2023.csv",
)
pytestmark = pytest.mark.mirror


@pytest.fixture(scope="module")
def aids(mirror):
    return [aid for name in FILES for aid in read_file(mirror / "aides" / name, on=TODAY).aids]


@pytest.fixture(scope="module")
def answered(aids):
    day = DayCatalogue(compile_imported(aids, TODAY))

    def answer(**facts):
        situation = completed(declared(facts), on=TODAY)
        return {one.entry.id: one for one in day.answers(situation)}

    return answer


def exactly(number):
    return Interval(float(number), float(number))


def test_all_the_imported_aids_are_answered(answered, aids):
    assert set(answered()) == {aid.id for aid in aids}
    assert len(aids) == 724


def test_a_workforce_above_the_most_is_refused_and_says_why(answered):
    refused = answered(effectif=exactly(50))["mte:pret-action-climat"]
    assert refused.verdict is Verdict.NON
    assert "Avoir au plus 49 salariés" in refused.reasons
    assert answered(effectif=exactly(49))["mte:pret-action-climat"].verdict is not Verdict.NON


def test_what_is_not_known_is_missing_never_refused(answered):
    asked = answered(naf_section="I")["mte:programme-marguerite"]
    assert asked.verdict is Verdict.A_VERIFIER
    assert set(asked.missing) == {"region", "departement"}


def test_an_aid_closed_by_its_source_is_refused_with_its_days(answered):
    closed = answered()["mte:accelerateur-decarbonation"]
    assert closed.verdict is Verdict.NON
    assert "la source la dit ouverte à partir du 06/02/2023 jusqu'au 31/12/2025" in closed.reasons


def test_conditions_kept_in_words_leave_a_yes_to_be_checked(answered, aids):
    facts = {
        "effectif": exactly(20),
        "naf_section": "C",
        "region": "75",
        "departement": "23",
        "microentrepreneur": False,
        "anciennete": exactly(10),
    }
    answers = answered(**facts)
    words = {aid.id for aid in aids if aid.notes}
    yes = {identifier for identifier, one in answers.items() if one.verdict is Verdict.OUI}
    assert yes
    assert not yes & words
    assert not any(identifier.startswith("at:") for identifier in yes), "its export does not tell where"


def test_years_of_activity_told_in_plain_words_are_a_rule(aids):
    (accelerator,) = [aid for aid in aids if aid.id == "mte:accelerateur-decarbonation"]
    rules = {each.id: each.rule for each in accelerator.conditions}
    assert rules["anciennete"] == "anciennete >= 3"
    assert not any("d’activité" in note and "Au moins" in note for note in accelerator.notes)
    exchange = [aid for aid in aids if aid.source == "aides-dge" and "durée d'existence" in str(aid.raw)]
    asked = [aid for aid in exchange if any(each.id == "anciennete" for each in aid.conditions)]
    assert len(exchange) == 25
    assert len(asked) >= 20

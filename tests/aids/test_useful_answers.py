"""A person who says eight things of herself reads something to act on, and is asked little more."""

from datetime import date

import pytest

from ancrage.aids.asking import Request, answer
from ancrage.aids.catalogue import get_aid
from ancrage.aids.imports.shelf import Shelf
from ancrage.aids.ordering import ranked
from ancrage.aids.procedures import request_of
from ancrage.aids.questions import CORE, MOST_QUESTIONS, next_question, questions_asked
from ancrage.aids.standing import GONE, STANDING, Class
from ancrage.facts.implying import implications
from ancrage.facts.situation import completed, declared
from ancrage.facts.values import read_facts
from ancrage.questions.eligibility import EligibilityFacts

ON = date(2026, 11, 23)
USEFUL = (Class.DROIT, Class.A_DEMANDER)
ASSOCIATION = (
    *("forme=association", "effectif=4", "en_qpv=oui", "tronc_commun=oui", "recus_fiscaux=oui"),
    *("activite_economique=oui", "type_siae=aucun", "stade=consolidation"),
)
GROCERY = (
    *("forme=scic", "effectif=3", "naf_section=G", "utilite_sociale=oui", "stade=developpement"),
    *("besoin_financement=60000", "type_siae=aucun", "projet_commence=non"),
)
INVESTMENT = ("cout_projet=300000", "projet_investissement=oui", "projet_commence=non", "tva_recuperee=non")
PEOPLE = {
    "an association of four in a quarter of Guéret": ("23096", ASSOCIATION),
    "a cooperative grocery in Faux-la-Montagne": ("23077", GROCERY),
    "the communauté de communes Creuse Grand Sud": ("200044014", ("forme=epci", *INVESTMENT)),
    "a town of 22,000": ("59295", ("forme=commune", *INVESTMENT)),
    "an association of Mayotte": ("97608", ASSOCIATION),
    "a cooperative of Fort-de-France": ("97209", GROCERY),
    "a commune of Guyane": ("97302", ("forme=commune", *INVESTMENT)),
}


def told(atlas, territory, facts):
    request = Request(read_facts(list(facts)), territory=territory)
    return answer(atlas, request, on=ON, shelf=Shelf(atlas.warehouse))


@pytest.mark.mirror
@pytest.mark.parametrize("person", PEOPLE)
def test_eight_facts_give_eight_aids_to_act_on_and_five_questions_at_most(real_atlas, person):
    territory, facts = PEOPLE[person]
    assert len(facts) <= 8
    report = told(real_atlas, territory, facts)
    useful = [one for one in report.answers if one.standing in USEFUL]
    assert len(useful) >= 8, [one.entry.id for one in useful]
    for one in useful:
        assert one.entry.existence.state in STANDING, one.entry.id
        assert one.entry.desk["name"], one.entry.id
        assert not one.entry.ours or request_of(get_aid(one.entry.id)), one.entry.id
    assert EligibilityFacts(report, (), whole=False).left <= 5


def test_no_question_is_about_a_closed_scheme_and_each_would_settle_an_aid(embedded_atlas):
    report, passed = told(embedded_atlas, "23096", ASSOCIATION), []
    for _ in range(12):
        fact = next_question(report, passed=passed)
        if fact is None:
            break
        assert fact.id not in report.situation
        waiting = [one for one in report.answers if fact.id in one.missing]
        told_by = {gives for each in implications() if fact.id in each.when for gives in each.then}
        waiting += [one for one in report.answers if told_by.intersection(one.missing)]
        assert any(one.entry.existence.state not in GONE for one in waiting), fact.id
        passed.append(fact.id)
    assert passed


def test_one_answer_that_tells_four_conditions_is_asked_in_their_place(embedded_atlas):
    facts = ("forme=association", "effectif=4", "type_siae=aucun", "stade=consolidation")
    report, asked = told(embedded_atlas, "23096", facts), []
    while fact := next_question(report, passed=asked):
        asked.append(fact.id)
        if fact.id == "tronc_commun":
            break
        assert fact.id not in {"interet_general", "gouvernance_democratique", "transparence_financiere"}
    assert asked[-1] == "tronc_commun"


def test_no_more_than_six_questions_are_asked_unless_one_wants_to_go_on(embedded_atlas):
    report = told(embedded_atlas, "23096", ("forme=association", "effectif=4"))
    assert questions_asked(report, ()) == ()
    passed = tuple(f"fait_{number}" for number in range(MOST_QUESTIONS))
    assert EligibilityFacts(report, passed[:-1], whole=False).following is not None
    assert EligibilityFacts(report, passed, whole=False).following is None
    assert EligibilityFacts(report, passed, whole=False, further=True).following is not None
    assert not set(CORE).intersection(questions_asked(report, CORE))


@pytest.mark.parametrize("implication", implications(), ids=lambda each: "-".join(each.then))
def test_what_an_answer_tells_of_others_says_by_which_text_and_never_replaces_an_answer(implication):
    written = {True: "oui", False: "non"}
    facts = [f"{fact}={written.get(values[0], values[0])}" for fact, values in implication.when.items()]
    situation = completed(declared(read_facts(facts)), on=ON)
    for fact, value in implication.then.items():
        assert situation[fact].value == value
        assert implication.why in situation[fact].note
        if isinstance(value, bool):
            contrary = completed(declared(read_facts([*facts, f"{fact}={written[not value]}"])), on=ON)
            assert contrary[fact].value is not value
    assert not set(implication.then).intersection(completed({}, on=ON))


def test_a_no_to_the_common_core_tells_nothing_of_its_conditions():
    situation = completed(declared(read_facts(["tronc_commun=non"])), on=ON)
    assert "interet_general" not in situation


def test_aids_of_a_class_come_by_what_misses_then_by_what_they_are_worth(embedded_atlas):
    answers = told(embedded_atlas, "23096", ASSOCIATION).answers
    ordered = ranked(one for one in answers if one.standing is Class.REPONSE_MANQUANTE)
    misses = [len(one.missing) for one in ordered if one.entry.existence.state in STANDING]
    assert misses == sorted(misses)
    assert len(ordered) > 8

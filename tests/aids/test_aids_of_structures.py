"""A structure that answers a few questions finds open aids it can act on, at home and overseas."""

import pytest

from ancrage.aids.answering import DayCatalogue
from ancrage.aids.catalogue import load_catalogue
from ancrage.aids.compiling import compile_day
from ancrage.aids.standing import GONE, Class
from ancrage.facts.declaration import Origin
from ancrage.facts.implying import implications
from ancrage.facts.situation import completed, declared
from ancrage.facts.values import get_fact, read_value

STRUCTURES = ("association_gueret", "epicerie_faux_la_montagne")
OVERSEAS = {"commune": "97411", "departement": "974", "region": "04", "en_frr_plus": False}
ENOUGH = 8


def situation(persona, **elsewhere):
    written = {**persona.facts, **elsewhere}
    facts = {fact: read_value(get_fact(fact), value) for fact, value in written.items()}
    return completed(declared(facts), on=persona.day)


@pytest.fixture(scope="module", params=[(one, {}) for one in STRUCTURES] + [(STRUCTURES[0], OVERSEAS)])
def told(request):
    identifier, elsewhere = request.param
    persona = load_catalogue().personas[identifier]
    return persona, DayCatalogue(compile_day(persona.day)).answers(situation(persona, **elsewhere))


def useful(answers):
    return [one for one in answers if one.standing in (Class.DROIT, Class.A_DEMANDER)]


def test_eight_answers_at_most_are_asked_of_it_beside_its_register_and_its_place(told):
    persona, _ = told
    assert len([fact for fact in persona.facts if get_fact(fact).origin is Origin.DECLARE]) <= ENOUGH


def test_it_has_eight_aids_by_right_or_on_demand_and_none_of_them_is_closed(told):
    _, answers = told
    found = useful(answers)
    assert len(found) >= ENOUGH
    assert not [one.entry.id for one in found if one.entry.existence.state in GONE]


def test_one_of_them_is_a_right_and_several_tell_how_much_and_rest_on_a_text(told):
    _, answers = told
    found = useful(answers)
    assert any(one.standing is Class.DROIT and one.amount for one in found)
    assert len([one for one in found if one.amount is not None and one.amount.low is not None]) >= 4
    assert all(one.entry.text["title"] for one in found)


def test_what_a_fact_implies_is_not_asked_and_what_is_told_is_never_replaced():
    (scic,) = [one for one in load_catalogue().personas.values() if one.id == "epicerie_faux_la_montagne"]
    known = situation(scic)
    assert (known["recus_fiscaux"].value, known["recus_fiscaux"].origin) == (False, Origin.CALCULE)
    assert known["recus_fiscaux"].note
    assert situation(scic, recus_fiscaux=True)["recus_fiscaux"].value is True
    assert "interet_general" not in known


def test_an_implication_speaks_of_facts_that_exist_in_their_own_values():
    for one in implications():
        for fact, values in one.when.items():
            assert all(read_value(get_fact(fact), value) == value for value in values)
        for fact, value in one.then.items():
            assert read_value(get_fact(fact), value) == value

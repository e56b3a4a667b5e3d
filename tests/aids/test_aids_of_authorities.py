"""An authority that answers a few questions finds aids it can act on, and none that is closed."""

import pytest

from ancrage.aids.answering import DayCatalogue
from ancrage.aids.catalogue import load_catalogue
from ancrage.aids.compiling import compile_day
from ancrage.aids.standing import GONE, Class
from ancrage.facts.declaration import Origin
from ancrage.facts.situation import completed, declared
from ancrage.facts.values import get_fact, read_value

AUTHORITIES = ("cc_creuse_grand_sud", "ville_de_22000")
MARIE_GALANTE = {"commune": "97112", "departement": "971", "region": "01", "epci": "249710047"}
OVERSEAS = {**MARIE_GALANTE, "en_territoire_industrie": False}
ENOUGH = 8


@pytest.fixture(scope="module", params=[(one, {}) for one in AUTHORITIES] + [(AUTHORITIES[0], OVERSEAS)])
def told(request):
    identifier, elsewhere = request.param
    persona = load_catalogue().personas[identifier]
    written = {**persona.facts, **elsewhere}
    facts = {fact: read_value(get_fact(fact), value) for fact, value in written.items()}
    situation = completed(declared(facts), on=persona.day)
    return persona, DayCatalogue(compile_day(persona.day)).answers(situation)


def test_eight_answers_at_most_are_asked_of_it_beside_what_its_place_tells(told):
    persona, _ = told
    asked = [fact for fact in persona.facts if get_fact(fact).origin is not Origin.TERRITOIRE]
    assert len(asked) + 1 <= ENOUGH


def test_it_has_eight_aids_by_right_or_on_demand_and_none_of_them_is_closed(told):
    _, answers = told
    useful = [one for one in answers if one.standing in (Class.DROIT, Class.A_DEMANDER)]
    assert len(useful) >= ENOUGH
    assert not [one.entry.id for one in useful if one.entry.existence.state in GONE]


def test_one_of_them_is_a_right_with_its_rate_and_several_tell_how_much(told):
    _, answers = told
    useful = [one for one in answers if one.standing in (Class.DROIT, Class.A_DEMANDER)]
    assert any(one.standing is Class.DROIT and one.amount for one in useful)
    assert len([one for one in useful if one.amount is not None]) >= 3

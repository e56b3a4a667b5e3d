"""What a reader can do of an aid, from the four answers: existence, conditions, amount, right or choice."""

from datetime import date

import pytest

from ancrage.aids.answering import DayCatalogue
from ancrage.aids.catalogue import load_catalogue
from ancrage.aids.compiling import compile_day
from ancrage.aids.standing import Class, Existence, State, class_of
from ancrage.aids.vocabulary import Grant
from ancrage.facts.legislation import LAW_FACTS
from ancrage.facts.situation import completed, declared
from ancrage.facts.values import read_facts
from ancrage.reasoning import Verdict

DAY = date(2026, 11, 28)


def existence(state):
    return Existence(state, "2020-01-01", None, None)


def told(facts, on=DAY):
    situation = completed(declared(read_facts(facts)), on=on)
    return {one.entry.id: one for one in DayCatalogue(compile_day(on)).answers(situation)}


@pytest.mark.parametrize(
    ("state", "qualifies", "grant", "marks", "expected"),
    [
        (State.EN_VIGUEUR, Verdict.OUI, Grant.DROIT, (True, True, False), Class.DROIT),
        (State.OUVERTE, Verdict.OUI, Grant.APPEL, (True, True, False), Class.A_DEMANDER),
        (State.EN_VIGUEUR, Verdict.A_VERIFIER, Grant.DROIT, (True, True, True), Class.REPONSE_MANQUANTE),
        (State.A_CONFIRMER, Verdict.OUI, Grant.DROIT, (True, True, False), Class.A_CONFIRMER),
        (State.INCONNUE, Verdict.A_VERIFIER, Grant.DROIT, (True, True, False), Class.DECRITE),
        (State.EN_VIGUEUR, Verdict.OUI, Grant.DROIT, (True, False, False), Class.A_CONFIRMER),
        (State.EN_VIGUEUR, Verdict.A_VERIFIER, Grant.DROIT, (True, True, False), Class.A_CONFIRMER),
        (State.EN_VIGUEUR, Verdict.A_VERIFIER, Grant.DROIT, (False, True, True), Class.DECRITE),
        (State.FERMEE, Verdict.A_VERIFIER, Grant.DROIT, (True, True, True), Class.FERMEE),
        (State.ANNONCEE, Verdict.OUI, Grant.DROIT, (True, True, False), Class.FERMEE),
        (State.EN_VIGUEUR, Verdict.NON, Grant.DROIT, (False, False, True), Class.NON),
    ],
)
def test_the_class_follows_from_the_four_answers(state, qualifies, grant, marks, expected):
    rules, sure, asks = marks
    assert class_of(existence(state), qualifies, grant, told=rules, sure=sure, asks=asks) is expected


@pytest.mark.parametrize("on", [date(2021, 3, 31), DAY])
@pytest.mark.parametrize(
    "facts", [[], ["forme=association", "effectif=4"], ["forme=commune"], ["forme=scic"]]
)
def test_only_a_yes_that_stands_is_in_the_first_two_classes_and_only_a_right_is_called_one(facts, on):
    for one in told(facts, on).values():
        useful = one.standing in (Class.DROIT, Class.A_DEMANDER)
        assert useful == (one.verdict is Verdict.OUI)
        assert one.standing is not Class.DROIT or one.entry.grant is Grant.DROIT
        assert (one.standing is Class.REPONSE_MANQUANTE) <= bool(one.missing)
        proof = one.entry.existence.last_proof
        assert proof is None or proof <= on.isoformat()


def test_a_fund_whose_decree_stands_may_be_asked_long_after_its_last_proof():
    facts = ["forme=association", "interet_general=oui", "gouvernance_democratique=oui"]
    facts += ["transparence_financiere=oui", "objet_exclu_fdva=non", "commune=23096"]
    fund = told(facts)["fdva2"]
    assert fund.standing is Class.A_DEMANDER
    assert fund.entry.existence.last_proof == "2026-03-12"
    assert fund.as_json()["grant"] == "appel"


def test_an_aid_that_may_have_ended_is_to_be_confirmed_at_its_desk():
    answer = told(["demandeur=porteur", "en_qpv=oui", "stade=creation", "pret_bancaire=oui"])[
        "garantie_egalite_territoires"
    ]
    assert answer.entry.existence.state is State.A_CONFIRMER
    assert answer.standing is Class.A_CONFIRMER


OWED_BY_LAW = {
    "fctva",
    "apprentissage_aide",
    "contrat_pro_45",
    "contrat_pro_jeunes",
    "emplois_francs",
    "service_civique",
}
"""Subsidies that a text owes to whoever qualifies."""


def test_every_exemption_in_force_is_a_right_and_no_subsidy_is_but_those_the_law_owes():
    aids = load_catalogue().aids.values()
    assert all(one.grant is Grant.DROIT for one in aids if one.nature == "exoneration")
    owed = {one.id for one in aids if one.nature == "subvention" and one.grant is Grant.DROIT}
    assert owed <= OWED_BY_LAW


def test_of_an_aid_that_is_not_in_force_nothing_says_whether_one_qualifies():
    for one in told(["forme=commune"]).values():
        if not one.entry.in_force:
            assert one.qualifies is Verdict.A_VERIFIER
            assert one.standing in (Class.FERMEE, Class.DECRITE)


def test_an_aid_to_come_is_announced_only_once_its_text_is_published():
    days = [date(2019, 1, 1), date(2021, 3, 31), date(2024, 5, 1)]
    for on in days:
        for one in told([], on).values():
            if one.entry.existence.state is State.ANNONCEE:
                assert one.entry.text["published_on"] <= on.isoformat() < one.entry.since


def test_what_only_a_text_could_settle_waits_for_no_answer_of_the_reader():
    answers = told(["forme=association", "commune=98735"]).values()
    waiting = [one for one in answers if one.missing and LAW_FACTS.issuperset(one.missing)]
    assert waiting
    assert all(one.standing in (Class.A_CONFIRMER, Class.DECRITE) for one in waiting)


def test_a_law_read_in_a_copy_is_proved_to_the_day_of_the_copy_not_to_the_day_of_reading():
    facts = [
        "forme=cooperative",
        "effectif=20",
        "contribution_oeth=oui",
        "achats_secteur_adapte=oui",
        "commune=23096",
    ]
    found = told(facts)["oeth_deduction_achats"]
    assert found.standing is Class.DROIT
    assert found.entry.existence.last_proof == "2026-03-27"

"""What a buyer types: codes, amounts, who buys; and what is refused, in one clear sentence."""

from dataclasses import replace
from datetime import date

import pytest

from ancrage.edition.opened import Opened
from ancrage.errors import InvalidCodeError, PurchaseError
from ancrage.interval import Interval
from ancrage.procurement.amounts import read_value
from ancrage.procurement.answering import answer_all
from ancrage.procurement.buyer import Buyer, BuyerKind, find_buyer
from ancrage.procurement.purchase import Purchase, Reach, situation, small_lots
from ancrage.procurement.vocabulary import Cpv, key_of, lists, read_cpv
from ancrage.questions.purchases import PurchaseQuestion
from ancrage.questions.question import Asking
from ancrage.reasoning import Verdict

ON = date(2026, 9, 1)
PUBLISHED = (
    *("75121000-0", "75122000-7", "75123000-4", "79622000-0", "79624000-4", "79625000-1", "80110000-8"),
    *("80300000-7", "80420000-4", "80430000-7", "80511000-9", "80520000-5", "80590000-6", "92500000-6"),
    *("92600000-7", "98133000-4", "98133110-8", "45000000-7", "77310000-6", "55523100-3", "30192000-1"),
)


@pytest.mark.parametrize("written", PUBLISHED)
def test_the_key_of_a_published_code_is_worked_out(written):
    code, _, key = written.partition("-")
    assert key_of(code) == int(key)
    assert read_cpv(written).code == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("77310000", "77310000"),
        ("CPV 77310000-6", "77310000"),
        ("773100006", "77310000"),
        ("entretien des espaces verts", "77310000"),
        ("repas pour une école", "55523100"),
        ("restauration scolaire", "55524000"),
        ("nettoyage des locaux", "90910000"),
    ],
)
def test_what_is_bought_is_found_by_its_code_or_by_words(typed, code):
    assert read_cpv(typed).code == code


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("77310000-5", "La clé du code CPV « 77310000-5 » est fausse : ce serait 77310000-6."),
        ("12345678", "« 12345678 » n'est pas un code CPV : il n'existe pas."),
        ("7731", "Aucun code CPV connu"),
        ("xyzzy", "Aucun code CPV connu ne correspond à « xyzzy »."),
    ],
)
def test_a_code_that_cannot_exist_is_refused(typed, told):
    with pytest.raises(PurchaseError, match=told):
        read_cpv(typed)


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("180000", 180_000, 180_000),
        ("180 000 € HT", 180_000, 180_000),
        ("180 k€", 180_000, 180_000),
        ("1,5 M€", 1_500_000, 1_500_000),
        ("150000..200000", 150_000, 200_000),
        ("150 à 200 k€", 150_000, 200_000),
        ("entre 150 000 € et 200 000 €", 150_000, 200_000),
        ("900 €", 900, 900),
    ],
)
def test_an_amount_is_one_figure_or_a_range(typed, low, high):
    assert read_value(typed) == Interval(low, high)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("180", "« 180 » n'a pas d'unité : euros, ou milliers d'euros"),
        ("180 000 € TTC", "est toutes taxes comprises"),
        ("beaucoup", "« beaucoup » n'est pas un montant"),
        ("200000..150000", "va du plus grand au plus petit"),
        ("0 €", "plus de zéro euro"),
        ("-5 000 €", "plus de zéro euro"),
    ],
)
def test_an_amount_that_cannot_be_compared_is_refused(typed, told):
    with pytest.raises(PurchaseError, match=told):
        read_value(typed)


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("commune:59295", BuyerKind.LOCAL, "Hazebrouck"),
        ("59295", BuyerKind.LOCAL, "Hazebrouck"),
        ("200044014", BuyerKind.LOCAL, "CC Creuse Grand Sud"),
        ("dep:23", BuyerKind.LOCAL, "Creuse"),
        ("217500016", BuyerKind.LOCAL, "SIREN 217500016"),
        ("215902958", BuyerKind.LOCAL, "Hazebrouck"),
        ("etat", BuyerKind.ETAT, "L'État"),
        ("130022205", BuyerKind.ETABLISSEMENT_ETAT, "SIREN 130022205"),
    ],
)
def test_a_buyer_is_a_territory_or_a_siren(embedded_atlas, typed, kind, name):
    found = find_buyer(embedded_atlas, typed, on=ON)
    assert found.kind is kind
    assert found.name == name


def test_a_private_body_is_no_contracting_authority_unless_said(embedded_atlas):
    with pytest.raises(PurchaseError, match="n'est pas un pouvoir adjudicateur"):
        find_buyer(embedded_atlas, "775670417", on=ON)
    assert find_buyer(embedded_atlas, "775670417", on=ON, kind=BuyerKind.AUTRE).kind is BuyerKind.AUTRE


def test_a_quarter_buys_nothing_and_a_false_siren_is_told(embedded_atlas):
    with pytest.raises(PurchaseError, match="n'achète pas"):
        find_buyer(embedded_atlas, "fr", on=ON)
    with pytest.raises(InvalidCodeError):
        find_buyer(embedded_atlas, "215902959", on=ON)


def test_small_lots_are_taken_smallest_first_within_their_share():
    assert small_lots((30_000, 50_000, 420_000), 80_000, 0.2) == (30_000, 50_000)
    assert small_lots((30_000, 80_000, 390_000), 80_000, 0.2) == (30_000,)
    assert small_lots((60_000, 60_000, 60_000), 80_000, 0.2) == ()


def test_a_code_that_the_list_held_here_does_not_name_says_so():
    assert read_cpv("77310000").unlisted == ""
    assert "77310001-3 n'est pas dans la liste" in read_cpv("77310001").unlisted


@pytest.mark.parametrize(
    ("code", "adapted", "reserved"),
    [
        ("55523100", True, False),  # school meals: named by annex XIV, not by article 77
        ("55520000", True, False),
        ("55100000", True, False),  # the two bounds of a range, and what is just outside
        ("55410000", True, False),
        ("55411000", None, False),  # narrower than a bound
        ("55500000", None, False),  # wider than what is named
        ("85312110", True, True),
        ("85323000", True, True),
        ("80110000", True, True),
        ("80660000", True, False),
        ("79110000", None, False),  # legal services: a part is left out, which no code tells
        ("98310000", None, False),  # laundry, under a division named alone
        ("77310000", False, False),
        ("90910000", False, False),
        ("60130000", False, False),
    ],
)
def test_a_service_is_of_a_list_when_the_list_names_its_code(code, adapted, reserved):
    assert (Cpv(code).is_specific_service, Cpv(code).may_be_reserved) == (adapted, reserved)


def test_every_code_of_the_lists_can_be_typed():
    for entry in (*lists().reserve.entries, *lists().adaptee.entries):
        for code in (*entry.codes, *(bound for bounds in entry.ranges for bound in bounds)):
            assert read_cpv(code).code == code


def test_supplies_are_no_service_of_the_list_whatever_their_code():
    buyer = Buyer("Une commune", BuyerKind.LOCAL, "")
    meals = Purchase(buyer, read_cpv("55523100"), "fournitures", Interval.exactly(300_000), ON)
    assert situation(meals)["services_procedure_adaptee"].value is False
    assert situation(replace(meals, nature="services"))["services_procedure_adaptee"].value is True


def test_a_reserve_still_to_check_says_how_many_may_answer_it():
    buyer = Buyer("Hazebrouck", BuyerKind.LOCAL, "collectivité")
    green = Purchase(buyer, read_cpv("77310000"), "services", Interval.exactly(180_000), ON)
    reach = Reach(Interval(0, 0), Interval(1, 31), Interval(0, 0))
    reserve = answer_all(situation(green, reach), on=ON).named("reserve_insertion")
    assert reserve.verdict is Verdict.A_VERIFIER
    assert "structure connue pour le vendre, 30 à interroger" in reserve.reason


def test_a_consultation_still_to_come_is_answered_by_the_rules_already_published(
    embedded_atlas, tmp_path
) -> None:
    opened = Opened(embedded_atlas, "essai", embedded_atlas.today, tmp_path)
    asked = PurchaseQuestion(bought="77310000", value="180000", buyer="23096", on=date(2027, 1, 15))
    answer = asked.answer(Asking(opened, opened.today))
    assert answer.facts.answers.on == date(2027, 1, 15)
    assert any("à venir" in one for one in answer.warnings)
    past = PurchaseQuestion(bought="77310000", value="180000", buyer="23096", on=opened.today)
    assert not any("à venir" in one for one in past.answer(Asking(opened, opened.today)).warnings)

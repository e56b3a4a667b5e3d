"""Each rule of a plan stands on its threshold, and says its text."""

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from financing_plans import given, plan_of, spent
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from ancrage.declarations.texts import Basis, Text
from ancrage.financing.cumulation import every_pair, pair
from ancrage.financing.plan import KnownRate
from ancrage.financing.ruling.european import european
from ancrage.financing.ruling.state_aid import Granted, window_of
from ancrage.financing.verifying import Verification, verify
from ancrage.reasoning import Verdict

DAY = date(2026, 11, 29)
TEXT = Text(title="Le programme en sept questions", checked_on=DAY, basis=Basis.PAGE_LUE)
amounts = st.decimals("0.01", "9999999.99", places=2)


def verified(on: date = DAY, **told: Any) -> Verification:
    return verify(plan_of(**told), on=on)


def verdict(found: Verification, rule: str) -> Verdict:
    return next(one.verdict for one in found.rules if one.id == rule)


def minimis(amount: str, on: str, *past: tuple[str, str], day: date = DAY) -> Verdict:
    found = verified(
        on=day,
        depenses=[spent(amount)],
        ressources=[given(amount, regime="de_minimis", accordee_le=on, etat="accordee")],
        aides_recues=[{"libelle": "Aide", "accordee_le": when, "montant": one} for one, when in past],
    )
    return verdict(found, "de_minimis")


@settings(max_examples=150, deadline=None)
@drawn(
    st.lists(amounts, min_size=1, max_size=12),
    st.lists(amounts, max_size=6),
    st.integers(1, 100_000),
)
def test_a_plan_closed_by_what_it_lacks_balances_to_the_cent_and_no_cent_less(
    costs: list[Decimal], grants: list[Decimal], cents: int
) -> None:
    total = sum(costs, Decimal(0))
    kept = list(itertools.takewhile(lambda one: one < total, grants))
    while sum(kept, Decimal(0)) >= total:
        kept.pop()
    rest = total - sum(kept, Decimal(0))
    expenses = [spent(one) for one in costs]
    closed = verified(depenses=expenses, ressources=[*map(given, kept), given(rest)])
    assert closed.balanced
    assert closed.missing == 0
    more = Decimal(cents) / 100
    opened = verified(depenses=[*expenses, spent(more)], ressources=[*map(given, kept), given(rest)])
    assert not opened.balanced
    assert opened.missing == more
    assert opened.funded is Verdict.NON


def test_no_plan_is_financed_while_a_resource_is_to_be_checked() -> None:
    sure = {"etat": "accordee", "regime": "aucun"}
    told = {"depenses": [spent("100")], "ressources": [given("60", **sure), given("40", **sure)]}
    assert verified(**told).funded is Verdict.OUI
    told["ressources"][1]["etat"] = "demandee"
    assert verified(**told).funded is Verdict.A_VERIFIER
    told["ressources"][1]["etat"] = "refusee"
    assert verified(**told).funded is Verdict.NON


@pytest.mark.parametrize(
    ("amount", "expected"), [("300000.00", Verdict.OUI), ("300000.01", Verdict.NON)], ids=["just", "over"]
)
def test_de_minimis_holds_at_300_000_and_not_one_cent_above(amount: str, expected: Verdict) -> None:
    assert minimis(amount, "2026-11-29") is expected


@pytest.mark.parametrize(
    ("past", "expected"),
    [("2023-11-28", Verdict.OUI), ("2023-11-29", Verdict.NON), ("2026-11-28", Verdict.NON)],
    ids=["before-three-years", "three-years-to-the-day", "the-eve"],
)
def test_the_window_of_three_years_slides_by_the_day(past: str, expected: Verdict) -> None:
    assert minimis("300000.00", "2026-11-29", ("0.01", past)) is expected


def test_before_2024_the_ceiling_was_200_000_over_three_fiscal_years() -> None:
    assert minimis("200000.00", "2023-12-31", ("1.00", "2020-12-31")) is Verdict.OUI
    assert minimis("200000.00", "2023-12-31", ("0.01", "2021-01-01")) is Verdict.NON
    assert minimis("300000.00", "2024-01-01") is Verdict.OUI


def test_aid_granted_too_early_says_from_which_day_it_fits() -> None:
    found = verified(
        depenses=[spent("200000")],
        ressources=[given("200000", regime="de_minimis", accordee_le="2026-11-29", etat="accordee")],
        aides_recues=[{"accordee_le": "2024-03-01", "montant": "150000"}],
    )
    rule = next(one for one in found.rules if one.id == "de_minimis")
    assert "Accordée à partir du 2\u00a0mars\u00a02027" in rule.change


@settings(max_examples=100, deadline=None)
@drawn(st.lists(st.tuples(st.integers(0, 2000), amounts), max_size=8), st.integers(1200, 2000))
def test_the_window_counts_what_a_naive_count_does(told: list[tuple[int, Decimal]], at: int) -> None:
    start = date(2024, 1, 1)
    days = [(date.fromordinal(start.toordinal() + offset), amount) for offset, amount in told]
    on = date.fromordinal(start.toordinal() + at)
    back = on.replace(year=on.year - 3) if (on.month, on.day) != (2, 29) else date(on.year - 3, 2, 28)
    window = window_of([Granted("x", day, amount) for day, amount in days], "de_minimis", on)
    assert window is not None
    assert window.total == sum((amount for day, amount in days if back <= day <= on), Decimal(0))


@pytest.mark.parametrize(
    ("share", "lead", "expected"),
    [
        ("20000", False, Verdict.OUI), ("19999.99", False, Verdict.NON), ("30000", True, Verdict.OUI),
        ("29999.99", True, Verdict.NON), ("25000", None, Verdict.A_VERIFIER),
    ],
    ids=["a-fifth", "a-cent-under", "leader", "leader-under", "field-unsaid"],
)  # fmt: skip
def test_a_local_owner_pays_its_least_share(share: str, lead: bool | None, expected: Verdict) -> None:
    found = verified(
        porteur={"nom": "Commune", "forme": "commune", **({} if lead is None else {"chef_de_file": lead})},
        depenses=[{"compte": "213", "annee": 2026, "montant": "100000"}],
        ressources=[
            {"compte": "10", "annee": 2026, "montant": share},
            given(str(100000 - Decimal(share)), compte="13"),
        ],
    )
    assert verdict(found, "participation_minimale") is expected


def test_state_grants_hold_at_eighty_per_cent() -> None:
    for amount, expected in (("40000", Verdict.OUI), ("40000.01", Verdict.NON)):
        found = verified(
            porteur={"forme": "commune"},
            depenses=[{"compte": "213", "annee": 2026, "montant": "100000"}],
            ressources=[
                {"compte": "13", "annee": 2026, "montant": "40000", "aide": "detr"},
                {"compte": "13", "annee": 2026, "montant": amount, "aide": "dsil"},
                {"compte": "10", "annee": 2026, "montant": str(60000 - Decimal(amount))},
            ],
        )
        assert verdict(found, "dotations_etat") is expected


def test_leader_pays_four_fifths_of_public_money_at_most() -> None:
    for amount, expected in (("80000", Verdict.OUI), ("80000.01", Verdict.NON)):
        found = verified(
            depenses=[spent("200000")],
            ressources=[
                given(amount, aide="leader", financeur="europe"),
                given("20000"),
                given(str(100000 - Decimal(amount)), financeur="porteur"),
            ],
        )
        assert verdict(found, "taux_europeen:leader") is expected


def test_a_rate_nobody_read_never_says_yes_nor_no() -> None:
    for amount in ("1", "99"):
        found = verified(
            depenses=[spent("100")],
            ressources=[given(amount, aide="feder"), given(str(100 - int(amount)), financeur="porteur")],
        )
        assert verdict(found, "taux_europeen:feder") is Verdict.A_VERIFIER


@pytest.mark.parametrize(
    ("told", "amount", "expected"),
    [
        ({"low": "0.6", "high": "0.6"}, "60000", Verdict.OUI),
        ({"low": "0.6", "high": "0.6"}, "60000.01", Verdict.NON),
        ({"low": "0.4", "high": "0.85"}, "40000", Verdict.OUI),
        ({"low": "0.4", "high": "0.85"}, "40000.01", Verdict.A_VERIFIER),
        ({"low": "0.4", "high": "0.85"}, "85000.01", Verdict.NON),
        ({"low": "0.6", "high": "0.6", "certain": False}, "60000.01", Verdict.A_VERIFIER),
    ],
    ids=["its-region", "a-cent-over", "any-region", "some-region", "no-region", "by-priority-only"],
)
def test_a_european_fund_holds_at_the_rate_of_the_region(
    told: dict[str, Any], amount: str, expected: Verdict
) -> None:
    plan = plan_of(
        depenses=[spent("100000")],
        ressources=[
            given(amount, aide="fse_plus", id="fse"),
            given(str(100000 - Decimal(amount)), financeur="porteur"),
        ],
    )
    rate = KnownRate(Decimal(told["low"]), Decimal(told["high"]), told.get("certain", True), TEXT)
    rated = replace(plan, resources=(replace(plan.resources[0], known_rate=rate), *plan.resources[1:]))
    (found,) = [one for one in european(rated, DAY) if one.id == "taux_europeen:fse_plus"]
    assert found.verdict is expected
    assert found.text is TEXT
    assert ("pour une priorité" in found.reasons[-1]) is (not told.get("certain", True))
    assert bool(found.change) is (expected is not Verdict.OUI)


def test_the_same_cost_is_not_paid_twice_even_in_a_plan_that_balances() -> None:
    told = {
        "depenses": [spent("100", id="salle"), spent("100", id="poste")],
        "ressources": [given("100", couts=["salle"]), given("50", couts=["salle", "poste"]), given("50")],
    }
    assert verdict(verified(**told), "meme_cout") is Verdict.OUI
    told["ressources"] = [given("100", couts=["salle"]), given("50", couts=["salle"]), given("50")]
    found = verified(**told)
    assert found.balanced
    assert verdict(found, "meme_cout") is Verdict.NON


def test_every_pair_of_aids_has_an_answer_and_a_text() -> None:
    found = list(every_pair(on=DAY))
    assert {one.verdict for one in found} == {Verdict.OUI, Verdict.NON, Verdict.A_VERIFIER}
    assert all(one.reason and one.text.title for one in found)
    assert len({frozenset((one.first, one.second)) for one in found}) == len(found)


def test_pairs_that_are_known_are_told() -> None:
    assert pair("pec", "siae_post", on=DAY).verdict is Verdict.NON
    assert pair("detr", "dsil", on=DAY).verdict is Verdict.OUI
    assert pair("agefiph_alternance", "apprentissage_aide", on=DAY).verdict is Verdict.OUI
    assert pair("feder", "fse_plus", on=DAY).verdict is Verdict.A_VERIFIER


@pytest.mark.parametrize(
    ("commune", "zone", "size", "amount", "expected"),
    [
        ("97411", None, "petite", "70000", Verdict.OUI),
        ("97411", None, "petite", "70000.01", Verdict.NON),
        ("23077", True, "grande", "15000", Verdict.OUI),
        ("23077", True, "grande", "15000.01", Verdict.NON),
        ("35238", True, "moyenne", "20000.01", Verdict.NON),
        ("23077", None, "petite", "35000", Verdict.A_VERIFIER),
        ("23077", None, "petite", "35000.01", Verdict.NON),
        ("23077", False, "petite", "1", Verdict.NON),
        ("23077", True, None, "15000", Verdict.OUI),
        ("23077", True, None, "15000.01", Verdict.A_VERIFIER),
    ],
)
def test_regional_aid_holds_at_the_rate_of_its_zone_and_size(
    commune: str, zone: bool | None, size: str | None, amount: str, expected: Verdict
) -> None:
    found = verified(
        porteur={
            "forme": "scic",
            "commune": commune,
            **({} if zone is None else {"zone_afr": zone}),
            **({} if size is None else {"taille": size}),
        },
        depenses=[{"compte": "213", "annee": 2026, "montant": "100000"}],
        ressources=[given("10000", regime="exempte"), given(str(Decimal(amount) - 10000), regime="afr")]
        if Decimal(amount) > 10000
        else [given(amount, regime="afr")],
    )
    assert verdict(found, "intensite_afr") is expected


def test_two_aids_no_text_settles_are_financed_once_both_funders_wrote_it() -> None:
    sure = {"etat": "conventionnee", "regime": "aucun"}
    told: dict[str, Any] = {
        "depenses": [spent("200")],
        "ressources": [
            given(
                "100", id="feder", aide="feder", financeur="europe", taux="50 %", texte="Convention", **sure
            ),
            given("100", id="etude", aide="ademe_etude_reemploi", **sure),
        ],
    }
    assert verified(**told).funded is Verdict.A_VERIFIER
    told["ressources"][0]["cumul_avec"] = ["etude"]
    asked = next(one for one in verified(**told).rules if one.id == "cumul:feder:etude")
    assert asked.verdict is Verdict.A_VERIFIER
    assert "le financeur de" in asked.change
    told["ressources"][1] |= {"cumul_avec": ["feder"], "texte": "Arrêté attributif"}
    assert verdict(verified(**told), "cumul:feder:etude") is Verdict.OUI
    assert verified(**told).funded is Verdict.OUI
    told["ressources"][1] |= {"etat": "demandee"}
    assert verified(**told).funded is Verdict.A_VERIFIER

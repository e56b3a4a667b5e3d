"""What authorities may hold of a SCIC, on each day, to the share."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml

from ancrage.contracts.capital import (
    Capital,
    Category,
    allocation,
    most_public_shares,
    read_capital_text,
    verdicts,
)
from ancrage.contracts.models import capital_model
from ancrage.errors import FinancingFileError
from ancrage.reasoning import Verdict

DAY = date(2026, 11, 29)


def table(public: int, **told: Any) -> Capital:
    whole = {
        "schema": "ancrage-capital/1",
        "valeur_part": 50,
        "associes": [
            {"nom": "Habitants", "categorie": "beneficiaires", "parts": 40},
            {"nom": "Salariés", "categorie": "salaries", "parts": 10},
            {"nom": "Commune", "categorie": "collectivites", "parts": public},
        ],
        **told,
    }
    return read_capital_text(yaml.safe_dump(whole))


def verdict(capital: Capital, rule: str, on: date = DAY) -> Verdict:
    return next(one.verdict for one in verdicts(capital, on) if one.id == rule)


@pytest.mark.parametrize(
    ("public", "on", "expected"),
    [
        (50, DAY, Verdict.OUI), (51, DAY, Verdict.NON), (50, date(2014, 8, 2), Verdict.OUI),
        (50, date(2014, 8, 1), Verdict.NON), (12, date(2014, 8, 1), Verdict.OUI),
    ],
    ids=["half", "a-share-above", "first-day", "the-eve", "a-fifth-before"],
)  # fmt: skip
def test_authorities_hold_half_of_the_capital_at_most_a_fifth_before_2014(
    public: int, on: date, expected: Verdict
) -> None:
    assert verdict(table(public), "capital_scic", on) is expected


def test_what_authorities_may_still_take_is_the_most_that_fits() -> None:
    capital = table(12)
    room = most_public_shares(capital, DAY)
    assert room == 38
    for more, expected in ((38, Verdict.OUI), (39, Verdict.NON)):
        entry = {"nom": "EPCI", "categorie": "collectivites", "parts": more}
        assert verdict(table(12, entree=entry), "capital_scic") is expected


def test_three_categories_are_wanted_with_beneficiaries_and_workers() -> None:
    assert verdict(table(10), "categories_scic") is Verdict.OUI
    alone = [
        {"nom": "A", "categorie": "beneficiaires", "parts": 1},
        {"nom": "B", "categorie": "autres", "parts": 1},
    ]
    assert verdict(table(0, associes=alone), "categories_scic") is Verdict.NON


def test_an_advance_was_impossible_until_the_day_of_its_law() -> None:
    asked = {"collectivite": "Commune", "montant": 5000, "recettes_fonctionnement": 100000}
    capital = table(10, avance=asked, fonds_propres=2000)
    assert verdict(capital, "avance_scic", date(2022, 2, 22)) is Verdict.NON
    assert verdict(capital, "avance_scic", date(2022, 2, 23)) is Verdict.OUI
    assert (
        verdict(table(10, avance={**asked, "montant": "5000.01"}, fonds_propres=2000), "avance_scic")
        is Verdict.NON
    )
    assert verdict(table(10, avance=asked), "avance_scic") is Verdict.A_VERIFIER
    assert verdict(table(10, avance=asked, fonds_propres=1499), "avance_scic") is Verdict.NON


def test_reserves_take_fifty_seven_and_a_half_per_cent_and_public_money_is_never_shared() -> None:
    found = allocation(table(10, resultat=10000, aides_publiques=1000), DAY)
    assert found.legal == Decimal("1500.00")
    assert found.legal + found.statutory == Decimal("5750.00")
    assert found.shareable == Decimal("3250.00")


def test_votes_are_one_each_or_those_of_the_college() -> None:
    assert table(10).votes()["Commune"] == Decimal(1) / 3
    colleges = [{"nom": "A", "voix": "50 %"}, {"nom": "B", "voix": "50 %"}]
    told = [
        {"nom": "Habitants", "categorie": "beneficiaires", "parts": 40, "college": "A"},
        {"nom": "Commune", "categorie": "collectivites", "parts": 1, "college": "B"},
    ]
    capital = table(0, colleges=colleges, associes=told)
    assert capital.votes() == {"Habitants": Decimal("0.5"), "Commune": Decimal("0.5")}
    assert verdict(capital, "colleges_scic") is Verdict.A_VERIFIER


def test_the_model_is_read_and_says_what_is_wrong() -> None:
    capital = read_capital_text(capital_model())
    assert capital.held_by(Category.COLLECTIVITES) == 100
    assert verdict(capital, "capital_scic") is Verdict.OUI
    with pytest.raises(FinancingFileError, match="une catégorie est attendue"):
        table(1, associes=[{"nom": "A", "parts": 1}])

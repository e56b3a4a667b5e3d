"""What people give: each fault is told at its line or its cell, all at once, and nothing is guessed."""

import io
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from financing_plans import given, spent, text_of

from ancrage.errors import FinancingFileError
from ancrage.financing.files import read_plan_bytes, read_plan_text
from ancrage.financing.model import plan_model
from ancrage.financing.money import read_money, read_share
from ancrage.financing.sheet import model_text


def refusal(**told: Any) -> str:
    with pytest.raises(FinancingFileError) as refused:
        read_plan_text(text_of(**told))
    return refused.value.message


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"montant": "-5"}, "depenses[1].montant : « -5 » est négatif"),
        ({"montant": "1.2345"}, "plus de deux décimales"),
        ({"montant": "1.234"}, "se lit de deux façons"),
        ({"montant": None}, "un montant est attendu"),
        ({"compte": "99"}, "n'est le compte d'aucune dépense"),
        ({"annee": "27"}, "une année (1990 à 2100) est attendue"),
        ({"le": "2026-05-01", "au_plus_tard": "2026-04-01"}, "les jours sont inversés"),
        ({"paiements": [{"le": "2026-01-01", "montant": "101"}]}, "plus que le montant"),
        ({"libele": "x"}, "vouliez-vous dire « libelle »"),
    ],
    ids=["negative", "decimals", "ambiguous", "empty", "account", "year", "reversed", "overpaid", "key"],
)
def test_a_faulty_expense_is_refused_at_its_place(line: dict[str, Any], told: str) -> None:
    assert told in refusal(depenses=[{**spent("100"), **line}])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"taux": "120 %"}, "dépasse 100 %"),
        ({"taux": "80"}, "n'a pas son signe %"),
        ({"verse": "100.01", "etat": "versee"}, "versés, plus que les 100\u00a0€ accordés"),
        ({"etat": "promise"}, "n'est pas de la liste"),
        ({"aide": "fedr"}, "n'est l'identifiant d'aucune aide (vouliez-vous dire"),
        ({"couts": ["salle"]}, "n'est l'identifiant d'aucune dépense"),
        ({"accordee_le": "2026-02-01", "le": "2026-01-01"}, "précède l'accord"),
        ({"le": "2025-12-31"}, "précède le début du plan, le 01/01/2026"),
    ],
    ids=["rate", "rate-unsigned", "paid-above", "state", "aid", "cost", "paid-before", "before-the-plan"],
)
def test_a_faulty_resource_is_refused_at_its_place(line: dict[str, Any], told: str) -> None:
    assert told in refusal(debut="2026-01-01", ressources=[{**given("100"), **line}])


def test_every_fault_is_told_at_once_with_its_line() -> None:
    told = refusal(fin="2026-01-01", debut="2027-01-01", depenses=[spent("-1"), spent("x")])
    assert told.startswith("3 fautes.")
    assert "ligne 2 – fin" in told


@pytest.mark.parametrize(
    ("written", "value"),
    [("1 234,50", "1234.50"), ("12 k€", "12000.00"), ("0.1", "0.10"), ("30000.000000000004", "30000.00")],
    ids=["french", "thousands", "point", "binary"],
)
def test_amounts_are_read_as_people_and_spreadsheets_write_them(written: str, value: str) -> None:
    assert read_money(written).value == Decimal(value)


def test_shares_are_exact() -> None:
    assert read_share("62,5 %").value == Decimal("0.625")
    assert read_share("0,8").value == Decimal("0.8")


def test_the_model_is_a_plan_and_so_is_its_spreadsheet() -> None:
    assert read_plan_text(plan_model()).spent() == Decimal("200000.00")
    plan = read_plan_bytes(model_text().encode(), "plan.csv")
    assert plan.spent() == plan.found() == Decimal("100000.00")


def test_a_workbook_with_commas_is_read_and_a_merged_cell_is_told_at_its_cell() -> None:
    rows = [
        ("Sens", "Compte", "Libellé", "Année", "Montant"),
        ("dépense", "213", "Travaux", 2027, "1 000,50"),
        ("dépense", "606", "Achats", 2027, 0.1 + 0.2),
        ("ressource", "10", "Parts", 2027, "1000,80"),
    ]
    plan = read_plan_bytes(workbook(rows), "plan.xlsx")
    assert plan.spent() == plan.found() == Decimal("1000.80")
    with pytest.raises(FinancingFileError, match=r"cellule A3 : rien n.est écrit .une cellule fusionnée"):
        read_plan_bytes(workbook([*rows[:2], (None, *rows[2][1:])], merged="A2:A3"), "plan.xlsx")
    wrong = [*rows[:2], ("dépense", "606", "Achats", 2027, "12,345")]
    with pytest.raises(FinancingFileError, match="cellule E3"):
        read_plan_bytes(workbook(wrong), "plan.xlsx")


def workbook(rows: list[tuple[Any, ...]], merged: str = "") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for rank, row in enumerate(rows):
            sheet.write_row(rank, 0, row)
        if merged:
            sheet.merge_range(merged, "dépense")
    return out.getvalue()

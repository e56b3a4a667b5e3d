"""Accounts: a ledger as accounting software writes it, in Latin-1, or a balance typed."""

from decimal import Decimal

import pytest

from ancrage.errors import FinancingFileError
from ancrage.financing.accounts import EconomicModel, entries_of, model_of

FIRST = ("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum")
NEXT = ("CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet")
TITLES = [*FIRST, *NEXT, "ValidDate", "Montantdevise", "Idevise"]


def ledger(*lines: tuple[str, str, str, str, str, str], separator: str = "\t") -> bytes:
    """A FEC, of (journal, day, account, label, debit, credit)."""
    rows = [TITLES]
    for journal, day, account, label, debit, credit in lines:
        rows.append(
            [
                journal,
                journal,
                "1",
                day,
                account,
                label,
                "",
                "",
                "P1",
                day,
                label,
                debit,
                credit,
                "",
                "",
                day,
                "",
                "",
            ]
        )
    return "\r\n".join(separator.join(row) for row in rows).encode("latin-1")


YEAR = ledger(
    ("AN", "20250101", "106800", "Réserves", "0,00", "10000,00"),
    ("AN", "20250101", "512000", "Banque", "10000,00", "0,00"),
    ("VE", "20250601", "706000", "Épicerie", "0,00", "30000,00"),
    ("BQ", "20250601", "741000", "Subvention Région", "0,00", "20000,00"),
    ("BQ", "20250601", "756000", "Cotisations", "0,00", "10000,00"),
    ("BQ", "20251231", "641000", "Salaires", "36500,00", "0,00"),
    ("BQ", "20251231", "512000", "Banque", "23500,00", "0,00"),
    ("AC", "20250301", "215000", "Vitrine", "5000,00", "0,00"),
)


@pytest.fixture
def model() -> EconomicModel:
    return model_of(entries_of(YEAR, "fec.txt"))


def test_a_ledger_in_latin_1_is_read_with_its_accents(model: EconomicModel) -> None:
    (year,) = model.years
    assert year.year == 2025
    assert next(iter(year.payers)) == "Épicerie"
    assert year.shares["ventes et prestations"] == Decimal("0.5")


def test_equity_cash_and_days_are_those_of_the_accounts(model: EconomicModel) -> None:
    (year,) = model.years
    assert year.result == Decimal("23500.00")
    assert year.equity == Decimal("33500.00")
    assert year.cash == Decimal("33500.00")
    assert year.cash_days == Decimal(335)
    assert year.invested == Decimal("5000.00")
    assert year.concentration == Decimal("0.52")


def test_what_accounts_do_not_hold_is_unknown_not_zero() -> None:
    text = b"Compte;Libelle;Annee;Debit;Credit\n706;Ventes;2025;;100,00\n606;Achats;2025;80,00;\n"
    (year,) = model_of(entries_of(text, "balance.csv")).years
    assert (year.equity, year.cash, year.cash_days) == (None, None, None)
    assert year.result == Decimal("20.00")


def test_the_accounts_bound_the_levels_of_the_grid(model: EconomicModel) -> None:
    levels = {one.criterion: (one.low, one.high) for one in model.levels()}
    assert levels["hybridation_ressources"] == (3, 4)
    assert levels["tresorerie"] == (3, 5)
    alone = model_of(entries_of(b"compte;annee;debit;credit\n706;2025;;81\n74;2025;;19\n", "b.csv"))
    assert alone.levels()[0].high == 1
    shared = model_of(entries_of(b"compte;annee;debit;credit\n706;2025;;80\n74;2025;;20\n", "b.csv"))
    assert shared.levels()[0].high == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("VE", "jamais", "706", "x", "0", "1"), "ne dit pas d'année"),
        (("VE", "20250101", "ABC", "x", "0", "1"), "n'est pas un compte"),
        (("VE", "20250101", "706", "x", "0", "un"), "un montant ne se lit pas"),
    ],
    ids=["day", "account", "amount"],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number(line: tuple[str, ...], told: str) -> None:
    with pytest.raises(FinancingFileError, match="ligne 2") as refused:
        entries_of(ledger(line, separator="|"), "fec.txt")  # type: ignore[arg-type]
    assert told in refused.value.message


def test_a_file_that_is_no_ledger_is_refused() -> None:
    with pytest.raises(FinancingFileError, match="CompteNum"):
        entries_of(b"nom;prenom\na;b\n", "autre.csv")

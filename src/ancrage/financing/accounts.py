"""Accounts of a structure: its ledger (FEC), or a balance typed in a table; what they say of its model."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path

from ancrage.declarations.faults import Fault
from ancrage.declarations.reader import LIST, Reader
from ancrage.errors import FinancingFileError
from ancrage.financing.money import ZERO
from ancrage.language.folding import bare
from ancrage.spreadsheets import MACHINES

READER = Reader(
    FinancingFileError, "Donnez le FEC, ou une balance : compte, année, débit, crédit.", LIST, guessed=True
)
TITLES = {
    "comptenum": "account", "compte": "account", "numero de compte": "account", "comptelib": "label",
    "libelle": "label", "ecrituredate": "day", "annee": "day", "exercice": "day", "date": "day",
    "debit": "debit", "credit": "credit", "journalcode": "journal", "journal": "journal",
    "montant": "amount", "sens": "side", "solde": "amount",
}  # fmt: skip
NEEDED = ({"account", "day", "debit", "credit"}, {"account", "day", "amount"})
OPENING = frozenset({"an", "ran", "anouv", "a-nouveaux", "an0", "rep"})
"""Journals that repeat the balance of the year before, which is no movement."""
MOST_FAULTS = 20
_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of accounts."""

    account: str
    label: str
    year: int
    debit: Decimal
    credit: Decimal
    opening: bool = False


KINDS = {
    "70": "ventes et prestations",
    "73": "tarification",
    "74": "subventions",
    "75": "cotisations, dons, mécénat",
    "76": "produits financiers",
    "77": "produits exceptionnels",
    "87": "bénévolat et dons en nature",
}
CASH = ("50", "51", "53", "54")
EQUITY = ("10", "11", "12", "13")
PAID = ("60", "61", "62", "63", "64", "65", "66")
YEAR_DAYS = 365
SMALL = Decimal("0.01")
"""Share of the resources under which a kind is none."""


@dataclass(frozen=True)
class YearModel:
    """What a year of accounts says."""

    year: int
    entries: tuple[Entry, ...]

    def credited(self, *beginnings: str) -> Decimal:
        """Credits less debits of some accounts."""
        return sum(
            (one.credit - one.debit for one in self.entries if one.account.startswith(beginnings)), ZERO
        )

    @cached_property
    def resources(self) -> dict[str, Decimal]:
        """Resources by kind, those worth nothing left out."""
        told = {kind: self.credited(code) for code, kind in KINDS.items()}
        return {kind: amount for kind, amount in told.items() if amount > 0}

    @cached_property
    def shares(self) -> dict[str, Decimal]:
        """Share of each kind, the largest first."""
        total = sum(self.resources.values(), ZERO)
        ordered = sorted(self.resources.items(), key=lambda each: -each[1])
        return {kind: amount / total for kind, amount in ordered if total and amount / total >= SMALL}

    @property
    def largest(self) -> tuple[str, Decimal] | None:
        """The kind that brings most, and its share."""
        return next(iter(self.shares.items()), None)

    @cached_property
    def payers(self) -> dict[str, Decimal]:
        """Share of each account of sales and grants: who the structure depends on."""
        told: dict[str, Decimal] = {}
        for one in self.entries:
            if one.account.startswith(("70", "73", "74")):
                name = one.label or one.account
                told[name] = told.get(name, ZERO) + one.credit - one.debit
        total = sum((amount for amount in told.values() if amount > 0), ZERO)
        ordered = sorted(told.items(), key=lambda each: -each[1])
        return {name: amount / total for name, amount in ordered if total and amount > 0}

    @property
    def concentration(self) -> Decimal | None:
        """Herfindahl index of the payers: 1 when one pays all; ``None`` without any."""
        return sum((share * share for share in self.payers.values()), ZERO) if self.payers else None

    @property
    def charges(self) -> Decimal:
        """Charges that are paid."""
        return -self.credited(*PAID)

    @property
    def result(self) -> Decimal:
        """Products less charges, contributions in kind apart."""
        return self.credited("6", "7")

    @property
    def equity(self) -> Decimal | None:
        """Own funds, the result of the year included; ``None`` where no account of them is given."""
        if not any(one.account.startswith("1") for one in self.entries):
            return None
        return self.credited(*EQUITY) + self.result

    @property
    def cash(self) -> Decimal | None:
        """Cash at the end; ``None`` where no account of it is given."""
        if not any(one.account.startswith("5") for one in self.entries):
            return None
        return -self.credited(*CASH)

    @property
    def cash_days(self) -> Decimal | None:
        """Days of charges that cash covers."""
        if self.cash is None or self.charges <= 0:
            return None
        return self.cash * YEAR_DAYS / self.charges

    @property
    def invested(self) -> Decimal:
        """Bought in the year, to be kept: debits of class 2, openings and depreciation apart."""
        return sum(
            (
                one.debit
                for one in self.entries
                if one.account.startswith(("20", "21", "23")) and not one.opening
            ),
            ZERO,
        )


@dataclass(frozen=True, slots=True)
class Level:
    """Levels of a criterion of the grid that the accounts allow, and why; none when they tell nothing."""

    criterion: str
    low: int | None
    high: int | None
    why: str


@dataclass(frozen=True)
class EconomicModel:
    """Years of accounts."""

    years: tuple[YearModel, ...]

    def levels(self) -> tuple[Level, ...]:
        """What the accounts answer of the grid: the rest is for people to judge."""
        return (self._hybridation(), self._investment(), self._cash())

    def _hybridation(self) -> Level:
        name = "hybridation_ressources"
        last = self.years[-1]
        if last.largest is None:
            return Level(name, None, None, "Aucune ressource n'est dans ces comptes.")
        kind, share = last.largest
        count = len(last.shares)
        told = f"{count} natures de ressources en {last.year}, dont {kind} pour {share:.0%}.".replace(
            "%", "\u00a0%"
        )
        steady = len(self.years) > 1 and all(kind in one.shares for one in self.years for kind in last.shares)
        if share > Decimal("0.8") or count < 2:
            return Level(name, 1, 1, told)
        if count == 2:
            return Level(name, 2, 2, told)
        if share > Decimal("0.5"):
            return Level(name, 3, 3, told)
        five = count >= 4 and share <= Decimal("0.4") and KINDS["87"] in last.shares
        return Level(name, 4 if steady else 3, 5 if five else 4, told)

    def _investment(self) -> Level:
        name = "capacite_investissement"
        bought = sum((one.invested for one in self.years), ZERO)
        told = f"{bought:.2f} € d'immobilisations acquises de {self.years[0].year} à {self.years[-1].year}."
        equity = self.years[-1].equity
        if not bought:
            return Level(name, 1, 2, told)
        return Level(name, 2, 5 if equity is not None and equity > 0 else 4, told)

    def _cash(self) -> Level:
        name, days = "tresorerie", self.years[-1].cash_days
        if days is None:
            return Level(name, None, None, "Ni trésorerie ni charges dans ces comptes.")
        told = f"La trésorerie couvre {int(days)} jours de charges à la fin de {self.years[-1].year}."
        if days < 30:
            return Level(name, 1, 2, told)
        return Level(name, 3, 4, told) if days <= 91 else Level(name, 3, 5, told)


def read_accounts(paths: Sequence[Path]) -> EconomicModel:
    """The accounts of some files. Raises :class:`FinancingFileError` telling file and line."""
    entries = [one for path in paths for one in entries_of(READER.content(path), path.name)]
    return model_of(entries)


def model_of(entries: Iterable[Entry]) -> EconomicModel:
    """The years of entries. Raises :class:`FinancingFileError` when there is none."""
    years: dict[int, list[Entry]] = {}
    for one in entries:
        years.setdefault(one.year, []).append(one)
    if not years:
        raise FinancingFileError("Aucune écriture n'a été lue.", "Donnez un FEC, ou une balance.")
    return EconomicModel(tuple(YearModel(year, tuple(years[year])) for year in sorted(years)))


def entries_of(content: bytes, name: str) -> list[Entry]:
    """The entries of a file, whatever its separator and its encoding. Raises :class:`FinancingFileError`."""
    with READER.telling(name):
        rows = READER.lines_of(content, name)
        if not rows:
            raise Fault("aucune ligne", 1)
        columns = _columns(rows[0])
        read, faults = [], []
        for line, cells in rows[1:]:
            given = {key: cells[rank].strip() for key, rank in columns.items() if rank < len(cells)}
            if any(given.values()):
                told = _entry(given)
                (faults.append((line, told)) if isinstance(told, str) else read.append(told))
        if faults:
            _refuse(faults)
        return read


def _columns(row: tuple[int, Sequence[str]]) -> dict[str, int]:
    line, cells = row
    found = {TITLES[bare(cell)]: rank for rank, cell in enumerate(cells) if bare(cell) in TITLES}
    if not any(needed <= set(found) for needed in NEEDED):
        raise Fault("ni CompteNum, EcritureDate, Debit, Credit, ni compte, année, débit, crédit", line)
    return found


def _refuse(faults: Sequence[tuple[int, str]]) -> None:
    listed = " ; ".join(f"ligne {line} : {told}" for line, told in faults[:MOST_FAULTS])
    raise Fault(f"{len(faults)} lignes ne se lisent pas ({listed})", faults[0][0], "Corrigez-les.")


def _entry(given: Mapping[str, str]) -> Entry | str:
    """An entry, or what is wrong with it."""
    year = _YEAR.search(given.get("day", ""))
    account = given.get("account", "")
    if not account[:1].isdigit():
        return f"« {account[:20]} » n'est pas un compte"
    if year is None:
        return f"« {given.get('day', '')[:20]} » ne dit pas d'année"
    try:
        debit, credit = _sides(given)
    except InvalidOperation:
        return "un montant ne se lit pas"
    opening = bare(given.get("journal", "")) in OPENING
    return Entry(account, given.get("label", ""), int(year[0]), debit, credit, opening)


def _sides(given: Mapping[str, str]) -> tuple[Decimal, Decimal]:
    if "debit" in given or "credit" in given:
        return _number(given.get("debit", "")), _number(given.get("credit", ""))
    amount = _number(given.get("amount", ""))
    side = bare(given.get("side", ""))
    if side:
        return (amount, ZERO) if side.startswith("d") else (ZERO, amount)
    # A balance without sides: charges and assets are debits, resources and liabilities credits.
    debit = given["account"][:1] in "23456" or given["account"].startswith("86")
    return (amount, ZERO) if debit else (ZERO, amount)


def _number(text: str) -> Decimal:
    plain = re.sub(r"[\s\u00a0\u202f€]", "", text).replace(",", ".")
    return Decimal(plain) if plain else ZERO


BALANCE_TITLES = ("Journal", "Compte", "Libelle", "Annee", "Debit", "Credit")


def balance_text(entries: Iterable[Entry]) -> str:
    """The balances of entries, an account a line: what a page keeps of a ledger, and no writing of it."""
    told: dict[tuple[bool, str, str, int], tuple[Decimal, Decimal]] = {}
    for one in entries:
        key = (one.opening, one.account, one.label, one.year)
        debit, credit = told.get(key, (ZERO, ZERO))
        told[key] = (debit + one.debit, credit + one.credit)
    rows = [
        ("AN" if opening else "", account, label, year, debit, credit)
        for (opening, account, label, year), (debit, credit) in told.items()
    ]
    return MACHINES.text(BALANCE_TITLES, rows)

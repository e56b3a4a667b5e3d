"""The capital of a SCIC, public and private associates together: who holds it, who votes, who may enter."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ancrage.declarations.documents import Document
from ancrage.declarations.gathering import Gathering, shown
from ancrage.declarations.parts import Path
from ancrage.declarations.reader import Reader
from ancrage.errors import FinancingFileError
from ancrage.financing.checker import Checker
from ancrage.financing.money import ZERO, cents_down, eur, pct
from ancrage.financing.ruling.answer import RuleAnswer, held
from ancrage.financing.texts import rules
from ancrage.language.days import day as day_text
from ancrage.reasoning import Verdict
from ancrage.repairs import StartFromModel

SCHEMA = "ancrage-capital/1"
KEYS = (
    "schema", "nom", "fictif", "valeur_part", "resultat", "aides_publiques", "reserve_legale",
    "fonds_propres", "associes", "colleges", "entree", "avance",
)  # fmt: skip
ASSOCIATE_KEYS = ("nom", "categorie", "parts", "college")
ADVANCE_KEYS = ("collectivite", "montant", "recettes_fonctionnement", "renouvellements")
COLLEGE_KEYS = ("nom", "voix")
MODEL = StartFromModel("capital")
READER = Reader(FinancingFileError, "", repairs=(MODEL,))
LEAST, MOST = Decimal("0.1"), Decimal("0.5")
"""Bounds of the votes of a college: to be checked in the law itself."""


class Category(StrEnum):
    """What an associate is to the cooperative."""

    SALARIES = "salaries"
    BENEFICIAIRES = "beneficiaires"
    PRODUCTEURS = "producteurs"
    COLLECTIVITES = "collectivites"
    BENEVOLES = "benevoles"
    AUTRES = "autres"

    @property
    def label(self) -> str:
        """French words."""
        return LABELS[self]


LABELS = {
    Category.SALARIES: "Salariés",
    Category.BENEFICIAIRES: "Bénéficiaires",
    Category.PRODUCTEURS: "Producteurs",
    Category.COLLECTIVITES: "Collectivités",
    Category.BENEVOLES: "Bénévoles",
    Category.AUTRES: "Autres",
}


@dataclass(frozen=True, slots=True)
class Associate:
    """Who holds shares."""

    name: str
    category: Category
    shares: int
    college: str = ""


@dataclass(frozen=True, slots=True)
class College:
    """Associates who vote together for a part of the whole."""

    name: str
    votes: Decimal


@dataclass(frozen=True, slots=True)
class Advance:
    """Money that a local authority lends on current account; ``income``: its real operating income."""

    authority: str
    amount: Decimal
    income: Decimal | None = None
    renewals: int = 0


@dataclass(frozen=True)
class Capital:
    """A capital table. ``equity``: own funds; ``profit``: of the year, ``grants`` the public money in it."""

    name: str
    share_value: Decimal
    associates: tuple[Associate, ...]
    colleges: tuple[College, ...] = ()
    entry: Associate | None = None
    advance: Advance | None = None
    profit: Decimal = ZERO
    grants: Decimal = ZERO
    legal_reserve: Decimal = ZERO
    equity: Decimal | None = None
    fictitious: bool = False

    @property
    def shares(self) -> int:
        """Shares in all."""
        return sum(one.shares for one in self.associates)

    @property
    def amount(self) -> Decimal:
        """The capital."""
        return self.share_value * self.shares

    def held_by(self, category: Category) -> int:
        """Shares of a category."""
        return sum(one.shares for one in self.associates if one.category is category)

    @property
    def public_share(self) -> Decimal:
        """What local authorities hold together."""
        return Decimal(self.held_by(Category.COLLECTIVITES)) / self.shares if self.shares else ZERO

    def entered(self) -> "Capital":
        """The table once who asks to enter has."""
        if self.entry is None:
            return self
        return replace(self, associates=(*self.associates, self.entry), entry=None)

    def votes(self) -> dict[str, Decimal]:
        """The part of the votes of each associate: one each, or that of its college, shared."""
        if not self.colleges:
            return {one.name: Decimal(1) / len(self.associates) for one in self.associates}
        weights = {one.name: one.votes for one in self.colleges}
        sizes = {name: sum(each.college == name for each in self.associates) for name in weights}
        return {
            one.name: weights[one.college] / sizes[one.college] if one.college in weights else ZERO
            for one in self.associates
        }


@dataclass(frozen=True, slots=True)
class Allocation:
    """What becomes of a profit: reserves first, then what may be paid on shares."""

    profit: Decimal
    legal: Decimal
    statutory: Decimal
    shareable: Decimal


def allocation(capital: Capital, on: date) -> Allocation:
    """Reserves of a profit on a day; public money never goes to associates."""
    version = rules()["reserves_scic"].version_on(on)
    if version is None or capital.profit <= 0:
        return Allocation(capital.profit, ZERO, ZERO, ZERO)
    room = max(ZERO, capital.amount - capital.legal_reserve)
    legal = min(cents_down(capital.profit * version.values["legale"]), room)
    statutory = cents_down((capital.profit - legal) * version.values["statutaire"])
    rest = capital.profit - legal - statutory
    return Allocation(capital.profit, legal, statutory, max(ZERO, rest - capital.grants))


def verdicts(capital: Capital, on: date) -> tuple[RuleAnswer, ...]:
    """The rules of the table as it is asked to become."""
    after = capital.entered()
    return tuple(
        one for ruling in (_public, _categories, _colleges, _advance) for one in ruling(capital, after, on)
    )


def most_public_shares(capital: Capital, on: date) -> int | None:
    """Shares that local authorities may still take; ``None`` on a day of which no rule is known."""
    version = rules()["capital_scic"].version_on(on)
    if version is None:
        return None
    most, held_, others = version.values["part"], capital.held_by(Category.COLLECTIVITES), capital.shares
    private = others - held_
    # held + x ≤ most × (shares + x)
    room = (most * private / (1 - most)) - held_ if most < 1 else Decimal(private)
    return max(0, int(room))


def _public(before: Capital, after: Capital, on: date) -> Iterator[RuleAnswer]:
    rule = rules()["capital_scic"]
    version = rule.version_on(on)
    if version is None:
        told = (f"Aucune règle n'est connue pour le {day_text(on)}.",)
        yield RuleAnswer(rule.id, Verdict.A_VERIFIER, rule.label, rule.versions[0].text, told)
        return
    most, fits = version.values["part"], after.public_share <= version.values["part"]
    room = most_public_shares(before, on) or 0
    yield RuleAnswer(
        rule.id,
        held(version, fits),
        rule.label,
        version.text,
        (f"Les collectivités tiennent {pct(after.public_share)} du capital, {pct(most)} au plus.",),
        ""
        if fits
        else f"Les collectivités peuvent prendre {room} parts de plus, soit {eur(room * after.share_value)}.",
    )


def _categories(before: Capital, after: Capital, on: date) -> Iterator[RuleAnswer]:  # noqa: ARG001 one shape
    rule = rules()["categories_scic"]
    version = rule.version_on(on)
    if version is None:
        return
    present = {one.category for one in after.associates if one.shares}
    workers = present & {Category.SALARIES, Category.PRODUCTEURS}
    fits = (
        len(present) >= int(version.values["nombre"]) and Category.BENEFICIAIRES in present and bool(workers)
    )
    named = ", ".join(sorted(one.label.lower() for one in present))
    yield RuleAnswer(
        rule.id,
        held(version, fits),
        rule.label,
        version.text,
        (f"{len(present)} catégories : {named}.",),
        ""
        if fits
        else "Trois catégories au moins, dont les bénéficiaires et les salariés (sinon des producteurs).",
    )


def _colleges(before: Capital, after: Capital, on: date) -> Iterator[RuleAnswer]:  # noqa: ARG001 one shape
    rule = rules()["colleges_scic"]
    version = rule.version_on(on)
    if version is None or not after.colleges:
        return
    total = sum((one.votes for one in after.colleges), ZERO)
    bad = [one.name for one in after.colleges if not LEAST <= one.votes <= MOST]
    told = [f"Les collèges ont ensemble {pct(total)} des voix."]
    told += [f"« {name} » sort de 10 à 50 % des voix." for name in bad]
    yield RuleAnswer(rule.id, held(version, total == 1 and not bad), rule.label, version.text, tuple(told))


def _advance(before: Capital, after: Capital, on: date) -> Iterator[RuleAnswer]:  # noqa: ARG001
    asked = before.advance
    if asked is None:
        return
    rule = rules()["avance_scic"]
    version = rule.version_on(on)
    if version is None:
        first = rule.versions[0]
        told = (
            f"Avant le {day_text(first.since)}, une collectivité ne pouvait pas avancer en compte courant.",
        )
        yield RuleAnswer(rule.id, Verdict.NON, rule.label, first.text, told)
        return
    tests: list[tuple[bool | None, str]] = [
        (before.held_by(Category.COLLECTIVITES) > 0, "La collectivité est associée."),
        (asked.renewals < int(version.values["fois"]), "Vingt-quatre mois, renouvelables une fois."),
        (_within(asked, version.values["recettes"]), "Au plus 5 % des recettes réelles de fonctionnement."),
        (
            _sound(before, version.values["fonds_propres"]),
            "Des fonds propres d'au moins la moitié du capital.",
        ),
    ]
    refused = [told for fits, told in tests if fits is False]
    unknown = [told for fits, told in tests if fits is None]
    fits = False if refused else None if unknown else True
    reasons = [*(f"Non tenu : {told}" for told in refused), *(f"À vérifier : {told}" for told in unknown)]
    yield RuleAnswer(
        rule.id,
        held(version, fits),
        rule.label,
        version.text,
        tuple(reasons) or ("Chaque condition lue est tenue.",),
    )


def _within(asked: Advance, part: Decimal) -> bool | None:
    return None if asked.income is None else asked.amount <= part * asked.income


def _sound(capital: Capital, part: Decimal) -> bool | None:
    return None if capital.equity is None else capital.equity >= part * capital.amount


def read_capital_text(text: str, *, name: str = "") -> Capital:
    """The table of a text, YAML or JSON. Raises :class:`FinancingFileError` with every fault."""
    return check(READER.document_of(text, name, once=False), name=name)


def check(document: Document, *, name: str = "") -> Capital:
    """The table a document holds. Raises :class:`FinancingFileError`."""
    found = Gathering(document, lambda told: FinancingFileError(told, "", MODEL), name)
    capital = _Capital(found).capital(document.values)
    found.close()
    return capital


class _Capital(Checker):
    def capital(self, values: Any) -> Capital:
        """The table; what could not be read is left out, its fault noted."""
        whole = self.found.mapping(values, (), KEYS) or {}
        if whole.get("schema") != SCHEMA:
            self.found.say(("schema",), f"la version lue est « {SCHEMA} », pas {shown(whole.get('schema'))}")
        colleges = tuple(self.each(whole, "colleges", self._college))
        names = {one.name for one in colleges}
        associates = tuple(self.each(whole, "associes", self._associate, names))
        if not associates:
            self.found.say(("associes",), "au moins un associé est attendu")
        entry = whole.get("entree")
        return Capital(
            self.found.text(whole, "nom", ()) or "SCIC",
            self.money(whole, "valeur_part", (), required=True) or ZERO,
            associates,
            colleges,
            self._associate(entry, ("entree",), names) if entry is not None else None,
            self._advance(whole.get("avance")),
            self.money(whole, "resultat", ()) or ZERO,
            self.money(whole, "aides_publiques", ()) or ZERO,
            self.money(whole, "reserve_legale", ()) or ZERO,
            self.money(whole, "fonds_propres", ()),
            self.truth(whole, "fictif", ()) is True,
        )

    def _associate(self, value: Any, path: Path, colleges: set[str]) -> Associate | None:
        told = self.found.mapping(value, path, ASSOCIATE_KEYS)
        if told is None:
            return None
        shares = self.number(told, "parts", path, required=True)
        category = self.word(told, "categorie", path, Category, None)
        if category is None and not told.get("categorie"):
            self.found.say((*path, "categorie"), f"une catégorie est attendue ({', '.join(Category)})")
        college = self.found.text(told, "college", path)
        if college and college not in colleges:
            self.found.say((*path, "college"), f"« {college} » n'est aucun des collèges")
        if shares is not None and shares != int(shares):
            self.found.say((*path, "parts"), "un nombre entier de parts est attendu")
        if shares is None or category is None:
            return None
        return Associate(self.found.text(told, "nom", path) or category.label, category, int(shares), college)

    def _college(self, value: Any, path: Path) -> College | None:
        told = self.found.mapping(value, path, COLLEGE_KEYS)
        if told is None:
            return None
        votes = self.share(told, "voix", path)
        return (
            College(self.found.text(told, "nom", path, required=True), votes) if votes is not None else None
        )

    def _advance(self, value: Any) -> Advance | None:
        path: Path = ("avance",)
        if value is None or (told := self.found.mapping(value, path, ADVANCE_KEYS)) is None:
            return None
        renewals = self.number(told, "renouvellements", path)
        return Advance(
            self.found.text(told, "collectivite", path),
            self.money(told, "montant", path, required=True) or ZERO,
            self.money(told, "recettes_fonctionnement", path),
            int(renewals or 0),
        )

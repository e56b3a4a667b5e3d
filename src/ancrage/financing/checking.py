"""From plain values to a plan: everything wrong is said at once, at its line, and nothing is guessed."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from ancrage.aids.catalogue import load_aids
from ancrage.cells.days import read_day
from ancrage.declarations.documents import Document
from ancrage.declarations.gathering import Gathering, shown, suggestion
from ancrage.declarations.parts import Path
from ancrage.errors import FinancingFileError
from ancrage.financing.layout import Line, layout
from ancrage.financing.money import LARGEST, ZERO, eur, read_money, read_share
from ancrage.financing.plan import (
    SCHEMA,
    Expense,
    Fund,
    Funder,
    Holder,
    PastAid,
    Payment,
    Plan,
    Regime,
    Resource,
    Size,
    State,
)
from ancrage.language.days import short_day
from ancrage.language.numbers import typed
from ancrage.repairs import StartFromModel

Word = TypeVar("Word", bound=StrEnum)
Given = Mapping[str, Any]

MODEL = StartFromModel("financing")
FILE_KEYS = (
    "schema", "nom", "fictif", "porteur", "debut", "fin", "tresorerie", "taux_relais", "depenses",
    "ressources", "aides_recues",
)  # fmt: skip
HOLDER_KEYS = ("nom", "forme", "commune", "faits", "chef_de_file", "taille", "zone_afr")
LINE_KEYS = ("id", "compte", "libelle", "annee", "montant", "paiements", "le", "au_plus_tard")
EXPENSE_KEYS = (*LINE_KEYS, "realise", "exclue_de")
RESOURCE_KEYS = (
    *LINE_KEYS, "etat", "financeur", "aide", "fonds", "regime", "taux", "assiette", "plafond", "texte",
    "couts", "accordee_le", "verse", "cumul_avec",
)  # fmt: skip
PAST_KEYS = ("libelle", "regime", "accordee_le", "montant")
PAYMENT_KEYS = ("le", "montant", "au_plus_tard")
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_LINES = 2000
_ID = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
_ACCOUNT = re.compile(r"\d{1,8}")


def check(document: Document, *, name: str = "", where: Callable[[Path], str] | None = None) -> Plan:
    """The plan a document holds. Raises :class:`FinancingFileError` listing every fault with its line."""
    found = Gathering(document, refused, name, where)
    plan = _PlanChecker(found).plan(document.values)
    found.close()
    return plan


def refused(told: str) -> FinancingFileError:
    """The error of this room."""
    return FinancingFileError(told, "", MODEL)


class Checker:
    """Reads the parts of what a person wrote, noting what is wrong."""

    def __init__(self, found: Gathering) -> None:
        self.found = found
        self.ids: dict[str, Path] = {}

    def each(self, whole: Given, key: str, read: Callable[..., Any], *more: Any) -> list[Any]:
        """The parts of a list that can be read."""
        value = whole.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.found.say((key,), f"une liste était attendue, pas {shown(value)}")
            return []
        if len(value) > MOST_LINES:
            self.found.say((key,), f"plus de {MOST_LINES} lignes")
            return []
        told = (read(each, (key, rank), *more) for rank, each in enumerate(value))
        return [one for one in told if one is not None]

    def money(self, told: Given, key: str, path: Path, *, required: bool = False) -> Decimal | None:
        """Euros of a key."""
        read = read_money(told.get(key))
        if read.misread:
            self.found.say((*path, key), read.sentence.rstrip("."))
        elif read.value is None and required:
            self.found.say((*path, key), "un montant est attendu, rien n'est écrit")
        return read.value

    def share(self, told: Given, key: str, path: Path) -> Decimal | None:
        """A rate."""
        read = read_share(told.get(key))
        if read.misread:
            self.found.say((*path, key), read.sentence.rstrip("."))
        return read.value

    def day(self, told: Given, key: str, path: Path, *, required: bool = False) -> date | None:
        """A day."""
        written = told.get(key)
        read = read_day("" if written is None else str(written))
        if read.misread:
            self.found.say((*path, key), read.sentence.rstrip("."))
        elif read.value is None and required:
            self.found.say((*path, key), "un jour est attendu (AAAA-MM-JJ ou JJ/MM/AAAA)")
        return read.value

    def truth(self, told: Given, key: str, path: Path) -> bool | None:
        """Yes, no, or nothing."""
        written = told.get(key)
        if written is None or written == "":
            return None
        value = TRUTHS.get(str(written).strip().lower())
        if value is None:
            self.found.say((*path, key), f"oui ou non est attendu, pas {shown(written)}")
        return value

    def word(self, told: Given, key: str, path: Path, kind: type[Word], default: Word | None) -> Word | None:
        """One of the words of a list."""
        written = told.get(key)
        if written is None or written == "":
            return default
        folded = _folded(str(written))
        if folded in kind._value2member_map_:
            return kind(folded)
        labels = {_folded(getattr(one, "label", one.value)): one for one in kind}
        if folded in labels:
            return labels[folded]
        near = suggestion(written, {one.value: one.value for one in kind})
        self.found.say((*path, key), f"{shown(written)} n'est pas de la liste ({', '.join(kind)}){near}")
        return default

    def names(self, told: Given, key: str, path: Path) -> tuple[str, ...]:
        """Identifiers, as a list or parted by commas."""
        written = told.get(key)
        if written is None or written == "":
            return ()
        if isinstance(written, str):
            return tuple(part.strip() for part in re.split(r"[,;]", written) if part.strip())
        if isinstance(written, list) and all(isinstance(one, str | int) for one in written):
            return tuple(str(one) for one in written)
        self.found.say((*path, key), f"une liste d'identifiants était attendue, pas {shown(written)}")
        return ()

    def number(self, told: Given, key: str, path: Path, *, required: bool = False) -> Decimal | None:
        """A number that is no money: a result, a count."""
        written = told.get(key)
        text = "" if written is None else typed(str(written))
        if not text:
            if required:
                self.found.say((*path, key), "un nombre est attendu, rien n'est écrit")
            return None
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or value < 0 or value > LARGEST:
            self.found.say((*path, key), f"{shown(written)} n'est pas un nombre positif")
            return None
        return value


class _PlanChecker(Checker):
    """Reads the parts of a plan."""

    def plan(self, values: Any) -> Plan:
        """The whole plan; what could not be read is left out, its fault noted."""
        whole = self.found.mapping(values, (), FILE_KEYS) or {}
        if whole.get("schema") != SCHEMA:
            self.found.say(("schema",), f"la version lue est « {SCHEMA} », pas {shown(whole.get('schema'))}")
        expenses = tuple(self.each(whole, "depenses", self._expense))
        resources = tuple(self.each(whole, "ressources", self._resource, set(self.ids)))
        self._refuse_strangers(resources)
        begins, ends = self.day(whole, "debut", ()), self.day(whole, "fin", ())
        if begins and ends and ends < begins:
            self.found.say(("fin",), f"le {short_day(ends)} précède le début, {short_day(begins)}")
        if not whole.get("depenses") and not whole.get("ressources"):
            self.found.say((), "aucune dépense ni ressource n'est écrite")
        return Plan(
            self.found.text(whole, "nom", ()) or "Plan de financement",
            self._holder(whole.get("porteur")),
            expenses,
            resources,
            tuple(self.each(whole, "aides_recues", self._past)),
            begins,
            ends,
            self.money(whole, "tresorerie", ()) or ZERO,
            self.share(whole, "taux_relais", ()),
            self.truth(whole, "fictif", ()) is True,
        )

    def _refuse_strangers(self, resources: tuple[Resource, ...]) -> None:
        """A resource said to add up with a line that is no resource of the plan."""
        known = {one.id: one.id for one in resources}
        for one in resources:
            for named in one.beside:
                if named not in known:
                    told = f"« {named} » n'est l'identifiant d'aucune ressource{suggestion(named, known)}"
                    self.found.say((*self.ids[one.id], "cumul_avec"), told)

    def _holder(self, value: Any) -> Holder:
        if value is None:
            return Holder("")
        told = self.found.mapping(value, ("porteur",), HOLDER_KEYS)
        if told is None:
            return Holder("")
        path: Path = ("porteur",)
        facts = told.get("faits") or {}
        if not isinstance(facts, dict):
            self.found.say(
                (*path, "faits"), f"des faits et leurs valeurs étaient attendus, pas {shown(facts)}"
            )
            facts = {}
        commune = told.get("commune")
        return Holder(
            self.found.text(told, "nom", path),
            self.found.text(told, "forme", path).lower(),
            "" if commune is None else str(commune).strip(),
            facts,
            self.truth(told, "chef_de_file", path),
            self.word(told, "taille", path, Size, None),
            self.truth(told, "zone_afr", path),
        )

    def _expense(self, value: Any, path: Path) -> Expense | None:
        told = self.found.mapping(value, path, EXPENSE_KEYS)
        if told is None:
            return None
        account, line = self._account(told, path, resource=False)
        year, amount = self._year(told, path), self.money(told, "montant", path, required=True)
        real = self.money(told, "realise", path)
        payments = self._payments(told, path, amount)
        identifier = self._id(told, path, "d")
        if line is None or year is None or amount is None:
            return None
        return Expense(
            identifier,
            account,
            line,
            self.found.text(told, "libelle", path) or line.label,
            year,
            amount,
            real,
            payments,
            frozenset(self.names(told, "exclue_de", path)),
        )

    def _resource(self, value: Any, path: Path, costs: set[str]) -> Resource | None:
        told = self.found.mapping(value, path, RESOURCE_KEYS)
        if told is None:
            return None
        account, line = self._account(told, path, resource=True)
        year, amount = self._year(told, path), self.money(told, "montant", path, required=True)
        state = self.word(told, "etat", path, State, State.ENVISAGEE)
        received, granted = self.money(told, "verse", path), self.day(told, "accordee_le", path)
        payments = self._payments(told, path, amount)
        self._refuse_over(path, amount, received, state)
        self._refuse_before(path, payments, granted)
        aid = self._aid(told, path)
        identifier = self._id(told, path, "r")
        named = self.names(told, "couts", path)
        for cost in named:
            if cost not in costs:
                near = suggestion(cost, {one: one for one in costs})
                self.found.say((*path, "couts"), f"« {cost} » n'est l'identifiant d'aucune dépense{near}")
        fund = self.word(told, "fonds", path, Fund, None)
        if line is None or year is None or amount is None:
            return None
        return Resource(
            identifier,
            account,
            line,
            self.found.text(told, "libelle", path) or line.label,
            year,
            amount,
            state or State.ENVISAGEE,
            self.word(told, "financeur", path, Funder, None) or _funder(line, aid, fund),
            aid,
            fund or _fund(aid),
            self.word(told, "regime", path, Regime, None),
            self.share(told, "taux", path),
            self.money(told, "assiette", path),
            self.money(told, "plafond", path),
            self.found.text(told, "texte", path),
            named,
            granted,
            received,
            payments,
            self._beside(told, path),
        )

    def _beside(self, told: Given, path: Path) -> tuple[str, ...]:
        """What its funder wrote that it adds up with: the writing is asked, or anybody could claim it."""
        named = self.names(told, "cumul_avec", path)
        if named and not self.found.text(told, "texte", path):
            self.found.say(
                (*path, "texte"), "l'acte où le financeur dit le cumul est attendu avec « cumul_avec »"
            )
        return named

    def _past(self, value: Any, path: Path) -> PastAid | None:
        told = self.found.mapping(value, path, PAST_KEYS)
        if told is None:
            return None
        amount, day = self.money(told, "montant", path, required=True), self.day(told, "accordee_le", path)
        if day is None and "accordee_le" not in told:
            self.found.say((*path, "accordee_le"), "le jour où elle a été accordée est attendu")
        regime = self.word(told, "regime", path, Regime, Regime.DE_MINIMIS)
        label = self.found.text(told, "libelle", path) or "Aide reçue"
        return PastAid(label, regime, day, amount) if day and amount is not None and regime else None

    def _account(self, told: Given, path: Path, *, resource: bool) -> tuple[str, Line | None]:
        written = told.get("compte")
        account = "" if written is None else str(written).strip()
        line = layout().line_of(account, resource=resource) if _ACCOUNT.fullmatch(account) else None
        if line is None:
            side = layout().resources if resource else layout().expenses
            known = ", ".join(one.code for one in side)
            what = "une ressource" if resource else "une dépense"
            self.found.say(
                (*path, "compte"),
                f"{shown(written)} n'est le compte d'aucun{what[2:]} ({known})"
                if account
                else f"le compte est attendu ({known}) ; cellule fusionnée ? répétez le compte",
            )
        return account, line

    def _year(self, told: Given, path: Path) -> int | None:
        written = told.get("annee")
        text = "" if written is None else str(written).strip().removesuffix(".0")
        if text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR:
            return int(text)
        day = read_day(str(told.get("le") or "")).value if not text else None
        if day:
            return day.year
        self.found.say(
            (*path, "annee"), f"une année ({FIRST_YEAR} à {LAST_YEAR}) est attendue, pas {shown(written)}"
        )
        return None

    def _payments(self, told: Given, path: Path, amount: Decimal | None) -> tuple[Payment, ...]:
        given = told.get("paiements")
        if given is None:
            one = self._payment(told, path, amount) if told.get("le") not in (None, "") else None
            return (one,) if one else ()
        if not isinstance(given, list):
            self.found.say((*path, "paiements"), f"une liste était attendue, pas {shown(given)}")
            return ()
        read = []
        for rank, each in enumerate(given):
            here = (*path, "paiements", rank)
            if (part := self.found.mapping(each, here, PAYMENT_KEYS)) is None:
                continue
            paid = self.money(part, "montant", here, required=True)
            if one := self._payment(part, here, paid):
                read.append(one)
        total = sum((one.amount for one in read), ZERO)
        if amount is not None and total > amount:
            self.found.say(
                (*path, "paiements"), f"les paiements font {total} €, plus que le montant, {amount} €"
            )
        return tuple(sorted(read, key=lambda one: one.on))

    def _payment(self, told: Given, path: Path, amount: Decimal | None) -> Payment | None:
        on, latest = self.day(told, "le", path, required=True), self.day(told, "au_plus_tard", path)
        if on and latest and latest < on:
            self.found.say(
                (*path, "au_plus_tard"),
                f"le {short_day(latest)} précède le {short_day(on)} : les jours sont inversés",
            )
            return None
        return Payment(on, amount, latest) if on and amount is not None else None

    def _refuse_over(
        self, path: Path, amount: Decimal | None, received: Decimal | None, state: State | None
    ) -> None:
        if amount is not None and received is not None and received > amount:
            granted = "accordés" if state and state.granted else "demandés"
            self.found.say((*path, "verse"), f"{eur(received)} versés, plus que les {eur(amount)} {granted}")

    def _refuse_before(self, path: Path, payments: tuple[Payment, ...], granted: date | None) -> None:
        early = next((one.on for one in payments if granted and one.on < granted), None)
        if early and granted:
            self.found.say(
                (*path, "accordee_le"),
                f"un versement, le {short_day(early)}, précède l'accord, le {short_day(granted)}",
            )

    def _aid(self, told: Given, path: Path) -> str:
        aid = self.found.text(told, "aide", path)
        if aid and aid not in load_aids():
            near = suggestion(aid, {key: key for key in load_aids()})
            self.found.say((*path, "aide"), f"« {aid} » n'est l'identifiant d'aucune aide{near}")
        return aid

    def _id(self, told: Given, path: Path, letter: str) -> str:
        rank = path[-1]
        written = told.get("id")
        text = f"{letter}{int(rank) + 1}" if written in (None, "") else str(written).strip()
        if not _ID.fullmatch(text):
            self.found.say((*path, "id"), f"{shown(written)} : lettres minuscules, chiffres et _ seulement")
        elif text in self.ids:
            self.found.say((*path, "id"), f"« {text} » désigne déjà une autre ligne")
        self.ids[text] = path
        return text


TRUTHS = {"oui": True, "true": True, "vrai": True, "non": False, "false": False, "faux": False}
EUROPEAN = {
    "feader": Fund.FEADER,
    "leader": Fund.LEADER,
    "feder": Fund.FEDER,
    "fse_plus": Fund.FSE_PLUS,
    "fse_plus_innovation_sociale": Fund.FSE_PLUS,
    "fse_plus_regional_ess": Fund.FSE_PLUS,
    "region_bretagne_feder_ess": Fund.FEDER,
    "ftj": Fund.FTJ,
}
"""European funds behind the aids of the catalogue."""


def _fund(aid: str) -> Fund | None:
    return EUROPEAN.get(aid)


def _funder(line: Line, aid: str, fund: Fund | None) -> Funder:
    """Who pays, when the line does not say it: the fund, the funder of the aid, what the account means."""
    if fund or _fund(aid):
        return Funder.EUROPE
    if aid:
        return _funder_named(load_aids()[aid].funder) if aid in load_aids() else Funder.PRIVE
    return {"16": Funder.BANQUE, "80": Funder.BANQUE, "13": Funder.PRIVE, "74": Funder.PRIVE}.get(
        line.code, Funder.PORTEUR
    )


def _funder_named(name: str) -> Funder:
    told = _folded(name)
    for word, funder in (
        ("region", Funder.REGION), ("departement", Funder.DEPARTEMENT), ("commune", Funder.COMMUNE),
        ("europ", Funder.EUROPE), ("etat", Funder.ETAT), ("ministere", Funder.ETAT), ("anct", Funder.ETAT),
        ("ademe", Funder.ORGANISME_PUBLIC), ("caf", Funder.ORGANISME_PUBLIC),
        ("agence", Funder.ORGANISME_PUBLIC), ("collectivites", Funder.COMMUNE),
    ):  # fmt: skip
        if word in told:
            return funder
    return Funder.PRIVE


def _folded(text: str) -> str:
    from ancrage.language.folding import bare

    return re.sub(r"[^a-z0-9]+", "_", bare(text)).strip("_")

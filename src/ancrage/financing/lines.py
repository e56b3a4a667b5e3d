"""The lines of a plan, read one by one: an expense, a resource, aid received before."""

import re
from typing import Any

from ancrage.aids.catalogue import load_aids
from ancrage.cells.days import read_day
from ancrage.declarations.gathering import shown, suggestion
from ancrage.declarations.parts import Path
from ancrage.financing.checker import Given
from ancrage.financing.funders import fund_of, funder_of
from ancrage.financing.layout import Line, layout
from ancrage.financing.paying import PaymentChecker
from ancrage.financing.plan import Expense, Fund, Funder, PastAid, Regime, Resource, State

LINE_KEYS = ("id", "compte", "libelle", "annee", "montant", "paiements", "le", "au_plus_tard")
EXPENSE_KEYS = (*LINE_KEYS, "realise", "exclue_de")
RESOURCE_KEYS = (
    *LINE_KEYS, "etat", "financeur", "aide", "fonds", "regime", "taux", "assiette", "plafond", "texte",
    "couts", "accordee_le", "verse", "cumul_avec", "attribuant",
    "siret_attribuant", "decision",
)  # fmt: skip
PAST_KEYS = ("libelle", "regime", "accordee_le", "montant")
FIRST_YEAR, LAST_YEAR = 1990, 2100
_ID = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
_ACCOUNT = re.compile(r"\d{1,8}")


class LineChecker(PaymentChecker):
    """Reads the lines of a plan; the names of those already read are kept, so that none is given twice."""

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
            self.word(told, "financeur", path, Funder, None) or funder_of(line, aid, fund),
            aid,
            fund or fund_of(aid),
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
            self.found.text(told, "attribuant", path),
            self.siret(told, "siret_attribuant", path),
            _reference(told),
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


def _reference(told: Given) -> str:
    """The reference of a decision: a number is one too."""
    written = told.get("decision")
    return "" if written is None else str(written).strip()

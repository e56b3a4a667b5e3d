"""The payments of a line: when money moves, and what its days and its amounts cannot be."""

from datetime import date
from decimal import Decimal

from ancrage.declarations.gathering import shown
from ancrage.declarations.parts import Path
from ancrage.financing.checker import Checker, Given
from ancrage.financing.money import ZERO, eur
from ancrage.financing.plan import Payment, State
from ancrage.language.days import short_day

PAYMENT_KEYS = ("le", "montant", "au_plus_tard")


class PaymentChecker(Checker):
    """Reads when a line is paid."""

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
                (*path, "paiements"), f"les paiements font {eur(total)}, plus que le montant, {eur(amount)}"
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

"""What a form of the atelier asks: each field reads what was typed, or says what is wrong with it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any
from uuid import UUID

from django.http import QueryDict

from ancrage.cells.amounts import read_amount
from ancrage.dating import parse_day
from ancrage.errors import AncrageError
from ancrage.language.numbers import typed

AMOUNT = "écrivez un montant en euros, par exemple 12 345,50"
NUMBER = "écrivez un nombre, par exemple 12,5"
NOT_LISTED = "choisissez dans la liste"
Choices = Sequence[tuple[str, str]]


class Unreadable(Exception):  # noqa: N818 what was typed is
    """What was typed cannot be read; the sentence says what is expected."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name in the form and in the row, its label, how it is drawn, how it is read.

    ``heading``: of the part of the form that begins with it.
    """

    name: str
    label: str
    kind: str
    read: Callable[[QueryDict, str], Any]
    shown: Callable[[Any], Any] = lambda value: "" if value is None else value
    help: str = ""
    required: bool = False
    choices: Choices = ()
    longest: int = 250
    heading: str = ""


def line(name: str, label: str, *, longest: int = 250, required: bool = False, help: str = "") -> Field:  # noqa: A002
    """A line of text."""
    return Field(name, label, "text", _text, help=help, required=required, longest=longest)


def area(name: str, label: str, *, longest: int = 4000, required: bool = False, help: str = "") -> Field:  # noqa: A002
    """Several lines of text."""
    return Field(name, label, "area", _text, help=help, required=required, longest=longest)


def day(name: str, label: str, *, required: bool = False) -> Field:
    """A day."""
    return Field(name, label, "date", _day, required=required)


def amount(name: str, label: str) -> Field:
    """Euros; empty when unknown."""
    return Field(name, label, "amount", _amount, _amount_told, help="Vide si on ne le sait pas encore.")


def number(name: str, label: str, *, help: str = "") -> Field:  # noqa: A002
    """A number; empty when unknown."""
    return Field(name, label, "text", _number, _number_told, help=help, longest=30)


def identities(name: str, label: str, choices: Choices) -> Field:
    """Some rows among a list, by their identifiers."""
    return Field(name, label, "many", _identities, _numbers_told, choices=choices)


def yes(name: str, label: str) -> Field:
    """A box to tick."""
    return Field(name, label, "many", _ticked, _ticked_told, choices=(("oui", "oui"),))


def year(name: str, label: str) -> Field:
    """A year."""
    return Field(name, label, "year", _year, required=True)


def choice(name: str, label: str, choices: Choices) -> Field:
    """One of a list, and nothing else; it may be left empty when the list says so."""
    read = partial(_listed, frozenset(value for value, _ in choices))
    return Field(name, label, "choice", read, required=("", "–") not in choices, choices=choices)


def numbers(name: str, label: str, choices: Choices, *, help: str = "") -> Field:  # noqa: A002
    """Some of a list of numbers."""
    return Field(name, label, "many", _numbers, _numbers_told, help=help, choices=choices)


def chosen(name: str, label: str, choices: Choices, *, required: bool = False) -> Field:
    """A row among some, by its identifier."""
    listed = choices if required else (("", "–"), *choices)
    return Field(name, label, "choice", _identity, _identity_told, required=required, choices=listed)


def _text(posted: QueryDict, name: str) -> str:
    return posted.get(name, "").replace("\r\n", "\n").strip()


def _listed(offered: frozenset[str], posted: QueryDict, name: str) -> str:
    written = _text(posted, name)
    if written and written not in offered:
        raise Unreadable(NOT_LISTED)
    return written


def _day(posted: QueryDict, name: str) -> Any:
    written = _text(posted, name)
    try:
        return parse_day(written) if written else None
    except AncrageError as error:
        raise Unreadable(f"{error.message} {error.hint}") from error


def _amount(posted: QueryDict, name: str) -> Decimal | None:
    found = read_amount(_text(posted, name))
    if found.misread or (found.value is not None and abs(found.value) >= 10**12):
        told = found.remark if "deux façons" in found.remark else ""
        raise Unreadable(f"{told} : {AMOUNT}" if told else AMOUNT)
    return found.value


def _amount_told(value: Any) -> str:
    return "" if value is None else f"{value:,.2f}".replace(",", "\u202f").replace(".", ",")


def _number(posted: QueryDict, name: str) -> Decimal | None:
    """A number is no amount: « 1.234 » is one and some."""
    written = typed(_text(posted, name))
    if not written:
        return None
    try:
        found = Decimal(written)
    except InvalidOperation as error:
        raise Unreadable(NUMBER) from error
    if not found.is_finite() or abs(found) >= 10**12:
        raise Unreadable(NUMBER)
    return found


def _number_told(value: Any) -> str:
    return "" if value is None else format(Decimal(value).normalize(), "f").replace(".", ",")


def _identities(posted: QueryDict, name: str) -> list[str]:
    try:
        return [str(UUID(one)) for one in posted.getlist(name)]
    except ValueError as error:
        raise Unreadable(NOT_LISTED) from error


def _ticked(posted: QueryDict, name: str) -> bool:
    return posted.get(name) == "oui"


def _ticked_told(value: Any) -> list[str]:
    return ["oui"] if value else []


def _year(posted: QueryDict, name: str) -> int:
    written = _text(posted, name)
    if not re.fullmatch(r"\d{4}", written):
        raise Unreadable("écrivez une année, par exemple 2027")
    return int(written)


def _numbers(posted: QueryDict, name: str) -> list[int]:
    written = posted.getlist(name)
    if any(not re.fullmatch(r"\d{1,2}", one) for one in written):
        raise Unreadable("cette valeur n'est pas de celles proposées")
    return sorted({int(one) for one in written})


def _numbers_told(value: Any) -> list[str]:
    return [str(one) for one in value or ()]


def _identity(posted: QueryDict, name: str) -> UUID | None:
    written = _text(posted, name)
    try:
        return UUID(written) if written else None
    except ValueError as error:
        raise Unreadable(NOT_LISTED) from error


def _identity_told(value: Any) -> str:
    return str(value or "")

"""Amounts to the cent and shares of a whole, as people write them: exact, never floating."""

import re
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal, InvalidOperation

from ancrage.cells.amounts import read_amount
from ancrage.cells.told import Told
from ancrage.language.numbers import number
from ancrage.language.typography import NO_BREAK_SPACE

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
LARGEST = Decimal("1e12")
"""Euros beyond which an amount of a plan is a slip of the keyboard."""
NOISE = Decimal("1e-6")
"""What a spreadsheet, which keeps numbers in binary, adds to an amount of two decimals."""
_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(%)?")


def read_money(written: object) -> Told[Decimal]:
    """Euros of a cell or of a key: none below zero, none under the cent, empty when nothing is written."""
    told = read_amount("" if written is None else str(written))
    if told.value is None:
        return told
    if told.value < 0:
        return Told(None, f"« {written} » est négatif", "Une dépense et une ressource s'écrivent sans signe.")
    if told.value > LARGEST:
        return Told(None, f"« {written} » dépasse mille milliards d'euros", "Vérifiez ce montant.")
    cents = told.value.quantize(CENT, ROUND_HALF_EVEN)
    if abs(cents - told.value) > (NOISE if _is_binary(told.value) else 0):
        return Told(None, f"« {written} » a plus de deux décimales", "Écrivez des euros et des centimes.")
    return Told(cents, told.remark, told.repair)


def _is_binary(value: Decimal) -> bool:
    """Whether an amount has the many decimals that only a program writes."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent <= -7


def read_share(written: object) -> Told[Decimal]:
    """A share from 0 to 1: « 80 % », « 62,5 % », 0,8. A number above 1 without its sign is told."""
    text = "" if written is None else str(written).strip()
    if not text:
        return Told()
    found = _SHARE.fullmatch(text.replace("\u00a0", " ").replace("\u202f", " "))
    if found is None:
        return Told(None, f"« {text[:40]} » n'est pas un taux", "Écrivez « 80 % ».")
    value = Decimal(found[1].replace(",", "."))
    share = value / 100 if found[2] else value
    if share > 1:
        why = "dépasse 100 %" if found[2] or value > 100 else "n'a pas son signe %"
        return Told(None, f"« {text} » {why}", "Écrivez un taux de 0 à 100 %, avec son signe.")
    return Told(share)


def cents_down(value: Decimal) -> Decimal:
    """The amount, cut at the cent: a ceiling is never passed by rounding."""
    return value.quantize(CENT, ROUND_DOWN)


def as_decimal(written: str) -> Decimal:
    """A number of a declaration. Raises :class:`ValueError`."""
    try:
        return Decimal(written)
    except InvalidOperation as error:
        raise ValueError(f"« {written} » n'est pas un nombre") from error


def eur(amount: Decimal) -> str:
    """« 180 000 € », « 180 000,50 € »: its cents when there are some."""
    return f"{number(amount, 0 if amount == amount.to_integral_value() else 2)}{NO_BREAK_SPACE}€"


def pct(share: Decimal) -> str:
    """« 80 % », « 62,5 % », cut at the hundredth of a point."""
    points = (share * 100).quantize(CENT, ROUND_DOWN)
    decimals = next(d for d in (0, 1, 2) if points == round(points, d))
    return f"{number(points, decimals)}{NO_BREAK_SPACE}%"

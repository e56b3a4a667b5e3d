"""Amounts of euros as spreadsheets and people write them; one with two readings is read in none."""

import re
from collections.abc import Iterable
from decimal import Decimal

from ancrage.cells.codes import is_rounded
from ancrage.cells.days import UNKNOWN
from ancrage.cells.told import Told
from ancrage.language.folding import bare

REPAIR = "Écrivez 1234,56 ou 1 234,56 €."
IN_FULL = "Mettez la colonne au format nombre, sans notation scientifique, puis enregistrez de nouveau."
ONE_EACH = "Écrivez un seul montant par cellule."
IN_EUROS = "Donnez le montant en euros."

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MINUS = re.compile(r"[\u2212\u2012\u2013]")
_POWERS = {"k": 3, "m": 6, "md": 9, "mds": 9}
_POWERS |= {"mille": 3, "millier": 3, "million": 6, "milliard": 9}
_UNIT = r"(?:(?:d'\s?|d’\s?|de )?(?:euros?|eur|€))"
_SCALE = r"(?P<scale>mds?|k|m|mille|milliers?|millions?|milliards?)"
_AMOUNT = re.compile(
    rf"(?P<before>eur|€)?\s?(?P<sign>[+-])?\s?(?P<after_sign>eur|€)?\s?(?P<digits>\d[\d .,'’]*?)\s?"
    rf"(?:{_SCALE}\s?{_UNIT}?|{_UNIT}(?P<cents>\d{{2}})?)?(?P<behind>-)?\s?(?P<tax>ht|ttc|hors taxes?)?\.?"
)
_FOREIGN = re.compile(r"[$£¥]|\b(?:usd|gbp|chf|xpf|f cfp|francs?|dollars?|frf)\b")
_TWO_READINGS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")


def read_amount(written: str, decimal: str = "") -> Told[Decimal]:
    """The euros a cell holds, negative behind a minus sign or between parentheses.

    Read: « 1 234,56 € » with any space, ``1234.56``, ``1.234,56``, ``1,234.56``, « 12 k€ », « 1,5 M€ »,
    « 2 millions d'euros », ``€ 50``, ``(300,00)``, ``300-``. « 1.234 » may be a thousand or one
    euro and some: it is told, unless ``decimal`` says the sign of decimals in this column.
    """
    text = _SPACES.sub(" ", written).strip()
    if bare(text) in UNKNOWN:
        return Told()
    plain, negative = _unwrapped(_MINUS.sub("-", text).lower().replace("euros", "euro"))
    if _FOREIGN.search(plain):
        return Told(None, f"« {_cut(text)} » n'est pas en euros", IN_EUROS)
    if is_rounded(plain):
        return Told(None, f"« {text} » est un nombre arrondi par un tableur", IN_FULL)
    found = _AMOUNT.fullmatch(plain)
    if found is None or not _one_unit(found):
        return _unread(text)
    return _valued(text, found, negative=negative, decimal=decimal)


def read_amounts(cells: Iterable[str]) -> list[Told[Decimal]]:
    """The amounts of a column: « 1.234 » is read where other cells say which sign comes before decimals."""
    written = list(cells)
    signs = {sign for cell in dict.fromkeys(written) if (sign := _decimal_sign(cell))}
    decimal = signs.pop() if len(signs) == 1 else ""
    return [read_amount(cell, decimal) for cell in written]


def _unwrapped(text: str) -> tuple[str, bool]:
    """What stands between parentheses, as accounts write what is owed."""
    inside = re.fullmatch(rf"(?:{_UNIT}\s?)?\((.*)\)\s?{_UNIT}?", text)
    return (inside[1].strip(), True) if inside else (text, False)


def _one_unit(found: re.Match[str]) -> bool:
    """Whether a sign, and the unit, are written once at most."""
    signs, units = (found["sign"], found["behind"]), (found["before"], found["after_sign"])
    return not all(signs) and not all(units)


def _valued(text: str, found: re.Match[str], *, negative: bool, decimal: str) -> Told[Decimal]:
    digits, scale = found["digits"].strip(), found["scale"]
    if _TWO_READINGS.fullmatch(digits) and not scale and not decimal:
        return Told(None, f"« {text} » se lit de deux façons : milliers, ou décimales", REPAIR)
    number = _number(digits, decimal or ("," if scale and "." not in digits else ""), scaled=bool(scale))
    if number is None or (negative and (found["sign"] or found["behind"])):
        return _unread(text)
    cents = Decimal(found["cents"] or 0) / 100
    power = _POWERS[scale.removesuffix("s") if scale not in _POWERS else scale] if scale else 0
    value = (number + cents).scaleb(power)
    signed = -value if negative or "-" in (found["sign"], found["behind"]) else value
    tax = {"ht": "hors taxes", "ttc": "toutes taxes comprises"}.get(found["tax"] or "", found["tax"] or "")
    return Told(signed, f"« {text} » est lu {tax}" if tax else "")


def _number(digits: str, decimal: str, *, scaled: bool) -> Decimal | None:
    """The number that digits and their signs write; ``None`` when the signs cannot stand so."""
    sign = decimal if decimal in digits else ""
    sign = sign or _last_once(digits, scaled=scaled, decimal=decimal)
    whole, _, rest = digits.partition(sign) if sign else (digits, "", "")
    if sign and not rest.isdigit():
        return None
    if not (whole := _ungrouped(whole, sign)):
        return None
    return Decimal(f"{whole}.{rest or 0}")


def _last_once(digits: str, *, scaled: bool, decimal: str) -> str:
    """The sign of decimals: the last one, when it is written once and parts no thousands."""
    last = next((sign for sign in reversed(digits) if sign in ".,"), "")
    if not last or digits.count(last) > 1 or (decimal and decimal != last):
        return ""
    other = "," if last == "." else "."
    is_thousand = other not in digits and " " not in digits and bool(_TWO_READINGS.fullmatch(digits))
    return "" if is_thousand and not scaled else last


def _ungrouped(whole: str, decimal: str) -> str:
    """Figures without the signs that part thousands; empty when these do not part threes."""
    if whole.isdigit():
        return whole
    for sign in " '’.,":
        parts = whole.split(sign)
        if sign != decimal and len(parts) > 1 and all(part.isdigit() for part in parts):
            head, *threes = parts
            return "".join(parts) if len(head) <= 3 and all(len(part) == 3 for part in threes) else ""
    return ""


def _decimal_sign(cell: str) -> str:
    """The sign that comes before decimals in a cell, when it can be nothing else."""
    digits = re.sub(r"[^\d.,]", "", cell)
    last = next((sign for sign in reversed(digits) if sign in ".,"), "")
    if not last or read_amount(cell).value is None:
        return ""
    if digits.count(last) > 1:
        return "," if last == "." else "."
    return last


def _unread(text: str) -> Told[Decimal]:
    several = len(re.findall(r"\d+(?:[ .,]\d+)*", text)) > 1 and "€" in text
    return Told(None, f"« {_cut(text)} » n'est pas un montant", ONE_EACH if several else REPAIR)


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"

"""An amount excluding tax as a buyer writes it: one figure or a range, its unit said."""

import re

from ancrage.cells.amounts import read_amount
from ancrage.errors import PurchaseError
from ancrage.interval import Interval
from ancrage.language.folding import bare
from ancrage.repairs import GiveField

RANGE = re.compile(r"\s*(?:\.\.|(?<=[\s\d€])[àa](?=[\s\d])|-(?=\s)|–)\s*", re.IGNORECASE)
"""What parts two amounts; a letter within a word parts nothing."""
BETWEEN = re.compile(r"^\s*entre\s+(?P<low>.+?)\s+et\s+(?P<high>.+)$", re.IGNORECASE)
UNIT = re.compile(r"€|eur|k|m\b|md|mill", re.IGNORECASE)
TAXED = re.compile(r"\bttc\b|toutes taxes", re.IGNORECASE)
DOUBTFUL_UNDER = 1_000
"""A figure under it, without a unit, may be in euros or in thousands of euros."""


def read_value(typed: str) -> Interval:
    """The value of a purchase: « 180 000 € HT », « 180 k€ », « 150000..200000 », « de 150 k€ à 200 k€ ».

    Raises :class:`PurchaseError`: what is no amount, an amount with tax, one whose unit is not said.
    """
    if TAXED.search(typed):
        raise _refused(f"« {_cut(typed)} » est toutes taxes comprises : les seuils se comparent hors taxes.")
    low, high = _bounds(typed)
    found = Interval(_euros(low, typed), _euros(high, typed))
    if found.low is not None and found.high is not None and found.low > found.high:
        raise _refused(f"« {_cut(typed)} » va du plus grand au plus petit.")
    return found


def _bounds(typed: str) -> tuple[str, str]:
    text = re.sub(r"^\s*de\s+", "", typed.strip(), flags=re.IGNORECASE)
    if found := BETWEEN.match(text):
        return found["low"], found["high"]
    parts = [part for part in RANGE.split(text) if part.strip()]
    if len(parts) == 2:
        unit = UNIT.search(parts[1])
        low = parts[0] if UNIT.search(parts[0]) or not unit else parts[0] + _unit_of(parts[1])
        return low, parts[1]
    return text, text


def _unit_of(written: str) -> str:
    found = re.search(r"(k|m|md)?\s*(?:€|eur\w*)?\s*(?:ht)?\s*$", bare(written))
    return f" {found[1]}" if found and found[1] else " €"


def _euros(written: str, typed: str) -> float:
    told = read_amount(written)
    if told.value is None:
        raise _refused(f"{told.remark or 'Aucun montant'} : le montant du besoin n'est pas lu.")
    value = float(told.value)
    if value <= 0:
        raise _refused(f"« {_cut(typed)} » : un besoin a une valeur de plus de zéro euro.")
    if value < DOUBTFUL_UNDER and not UNIT.search(written):
        raise _refused(f"« {_cut(typed)} » n'a pas d'unité : euros, ou milliers d'euros ?")
    return value


def _refused(told: str) -> PurchaseError:
    return PurchaseError(
        told,
        "Écrivez par exemple 180 000 €, 180 k€ ou 150000..200000, hors taxes.",
        GiveField("montant", ("180000 €",)),
    )


def _cut(typed: str) -> str:
    return typed if len(typed) <= 40 else f"{typed[:40]}…"

"""The meaning of each operation on plain values: the one place engines are written after."""

import operator
from collections.abc import Callable, Sequence
from typing import Any

from ancrage.rules import program as p

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def apply(operation: str, values: Sequence[Any], sign: str = "") -> Any:
    """Value of an operation on known or unknown (``None``) values; ``sign`` is that of a comparison."""
    return compare(sign, *values) if operation == p.COMPARE else OPERATIONS[operation](*values)


def compare(sign: str, left: Any, right: Any) -> bool | None:
    """Unknown if a side is."""
    return None if left is None or right is None else COMPARISONS[sign](left, right)


def conjunction(*values: bool | None) -> bool | None:
    """Kleene's and."""
    if any(value is False for value in values):
        return False
    return None if any(value is None for value in values) else True


def disjunction(*values: bool | None) -> bool | None:
    """Kleene's or."""
    if any(value is True for value in values):
        return True
    return None if any(value is None for value in values) else False


def guarded(value: float) -> float | None:
    """A number that is too far, or not one, is unknown."""
    return value if -p.FURTHEST <= value <= p.FURTHEST else None


def _strict(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *values: None if any(value is None for value in values) else function(*values)


def _of_known(function: Callable[[list[Any]], Any]) -> Callable[..., Any]:
    def applied(*values: Any) -> Any:
        known = [value for value in values if value is not None]
        return function(known) if known else None

    return applied


def _quotient(left: float, right: float) -> float | None:
    return guarded(left / right) if right else None


OPERATIONS: dict[str, Callable[..., Any]] = {
    p.NOT: lambda value: None if value is None else not value,
    p.AND: conjunction,
    p.OR: disjunction,
    p.ADD: _strict(operator.add),
    p.SUBTRACT: _strict(operator.sub),
    p.MULTIPLY: _strict(lambda left, right: guarded(left * right)),
    p.DIVIDE: _strict(_quotient),
    p.LEAST: _of_known(min),
    p.GREATEST: _of_known(max),
    p.LEAST_ALL: _strict(lambda *values: min(values)),
    p.GREATEST_ALL: _strict(lambda *values: max(values)),
    p.KNOWN: lambda value: value is not None,
    p.SURE: lambda value: value is True,
    p.DECIDE: lambda yes, no: True if yes is True else False if no is True else None,
    p.SELECT: lambda condition, left, right: left if condition else right,
}

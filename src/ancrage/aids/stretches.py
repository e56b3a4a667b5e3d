"""The stretches of days over which nothing of an aid changes: what was written for one day serves the others.

Everything that is compared with the day asked is a date that the declarations tell, of the aid or of the
parameters its rules name. Between two of these dates the entry of an aid, and its rules, are the same.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import BaseModel

from ancrage.aids.declaration import Aid
from ancrage.declarations.dated_parameters import Parameter

NEXT = timedelta(days=1)


class Stretches:
    """Days numbered by stretch: two days of the same number are told apart by no date of ``declared``."""

    __slots__ = ("_changes",)

    def __init__(self, declared: Iterable[object]) -> None:
        days = {day for one in declared for day in dates_in(one)}
        # A date may be a first day, or a last one: what changes may change on it, or on the next.
        self._changes = sorted(days | {day + NEXT for day in days if day < date.max})

    def of(self, on: date) -> int:
        """The number of the stretch that holds a day."""
        return bisect_right(self._changes, on)


def stretches_of(aid: Aid, parameters: Mapping[str, Parameter]) -> Stretches:
    """The stretches of an aid: its own dates, and those of the parameters that its rules name."""
    rules = [rule for version in aid.versions for rule in _rules(version)]
    named = (one for one in parameters.values() if any(one.id in rule for rule in rules))
    return Stretches((aid, *named))


def _rules(version: Any) -> Iterator[str]:
    yield from (condition.rule for condition in version.conditions)
    if version.amount is not None:
        yield version.amount.rule


def dates_in(declared: object) -> Iterator[date]:
    """Every date that a declaration holds, however deep."""
    if isinstance(declared, date) and not isinstance(declared, datetime):
        yield declared
    elif isinstance(declared, BaseModel):
        for name in type(declared).model_fields:
            yield from dates_in(getattr(declared, name))
    elif isinstance(declared, Mapping):
        for value in declared.values():
            yield from dates_in(value)
    elif isinstance(declared, tuple | list | set | frozenset):
        for value in declared:
            yield from dates_in(value)

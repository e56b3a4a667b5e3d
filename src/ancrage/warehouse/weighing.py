"""About how many bytes an answer holds in memory: enough to bound what a process keeps, never exact."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

SAMPLED = 100
"""Of a longer collection, this many members are weighed, evenly, and stand for the others."""
MOST_SEEN = 50_000
"""Objects looked at for one answer: past it, what was seen is the answer."""
OPAQUE = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType)
PLAIN = (str, bytes, bytearray, int, float, bool, complex, type(None))


def weight(answer: object, *, without: Iterable[object] = ()) -> int:
    """Bytes of an answer and of all it refers to, ``without`` these objects and what they alone hold."""
    seen = {id(one) for one in without}
    waiting: list[tuple[object, float]] = [(answer, 1.0)]
    total = 0.0
    while waiting and len(seen) < MOST_SEEN:
        value, times = waiting.pop()
        if isinstance(value, OPAQUE) or id(value) in seen:
            continue
        seen.add(id(value))
        total += times * _own(value)
        waiting.extend((member, times * more) for member, more in _members(value))
    return round(total)


def _own(value: object) -> int:
    """Bytes of an object alone; arrays, frames and tables tell theirs."""
    for name in ("nbytes", "estimated_size"):
        told = getattr(value, name, None)
        size = told() if callable(told) else told
        if isinstance(size, int):
            return size
    return sys.getsizeof(value, 64)


def _members(value: object) -> Iterator[tuple[object, float]]:
    """What an object refers to, and how many times each counts."""
    if isinstance(value, PLAIN) or hasattr(value, "nbytes") or hasattr(value, "estimated_size"):
        return
    if isinstance(value, Mapping):
        yield from _sampled(value.keys(), len(value))
        yield from _sampled(value.values(), len(value))
    elif isinstance(value, (list, tuple, set, frozenset)):
        yield from _sampled(value, len(value))
    else:
        yield from ((member, 1.0) for member in _fields(value))


def _sampled(members: Iterable[object], length: int) -> Iterator[tuple[object, float]]:
    step = -(-length // SAMPLED) if length > SAMPLED else 1
    taken = _now(members)[::step]
    for member in taken:
        yield member, length / len(taken)


def _now(members: Iterable[Any]) -> tuple[Any, ...]:
    """Members taken in one go: another thread may be filling what this one weighs, a property kept with it.

    What changes even so is weighed without them: an answer never fails for its weight.
    """
    try:
        return tuple(members)
    except RuntimeError:
        return ()


def _fields(value: object) -> Iterator[Any]:
    yield from _now(getattr(value, "__dict__", {}).values())
    for kind in type(value).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if (member := getattr(value, name, None)) is not None and name != "__dict__":
                yield member

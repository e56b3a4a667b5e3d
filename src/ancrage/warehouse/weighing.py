"""About how many bytes an answer holds in memory: enough to bound what a process keeps, never exact."""

import sys
from collections.abc import Iterable, Mapping
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

SAMPLED = 8
"""Of a longer collection, this many members are weighed, evenly, and stand for the others."""
MOST_SEEN = 20_000
"""Objects looked at for one answer: past it, what was seen is the answer."""
OPAQUE = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType)
PLAIN = (str, bytes, bytearray, int, float, bool, complex, type(None))
TELLING = ("nbytes", "estimated_size")
"""Attributes by which arrays, frames and tables tell their own size."""

SLOTS: dict[type[Any], tuple[str, ...]] = {}
SIZES: dict[type[Any], str] = {}
"""Of the classes met so far, their slots and what tells their size: a process has some hundreds."""

Waiting = list[tuple[object, float]]


def weight(answer: object, *, without: Iterable[object] = ()) -> int:
    """Bytes of an answer and of all it refers to, ``without`` these objects and what they alone hold."""
    seen = {id(one) for one in without}
    waiting: Waiting = [(answer, 1.0)]
    total = 0.0
    while waiting and len(seen) < MOST_SEEN:
        value, times = waiting.pop()
        if id(value) in seen or isinstance(value, OPAQUE):
            continue
        seen.add(id(value))
        if isinstance(value, PLAIN):
            total += times * sys.getsizeof(value, 64)
        elif (told := _told(value)) is not None:
            total += times * told
        else:
            total += times * sys.getsizeof(value, 64)
            _await(waiting, value, times)
    return round(total)


def _told(value: object) -> int | None:
    """Its bytes where it tells them itself."""
    kind = type(value)
    if (name := SIZES.get(kind)) is None:
        name = SIZES[kind] = next((one for one in TELLING if hasattr(kind, one)), "")
    told = getattr(value, name, None) if name else None
    size = told() if callable(told) else told
    return size if isinstance(size, int) else None


def _await(waiting: Waiting, value: object, times: float) -> None:
    """Add what an object refers to, and how many times each counts."""
    if isinstance(value, (dict, Mapping)):
        _await_sample(waiting, value.keys(), times)
        _await_sample(waiting, value.values(), times)
    elif isinstance(value, (list, tuple, set, frozenset)):
        _await_sample(waiting, value, times)
    else:
        waiting.extend((member, times) for member in _now(getattr(value, "__dict__", {}).values()))
        for name in _slots(type(value)):
            if (member := getattr(value, name, None)) is not None:
                waiting.append((member, times))


def _await_sample(waiting: Waiting, members: Iterable[object], times: float) -> None:
    every = _now(members)
    if len(every) > SAMPLED:
        taken = every[:: -(-len(every) // SAMPLED)]
        times *= len(every) / len(taken)
        every = taken
    waiting.extend([(member, times) for member in every])


def _now(members: Iterable[Any]) -> tuple[Any, ...]:
    """Members taken in one go: another thread may be filling what this one weighs, a property kept with it.

    What changes even so is weighed without them: an answer never fails for its weight.
    """
    try:
        return tuple(members)
    except RuntimeError:
        return ()


def _slots(kind: type[Any]) -> tuple[str, ...]:
    """Names of the slots of a class and of those it comes from."""
    if (known := SLOTS.get(kind)) is None:
        told = (one.__dict__.get("__slots__", ()) for one in kind.__mro__)
        names = (name for slots in told for name in ((slots,) if isinstance(slots, str) else slots))
        known = SLOTS[kind] = tuple(name for name in names if name != "__dict__")
    return known

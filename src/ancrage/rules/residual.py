"""What an unknown answer still hangs on, once what is known has been put in its place."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ancrage.interval import Interval
from ancrage.rules import program as p
from ancrage.rules.arithmetic import apply
from ancrage.rules.program import Program, Step
from ancrage.rules.python_engine import bounds
from ancrage.rules.values import Value
from ancrage.rules.vocabulary import Kind


def unresolved(program: Program, key: str, situation: Mapping[str, Value]) -> tuple[str, ...]:
    """Facts, unknown or known only as an interval, that could still change this boolean output.

    In the order of the program; empty when the output is decided, or unknown whatever is learnt.
    """
    return Residual(program, situation).unresolved(key)


class Residual:
    """What a situation leaves open in a program: steps that several outputs share are folded once."""

    __slots__ = ("_found", "_program", "_situation")

    def __init__(self, program: Program, situation: Mapping[str, Value]) -> None:
        self._program = program
        self._situation = situation
        self._found: dict[int, _Found] = {}

    def unresolved(self, key: str) -> tuple[str, ...]:
        """See :func:`unresolved`."""
        program, found = self._program, self._found
        number = program.outputs[key].low
        for each in _cone(_ById(program), number):
            if each not in found:
                found[each] = _folded(program.steps[each], program.kinds[each], found, self._situation)
        open_ = set(_facts(program, number, found, set()))
        return tuple(fact for fact in facts_under(program, number) if fact in open_)


def facts_under(program: Program, number: int) -> tuple[str, ...]:
    """Every fact that a step reads, in the order in which it reads them: that of any list of some of them."""
    return _facts_under(_ById(program), number)


def thresholds(program: Program, fact: str) -> tuple[float, ...]:
    """Numbers a numeric fact is compared with, ascending: on each side of one, answers may differ."""
    seen = set()
    for step in program.steps:
        if step.operation != p.COMPARE:
            continue
        left, right = (program.steps[number] for number in step.inputs)
        for one, other in ((left, right), (right, left)):
            named = one.operation == p.FACT and one.parts[0] == fact
            if named and other.operation == p.CONSTANT and isinstance(other.parts[0], float):
                seen.add(other.parts[0])
    return tuple(sorted(seen))


class _Found:
    """The present value of a step, and whether nothing more that is learnt can change it."""

    __slots__ = ("stable", "value")

    def __init__(self, value: Any, stable: bool) -> None:
        self.value = value
        self.stable = stable


class _ById:
    """A program as the key of a cache: it is never changed, so its identity is enough."""

    __slots__ = ("program",)

    def __init__(self, program: Program) -> None:
        self.program = program

    def __hash__(self) -> int:
        return id(self.program)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.program is self.program


@lru_cache(maxsize=4096)
def _facts_under(program: "_ById", number: int) -> tuple[str, ...]:
    steps, seen, found = program.program.steps, set[int](), dict[str, None]()

    def read(each: int) -> None:
        if each in seen:
            return
        seen.add(each)
        if steps[each].operation == p.FACT:
            found[steps[each].parts[0]] = None
        for one in steps[each].inputs:
            read(one)

    read(number)
    return tuple(found)


@lru_cache(maxsize=4096)
def _cone(program: _ById, number: int) -> tuple[int, ...]:
    """Steps under a step, itself included, in the order they are worked out."""
    steps = program.program.steps
    seen: set[int] = set()
    waiting = [number]
    while waiting:
        each = waiting.pop()
        if each not in seen:
            seen.add(each)
            waiting += steps[each].inputs
    return tuple(sorted(seen))


def _folded(step: Step, kind: Kind, found: Mapping[int, _Found], situation: Mapping[str, Value]) -> _Found:
    if step.operation == p.FACT:
        return _fact(step, kind, situation)
    if step.operation == p.CONSTANT:
        return _Found(step.parts[0], True)
    inputs = [found[number] for number in step.inputs]
    sign = step.parts[0] if step.operation == p.COMPARE else ""
    value = apply(step.operation, [each.value for each in inputs], sign)
    return _Found(value, _is_stable(step, value, inputs))


def _fact(step: Step, kind: Kind, situation: Mapping[str, Value]) -> _Found:
    name, side = step.parts
    value = situation.get(name)
    if kind is not Kind.NUMBER:
        return _Found(value, value is not None)
    low, high = bounds(value if isinstance(value, Interval) else None)
    return _Found(low if side == "low" else high, low is not None and low == high)


def _is_stable(step: Step, value: Any, inputs: list[_Found]) -> bool:
    """Learning more narrows intervals: a decided comparison stays so, a known bound stays known."""
    if all(each.stable for each in inputs):
        return True
    match step.operation:
        case p.AND:
            return any(each.stable and each.value is False for each in inputs)
        case p.OR:
            return any(each.stable and each.value is True for each in inputs)
        case p.DECIDE | p.KNOWN:
            return value is True or (step.operation == p.DECIDE and value is False)
        case p.SELECT:
            condition, yes, no = inputs
            if condition.stable:
                return (yes if condition.value else no).stable
            return yes.stable and no.stable and yes.value == no.value
    return False


def _facts(program: Program, number: int, found: Mapping[int, _Found], seen: set[int]) -> list[str]:
    if number in seen or found[number].stable:
        return []
    seen.add(number)
    step = program.steps[number]
    if step.operation == p.FACT:
        return [step.parts[0]]
    inputs = step.inputs
    if step.operation == p.SELECT and found[inputs[0]].stable:
        inputs = (inputs[1] if found[inputs[0]].value else inputs[2],)
    return [fact for each in inputs for fact in _facts(program, each, found, seen)]

"""One situation through a whole program: one generated Python function, compiled once.

The generated text holds only step numbers, operators and plain constants of our own making: names of facts
and texts travel in a tuple beside it. No part of a rule's text ever reaches it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ancrage.interval import Interval
from ancrage.rules import program as p
from ancrage.rules.arithmetic import apply
from ancrage.rules.program import Program, Step
from ancrage.rules.values import Value
from ancrage.rules.vocabulary import Kind

Evaluate = Callable[[Mapping[str, Value]], "Outputs"]

NOT_NULL = (p.KNOWN, p.SURE)


class Outputs:
    """Values of every output for one situation, read by key."""

    __slots__ = ("_index", "_values")

    def __init__(self, values: tuple[Any, ...], index: Mapping[str, tuple[Kind, int, int]]) -> None:
        self._values = values
        self._index = index

    @property
    def steps(self) -> tuple[Any, ...]:
        """Values of all the steps, by number."""
        return self._values

    def __getitem__(self, key: str) -> Value:
        """A truth, text or day; a number as an interval; ``None`` when nothing is known."""
        kind, low, high = self._index[key]
        if kind is not Kind.NUMBER:
            value: Value = self._values[low]
            return value
        bounds = self._values[low], self._values[high]
        return None if bounds == (None, None) else Interval(*bounds)

    def truth(self, key: str) -> bool | None:
        """A boolean output, without asking its kind."""
        found: bool | None = self._values[self._index[key][1]]
        return found


def compile_python(program: Program) -> Evaluate:
    """A function from a situation (value by fact; absent or ``None`` is unknown) to its outputs.

    Numbers are :class:`Interval`; NaN and infinite bounds count as unknown.
    """
    source, constants = _source(program)
    scope: dict[str, Any] = {"K": constants, "bounds": bounds}
    exec(compile(source, "<règles>", "exec"), scope)  # noqa: S102 - our own numbers and operators only
    run: Callable[[Any], tuple[Any, ...]] = scope["run"]
    index = _index(program)
    return lambda situation: Outputs(run(situation.get), index)


def _index(program: Program) -> dict[str, tuple[Kind, int, int]]:
    return {key: (output.kind, output.low, output.high) for key, output in program.outputs.items()}


def interpret(program: Program) -> Evaluate:
    """The same as :func:`compile_python` for a few situations: slower each time, ready at once."""
    index = _index(program)

    def run(situation: Mapping[str, Value]) -> Outputs:
        found: list[Any] = []
        for step, kind in zip(program.steps, program.kinds, strict=True):
            found.append(_interpreted(step, kind, found, situation))
        return Outputs(tuple(found), index)

    return run


def _interpreted(step: Step, kind: Kind, found: Sequence[Any], situation: Mapping[str, Value]) -> Any:
    if step.operation == p.CONSTANT:
        return step.parts[0]
    if step.operation == p.FACT:
        name, side = step.parts
        value = situation.get(name)
        if kind is not Kind.NUMBER:
            return value
        low, high = bounds(value if isinstance(value, Interval) else None)
        return low if side == "low" else high
    inputs = [found[number] for number in step.inputs]
    return apply(step.operation, inputs, step.parts[0] if step.operation == p.COMPARE else "")


def bounds(value: Interval | None) -> tuple[float | None, float | None]:
    """Both bounds of a number, those that are not finite left out."""
    if value is None:
        return None, None
    return _finite(value.low), _finite(value.high)


def _finite(bound: float | None) -> float | None:
    return float(bound) if bound is not None and -p.FURTHEST <= bound <= p.FURTHEST else None


def _source(program: Program) -> tuple[str, tuple[Any, ...]]:
    writer = _Writer(program)
    lines = [line for number in range(len(program.steps)) if (line := writer.line(number))]
    returned = ", ".join(writer.name(number) for number in range(len(program.steps)))
    body = "\n    ".join([*lines, f"return ({returned}{',' if returned else ''})"])
    return f"def run(get, K=K, bounds=bounds):\n    {body}\n", tuple(writer.constants)


class _Writer:
    def __init__(self, program: Program) -> None:
        self.steps = program.steps
        self.constants: list[Any] = []
        self._pairs = self._number_facts()

    def _number_facts(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for number, step in enumerate(self.steps):
            if step.operation == p.FACT and step.parts[1]:
                found.setdefault(step.parts[0], {})[step.parts[1]] = number
        return found

    def name(self, number: int) -> str:
        step = self.steps[number]
        return self._literal(step.parts[0]) if step.operation == p.CONSTANT else f"v{number}"

    def _literal(self, value: Any) -> str:
        if value is None or isinstance(value, bool | float):
            return f"({value!r})"
        return f"K[{self._kept(value)}]"

    def _kept(self, value: Any) -> int:
        if value not in self.constants:
            self.constants.append(value)
        return self.constants.index(value)

    def line(self, number: int) -> str:
        step = self.steps[number]
        if step.operation == p.CONSTANT:
            return ""
        if step.operation == p.FACT:
            return self._fact_line(number, step)
        return f"v{number} = {self._expression(step)}"

    def _fact_line(self, number: int, step: Step) -> str:
        name, side = step.parts
        key = f"K[{self._kept(name)}]"
        if not side:
            return f"v{number} = get({key})"
        pair = self._pairs[name]
        if number != min(pair.values()):
            return ""
        low, high = (f"v{pair[each]}" if each in pair else "_" for each in ("low", "high"))
        return f"{low}, {high} = bounds(get({key}))"

    def _expression(self, step: Step) -> str:  # noqa: C901 - one case an operation
        names = [self.name(number) for number in step.inputs]
        match step.operation:
            case p.COMPARE:
                sign = "==" if step.parts[0] == "=" else step.parts[0]
                return self._unless_unknown(step, f"{names[0]} {sign} {names[1]}")
            case p.NOT:
                return (
                    f"not {names[0]}"
                    if self._certain(step.inputs[0])
                    else self._unless_unknown(step, f"not {names[0]}")
                )
            case p.AND:
                return self._junction(step, names, "False", "True", " and ")
            case p.OR:
                return self._junction(step, names, "True", "False", " or ")
            case p.ADD | p.SUBTRACT:
                return self._unless_unknown(step, (" + " if step.operation == p.ADD else " - ").join(names))
            case p.MULTIPLY:
                return self._guarded(step, f"{names[0]} * {names[1]}", "")
            case p.DIVIDE:
                return self._guarded(step, f"{names[0]} / {names[1]}", f"{names[1]} == 0 or ")
            case p.LEAST_ALL | p.GREATEST_ALL:
                function = "min" if step.operation == p.LEAST_ALL else "max"
                return self._unless_unknown(
                    step, f"{function}({', '.join(names)})" if len(names) > 1 else names[0]
                )
            case p.LEAST | p.GREATEST:
                function = "min" if step.operation == p.LEAST else "max"
                return f"{function}((x for x in ({', '.join(names)},) if x is not None), default=None)"
            case p.KNOWN:
                return f"{names[0]} is not None"
            case p.SURE:
                return f"{names[0]} is True"
            case p.DECIDE:
                return f"True if {names[0]} else False if {names[1]} else None"
            case p.SELECT:
                return f"{names[1]} if {names[0]} else {names[2]}"
        raise AssertionError(step.operation)

    def _certain(self, number: int) -> bool:
        """Never unknown, so that Python's own and, or, not have the right meaning."""
        step = self.steps[number]
        if step.operation in NOT_NULL:
            return True
        if step.operation == p.CONSTANT:
            return step.parts[0] is not None
        return step.operation in (p.NOT, p.AND, p.OR) and all(map(self._certain, step.inputs))

    def _unless_unknown(self, step: Step, expression: str) -> str:
        doubtful = [self.name(number) for number in dict.fromkeys(step.inputs) if not self._certain(number)]
        tests = " or ".join(f"{name} is None" for name in doubtful)
        return f"None if {tests} else {expression}" if tests else expression

    def _guarded(self, step: Step, expression: str, zero: str) -> str:
        doubtful = " or ".join(
            f"{self.name(number)} is None"
            for number in dict.fromkeys(step.inputs)
            if not self._certain(number)
        )
        guard = f"x if -{p.FURTHEST!r} <= (x := {expression}) <= {p.FURTHEST!r} else None"
        tests = f"{doubtful} or {zero}" if doubtful else zero
        tests = tests.removesuffix(" or ")
        return f"None if {tests} else ({guard})" if tests else f"({guard})"

    def _junction(self, step: Step, names: list[str], decisive: str, otherwise: str, word: str) -> str:
        if all(map(self._certain, step.inputs)):
            return word.join(names)
        decided = " or ".join(f"{name} is {decisive}" for name in names)
        doubtful = " or ".join(
            f"{name} is None"
            for number, name in zip(step.inputs, names, strict=True)
            if not self._certain(number)
        )
        return f"{decisive} if {decided} else None if {doubtful} else {otherwise}"

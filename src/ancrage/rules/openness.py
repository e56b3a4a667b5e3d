"""What each answer still hangs on, for every answer at once: step by step, or a function compiled once.

It says of a situation what :class:`ancrage.rules.residual.Residual` says step by step: a test compares them.
A fact is a bit; what a step hangs on is a mask of bits, zero when nothing more that is learnt can change it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ancrage.interval import Interval
from ancrage.rules import program as p
from ancrage.rules.program import Program, Step
from ancrage.rules.python_engine import bounds
from ancrage.rules.residual import facts_under
from ancrage.rules.vocabulary import Kind

Get = Callable[[str], Any]
Masks = Callable[[Sequence[Any], Get], Sequence[int]]


class Openness:
    """What the boolean outputs of a program hang on, from the values of all its steps."""

    def __init__(self, program: Program, *, compiled: bool = True) -> None:
        """``compiled``: for many situations; otherwise slower each time, and ready at once."""
        self._program = program
        self._bits = {name: 1 << rank for rank, name in enumerate(program.facts)}
        self._rank = {key: rank for rank, key in enumerate(program.outputs)}
        self._masks = (_compiled if compiled else _interpreted)(program, self._bits)
        self._told: dict[tuple[str, int], tuple[str, ...]] = {}

    def of(self, values: Sequence[Any], situation: Mapping[str, Any]) -> "Open":
        """What is open, given the values of all steps, as the compiled program found them."""
        return Open(self, self._masks(values, situation.get))

    def facts(self, key: str, mask: int) -> tuple[str, ...]:
        """The facts of a mask, in the order in which the output reads them."""
        told = self._told.get((key, mask))
        if told is None:
            order = facts_under(self._program, self._program.outputs[key].low)
            told = tuple(fact for fact in order if mask & self._bits[fact])
            self._told[key, mask] = told
        return told

    def mask(self, facts: Iterable[str]) -> int:
        """Facts of the program as a mask."""
        return sum(self._bits[fact] for fact in facts)

    def rank(self, key: str) -> int:
        """Where the mask of an output stands."""
        return self._rank[key]


class Open:
    """What one situation leaves open."""

    __slots__ = ("_masks", "_openness")

    def __init__(self, openness: Openness, masks: Sequence[int]) -> None:
        self._openness = openness
        self._masks = masks

    def unresolved(self, key: str) -> tuple[str, ...]:
        """As :meth:`ancrage.rules.residual.Residual.unresolved`."""
        mask = self._masks[self._openness.rank(key)]
        return self._openness.facts(key, mask) if mask else ()

    def hangs_on(self, key: str, facts: int) -> bool:
        """Whether an output hangs on any of the facts of a mask."""
        return bool(self._masks[self._openness.rank(key)] & facts)


def _interpreted(program: Program, bits: dict[str, int]) -> Masks:
    def masks(values: Sequence[Any], get: Get) -> Sequence[int]:
        found: list[int] = []
        for number, (step, kind) in enumerate(zip(program.steps, program.kinds, strict=True)):
            if step.operation == p.FACT:
                value = get(step.parts[0])
                settled = _is_exact(value) if kind is Kind.NUMBER else value is not None
                found.append(0 if settled else bits[step.parts[0]])
            else:
                found.append(_mask(step, number, values, found))
        return [found[output.low] for output in program.outputs.values()]

    return masks


def _mask(step: Step, number: int, values: Sequence[Any], masks: Sequence[int]) -> int:
    """The mask of a step that is no fact, from those of the steps it reads."""
    inputs, either = step.inputs, 0
    for each in inputs:
        either |= masks[each]
    if not either:
        return 0
    match step.operation:
        case p.AND | p.OR:
            decisive = step.operation == p.OR
            return 0 if any(values[each] is decisive and not masks[each] for each in inputs) else either
        case p.KNOWN:
            return 0 if values[number] else either
        case p.DECIDE:
            return 0 if values[number] is not None else either
        case p.SELECT:
            condition, yes, no = inputs
            if not masks[condition]:
                return masks[yes if values[condition] else no]
            same = not (masks[yes] | masks[no]) and values[yes] == values[no]
            return 0 if same else either
    return either


def _compiled(program: Program, bits: dict[str, int]) -> Masks:
    writer = _MaskWriter(program, bits)
    lines = [line for number in range(len(program.steps)) if (line := writer.line(number))]
    names = ", ".join(f"v{number}" for number in range(len(program.steps)))
    returned = ", ".join(writer.names[output.low] for output in program.outputs.values())
    comma = "," if program.outputs else ""
    body = [f"({names},) = values" if names else "pass", *lines, f"return ({returned}{comma})"]
    scope: dict[str, Any] = {"K": tuple(program.facts), "exact": _is_exact}
    text = "def masks(values, get, K=K, exact=exact):\n    " + "\n    ".join(body) + "\n"
    exec(compile(text, "<faits en suspens>", "exec"), scope)  # noqa: S102 - our own numbers and operators only
    found: Masks = scope["masks"]
    return found


class _MaskWriter:
    """One line a step whose mask is not that of another; ``names``: what holds the mask of each step."""

    def __init__(self, program: Program, bits: dict[str, int]) -> None:
        self.steps = program.steps
        self.kinds = program.kinds
        self.bits = bits
        self.pairs = _pairs(program)
        self.names: list[str] = []
        self.numbers: dict[str, str] = {}

    def line(self, number: int) -> str:
        step = self.steps[number]
        expression = self._expression(number, step)
        alone = expression.isdigit() or (expression.startswith("m") and expression[1:].isdigit())
        self.names.append(expression if alone else f"m{number}")
        return "" if alone else f"m{number} = {expression}"

    def _expression(self, number: int, step: Step) -> str:
        if step.operation == p.CONSTANT:
            return "0"
        if step.operation == p.FACT:
            return self._fact(number, step)
        named = {each: self.names[each] for each in step.inputs}
        either = " | ".join(dict.fromkeys(name for name in named.values() if name != "0")) or "0"
        if either == "0":
            return "0"
        match step.operation:
            case p.AND | p.OR:
                return self._junction(step, named, either)
            case p.KNOWN:
                return f"0 if v{number} else {either}"
            case p.DECIDE:
                return f"0 if v{number} is not None else {either}"
            case p.SELECT:
                return _selected(step, named, either)
        return either

    def _fact(self, number: int, step: Step) -> str:
        name, _ = step.parts
        bit = self.bits[name]
        if self.kinds[number] is not Kind.NUMBER:
            return f"{bit} if v{number} is None else 0"
        if name in self.numbers:
            return self.numbers[name]
        self.numbers[name] = f"m{number}"
        pair = self.pairs[name]
        if len(pair) == 1:  # the other bound is no step: only the situation tells whether they meet
            return f"0 if exact(get(K[{bit.bit_length() - 1}])) else {bit}"
        low, high = pair["low"], pair["high"]
        return f"0 if v{low} is not None and v{low} == v{high} else {bit}"

    def _junction(self, step: Step, named: dict[int, str], either: str) -> str:
        decisive = "False" if step.operation == p.AND else "True"
        settled = [
            f"v{each} is {decisive}" if name == "0" else f"(v{each} is {decisive} and not {name})"
            for each, name in named.items()
        ]
        return f"0 if {' or '.join(settled)} else {either}"


def _selected(step: Step, named: dict[int, str], either: str) -> str:
    condition, yes, no = step.inputs
    chosen = f"({named[yes]} if v{condition} else {named[no]})"
    if named[condition] == "0":
        return chosen
    same = f"not ({named[yes]} | {named[no]}) and v{yes} == v{no}"
    return f"{chosen} if not {named[condition]} else 0 if {same} else {either}"


def _is_exact(value: Any) -> bool:
    low, high = bounds(value if isinstance(value, Interval) else None)
    return low is not None and low == high


def _pairs(program: Program) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for number, step in enumerate(program.steps):
        if step.operation == p.FACT and step.parts[1]:
            found.setdefault(step.parts[0], {})[step.parts[1]] = number
    return found

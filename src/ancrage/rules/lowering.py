"""From the trees of rules to one program: intervals become bounds, what is said twice is worked out once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ancrage.rules import program as p
from ancrage.rules import tree
from ancrage.rules.arithmetic import apply
from ancrage.rules.parsing import Rule
from ancrage.rules.program import Output, Program, Scalar, Step
from ancrage.rules.vocabulary import Kind, Table, Vocabulary


@dataclass(frozen=True, slots=True)
class Lowered:
    """The steps of a value: the same one twice, unless it is a number known as an interval."""

    kind: Kind
    low: int
    high: int

    @property
    def exact(self) -> bool:
        """One step is enough to tell it."""
        return self.low == self.high


def lower(
    rules: Mapping[str, Rule],
    vocabulary: Vocabulary,
    *,
    also_all_of: Mapping[str, Sequence[str]] | None = None,
) -> Program:
    """One program for all the rules, by key.

    ``also_all_of`` adds outputs that are true when all the outputs they name are.
    """
    lowering = Lowering(vocabulary)
    outputs = {key: lowering.output(rule.tree) for key, rule in rules.items()}
    for key, parts in (also_all_of or {}).items():
        whole = lowering.step(p.AND, *(outputs[part].low for part in parts))
        outputs[key] = Output(Kind.BOOLEAN, whole, whole)
    facts = {name: vocabulary.symbols[name].kind for name in lowering.facts}
    return _pruned(Program(tuple(lowering.steps), tuple(lowering.kinds), facts, outputs))


class Lowering:
    """Steps written so far; an operation already written is found again, one on constants is worked out."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.steps: list[Step] = []
        self.kinds: list[Kind] = []
        self.facts: dict[str, None] = {}
        self.written: dict[int, None] = {}
        """Steps in the order in which they were first written, or found again, since it was last emptied."""
        self._numbers: dict[tuple[object, ...], int] = {}

    def output(self, node: tree.Node) -> Output:
        """Where the value of a tree is found."""
        lowered = self.lowered(node)
        return Output(lowered.kind, lowered.low, lowered.high)

    # Steps

    def _write(self, step: Step, kind: Kind) -> int:
        key = (step.operation, kind, *((type(part), part) for part in step.parts))
        if key not in self._numbers:
            self._numbers[key] = len(self.steps)
            self.steps.append(step)
            self.kinds.append(kind)
        number = self._numbers[key]
        self.written[number] = None
        return number

    def constant(self, value: Scalar, kind: Kind) -> int:
        """The number of a step that gives a value."""
        return self._write(Step(p.CONSTANT, (value,)), kind)

    def step(self, operation: str, *parts: int, sign: str = "", kind: Kind = Kind.BOOLEAN) -> int:
        """The number of a step on earlier ones; one on constants alone is worked out."""
        if operation in (p.AND, p.OR):
            return self._junction(operation, parts)
        if all(self.steps[part].operation == p.CONSTANT for part in parts):
            values = [self.steps[part].parts[0] for part in parts]
            return self.constant(apply(operation, values, sign), kind)
        return self._write(Step(operation, (sign, *parts) if operation == p.COMPARE else parts), kind)

    def _junction(self, operation: str, parts: Sequence[int]) -> int:
        """And, or: neutral constants and repeats go, an absorbing one decides."""
        neutral = operation == p.AND
        kept = []
        for part in dict.fromkeys(parts):
            step = self.steps[part]
            if step.operation == p.CONSTANT and step.parts[0] is (not neutral):
                return self.constant(not neutral, Kind.BOOLEAN)
            if not (step.operation == p.CONSTANT and step.parts[0] is neutral):
                kept.append(part)
        if len(kept) <= 1:
            return kept[0] if kept else self.constant(neutral, Kind.BOOLEAN)
        return self._write(Step(operation, tuple(sorted(kept))), Kind.BOOLEAN)

    def _select(self, condition: int, yes: int, no: int, kind: Kind) -> int:
        step = self.steps[condition]
        if step.operation == p.CONSTANT:
            return yes if step.parts[0] else no
        return yes if yes == no else self.step(p.SELECT, condition, yes, no, kind=kind)

    # Nodes

    def lowered(self, node: tree.Node) -> Lowered:  # noqa: C901 - one case a node
        """The steps of a tree."""
        match node:
            case tree.Constant(value):
                return self._constant(value)
            case tree.FactRef(name):
                return self._fact(name)
            case tree.ParameterRef(name):
                return self._parameter(name)
            case tree.Not(operand):
                return self._single(self.step(p.NOT, self.lowered(operand).low))
            case tree.And(operands):
                return self._single(self.step(p.AND, *(self.lowered(each).low for each in operands)))
            case tree.Or(operands):
                return self._single(self.step(p.OR, *(self.lowered(each).low for each in operands)))
            case tree.Compare():
                return self._single(self._compare(node))
            case tree.Arithmetic(sign, left, right):
                return self._arithmetic(sign, self.lowered(left), self.lowered(right))
            case tree.Extreme(least, operands):
                return self._extreme(least, [self.lowered(each) for each in operands])
            case tree.Case():
                return self._case(node)

    def _single(self, step: int, kind: Kind = Kind.BOOLEAN) -> Lowered:
        return Lowered(kind, step, step)

    def _constant(self, value: Scalar) -> Lowered:
        kind = {bool: Kind.BOOLEAN, float: Kind.NUMBER, str: Kind.TEXT}.get(type(value), Kind.DAY)
        return self._single(self.constant(value, kind), kind)

    def _unknown(self, kind: Kind) -> Lowered:
        return self._single(self.constant(None, kind), kind)

    def _fact(self, name: str) -> Lowered:
        kind = self.vocabulary.symbols[name].kind
        self.facts[name] = None
        if kind is not Kind.NUMBER:
            return self._single(self._write(Step(p.FACT, (name, "")), kind), kind)
        low, high = (self._write(Step(p.FACT, (name, side)), kind) for side in ("low", "high"))
        return Lowered(kind, low, high)

    def _parameter(self, name: str) -> Lowered:
        value = self.vocabulary.parameters[name]
        if value is None or (isinstance(value, Table) and not value.rows):
            return self._unknown(Kind.NUMBER)
        if not isinstance(value, Table):
            return self._constant(float(value))
        if len({tuple(fact for fact, _ in row.of) for row in value.rows}) == 1:
            return self._row_of(value)
        branches = [(_all_equal(row.of), tree.Constant(float(row.value))) for row in value.rows]
        return self.lowered(tree.Case(tuple(branches), None))

    def _row_of(self, table: Table) -> Lowered:
        """The row surely met. Rows that all name the same facts are met one at most, and none while one of
        these facts is unknown: there is no interval to keep.
        """
        found = self.constant(None, Kind.NUMBER)
        for row in reversed(table.rows):
            met = self.step(p.SURE, self.lowered(_all_equal(row.of)).low)
            found = self._select(met, self.constant(float(row.value), Kind.NUMBER), found, Kind.NUMBER)
        return self._single(found, Kind.NUMBER)

    def _compare(self, node: tree.Compare) -> int:
        left, right = self.lowered(node.left), self.lowered(node.right)
        if left.exact and right.exact:
            return self.step(p.COMPARE, left.low, right.low, sign=node.operator)
        if node.operator == "=":
            yes = self.step(
                p.AND,
                self.step(p.COMPARE, left.low, right.high, sign="="),
                self.step(p.COMPARE, left.high, right.low, sign="="),
            )
            no = self.step(
                p.OR,
                self.step(p.COMPARE, left.high, right.low, sign="<"),
                self.step(p.COMPARE, left.low, right.high, sign=">"),
            )
            return self.step(p.DECIDE, yes, no)
        if node.operator in (">", ">="):
            left, right = right, left
        strict = node.operator in ("<", ">")
        yes = self.step(p.COMPARE, left.high, right.low, sign="<" if strict else "<=")
        no = self.step(p.COMPARE, left.low, right.high, sign=">=" if strict else ">")
        return self.step(p.DECIDE, yes, no)

    # Numbers

    def _number(self, operation: str, *parts: int) -> int:
        return self.step(operation, *parts, kind=Kind.NUMBER)

    def _arithmetic(self, sign: str, left: Lowered, right: Lowered) -> Lowered:
        if sign == "+":
            return self._bounds(p.ADD, (left.low, right.low), (left.high, right.high))
        if sign == "-":
            return self._bounds(p.SUBTRACT, (left.low, right.high), (left.high, right.low))
        operation = p.MULTIPLY if sign == "*" else p.DIVIDE
        if left.exact and right.exact:
            return self._bounds(operation, (left.low, right.low), (left.low, right.low))
        if (scaled := self._scaled(operation, left, right)) is not None:
            return scaled
        return self._general(operation, left, right)

    def _bounds(self, operation: str, low: tuple[int, int], high: tuple[int, int]) -> Lowered:
        return Lowered(Kind.NUMBER, self._number(operation, *low), self._number(operation, *high))

    def _scaled(self, operation: str, left: Lowered, right: Lowered) -> Lowered | None:
        """By a constant: each bound is scaled, and they change places when it is negative."""
        if operation == p.MULTIPLY and self._fixed(left) is not None:
            left, right = right, left
        factor = self._fixed(right)
        if factor is None:
            return None
        if factor == 0 and operation == p.DIVIDE:
            return self._unknown(Kind.NUMBER)
        low, high = (left.low, left.high) if factor >= 0 else (left.high, left.low)
        return self._bounds(operation, (low, right.low), (high, right.low))

    def _fixed(self, number: Lowered) -> float | None:
        step = self.steps[number.low]
        return step.parts[0] if number.exact and step.operation == p.CONSTANT else None

    def _general(self, operation: str, left: Lowered, right: Lowered) -> Lowered:
        """All four bounds are needed; a divisor that may be zero leaves nothing known."""
        corners = [
            self._number(operation, a, b) for a in (left.low, left.high) for b in (right.low, right.high)
        ]
        low, high = self._number(p.LEAST_ALL, *corners), self._number(p.GREATEST_ALL, *corners)
        if operation == p.MULTIPLY:
            return Lowered(Kind.NUMBER, low, high)
        zero, unknown = self.constant(0.0, Kind.NUMBER), self.constant(None, Kind.NUMBER)
        apart = self.step(
            p.SURE,
            self.step(
                p.OR,
                self.step(p.COMPARE, right.low, zero, sign=">"),
                self.step(p.COMPARE, right.high, zero, sign="<"),
            ),
        )
        return Lowered(
            Kind.NUMBER,
            self._select(apart, low, unknown, Kind.NUMBER),
            self._select(apart, high, unknown, Kind.NUMBER),
        )

    def _extreme(self, least: bool, numbers: Sequence[Lowered]) -> Lowered:
        """Least of intervals: its low bound needs all of theirs, its high one those known."""
        needed = self._number(
            p.LEAST_ALL if least else p.GREATEST_ALL, *(one.low if least else one.high for one in numbers)
        )
        if all(one.exact for one in numbers):
            return self._single(needed, Kind.NUMBER)
        other = self._number(
            p.LEAST if least else p.GREATEST, *(one.high if least else one.low for one in numbers)
        )
        lost = self.step(p.OR, *(self._wholly_unknown(one) for one in numbers))
        kept = self._select(lost, self.constant(None, Kind.NUMBER), other, Kind.NUMBER)
        return Lowered(Kind.NUMBER, needed, kept) if least else Lowered(Kind.NUMBER, kept, needed)

    def _wholly_unknown(self, number: Lowered) -> int:
        known = [self.step(p.KNOWN, bound) for bound in dict.fromkeys((number.low, number.high))]
        return self.step(p.NOT, self.step(p.OR, *known))

    # CASE

    def _case(self, node: tree.Case) -> Lowered:
        """What the branches still possible have in common: a hull for numbers, the same value otherwise."""
        possible, reached = [], self.constant(True, Kind.BOOLEAN)
        for condition, _ in node.branches:
            met = self.lowered(condition).low
            refuted = self.step(p.SURE, self.step(p.NOT, met))
            possible.append(self.step(p.AND, reached, self.step(p.NOT, refuted)))
            reached = self.step(p.AND, reached, self.step(p.NOT, self.step(p.SURE, met)))
        values = [self.lowered(result) for _, result in node.branches]
        kind = values[0].kind
        values.append(self._unknown(kind) if node.otherwise is None else self.lowered(node.otherwise))
        possible.append(reached)
        if kind is Kind.NUMBER:
            return Lowered(
                kind,
                self._hull(p.LEAST, possible, [value.low for value in values]),
                self._hull(p.GREATEST, possible, [value.high for value in values]),
            )
        return self._single(self._common(possible, [value.low for value in values], kind), kind)

    def _hull(self, operation: str, possible: Sequence[int], bounds: Sequence[int]) -> int:
        unknown = self.constant(None, Kind.NUMBER)
        kept = [
            self._select(may, bound, unknown, Kind.NUMBER)
            for may, bound in zip(possible, bounds, strict=True)
        ]
        lost = self._lost(possible, bounds)
        return self._select(lost, unknown, self._number(operation, *kept), Kind.NUMBER)

    def _lost(self, possible: Sequence[int], bounds: Sequence[int]) -> int:
        """A branch still possible has no bound."""
        return self.step(
            p.OR,
            *(
                self.step(p.AND, may, self.step(p.NOT, self.step(p.KNOWN, bound)))
                for may, bound in zip(possible, bounds, strict=True)
            ),
        )

    def _common(self, possible: Sequence[int], values: Sequence[int], kind: Kind) -> int:
        chosen = values[-1]
        for may, value in zip(reversed(possible[:-1]), reversed(values[:-1]), strict=True):
            chosen = self._select(may, value, chosen, kind)
        differ = self.step(
            p.OR,
            *(
                self.step(p.AND, may, self.step(p.NOT, self.step(p.SURE, self._same(value, chosen, kind))))
                for may, value in zip(possible, values, strict=True)
            ),
        )
        return self._select(differ, self.constant(None, kind), chosen, kind)

    def _same(self, left: int, right: int, kind: Kind) -> int:
        if kind is not Kind.BOOLEAN:
            return self.step(p.COMPARE, left, right, sign="=")
        both = self.step(p.AND, left, right)
        neither = self.step(p.AND, self.step(p.NOT, left), self.step(p.NOT, right))
        return self.step(p.OR, both, neither)


def _all_equal(of: Sequence[tuple[str, str]]) -> tree.Node:
    tests: tuple[tree.Node, ...] = tuple(
        tree.Compare("=", tree.FactRef(fact), tree.Constant(value)) for fact, value in of
    )
    if not tests:
        return tree.Constant(True)
    return tests[0] if len(tests) == 1 else tree.And(tests)


def _pruned(program: Program) -> Program:
    """Only the steps an output hangs on, renumbered."""
    needed: set[int] = set()
    waiting = [bound for output in program.outputs.values() for bound in (output.low, output.high)]
    while waiting:
        number = waiting.pop()
        if number not in needed:
            needed.add(number)
            waiting += program.steps[number].inputs
    numbers = {old: new for new, old in enumerate(sorted(needed))}
    return Program(
        steps=tuple(_renumbered(program.steps[old], numbers) for old in sorted(needed)),
        kinds=tuple(program.kinds[old] for old in sorted(needed)),
        facts=program.facts,
        outputs={
            key: Output(output.kind, numbers[output.low], numbers[output.high])
            for key, output in program.outputs.items()
        },
    )


def _renumbered(step: Step, numbers: Mapping[int, int]) -> Step:
    if not step.inputs:
        return step
    inputs = tuple(numbers[part] for part in step.inputs)
    return Step(step.operation, (step.parts[0], *inputs) if step.operation == p.COMPARE else inputs)

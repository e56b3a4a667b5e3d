"""A program made shorter when some numbers are known exactly: their two bounds are one."""

from collections.abc import Collection

from ancrage.rules import program as p
from ancrage.rules.program import Output, Program, Step
from ancrage.rules.vocabulary import Kind

NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
OF_SEVERAL = (p.AND, p.OR, p.LEAST, p.GREATEST, p.LEAST_ALL, p.GREATEST_ALL)


def with_exact(program: Program, exact: Collection[str]) -> Program:
    """The same answers, for situations where each of these numeric facts has equal bounds, or none."""
    rewriting = _Rewriting(frozenset(exact))
    for step, kind in zip(program.steps, program.kinds, strict=True):
        rewriting.add(step, kind)
    moved = rewriting.moved
    outputs = {
        key: Output(output.kind, moved[output.low], moved[output.high])
        for key, output in program.outputs.items()
    }
    return Program(tuple(rewriting.steps), tuple(rewriting.kinds), program.facts, outputs)


class _Rewriting:
    """Steps kept so far; ``moved`` gives the new number of each old step."""

    def __init__(self, exact: frozenset[str]) -> None:
        self.exact = exact
        self.steps: list[Step] = []
        self.kinds: list[Kind] = []
        self.moved: list[int] = []
        self._numbers: dict[tuple[object, ...], int] = {}

    def add(self, step: Step, kind: Kind) -> None:
        """Keep a step, or find the one it is the same as."""
        self.moved.append(self._simplified(step, kind))

    def _simplified(self, step: Step, kind: Kind) -> int:
        if step.operation == p.CONSTANT:
            return self._kept(step, kind)
        if step.operation == p.FACT:
            name, side = step.parts
            return self._kept(Step(p.FACT, (name, "low")) if name in self.exact and side else step, kind)
        inputs = tuple(self.moved[number] for number in step.inputs)
        if step.operation == p.COMPARE:
            return self._kept(Step(p.COMPARE, (step.parts[0], *inputs)), kind)
        if step.operation == p.DECIDE and self._is_plain(*inputs):
            return inputs[0]
        if step.operation == p.SELECT and inputs[1] == inputs[2]:
            return inputs[1]
        if step.operation in OF_SEVERAL:
            inputs = tuple(dict.fromkeys(inputs))
            if len(inputs) == 1:
                return inputs[0]
        return self._kept(Step(step.operation, inputs), kind)

    def _kept(self, step: Step, kind: Kind) -> int:
        key = (step.operation, kind, *((type(part), part) for part in step.parts))
        if key not in self._numbers:
            self._numbers[key] = len(self.steps)
            self.steps.append(step)
            self.kinds.append(kind)
        return self._numbers[key]

    def _is_plain(self, yes: int, no: int) -> bool:
        """One comparison on exact numbers and its contrary: the first says it all."""
        one, other = self.steps[yes], self.steps[no]
        if one.operation != p.COMPARE:
            return False
        if one.parts[0] == "=":
            return other.operation == p.OR and all(self._is_apart(one, each) for each in other.inputs)
        negated = (NEGATED[one.parts[0]], *one.inputs)
        return other.operation == p.COMPARE and other.parts == negated

    def _is_apart(self, equality: Step, number: int) -> bool:
        step = self.steps[number]
        return step.operation == p.COMPARE and step.parts[0] in "<>" and step.inputs == equality.inputs

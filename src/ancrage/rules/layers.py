"""How an engine of tables works a program out: which steps become columns, and in which order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ancrage.rules import program as p
from ancrage.rules.program import Output, Program

DEEPEST_EXPRESSION = 40
"""Operations one inside the other before a step becomes a column: parsers and stacks have their limits."""


@dataclass(frozen=True, slots=True)
class Layers:
    """The steps that matter, those that become columns, and these layer by layer.

    A step used several times is a column of its own, worked out once; one used once is written inside the
    expression of its user. A layer only reads the layers before it.
    """

    wanted: Mapping[str, Output]
    needed: tuple[int, ...]
    columns: frozenset[int]
    layers: tuple[tuple[int, ...], ...]


def in_layers(program: Program, outputs: Iterable[str] | None = None) -> Layers:
    """Layers that give these outputs, or all. Raises :class:`KeyError` for one that is not."""
    wanted = {key: program.outputs[key] for key in (program.outputs if outputs is None else outputs)}
    needed = _needed(program, wanted)
    uses = Counter(number for each in needed for number in program.steps[each].inputs)
    columns: set[int] = set()
    layer: dict[int, int] = {}
    depth: dict[int, int] = {}
    for number in needed:
        step = program.steps[number]
        layer[number] = max((layer[each] + (each in columns) for each in step.inputs), default=0)
        depth[number] = 1 + max((0 if each in columns else depth[each] for each in step.inputs), default=0)
        shared = uses[number] > 1 and step.operation not in (p.CONSTANT, p.FACT)
        if shared or depth[number] > DEEPEST_EXPRESSION:
            columns.add(number)
    last = max((layer[number] for number in columns), default=-1)
    parted = [tuple(number for number in needed if number in columns and layer[number] == each)
              for each in range(last + 1)]  # fmt: skip
    return Layers(wanted, tuple(needed), frozenset(columns), tuple(part for part in parted if part))


def _needed(program: Program, wanted: Mapping[str, Output]) -> list[int]:
    seen: set[int] = set()
    waiting = [bound for output in wanted.values() for bound in (output.low, output.high)]
    while waiting:
        number = waiting.pop()
        if number not in seen:
            seen.add(number)
            waiting += program.steps[number].inputs
    return sorted(seen)

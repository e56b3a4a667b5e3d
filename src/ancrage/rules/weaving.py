"""Programs of many days from the same rules: each rule is lowered once, and found again on the next day.

From one day to the next a few rules change among a thousand. What a rule wrote is kept, step by step and in
its order: a program put together from there is, step for step, the one :func:`ancrage.rules.lowering.lower`
would have written. A test compares them.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ancrage.rules import program as p
from ancrage.rules.lowering import Lowering
from ancrage.rules.parsing import Rule
from ancrage.rules.program import Output, Program, Step
from ancrage.rules.vocabulary import Kind, Vocabulary

Numbers = dict[int, None]
MOST_SAME = 8_192


@dataclass(frozen=True, slots=True)
class _Thread:
    """What a rule wrote: its steps and facts in their order, and the steps that its output hangs on."""

    output: Output
    steps: Numbers
    facts: dict[str, None]
    needed: frozenset[int]


class Loom:
    """Rules lowered once for all the days they stand in. Several threads may share it.

    It keeps one thread a text and a value of the parameters it names: as many as the declarations tell.
    """

    def __init__(self) -> None:
        self._lowering = Lowering(Vocabulary({}))
        self._rules: dict[object, _Thread] = {}
        self._wholes: dict[tuple[int, ...], _Thread] = {}
        self._same: dict[int, tuple[Rule, _Thread]] = {}
        self._lock = threading.Lock()

    def program(
        self, rules: Mapping[str, Rule], vocabulary: Vocabulary, *, also_all_of: Mapping[str, Sequence[str]]
    ) -> Program:
        """As :func:`ancrage.rules.lowering.lower`; facts are the same each time, parameters may change."""
        with self._lock:
            threads = {
                key: self._plain(rule, vocabulary) if not rule.parameters else self._rule(rule, vocabulary)
                for key, rule in rules.items()
            }
            for key, parts in also_all_of.items():
                threads[key] = self._whole(tuple(threads[part].output.low for part in parts))
            return self._woven(threads, vocabulary)

    def _plain(self, rule: Rule, vocabulary: Vocabulary) -> _Thread:
        """A rule without parameters, found again by what it is: most are the very same from day to day."""
        known = self._same.get(id(rule))
        if known is not None and known[0] is rule:
            return known[1]
        found = self._rule(rule, vocabulary)
        if len(self._same) >= MOST_SAME:
            self._same.clear()
        self._same[id(rule)] = rule, found
        return found

    def _rule(self, rule: Rule, vocabulary: Vocabulary) -> _Thread:
        values = tuple([vocabulary.parameters[name] for name in rule.parameters])
        key = (rule.text, rule.kind, values)
        if (found := self._rules.get(key)) is None:
            lowering = self._lowering
            lowering.vocabulary, lowering.written, lowering.facts = vocabulary, {}, {}
            found = self._rules[key] = self._thread(lowering.output(rule.tree))
        return found

    def _whole(self, parts: tuple[int, ...]) -> _Thread:
        if (found := self._wholes.get(parts)) is None:
            lowering = self._lowering
            lowering.written, lowering.facts = {}, {}
            whole = lowering.step(p.AND, *parts)
            found = self._wholes[parts] = self._thread(Output(Kind.BOOLEAN, whole, whole))
        return found

    def _thread(self, output: Output) -> _Thread:
        needed: set[int] = set()
        waiting = [output.low, output.high]
        while waiting:
            number = waiting.pop()
            if number not in needed:
                needed.add(number)
                waiting += self._lowering.steps[number].inputs
        return _Thread(output, self._lowering.written, self._lowering.facts, frozenset(needed))

    def _woven(self, threads: Mapping[str, _Thread], vocabulary: Vocabulary) -> Program:
        order: Numbers = {}
        facts: dict[str, None] = {}
        once = {id(thread): thread for thread in threads.values()}  # lists publish the same by the hundred
        for thread in once.values():
            order |= thread.steps
            facts |= thread.facts
        needed = frozenset[int]().union(*(thread.needed for thread in once.values()))
        kept = [number for number in order if number in needed]
        numbers = {old: new for new, old in enumerate(kept)}
        steps, kinds = self._lowering.steps, self._lowering.kinds
        moved = {number: _moved(thread.output, numbers) for number, thread in once.items()}
        return Program(
            steps=tuple([_renumbered(steps[old], numbers) for old in kept]),
            kinds=tuple([kinds[old] for old in kept]),
            facts={name: vocabulary.symbols[name].kind for name in facts},
            outputs={key: moved[id(thread)] for key, thread in threads.items()},
        )


def _moved(output: Output, numbers: Mapping[int, int]) -> Output:
    return Output(output.kind, numbers[output.low], numbers[output.high])


def _renumbered(step: Step, numbers: Mapping[int, int]) -> Step:
    operation, parts = step.operation, step.parts
    if operation in (p.FACT, p.CONSTANT):
        return step
    if operation == p.COMPARE:
        return Step(operation, (parts[0], numbers[parts[1]], numbers[parts[2]]))
    inputs = [numbers[part] for part in parts]
    # The parts of these come in the order in which they were written, which another day may change.
    return Step(operation, tuple(sorted(inputs) if operation in (p.AND, p.OR) else inputs))

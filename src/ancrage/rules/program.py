"""A program: every rule of a catalogue as one list of small steps, each written once.

A step is a scalar that may be unknown (``None``, NULL). A number is a pair of steps, its bounds. Engines only
have to know the dozen operations below; none of them ever sees the text of a rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ancrage.rules.vocabulary import Kind

Scalar = bool | float | str | date | None

FACT = "fact"  # (name, "" | "low" | "high"): an input
CONSTANT = "constant"  # (value)
COMPARE = "compare"  # (operator, a, b): unknown if a or b is
NOT, AND, OR = "not", "and", "or"  # Kleene
ADD, SUBTRACT = "add", "subtract"  # unknown if one is
MULTIPLY, DIVIDE = "multiply", "divide"  # so too; not finite, or divided by zero, is unknown
LEAST, GREATEST = "least", "greatest"  # of those known
LEAST_ALL, GREATEST_ALL = "least_all", "greatest_all"  # unknown if one is
KNOWN = "known"  # (a): never unknown itself
SURE = "sure"  # (a): a is true; never unknown itself
DECIDE = "decide"  # (yes, no): true if yes is true, false if no is true, else unknown
SELECT = "select"  # (condition never unknown, a, b)

FURTHEST = 1e300
"""A product or quotient beyond it is unknown: infinity has no meaning in a rule."""


@dataclass(frozen=True, slots=True)
class Step:
    """One operation; ``parts`` are numbers of earlier steps, except for facts, constants and operators."""

    operation: str
    parts: tuple[Any, ...]

    @property
    def inputs(self) -> tuple[int, ...]:
        """Numbers of the steps it reads."""
        if self.operation in (FACT, CONSTANT):
            return ()
        return self.parts[1:] if self.operation == COMPARE else self.parts


@dataclass(frozen=True, slots=True)
class Output:
    """Where the value of a rule is found: one step, or the two bounds of a number."""

    kind: Kind
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Program:
    """Steps in the order they are worked out, the kinds of the facts read, and the outputs by key."""

    steps: tuple[Step, ...]
    kinds: tuple[Kind, ...]
    facts: Mapping[str, Kind]
    outputs: Mapping[str, Output]

"""The tree of a rule: a few frozen nodes, whatever SQL they were written in."""

from dataclasses import dataclass
from datetime import date
from typing import Literal as Among


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a text, a day, or TRUE and FALSE."""

    value: float | str | bool | date


@dataclass(frozen=True, slots=True)
class FactRef:
    """The value of a declared fact."""

    name: str


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """The value of a dated parameter."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """Kleene's not."""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """Kleene's and, of two or more."""

    operands: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Kleene's or, of two or more."""

    operands: tuple["Node", ...]


Operator = Among["=", "<", "<=", ">", ">="]
Operation = Among["+", "-", "*", "/"]


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison; « <> » is the Not of « = »."""

    operator: Operator
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """One of the four operations."""

    operator: Operation
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Extreme:
    """LEAST or GREATEST of one or more numbers."""

    least: bool
    operands: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Case:
    """Branches in order; ``otherwise`` is ``None`` when no ELSE was written."""

    branches: tuple[tuple["Node", "Node"], ...]
    otherwise: "Node | None"


Node = Constant | FactRef | ParameterRef | Not | And | Or | Compare | Arithmetic | Extreme | Case


def children(node: Node) -> tuple[Node, ...]:
    """Nodes right under a node, in reading order."""
    match node:
        case Not(operand):
            return (operand,)
        case And(operands) | Or(operands) | Extreme(_, operands):
            return operands
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return (left, right)
        case Case(branches, otherwise):
            flat = tuple(part for branch in branches for part in branch)
            return (*flat, otherwise) if otherwise is not None else flat
        case _:
            return ()

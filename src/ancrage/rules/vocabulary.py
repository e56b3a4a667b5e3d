"""What a rule may name: facts with their kinds, and parameters with their values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of values."""

    BOOLEAN = "booleen"
    NUMBER = "nombre"
    TEXT = "texte"
    DAY = "jour"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A fact as the language sees it. ``choices`` are the only texts it may equal, ``None`` when free."""

    name: str
    kind: Kind
    choices: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A value of a parameter for the facts it names."""

    of: tuple[tuple[str, str], ...]
    value: float


@dataclass(frozen=True, slots=True)
class Table:
    """A parameter that depends on facts: the value of the row whose facts agree; no such row is unknown."""

    rows: tuple[Row, ...]


ParameterValue = float | Table | None
"""``None``: declared, but without value on the day."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Facts and parameters by name."""

    symbols: Mapping[str, Symbol]
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)

"""Patterns: what all the lists together say of a commune, written once for all communes alike.

A pattern is a text of one line an edition: the edition, the raw statuses inherited (distinct, sorted) and
whether they are certain. France has a few thousand patterns for thirty-five thousand communes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

LINE, FIELD, JOINT = "\n", "\t", "|"


@dataclass(frozen=True, slots=True)
class Inherited:
    """Raw statuses a commune inherits from a list; ``certain`` is false when an origin was shared."""

    statuses: tuple[str, ...]
    certain: bool


Pattern = Mapping[str, str]
"""What each edition says, as written; :func:`read_inherited` reads it."""


@lru_cache(maxsize=16_384)
def parse_pattern(text: str | None) -> Pattern:
    """Cut a pattern by edition; a commune outside every list has none. France has some 4,000 of them.

    They say the same few things: each is held once for all of them.
    """
    lines = (line.partition(FIELD) for line in (text or "").split(LINE) if line)
    return {intern(edition): intern(said) for edition, _, said in lines}


@lru_cache(maxsize=4_096)
def read_inherited(said: str) -> Inherited:
    """Read what an edition says of a commune."""
    statuses, _, certain = said.rpartition(FIELD)
    return Inherited(tuple(statuses.split(JOINT)), certain == "1")

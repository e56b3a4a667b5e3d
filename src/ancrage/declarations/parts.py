"""The parts of a document: a value, and the line of each part inside."""

from typing import Any

from ancrage.declarations.faults import Fault

DEEPEST = 24
MOST_PARTS = 40_000
"""Values of a document, those that an alias repeats included, beyond which it is refused."""

Path = tuple[str | int, ...]

Inside = dict[str | int, tuple[int, "Part"]]
LEAF: Inside = {}
"""What is inside any value that is no collection: never added to."""


class Part:
    """A value, how many it is made of, and the line of each part inside."""

    __slots__ = ("inside", "repeated", "size", "value")

    def __init__(self, value: Any) -> None:
        self.value, self.size = value, 1
        self.inside: Inside = {} if isinstance(value, dict | list) else LEAF
        self.repeated: list[tuple[str, int]] = []

    def put(self, key: str | int, line: int, part: "Part") -> None:
        """Add a part under its key or rank; of a key written twice, the last value stays, as YAML has it."""
        if key in self.inside:
            self.repeated.append((str(key), line))
            line = self.inside[key][0]
        self.inside[key] = line, part
        self.size += part.size
        if isinstance(self.value, list):
            self.value.append(part.value)
        else:
            self.value[key] = part.value

    def lend(self, given: "Part") -> None:
        """Add the parts of another mapping, those already written here put aside."""
        for key, (line, part) in given.inside.items():
            if key not in self.inside:
                self.put(key, line, part)


def too_many(line: int) -> Fault:
    """What is said of a document that holds too many values."""
    return Fault(f"le fichier porte plus de {MOST_PARTS} valeurs", line, "Partagez-le en plusieurs.")

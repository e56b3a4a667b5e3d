"""What is known of a fact."""

from dataclasses import dataclass

from ancrage.facts.declaration import Origin
from ancrage.rules.values import Value


@dataclass(frozen=True, slots=True)
class Known:
    """A value (``None``: unknown), where it comes from and, in French, the detail of it."""

    value: Value
    origin: Origin
    note: str = ""

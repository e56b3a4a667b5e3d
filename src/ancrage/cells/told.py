"""What a cell says once read: a value, what was mended in it, or why it was not understood."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """The value of a cell, ``None`` when it is not known.

    ``remark``: French, without capital nor full stop: what was mended, or why nothing was understood; empty
    when there is nothing to tell, an empty cell included. ``repair``: the sentence that says what to write.
    """

    value: T | None = None
    remark: str = ""
    repair: str = ""

    @property
    def sentence(self) -> str:
        """The remark and the repair, for lists of reasons; empty when there is nothing to tell."""
        return f"{self.remark}. {self.repair}" if self.repair else self.remark

    @property
    def misread(self) -> bool:
        """Whether something was written that is not understood."""
        return self.value is None and bool(self.remark)

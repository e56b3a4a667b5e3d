"""How long operations tell a face (terminal, page) where they are, without knowing it."""

from typing import Protocol


class Progress(Protocol):
    """Receives the steps of an operation; the sizes are bytes, or pages for an API."""

    def begin(self, label: str, total: int | None) -> None:
        """A step starts; ``total`` is ``None`` when the size is not known."""

    def advance(self, amount: int) -> None:
        """So much more of the current step is done."""

    def end(self) -> None:
        """The current step is over, whatever its outcome."""


class Silent:
    """Says nothing."""

    def begin(self, label: str, total: int | None) -> None:
        """Ignore the step."""

    def advance(self, amount: int) -> None:
        """Ignore the advance."""

    def end(self) -> None:
        """Ignore the end."""

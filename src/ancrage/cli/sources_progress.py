"""The progress bar of ``ancrage sources sync``, on the error output so that answers stay clean."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn


class TerminalProgress:
    """Shows the step under way; implements :class:`ancrage.sources.progress.Progress`."""

    def __init__(self, bars: Progress) -> None:
        self.bars = bars
        self.task: TaskID | None = None

    def begin(self, label: str, total: int | None) -> None:
        """Show a bar, moving without an end when the size is unknown."""
        self.end()
        self.task = self.bars.add_task(label, total=total)

    def advance(self, amount: int) -> None:
        """Move the bar."""
        if self.task is not None:
            self.bars.advance(self.task, amount)

    def end(self) -> None:
        """Remove the bar: the outcome is told by the command."""
        if self.task is not None:
            self.bars.remove_task(self.task)
            self.task = None


@contextmanager
def terminal_progress() -> Iterator[TerminalProgress]:
    """Progress shown on the error output while the block runs; nothing when it is not a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        yield TerminalProgress(bars)

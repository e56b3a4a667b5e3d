"""The progress of a build: on a terminal, a bar and what remains; elsewhere, one line a step."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, Task, TextColumn

from ancrage.cli.interruption import heed
from ancrage.edition.pace import Pace
from ancrage.language.numbers import count as counted

MINUTE = 60


def remaining(seconds: float) -> str:
    """What remains, no more exactly than one can know it: « environ 3 minutes »."""
    if seconds < MINUTE:
        return "moins d'une minute"
    return f"environ {counted(round(seconds / MINUTE), 'minute')}"


class BuildBar(Progress):
    """A bar that follows the pace of a build at each refresh, in the middle of a step too."""

    pace: Pace | None = None

    def get_renderables(self) -> Iterator[object]:  # type: ignore[override]
        """Set the bar before it is drawn."""
        for task in self.tasks:
            _set(task, self.pace)
        yield self.make_tasks_table(self.tasks)


def _set(task: Task, pace: Pace | None) -> None:
    if pace is not None:
        task.completed = max(task.completed, pace.done())
        task.fields["remaining"] = remaining(pace.remaining())


class BuildProgress:
    """Told each step of a build with its pace (see :func:`ancrage.edition.build.build`)."""

    def __init__(self, bar: BuildBar) -> None:
        self.bar, self.task = bar, bar.add_task("", total=1.0, remaining="")

    def __call__(self, step: str, pace: Pace | None = None) -> None:
        """Who asks to stop is heard at each step, and in the middle of one."""
        heed()
        self.bar.pace = pace
        self.bar.update(self.task, description=step)
        if self.bar.disable:
            told_step(step)


def told_step(step: str) -> None:
    """One line for a step. Whoever stops reading them does not stop the build; who asks to stop does."""
    heed()
    with suppress(BrokenPipeError):
        typer.echo(f"  · {step}", err=True)


@contextmanager
def build_progress(console: Console | None = None) -> Iterator[BuildProgress]:
    """Progress of the build run inside."""
    console = console or Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:.0f} %"),
        TextColumn("{task.fields[remaining]}"),
    )
    with BuildBar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield BuildProgress(bar)

"""Commands of the cases: list those of territories alike, show one."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

import typer

from ancrage.cli.asking import command_asking
from ancrage.cli.atelier import workspace

app = typer.Typer(no_args_is_help=True)


def _of_workspace(command: Callable[..., None]) -> Callable[..., None]:
    """The same command, the base where ateliers publish being open."""

    @wraps(command)
    def opened(**given: Any) -> None:
        with workspace():
            command(**given)

    opened.__signature__ = inspect.signature(command)  # type: ignore[attr-defined]  # what Typer reads
    return opened


app.command("lister")(_of_workspace(command_asking("cas")))
app.command("leviers")(_of_workspace(command_asking("cas_leviers")))
app.command("montrer")(_of_workspace(command_asking("un_cas")))

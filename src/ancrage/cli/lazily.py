"""Commands that are loaded when they are typed: the help of all names each in one line, and loads none."""

import gc
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ancrage.cli.french import speak_french

Commands = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Late:
    """Where a command is (``module:attribute``; a function, or a Typer application for a group), and its line
    in the help.

    The line of a function is that of its docstring, which a test holds it to. ``brief``: it answers in about
    a second, whatever the edition, and leaves nothing to end behind it (see :mod:`ancrage.cli.process`).
    """

    path: str
    help: str
    brief: bool = False

    def load(self, name: str) -> Any:
        """The command, ready to be asked."""
        if not self.brief:
            gc.enable()
        module, _, attribute = self.path.partition(":")
        found = getattr(import_module(module), attribute)
        alone = typer.Typer(rich_markup_mode=None)
        if isinstance(found, typer.Typer):
            alone.add_typer(found, name=name, help=self.help)
        else:
            alone.command(name)(found)
        command = typer.main.get_group(alone).commands[name]
        speak_french(command)
        return command


class LateCommands(Commands):
    """Commands by name, each loaded once, when it is asked."""

    def __init__(self, declared: Mapping[str, Late]) -> None:
        self.declared = declared
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            self._loaded[name] = self.declared[name].load(name)
        return self._loaded[name]

    def __setitem__(self, name: str, command: Any) -> None:
        raise TypeError(f"{name}: a command is declared, never added")

    def __delitem__(self, name: str) -> None:
        raise TypeError(f"{name}: a command is declared, never removed")

    def __iter__(self) -> Iterator[str]:
        return iter(self.declared)

    def __len__(self) -> int:
        return len(self.declared)


def lazily(declared: Mapping[str, Late]) -> type[TyperGroup]:
    """The class of a group that holds these commands."""

    class Lazy(TyperGroup):
        def __init__(self, **settings: Any) -> None:
            super().__init__(**{**settings, "commands": LateCommands(declared)})

        def format_commands(self, ctx: Any, formatter: Any) -> None:
            lines = [TyperCommand(name=name, help=late.help) for name, late in declared.items()]
            TyperGroup(commands=lines).format_commands(ctx, formatter)

    return Lazy

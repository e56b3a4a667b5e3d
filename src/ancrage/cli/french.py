"""The option parser in French: the words of its help, and its refusals of a badly written command.

Typer asks gettext for some of its words: they are given here as translations. The others are set where they
are kept (types of values, help option, formatter), before a page is laid out: its columns stay aligned.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from gettext import NullTranslations
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

from typer import core

MESSAGES: Mapping[str, str] = {
    "Arguments": "Arguments",
    "Options": "Options",
    "Commands": "Commandes",
    "required": "obligatoire",
    "default: {default}": "par défaut : {default}",
    "env var: {var}": "variable d'environnement : {var}",
    "(dynamic)": "(calculé)",
    "Missing command.": "il manque une commande.",
    "No such command {name!r}.": "la commande « {name} » n'existe pas.",
    "Aborted!": "Interrompu.",
}
"""Every message that Typer gives to gettext."""
NO_COMMAND = re.compile("la commande « (.+) » n'existe pas.")
USAGE = "Utilisation : "
HELP = "Affiche cette aide et s'arrête."
COMMANDS = "COMMANDE [ARGUMENTS]..."
TYPES: Mapping[Any, str] = {
    str: "texte",
    int: "entier",
    float: "nombre",
    Path: "fichier",
    UUID: "texte",
}
EXTRA = "Got unexpected extra argument(s) ("
NO_VALUE = "does not take a value."

_PARENT: Any = core.TyperCommand.context_class


class FrenchMessages(NullTranslations):
    """The translations, as gettext holds them."""

    def gettext(self, message: str) -> str:
        """The message in French; one that is not known is given as it is."""
        return MESSAGES.get(message, message)


class FrenchFormatter(_PARENT.formatter_class):  # type: ignore[misc]
    """Lays out a page of help: a space before each colon."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line."""
        super().write_usage(prog, args, USAGE if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """The title of a list."""
        self.write(f"{'':>{self.current_indent}}{heading} :\n")


class FrenchContext(_PARENT):  # type: ignore[misc]
    """What a command is run in."""

    formatter_class = FrenchFormatter


def speak_french(command: Any) -> None:
    """Make a command and all those already loaded under it give their help in French."""
    vars(core)["_"] = FrenchMessages().gettext  # the name under which Typer holds gettext
    for each in _all(command):
        each.context_class = FrenchContext
        each.get_help_option = partial(_help_option, each.get_help_option)
        for parameter in each.params:
            parameter.display_type = partial(_type, parameter)
        if hasattr(each, "subcommand_metavar"):
            each.subcommand_metavar, each.suggest_commands = COMMANDS, False


def _all(command: Any) -> Iterator[Any]:
    yield command
    under = getattr(command, "commands", {})
    for each in under.values() if isinstance(under, dict) else ():
        yield from _all(each)


def _help_option(original: Any, context: Any) -> Any:
    option = original(context)
    if option is not None:
        option.help = HELP
    return option


def _type(parameter: Any, _context: Any) -> str:
    """What a value is, between angle brackets: its possible values, or its kind."""
    described = parameter.type_descriptor
    if described.choices is not None:
        return f"<{'|'.join(_choices(described))}>"
    if described.is_list:
        return f"<{TYPES[get_args(described.annotation)[0]]}s>"
    return f"<{TYPES[described.annotation]}>"


def _choices(described: Any) -> tuple[str, ...]:
    return tuple(str(getattr(one, "value", one)) for one in described.choices)


def _near(typed: str, error: Any) -> str:
    """The commands that look like what was typed, « diagnostic ou diagnostiquer »; empty when none does."""
    context = error.ctx
    known = context.command.list_commands(context) if context else ()
    return " ou ".join(get_close_matches(typed, known, n=2))


def french_refusal(error: Any) -> str:
    """A refusal of the option parser, in French: what is wrong, and with which option."""
    refusals = vars(core)["_click"].exceptions
    match error:
        case refusals.NoSuchOption():
            near = " ou ".join(sorted(error.possibilities or ()))
            asked = f" ; vouliez-vous dire {near} ?" if near else "."
            return f"l'option {error.option_name} n'existe pas{asked}"
        case refusals.MissingParameter():
            kind = {"argument": "l'argument", "option": "l'option"}[error.param.param_type_name]
            return f"il manque {kind} {_name(error.param)}."
        case refusals.BadParameter():
            named = f"{_name(error.param)} : " if error.param is not None else ""
            return f"{named}{_reproach(error)}".rstrip(".") + "."
        case refusals.BadOptionUsage():
            wants = "n'attend pas" if error.message.endswith(NO_VALUE) else "attend"
            return f"l'option {error.option_name} {wants} {'de' if wants != 'attend' else 'une'} valeur."
        case _:
            told = str(error.message)
            if (missing := NO_COMMAND.fullmatch(told)) and (near := _near(missing[1], error)):
                return f"{told.removesuffix('.')} ; vouliez-vous dire {near} ?"
            return f"de trop : {told.removeprefix(EXTRA)[:-1]}." if told.startswith(EXTRA) else told


def _name(parameter: Any) -> str:
    """A parameter as people type it."""
    return " / ".join(parameter.opts) if parameter.param_type_name == "option" else parameter.display_name_raw


def _reproach(error: Any) -> str:
    """What is said of a value: the words of every face, or those of the command that refused it."""
    from pydantic import ValidationError

    from ancrage.questions.refusals import french

    if not isinstance(error.__cause__, ValidationError):
        return str(error.message)
    fault = error.__cause__.errors()[0]
    described = error.param.type_descriptor
    if described.choices is not None:
        expected = ", ".join(_choices(described))
        return f"« {fault['input']} » : {french({'type': 'enum', 'ctx': {'expected': expected}})}"
    return f"« {fault['input']} » : {french(fault)}"

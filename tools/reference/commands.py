"""Page of the command line, from the Typer application itself."""

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import typer

from ancrage.cli.main import app

from .markdown import code, page, table

TYPES = {str: "texte", int: "entier", float: "nombre", bool: "oui ou non", Path: "chemin"}


def commands_page() -> str:
    """One section a command, hidden ones left out."""
    found = list(_walk("ancrage", typer.main.get_command(app)))
    return page(
        "Commandes",
        "Chaque commande dit son mode d'emploi avec `--help`. Le jour demandé est aujourd'hui, sauf `--on`.",
        [_summary(found), *(_section(path, command) for path, command in found)],
    )


def _walk(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    inside = getattr(command, "commands", None)
    if inside is None or command.invoke_without_command:
        yield path, command
    if inside is None:
        return
    for name, one in inside.items():
        if not one.hidden:
            yield from _walk(f"{path} {name}", one)


def _summary(found: list[tuple[str, Any]]) -> str:
    rows = [(f"[`{path}`](#{path.replace(' ', '-')})", _help(command)) for path, command in found]
    return table(("commande", "ce qu'elle fait"), rows)


def _section(path: str, command: Any) -> str:
    rows = [
        (_name(one), one.help or "", _values(one), _default(one)) for one in command.params if not one.hidden
    ]
    words = [f"## {path}", _help(command), code(" ".join((path, *_usage(command))))]
    return "\n\n".join([*words, *([table(("", "sens", "valeurs", "par défaut"), rows)] if rows else [])])


def _help(command: Any) -> str:
    return " ".join((command.help or "").split())


def _is_option(one: Any) -> bool:
    return any(name.startswith("-") for name in one.opts)


def _usage(command: Any) -> Iterator[str]:
    for one in command.params:
        if not _is_option(one):
            name = (one.metavar or one.name).strip("[].").upper()
            name += "…" if one.nargs == -1 or one.multiple else ""
            yield name if one.required else f"[{name}]"
    yield "[options]"


def _name(one: Any) -> str:
    if _is_option(one):
        return ", ".join(code(name) for name in one.opts)
    return code((one.metavar or one.name).strip("[].").upper())


def _values(one: Any) -> str:
    if getattr(one, "is_flag", False):
        return ""
    kind = one.type_descriptor.annotation
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(code(str(member.value)) for member in kind)
    return one.metavar if _is_option(one) and one.metavar else TYPES.get(kind, "texte")


def _default(one: Any) -> str:
    if one.default is None or isinstance(one.default, bool):
        return "obligatoire" if one.required else ""
    return code(str(one.default.value if isinstance(one.default, Enum) else one.default))

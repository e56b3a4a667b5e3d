"""The option parser in French: every word of its help and of its refusals, in columns that stay aligned."""

import ast
import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer import core

from ancrage.cli.french import MESSAGES, french_refusal, speak_french
from ancrage.cli.main import app

ENGLISH = re.compile(
    r"\b(usage|arguments?:|options?:|commands?:|command|args|show this|default|required|env var|str|int"
    r"|float|path|missing|invalid|unexpected|extra|value|input|should|such)\b",
    re.IGNORECASE,
)
OWN = re.compile(r"\b[A-Z_]+\b|--\S+|^  [a-z]+ |<[^>]*>")
"""Names given to values and options: they are not words of the parser."""


def every_command() -> Iterator[tuple[str, Any]]:
    """The commands and their words, groups included, each loaded as when it is typed."""
    root: Any = typer.main.get_command(app)
    speak_french(root)
    waiting = [("ancrage", root)]
    while waiting:
        name, command = waiting.pop()
        yield name, command
        under = getattr(command, "commands", {})
        waiting += [(f"{name} {each}", under[each]) for each in under]


COMMANDS = dict(every_command())


def page_of(name: str, width: int = 80) -> str:
    command = COMMANDS[name]
    with command.context_class(command, info_name=name, terminal_width=width) as context:
        return command.get_help(context)


def test_every_message_that_typer_translates_has_its_french():
    calls = [node for node in ast.walk(ast.parse(inspect.getsource(core))) if isinstance(node, ast.Call)]
    asked = {ast.literal_eval(call.args[0]) for call in calls if ast.unparse(call.func) == "_"}
    assert asked
    assert asked <= MESSAGES.keys()


def test_there_are_as_many_commands_as_the_documentation_tells():
    assert len(COMMANDS) > 40


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_of_help_has_no_english_word(name):
    page = page_of(name)
    assert page.startswith(f"Utilisation : {name}")
    assert "Affiche cette aide et s'arrête." in page
    kinds = set(re.findall(r"<([a-z]+)>", page))
    assert kinds <= {"texte", "textes", "entier", "entiers", "nombre", "fichier", "fichiers"} | choices(name)
    bare = OWN.sub("", page.partition("\n")[2])
    assert not ENGLISH.findall(bare), ENGLISH.findall(bare)


def choices(name: str) -> set[str]:
    described = [parameter.type_descriptor for parameter in COMMANDS[name].params]
    found = [one.choices for one in described if one.choices is not None and len(one.choices) == 1]
    return {str(getattr(only, "value", only)) for (only,) in found}


ROW = re.compile(r"^  (\S.*?)  +(\S.*)$")
INDENTED = re.compile(r"^ {4,}(\S.*)$")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_columns_of_a_page_are_aligned(name):
    sections = re.split(r"^(?:Arguments|Options|Commandes) :$", page_of(name), flags=re.MULTILINE)[1:]
    assert sections
    for section in sections:
        begins = {found.start(2) for line in section.splitlines() if (found := ROW.match(line))}
        begins |= {found.start(1) for line in section.splitlines() if (found := INDENTED.match(line))}
        assert len(begins) <= 1, section


REFUSED = [
    (["nimporte"], "la commande « nimporte » n'existe pas."),
    (["diagnostc"], "la commande « diagnostc » n'existe pas ; vouliez-vous dire diagnostic ?"),
    (["zonage", "--adresse", ""], "--adresse : il est obligatoire."),
    (["zonage", "--point", ""], "--point : il est obligatoire."),
    (["zonage", "zrr", "--territoire", " "], "--territoire : il est obligatoire."),
    (["zonage"], "ID : il est obligatoire."),
    (["zonage", "zrr", "--zzz"], "l'option --zzz n'existe pas."),
    (["zonage", "zrr", "--forma", "csv"], "l'option --forma n'existe pas ; vouliez-vous dire --format ?"),
    (["territoire", "chercher"], "il manque l'argument TEXTE."),
    (["territoire", "chercher", "x", "--limite", "0"], "--limite : « 0 » : il doit être au moins 1."),
    (["territoire", "chercher", "x", "--limite", "y"], "--limite : « y » : un nombre entier est attendu."),
    (["sources", "sync", "--delai", "y"], "--delai : « y » : un nombre est attendu."),
    (["sources", "sync", "--format", "zz"], "--format : « zz » : valeurs possibles : terminal, json."),
    (["sources", "list", "a", "b"], "de trop : a b."),
    (["sources", "sync", "--mirror"], "l'option --mirror attend une valeur."),
    (["entrepot", "etat", "--help=3"], "l'option --help n'attend pas de valeur."),
    (["--version=3"], "l'option --version n'attend pas de valeur."),
]


@pytest.mark.parametrize(("typed", "told"), REFUSED, ids=[" ".join(case[0]) for case in REFUSED])
def test_a_badly_written_command_is_refused_in_french(typed, told):
    root: Any = typer.main.get_command(app)
    speak_french(root)
    with pytest.raises(Exception) as refused:  # noqa: PT011 the parser's own classes are private
        root.main(typed, prog_name="ancrage", standalone_mode=False)
    assert french_refusal(refused.value) == told

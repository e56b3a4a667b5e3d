"""The words of the option parser, in French: headings of the help, refusals of a badly written command."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

HELP = (
    (r"^Usage: ", "Utilisation : "),
    (r"^Options:$", "Options :"),
    (r"^Arguments:$", "Arguments :"),
    (r"^Commands:$", "Commandes :"),
    (r"Show this message and\s+exit\.", "Affiche cette aide et s'arrête."),
    (r"\[default:(\s)", r"[par défaut :\1"),
    (r"\[required\]", "[obligatoire]"),
    (r"\bCOMMAND \[ARGS\]", "COMMANDE [ARGUMENTS]"),
    (r"<list\[str\]>", "<textes>"),
    (r"<list\[Path\]>", "<fichiers>"),
    (r"<str>", "<texte>"),
    (r"<path>", "<fichier>"),
    (r"<(?:int|integer)(?: range)?>", "<entier>"),
    (r"<float(?: range)?>", "<nombre>"),
)
REFUSALS = (
    (r"No such option: (.+?)(?: \(?[Dd]id you mean.*)?$", r"l'option {0} n'existe pas."),
    (r"No such command '(.+?)'\.?.*", r"la commande « {0} » n'existe pas."),
    (r"Missing argument '(.+?)'.*", r"il manque l'argument {0}."),
    (r"Missing option '(.+?)'.*", r"il manque l'option {0}."),
    (r"Missing command\.", r"il manque une commande."),
    (r"Got unexpected extra argument(?:\(s\)|s)? \((.+)\)", r"de trop : {0}."),
    (r"Option '(.+?)' requires an? argument.*", r"l'option {0} attend une valeur."),
    (r"Option '(.+?)' does not take a value.*", r"l'option {0} n'attend pas de valeur."),
    (
        r"Invalid value for '(.+?)': .*?'(.*)' is not one of (.+)\.",
        r"« {1} » ne convient pas à {0} ; valeurs possibles : {2}.",
    ),
    (r"Invalid value for '(.+?)': Input should be a valid integer.*", r"{0} attend un nombre entier."),
    (r"Invalid value for '(.+?)': Input should be a valid number.*", r"{0} attend un nombre."),
    (
        r"Invalid value for '(.+?)': Input should be greater than or equal to (.+)",
        r"{0} doit être au moins {1}.",
    ),
    (r"Invalid value for '(.+?)': Input should be less than or equal to (.+)", r"{0} doit être au plus {1}."),
    (r"Invalid value for '(.+?)': (le format .+)", r"{1}."),
    (r"Invalid value for '(.+?)': (.+)", r"la valeur de {0} ne convient pas ({1})."),
    (r"Invalid value: (.+)", r"{0}."),
)


def french_help(text: str) -> str:
    """Headings and fixed words of a help page, in French."""
    for pattern, french in HELP:
        text = re.sub(pattern, french, text, flags=re.MULTILINE)
    return text


def french_refusal(message: str) -> str:
    """A refusal of the option parser, in French; one that is not known is given as it is."""
    for pattern, french in REFUSALS:
        if found := re.fullmatch(pattern, message, flags=re.DOTALL):
            return french.format(*(group.rstrip(".") for group in found.groups()))
    return message


def speak_french(command: Any) -> None:
    """Make a command and all those already loaded under it give their help in French."""
    for each in _all(command):
        each.get_help = partial(_help_of, each.get_help)


def _help_of(original: Any, context: Any) -> str:
    return french_help(original(context))


def _all(command: Any) -> Iterator[Any]:
    yield command
    under = getattr(command, "commands", {})
    for each in under.values() if isinstance(under, dict) else ():
        yield from _all(each)

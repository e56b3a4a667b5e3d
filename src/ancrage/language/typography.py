"""Signs and spaces that French typography wants, and the words it begins sentences with."""

import re

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"


_STRAIGHT = re.compile(r"(?<=\w)'(?=\w|«)")


def curled(text: str) -> str:
    """Text with the apostrophes that French prints, wherever its words come from.

    >>> curled("L'aide d'« ici », 5' et 'demain'")
    "L’aide d’« ici », 5' et 'demain'"
    """
    return _STRAIGHT.sub("’", text)


def unbroken_quotes(text: str) -> str:
    """Text whose « quotes » keep to the words they hold."""
    return text.replace("« ", f"«{NO_BREAK_SPACE}").replace(" »", f"{NO_BREAK_SPACE}»")


def unbroken_signs(text: str) -> str:
    """Text whose question marks, colons and the like never begin a line."""
    return re.sub(r" (?=[?!;:])", NO_BREAK_SPACE, text)


def ended(text: str) -> str:
    """The same words with their full stop, unless a sign ends them already."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def capitalised(text: str) -> str:
    """The text, its first letter a capital; the others as they are."""
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """The text, its first letter small; the others as they are."""
    return text[:1].lower() + text[1:]

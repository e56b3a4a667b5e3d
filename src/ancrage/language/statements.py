"""A closed question said as a statement: « La commune est-elle rurale ? » gives « la commune est rurale »."""

import re

from ancrage.language.phrases import elides
from ancrage.language.typography import uncapitalised

_INVERTED = re.compile(r"(?P<verb>\b(?:se |s['’])?\w+)-(?:t-)?(?:ils?|elles?|on)\b", re.IGNORECASE)
_ADDRESSED = re.compile(r"^(?P<verb>\w+)-vous\b")
_THIS = re.compile(r"^Est-ce\b")
_SEVERAL = re.compile(r"^(?:Une?|Des) |, et ")
"""What « ne … pas » would not deny as a whole: « un organisme n’est pas » leaves room for another."""
_CHANGED = frozenset({"doit", "doivent"})
"""Verbs that « ne … pas » turns into something else than « non »: « ne doit pas » forbids."""


def affirmed(question: str) -> str:
    """The statement that « oui » makes, without its full stop; empty when the question is not closed."""
    told = _asked(question)
    if _THIS.match(told):
        return _THIS.sub("c’est", told)
    if found := _ADDRESSED.match(told):
        return f"vous {uncapitalised(found['verb'])}{told[found.end() :]}"
    plain = _INVERTED.sub(lambda found: found["verb"], told)
    return uncapitalised(plain) if plain != told else ""


def denied(question: str) -> str:
    """The statement that « non » makes; empty when the question says several things, or is not closed."""
    told = _asked(question)
    if _THIS.match(told):
        return _THIS.sub("ce n’est pas", told)
    if found := _ADDRESSED.match(told):
        return f"vous {_negative(uncapitalised(found['verb']))}{told[found.end() :]}"
    verbs = _INVERTED.findall(told)
    if len(verbs) != 1 or _SEVERAL.search(told) or verbs[0] in _CHANGED:
        return ""
    return uncapitalised(_INVERTED.sub(lambda found: _negative(found["verb"]), told))


def _negative(verb: str) -> str:
    return f"n’{verb} pas" if elides(verb) else f"ne {verb} pas"


def _asked(question: str) -> str:
    return question.strip().rstrip("?").rstrip()

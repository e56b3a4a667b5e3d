"""What a visitor typed on a page that could not answer: asked again there, each field under its own words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest

from ancrage.questions.fields import Asked
from ancrage.questions.registry import QUESTIONS, question_named

MOST = 12
"""Fields asked again at most: a longer address was not typed."""
LONGEST = 200
BY_THE_SITE = {"valeur": "Valeur supposée"}
"""Words of fields that a form of the site has and no question: it puts them together before asking."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A field as it was typed; without a label it goes along unseen. ``wrong``: the one that is refused."""

    name: str
    label: str
    value: str
    place: bool
    wrong: bool


def typed_again(request: HttpRequest, message: str) -> tuple[Typed, ...]:
    """The fields of the address, to be corrected; none when nothing that has words was typed."""
    pairs = [(name, value) for name, values in request.GET.lists() for value in values]
    if request.method != "GET" or len(pairs) > MOST or any(len(value) > LONGEST for _, value in pairs):
        return ()
    told = tuple(_typed(name, value, message) for name, value in pairs if name != "format")
    return told if any(one.label for one in told) else ()


def _typed(name: str, value: str, message: str) -> Typed:
    asked = _words().get(name)
    wrong = bool(value.strip()) and bool(re.search(rf"(?<!\w){re.escape(value.strip())}(?!\w)", message))
    label = asked.label if asked else BY_THE_SITE.get(name, "")
    return Typed(name, label, value, bool(asked and asked.place), wrong)


@cache
def _words() -> Mapping[str, Asked]:
    """The words of every name an address may use, as the first question that has it says them."""
    found: dict[str, Asked] = {}
    for question in QUESTIONS:
        for _, asked in question_named(question).asked():
            for name in asked.names:
                found.setdefault(name, asked)
    return found

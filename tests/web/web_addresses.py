"""Every address of the site and of the API, from the URLconf, and the names that each reads in a query."""

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

import ancrage.api.openapi
from ancrage.questions.registry import QUESTIONS, question_named

PART = re.compile(r"<(?:(\w+):)?(\w+)>")
VALUES = {
    "code": "23077",
    "identifier": "ambiance_bois",
    "siret": "99900014400017",
    "siren": "217500016",
    "shape": "json",
    "page": "glossaire",
}
BY_KIND = {"uuid": "00000000-0000-0000-0000-000000000000", "int": "4"}
READ = re.compile(r"""\bget(?:list)?\(\s*"(\w+)\"""")
WORD = re.compile(r'"(\w+)"')


@dataclass(frozen=True)
class Address:
    """An address with the parts that vary, and the view behind it."""

    pattern: str
    view: Callable[..., Any]

    def filled(self, value: Callable[[str, str], str]) -> str:
        """The address, each part that varies told by its converter and its name."""
        return PART.sub(lambda part: value(part[1] or "str", part[2]), self.pattern)

    @property
    def plain(self) -> str:
        """The address with values that exist."""
        return self.filled(lambda kind, name: BY_KIND.get(kind) or VALUES.get(name, "x"))

    @property
    def names(self) -> tuple[str, ...]:
        """Names that it may read in a query: those its module reads, the fields of the questions it asks."""
        if self.pattern.startswith("/api/"):
            return _of_the_api(self.pattern)
        source = inspect.getsource(sys.modules[inspect.unwrap(self.view).__module__])
        asked = {name for word in WORD.findall(source) if word in QUESTIONS for name in fields(word)}
        return tuple(sorted({*READ.findall(source), *asked, "le", "format"}))


@cache
def fields(question: str) -> tuple[str, ...]:
    """Every name that the fields of a question have in an address."""
    return tuple(name for _, asked in question_named(question).asked() for name in asked.names)


def _of_the_api(pattern: str) -> tuple[str, ...]:
    told = ancrage.api.openapi.openapi()["paths"].get(PART.sub(r"{\2}", pattern), {})
    named = {one["name"] for method in told.values() for one in method["parameters"] if one["in"] == "query"}
    return tuple(sorted({*named, "le"}))


def addresses() -> list[Address]:
    """Those of the URLconf that lead somewhere: two of the API refuse whatever has no address."""
    return [one for one in _below(get_resolver()) if one.pattern != "/api/v1/" and one.pattern[:2] != "/^"]


def _below(resolver: URLResolver, before: str = "/") -> Iterator[Address]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _below(one, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield Address(before + str(one.pattern), one.callback)

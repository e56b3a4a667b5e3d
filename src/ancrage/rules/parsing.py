"""From the text of a rule to its tree: sqlglot reads the SQL, a small grammar says what is allowed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ancrage.errors import RuleError
from ancrage.rules import tree
from ancrage.rules.grammar import Reader
from ancrage.rules.kinds import Checker
from ancrage.rules.limits import refused, tokens
from ancrage.rules.vocabulary import Kind, Table, Vocabulary

READ = 4096
"""Texts whose reading is kept: the whole catalogue has fewer."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A checked rule. ``facts`` and ``parameters`` are in reading order, each once.

    ``facts`` holds those the rule names and those its parameters depend on.
    """

    text: str
    tree: tree.Node
    kind: Kind
    facts: tuple[str, ...]
    parameters: tuple[str, ...]


def parse_rule(text: str, vocabulary: Vocabulary, *, expects: Kind = Kind.BOOLEAN) -> Rule:
    """Read a rule: a condition, unless a number is expected.

    Raises :class:`ancrage.errors.RuleError`, with line, column and a suggestion.
    """
    try:
        node, places = _read(text)
        kind = Checker(text, vocabulary, places).kind(node)
    except RecursionError as error:
        raise refused(text, 0, "la règle est trop emboîtée", "découpez-la en conditions") from error
    if kind is not expects:
        raise refused(
            text, 0, f"la règle donne un {kind.value}, un {expects.value} était attendu", HINTS[expects]
        )
    return _described(text, node, kind, vocabulary)


@lru_cache(maxsize=READ)
def _read(text: str) -> tuple[tree.Node, Mapping[int, int]]:
    """The tree of a text, and where each node begins: a rule stands in many days and names no value."""
    tokens(text)
    reader = Reader(text)
    return reader.read(), reader.places


HINTS = {
    Kind.BOOLEAN: "une condition compare, par exemple : effectif <= 10",
    Kind.NUMBER: "un montant est un nombre, par exemple : 1500 * effectif",
    Kind.TEXT: "",
    Kind.DAY: "",
}


def _described(text: str, node: tree.Node, kind: Kind, vocabulary: Vocabulary) -> Rule:
    facts: dict[str, None] = {}
    parameters: dict[str, None] = {}
    for each in walk(node):
        if isinstance(each, tree.FactRef):
            facts[each.name] = None
        elif isinstance(each, tree.ParameterRef):
            parameters[each.name] = None
            value = vocabulary.parameters[each.name]
            if isinstance(value, Table):
                facts |= dict.fromkeys(fact for row in value.rows for fact, _ in row.of)
    return Rule(text, node, kind, tuple(facts), tuple(parameters))


def walk(node: tree.Node) -> Iterator[tree.Node]:
    """A node and all those under it, in reading order."""
    yield node
    for child in tree.children(node):
        yield from walk(child)


__all__ = ["Rule", "RuleError", "parse_rule", "walk"]

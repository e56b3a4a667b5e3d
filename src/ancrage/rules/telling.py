"""A rule told in French sentences, from its tree: what it asks of whom, case by case, nothing of its text.

The only telling there is: the page of an aid, the terminal and the JSON show what :func:`told_condition` and
:func:`told_number` give. A rule that combines several conditions has a heading sentence and its parts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ancrage.language.days import day
from ancrage.language.genders import is_plural, of_the, the
from ancrage.language.phrases import listed
from ancrage.language.typography import capitalised
from ancrage.rules import tree
from ancrage.rules.vocabulary import Row, Table
from ancrage.rules.wording import RANKED, Words, measured

ALL = "Toutes ces conditions sont remplies"
ANY = "L’une au moins de ces conditions est remplie"
BY_CASE = "Selon le cas, le premier qui convient"
ALWAYS, NEVER = "rien de plus n’est demandé", "elle n’est jamais remplie"
MET, UNMET = "la condition est remplie", "la condition n’est pas remplie"
UNTOLD = "aucun texte lu ne le dit : à demander au guichet"
BOUNDS = {"<": "de moins de", "<=": "d’au plus", ">": "de plus de", ">=": "d’au moins", "=": "de"}
BESIDE = {
    "<": ("reste sous", "restent sous"),
    "<=": ("ne dépasse pas", "ne dépassent pas"),
    ">": ("dépasse", "dépassent"),
    ">=": ("atteint ou dépasse", "atteignent ou dépassent"),
    "=": ("égale", "égalent"),
}
"""Of a number beside another: what one does, what several do."""
RANKS = {"<": "avant", "<=": "au plus", ">": "après", ">=": "au moins", "=": ""}
DAYS = {
    "<": "avant le",
    "<=": "au plus tard le",
    ">": "après le",
    ">=": "au plus tôt le",
    "=": "le",
}
MIRRORED: dict[tree.Operator, tree.Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
OPPOSITE: dict[tree.Operator, tree.Operator] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
OPERATIONS = {
    "+": "La somme de ces deux nombres",
    "-": "Le premier de ces nombres, moins le second",
    "*": "Le produit de ces deux nombres",
    "/": "Le premier de ces nombres, divisé par le second",
}


STRAIGHT, TYPOGRAPHIC = "'", "’"
_APPOSED = re.compile(r", (?:(?! ou | et )[^,]){1,15}$")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and the sentences under it; ``parts`` is empty for one that says it all."""

    sentence: str
    parts: tuple["Told", ...] = ()

    @property
    def written(self) -> str:
        """The sentence as it is shown."""
        end = " :" if self.parts else "."
        return f"{capitalised(self.sentence).replace(STRAIGHT, TYPOGRAPHIC)}{end}"

    def lines(self, depth: int = 0) -> tuple[tuple[int, str], ...]:
        """Every sentence in reading order, with how deep it stands."""
        return ((depth, self.written), *(line for part in self.parts for line in part.lines(depth + 1)))

    def as_json(self) -> list[dict[str, Any]]:
        """Its lines, under keys other tools rely on."""
        return [{"depth": depth, "sentence": sentence} for depth, sentence in self.lines()]


def told_condition(node: tree.Node, words: Words) -> Told:
    """A condition in sentences."""
    return _Teller(words).condition(node)


def told_number(node: tree.Node, words: Words, unit: str) -> Told:
    """An amount in sentences; ``unit`` is that of the numbers it writes itself."""
    return _Teller(words, unit).number(node)


class _Teller:
    """Tells the nodes of one rule."""

    def __init__(self, words: Words, unit: str = "") -> None:
        self.words = words
        self.unit = unit

    def condition(self, node: tree.Node) -> Told:
        node = _without_not(node)
        if (flat := self._flat(node)) is not None:
            return Told(flat)
        match node:
            case tree.And(operands):
                return Told(ALL, tuple(map(self.condition, operands)))
            case tree.Or(operands):
                return Told(ANY, tuple(map(self.condition, operands)))
            case tree.Case():
                return self._cases(node)
        return Told(f"l’inverse de ceci : {self._inline(node)}")

    def _flat(self, node: tree.Node) -> str | None:
        """The one sentence of a condition that needs no parts."""
        match node:
            case tree.Constant(value):
                return ALWAYS if value else NEVER
            case tree.FactRef(name):
                return self.words.facts[name].holds
            case tree.Not(tree.FactRef(name)):
                return self.words.facts[name].fails
            case tree.Compare():
                return self._compared(node)
            case tree.Not(tree.Compare("=", left, right)):
                return self._is_not(left, (right,))
        return self._several(node)

    def _several(self, node: tree.Node) -> str | None:
        """Several comparisons of one fact, said at once: a list of values, or two bounds."""
        match node:
            case tree.Or(operands) if values := _same(operands, negated=False):
                fact, rights = values
                return f"{self._is(fact)} {listed(self._values(fact, rights), 'ou')}"
            case tree.And(operands) if values := _same(operands, negated=True):
                return self._is_not(*values)
            case tree.And((tree.Compare(">=", left, low), tree.Compare("<=", same, high))) if left == same:
                return self._between(left, low, high)
        return None

    def _compared(self, node: tree.Compare) -> str:
        operator, left, right = node.operator, node.left, node.right
        if isinstance(left, tree.Constant | tree.ParameterRef) and isinstance(right, tree.FactRef):
            operator, left, right = MIRRORED[operator], right, left
        subject, unit = self._is(left), self._unit(left)
        if isinstance(right, tree.Constant) and isinstance(right.value, date):
            return f"{self._subject(left)} tombe {DAYS[operator]} {day(right.value)}"
        if isinstance(right, tree.Constant) and isinstance(right.value, str):
            return f"{subject} {self._values(left, (right,))[0]}"
        if unit == RANKED:
            return " ".join(filter(None, (subject, RANKS[operator], self._rank(right))))
        if isinstance(left, tree.FactRef) and isinstance(right, tree.FactRef):
            one, several = BESIDE[operator]
            verb = several if is_plural(self._label(left)) else one
            return f"{self._subject(left)} {verb} {self._named(right)}"
        return f"{subject} {BOUNDS[operator]} {self._quantity(right, unit)}"

    def _rank(self, node: tree.Node) -> str:
        return f"la {self._quantity(node, RANKED)}"

    def _is_not(self, left: tree.Node, rights: Sequence[tree.Node]) -> str:
        subject, values = self._subject(left), self._values(left, rights)
        plural = is_plural(self._label(left))
        if len(values) == 1:
            return f"{subject} {'ne sont' if plural else 'n’est'} pas {values[0]}"
        return f"{subject} {'ne sont' if plural else 'n’est'} ni {', ni '.join(values)}"

    def _between(self, left: tree.Node, low: tree.Node, high: tree.Node) -> str:
        days = [one.value for one in (low, high) if isinstance(one, tree.Constant)]
        if [isinstance(one, date) for one in days] == [True, True]:
            first, last = (day(one) for one in days if isinstance(one, date))
            return f"{self._subject(left)} tombe entre le {first} et le {last}, inclus"
        subject, unit = self._is(left), self._unit(left)
        return f"{subject} d’au moins {self._quantity(low, unit)} et d’au plus {self._quantity(high, unit)}"

    def _cases(self, node: tree.Case) -> Told:
        parts = [self._branch(condition, result) for condition, result in node.branches]
        parts.append(self._otherwise(node.otherwise))
        return Told(BY_CASE, tuple(parts))

    def _branch(self, condition: tree.Node, result: tree.Node) -> Told:
        told = self._result(result)
        return _headed(f"si {self._inline(_without_not(condition))}", told)

    def _otherwise(self, result: tree.Node | None) -> Told:
        if result is None:
            return Told(f"dans les autres cas, {UNTOLD}")
        return _headed("dans les autres cas", self._result(result))

    def _result(self, node: tree.Node) -> Told:
        match node:
            case tree.Constant(bool() as value):
                return Told(MET if value else UNMET)
            case _ if _is_condition(node, self.words):
                return self.condition(node)
        return self.number(node)

    def _inline(self, node: tree.Node) -> str:
        """A condition inside a sentence, however it is made."""
        if (flat := self._flat(node)) is not None:
            return flat
        match node:
            case tree.And(operands):
                return " et ".join(map(self._part, operands))
            case tree.Or(operands):
                return ", ou si ".join(map(self._part, operands))
        return "; ".join(sentence for _, sentence in self.condition(node).lines())

    def _part(self, node: tree.Node) -> str:
        return self._inline(_without_not(node))

    def number(self, node: tree.Node) -> Told:
        """A number in sentences."""
        match node:
            case tree.Case():
                return self._cases(node)
            case tree.Extreme(least, operands):
                size = "petit" if least else "grand"
                return Told(f"le plus {size} de ces montants", tuple(map(self.number, operands)))
            case tree.ParameterRef(name) if isinstance(self.words.parameters[name].value, Table):
                return self._rows(name)
            case tree.Arithmetic(operator, left, right) if _is_composed(left) or _is_composed(right):
                # In a product, only what a fact or a parameter brings has a unit.
                teller = self if operator in "+-" else _Teller(self.words)
                return Told(OPERATIONS[operator], (teller.number(left), teller.number(right)))
        return Told(self._quantity(node, self.unit))

    def _rows(self, name: str) -> Told:
        """A parameter that depends on facts, row by row."""
        told = self.words.parameters[name]
        assert isinstance(told.value, Table)  # noqa: S101 - the only caller has checked
        if not told.value.rows:
            return Told(f"« {told.label} » : aucune valeur connue ce jour-là")
        rows = tuple(self._row(row, told.unit) for row in told.value.rows)
        return Told(f"« {told.label} », selon le cas", rows)

    def _row(self, row: Row, unit: str) -> Told:
        names = ", ".join(self.words.facts[fact].named(value) for fact, value in row.of)
        return Told(f"{names} : {measured(row.value, unit)}")

    def _quantity(self, node: tree.Node, unit: str) -> str:
        match node:
            case tree.Constant(float() as value):
                return measured(value, unit)
            case tree.ParameterRef(name):
                return self._parameter(name)
            case tree.FactRef():
                return self._named(node)
            case tree.Arithmetic():
                return self._worked_out(node, unit)
        return "; ".join(sentence for _, sentence in self.number(node).lines())

    def _parameter(self, name: str) -> str:
        told = self.words.parameters[name]
        if isinstance(told.value, float | int):
            return f"{measured(told.value, told.unit)} (« {told.label} »)"
        known = "selon le cas" if told.value else "valeur inconnue ce jour-là"
        return f"« {told.label} », {known}"

    def _worked_out(self, node: tree.Arithmetic, unit: str) -> str:
        left, right = node.left, node.right
        if node.operator == "*" and isinstance(right, tree.ParameterRef | tree.Constant):
            left, right = right, left
        if node.operator == "*" and isinstance(left, tree.Constant):
            return f"{self._quantity(left, '')} fois {self._quantity(right, unit)}"
        if node.operator == "*" and isinstance(right, tree.FactRef):
            of = of_the(self._label(right))
            if isinstance(left, tree.FactRef):
                return f"le produit {of_the(self._label(left))} et {of}"
            return f"{self._quantity(left, unit)} {of}"
        words = {"+": "plus", "-": "moins", "/": "le tout divisé par", "*": "multiplié par"}[node.operator]
        between = f", {words} " if node.operator == "/" else f" {words} "
        second = self._quantity(right, "" if node.operator in "*/" else unit)
        return f"{self._quantity(left, unit)}{between}{second}"

    def _named(self, node: tree.Node) -> str:
        return the(self._label(node)) if isinstance(node, tree.FactRef) else self._quantity(node, self.unit)

    def _subject(self, node: tree.Node) -> str:
        """What a sentence is about, its comma closed: « la valeur du marché, hors taxes, »."""
        named = self._named(node)
        return f"{named}," if _APPOSED.search(named) else named

    def _is(self, node: tree.Node) -> str:
        label = self._label(node)
        if not is_plural(label):
            return f"{self._subject(node)} est"
        counted = " au nombre" if label.split()[0] == self._unit(node) else ""
        return f"{self._subject(node)} sont{counted}"

    def _label(self, node: tree.Node) -> str:
        return self.words.facts[node.name].label if isinstance(node, tree.FactRef) else "nombre"

    def _unit(self, node: tree.Node) -> str:
        return self.words.facts[node.name].unit if isinstance(node, tree.FactRef) else self.unit

    def _values(self, fact: tree.Node, nodes: Sequence[tree.Node]) -> list[str]:
        written = [node.value for node in nodes if isinstance(node, tree.Constant)]
        named = self.words.facts[fact.name].named if isinstance(fact, tree.FactRef) else str
        return [day(value) if isinstance(value, date) else f"« {named(str(value))} »" for value in written]


def _headed(head: str, told: Told) -> Told:
    """What is told, in the case that ``head`` says."""
    sign = "," if told.parts else " :"
    return Told(f"{head}{sign} {told.sentence[:1].lower()}{told.sentence[1:]}", told.parts)


def _without_not(node: tree.Node) -> tree.Node:
    """The same condition with every « not » pushed down to a fact or an equality."""
    match node:
        case tree.Not(tree.Not(operand)):
            return _without_not(operand)
        case tree.Not(tree.And(operands)):
            return tree.Or(tuple(_without_not(tree.Not(one)) for one in operands))
        case tree.Not(tree.Or(operands)):
            return tree.And(tuple(_without_not(tree.Not(one)) for one in operands))
        case tree.Not(tree.Compare(operator, left, right)) if operator != "=":
            return tree.Compare(OPPOSITE[operator], left, right)
        case tree.Not(tree.Constant(bool() as value)):
            return tree.Constant(not value)
    return node


def _same(operands: Sequence[tree.Node], *, negated: bool) -> tuple[tree.Node, tuple[tree.Node, ...]] | None:
    """The fact that all the equalities are about, and the values, when they are all of one."""
    found = [one.operand if negated and isinstance(one, tree.Not) else one for one in operands]
    if negated and not all(isinstance(one, tree.Not) for one in operands):
        return None
    equal = [one for one in found if isinstance(one, tree.Compare) and one.operator == "="]
    if len(equal) != len(operands) or len({one.left for one in equal}) != 1:
        return None
    return equal[0].left, tuple(one.right for one in equal)


def _is_composed(node: tree.Node) -> bool:
    """Whether a number is told in several sentences."""
    match node:
        case tree.Case() | tree.Extreme():
            return True
        case tree.Arithmetic(_, left, right):
            return _is_composed(left) or _is_composed(right)
    return False


def _is_condition(node: tree.Node, words: Words) -> bool:
    match node:
        case tree.FactRef(name):
            return bool(words.facts[name].holds)
        case tree.And() | tree.Or() | tree.Not() | tree.Compare() | tree.Constant(bool()):
            return True
        case tree.Case(branches, _):
            return _is_condition(branches[0][1], words)
    return False

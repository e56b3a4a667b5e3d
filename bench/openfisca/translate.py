"""The same rules written for OpenFisca-Core, from the trees of ours: a Python module of variables, as text.

A choice is an enumeration, a day a date, as its authors write them. OpenFisca has no unknown: the module is
only asked about situations that are wholly known. Parameters are written as the constants they are on the
day, which spares OpenFisca looking them up.
"""

from collections.abc import Iterator
from datetime import date
from functools import reduce

from ancrage.aids.compiling import read_day
from ancrage.facts.declaration import Fact, FactType, load_facts
from ancrage.rules import tree
from ancrage.rules.vocabulary import Kind, Table

HEAD = """\
from datetime import date

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import MONTH
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

STRUCTURE = build_entity(key="structure", plural="structures", label="Structure", is_person=True)
SYSTEM = TaxBenefitSystem([STRUCTURE])
"""
VARIABLE = """

class {name}(Variable):
    value_type = {kind}
    entity = STRUCTURE
    definition_period = MONTH
"""
CHOICES = """

class {name}_choices(Enum):
{members}
"""
CHOICE = """    possible_values = {name}_choices
    default_value = {name}_choices.{first}
"""
TYPES = {
    FactType.BOOLEEN: "bool",
    FactType.ENTIER: "float",
    FactType.DECIMAL: "float",
    FactType.CHOIX: "Enum",
    FactType.TEXTE: "str",
    FactType.JOUR: "date",
}


class Translator:
    """Writes the rules of a day."""

    def __init__(self, on: date) -> None:
        self.entries, self.rules, self.vocabulary = read_day(on)

    def module(self) -> str:
        """The whole module."""
        used = sorted({fact for rule in self.rules.values() for fact in rule.facts})
        parts = [HEAD]
        parts += [_fact(load_facts()[name]) for name in used]
        for key, rule in self.rules.items():
            parts.append(self._formula(key, rule.kind, rule.facts, self._written(rule.tree)))
        for aid, keys in self.verdicts():
            names = [identifier(key) for key in keys]
            whole = " * ".join(f"structure({name!r}, period)" for name in names) or "True"
            parts.append(self._formula(aid, Kind.BOOLEAN, (), whole))
        made = [*used, *map(identifier, self.rules), *(identifier(aid) for aid, _ in self.verdicts())]
        parts.append("\n\nSYSTEM.add_variables(" + ", ".join(made) + ")\n")
        return "".join(parts)

    def verdicts(self) -> Iterator[tuple[str, list[str]]]:
        """Aids and the keys of their established conditions."""
        for entry in self.entries:
            yield entry.id, [condition.key for condition in entry.conditions if condition.certain]

    def _formula(self, key: str, kind: Kind, facts: tuple[str, ...], body: str) -> str:
        head = VARIABLE.format(name=identifier(key), kind="bool" if kind is Kind.BOOLEAN else "float")
        lines = [head, "\n    def formula(structure, period, parameters):"]
        lines += [f"\n        f_{fact} = structure({fact!r}, period)" for fact in facts]
        if not facts and "structure(" not in body:
            body = f"np.full(structure.count, {body})"
        return "".join([*lines, f"\n        return {body}\n"])

    def _written(self, node: tree.Node) -> str:  # noqa: C901 - one case a node
        match node:
            case tree.Constant(value):
                return _constant(value)
            case tree.FactRef(name):
                return f"f_{name}"
            case tree.ParameterRef(name):
                return self._parameter(name)
            case tree.Not(operand):
                return f"np.logical_not({self._written(operand)})"
            case tree.And(operands):
                return "(" + " * ".join(f"({self._written(each)})" for each in operands) + ")"
            case tree.Or(operands):
                return "(" + " + ".join(f"({self._written(each)})" for each in operands) + ")"
            case tree.Compare(operator, left, right):
                return self._comparison("==" if operator == "=" else operator, left, right)
            case tree.Arithmetic(operator, left, right):
                return f"({self._written(left)} {operator} {self._written(right)})"
            case tree.Extreme(least, operands):
                name = "np.minimum" if least else "np.maximum"
                parts = [self._written(each) for each in operands]
                return reduce(lambda left, right: f"{name}({left}, {right})", parts)
            case tree.Case(branches, otherwise):
                conditions = ", ".join(self._written(condition) for condition, _ in branches)
                results = ", ".join(self._written(result) for _, result in branches)
                default = "np.nan" if otherwise is None else self._written(otherwise)
                return f"np.select([{conditions}], [{results}], {default})"

    def _comparison(self, sign: str, left: tree.Node, right: tree.Node) -> str:
        if isinstance(left, tree.FactRef) and isinstance(right, tree.Constant):
            return f"(f_{left.name} {sign} {_constant(right.value, left.name)})"
        return f"({self._written(left)} {sign} {self._written(right)})"

    def _parameter(self, name: str) -> str:
        value = self.vocabulary.parameters[name]
        if not isinstance(value, Table):
            return "np.nan" if value is None else repr(float(value))
        conditions, results = [], []
        for row in value.rows:
            tests = [f"(f_{fact} == {_constant(text, fact)})" for fact, text in row.of]
            conditions.append(" * ".join(tests))
            results.append(repr(row.value))
        if not conditions:
            return "np.nan"
        return f"np.select([{', '.join(conditions)}], [{', '.join(results)}], np.nan)"


def _fact(fact: Fact) -> str:
    variable = VARIABLE.format(name=fact.id, kind=TYPES[fact.type])
    if not fact.choices:
        return variable
    members = "\n".join(f"    {choice} = {choice!r}" for choice in fact.choices)
    choice = CHOICE.format(name=fact.id, first=next(iter(fact.choices)))
    return CHOICES.format(name=fact.id, members=members) + variable + choice


def _constant(value: object, fact: str = "") -> str:
    """A value as Python; a text compared with a choice is a member of its enumeration."""
    if isinstance(value, date):
        return f"np.datetime64({value.isoformat()!r})"
    if isinstance(value, str) and fact and load_facts()[fact].choices:
        return f"{fact}_choices.{value}"
    return repr(value)


def identifier(key: str) -> str:
    """A Python name for the key of a rule."""
    return "r_" + key.replace(".", "__").replace("#", "__")

"""The grammar: which nodes of the parser have a meaning here, and what they become in our tree."""

from collections.abc import Callable
from datetime import date
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from ancrage.errors import RuleError
from ancrage.rules import tree
from ancrage.rules.limits import refused

COMPARISONS: dict[type[exp.Expression], tree.Operator] = {
    exp.EQ: "=",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
OPERATIONS: dict[type[exp.Expression], tree.Operation] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
}


class Reader:
    """Reads one rule; ``places`` keeps where each node of the tree begins in the text, by identity."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places: dict[int, int] = {}

    def read(self) -> tree.Node:
        """The tree of the whole text. Raises :class:`RuleError` for anything outside the grammar."""
        try:
            parsed = sqlglot.parse(self.text, dialect="duckdb")
        except (SqlglotError, ValueError) as error:
            raise self._unreadable(error) from error
        if len(parsed) != 1 or parsed[0] is None:
            raise refused(self.text, 0, "la règle n'est pas une seule expression")
        return self._node(parsed[0])

    def _unreadable(self, error: Exception) -> RuleError:
        details = getattr(error, "errors", None) or [{}]
        line, column = details[0].get("line"), details[0].get("col")
        start = 0
        if line and column:
            before = self.text.split("\n")[: line - 1]
            start = sum(len(each) + 1 for each in before) + max(
                0, column - len(details[0].get("highlight") or "")
            )
        return refused(self.text, min(start, len(self.text)), "la règle ne se lit pas")

    def _node(self, parsed: Any) -> tree.Node:
        for kind, read in self._readers():
            if isinstance(parsed, kind):
                node = read(parsed)
                self.places.setdefault(id(node), self._start(parsed))
                return node
        raise refused(
            self.text, self._start(parsed), f"« {parsed.sql()[:40]} » n'est pas permis dans une règle"
        )

    def _readers(self) -> tuple[tuple[Any, Callable[[Any], tree.Node]], ...]:
        return (
            (exp.Paren, lambda parsed: self._node(parsed.this)),
            (exp.Boolean, lambda parsed: tree.Constant(bool(parsed.this))),
            (exp.Literal, self._literal),
            (exp.Cast, self._day),
            (exp.Column, self._name),
            (exp.Not, lambda parsed: tree.Not(self._node(parsed.this))),
            (exp.And, lambda parsed: tree.And(tuple(map(self._node, parsed.flatten(unnest=False))))),
            (exp.Or, lambda parsed: tree.Or(tuple(map(self._node, parsed.flatten(unnest=False))))),
            (exp.NEQ, lambda parsed: tree.Not(self._placed(tree.Compare("=", *self._sides(parsed)), parsed))),
            (
                tuple(COMPARISONS),
                lambda parsed: tree.Compare(COMPARISONS[type(parsed)], *self._sides(parsed)),
            ),
            (exp.Between, self._between),
            (exp.In, self._among),
            (exp.Case, self._case),
            (
                tuple(OPERATIONS),
                lambda parsed: tree.Arithmetic(OPERATIONS[type(parsed)], *self._sides(parsed)),
            ),
            (exp.Neg, self._negative),
            ((exp.Least, exp.Greatest), self._extreme),
        )

    def _sides(self, parsed: Any) -> tuple[tree.Node, tree.Node]:
        return self._node(parsed.this), self._node(parsed.expression)

    def _literal(self, parsed: exp.Literal) -> tree.Node:
        return tree.Constant(str(parsed.this) if parsed.is_string else float(parsed.this))

    def _day(self, parsed: exp.Cast) -> tree.Node:
        literal = parsed.this
        if not (isinstance(literal, exp.Literal) and literal.is_string and parsed.to.is_type("date")):
            raise refused(
                self.text, self._start(parsed), "les types sont ceux des faits", "retirez la conversion"
            )
        try:
            return tree.Constant(date.fromisoformat(literal.this))
        except ValueError as error:
            start = self.text.find(literal.this)
            raise refused(
                self.text, max(start, 0), f"« {literal.this} » n'est pas un jour", "DATE 'AAAA-MM-JJ'"
            ) from error

    def _name(self, parsed: exp.Column) -> tree.Node:
        if parsed.table:
            raise refused(
                self.text, self._start(parsed), "un fait s'écrit sans point", "écrivez son identifiant seul"
            )
        if parsed.this.args.get("quoted"):
            return tree.ParameterRef(parsed.name)
        return tree.FactRef(parsed.name)

    def _between(self, parsed: exp.Between) -> tree.Node:
        middle = self._node(parsed.this)
        low = self._placed(tree.Compare(">=", middle, self._node(parsed.args["low"])), parsed)
        high = self._placed(tree.Compare("<=", middle, self._node(parsed.args["high"])), parsed)
        return tree.And((low, high))

    def _among(self, parsed: exp.In) -> tree.Node:
        if not parsed.expressions or parsed.args.get("query"):
            raise refused(self.text, self._start(parsed), "IN veut une liste de valeurs", "IN ('a', 'b')")
        left = self._node(parsed.this)
        equal = [
            self._placed(tree.Compare("=", left, self._constant(value)), parsed)
            for value in parsed.expressions
        ]
        return equal[0] if len(equal) == 1 else tree.Or(tuple(equal))

    def _constant(self, parsed: Any) -> tree.Node:
        node = self._node(parsed)
        if not isinstance(node, tree.Constant):
            raise refused(
                self.text, self._start(parsed), "IN veut une liste de valeurs écrites", "IN ('a', 'b')"
            )
        return node

    def _case(self, parsed: exp.Case) -> tree.Node:
        if parsed.this is not None:
            raise refused(
                self.text, self._start(parsed), "écrivez CASE WHEN condition THEN …", "une condition par WHEN"
            )
        branches = tuple(
            (self._node(each.this), self._node(each.args["true"])) for each in parsed.args["ifs"]
        )
        default = parsed.args.get("default")
        return tree.Case(branches, None if default is None else self._node(default))

    def _negative(self, parsed: exp.Neg) -> tree.Node:
        operand = self._node(parsed.this)
        if isinstance(operand, tree.Constant) and type(operand.value) is float:
            return tree.Constant(-operand.value)
        return tree.Arithmetic("*", tree.Constant(-1.0), operand)

    def _extreme(self, parsed: Any) -> tree.Node:
        operands = tuple(self._node(each) for each in (parsed.this, *parsed.expressions))
        return tree.Extreme(isinstance(parsed, exp.Least), operands)

    def _placed(self, node: tree.Node, parsed: Any) -> Any:
        self.places[id(node)] = self._start(parsed)
        return node

    def _start(self, parsed: Any) -> int:
        """Offset of the first name under a node; literals carry no place, the text is searched for them."""
        starts = [name.meta["start"] for name in parsed.find_all(exp.Identifier) if "start" in name.meta]
        if starts:
            return int(min(starts))
        literal = parsed.find(exp.Literal)
        return max(0, self.text.find(literal.this)) if literal is not None else 0

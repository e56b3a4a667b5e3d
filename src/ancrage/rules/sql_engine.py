"""Many situations through a whole program, as one SELECT that DuckDB or Spark runs.

The text is written by sqlglot from expressions built one by one: no text of a rule is ever pasted in it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from sqlglot import exp

from ancrage.rules import program as p
from ancrage.rules.layers import in_layers
from ancrage.rules.program import Program, Scalar
from ancrage.rules.vocabulary import Kind

Dialect = Literal["duckdb", "spark"]
TYPES = {Kind.BOOLEAN: "BOOLEAN", Kind.NUMBER: "DOUBLE", Kind.TEXT: "VARCHAR", Kind.DAY: "DATE"}
LARGEST = 1.7976931348623157e308
"""Beyond it an infinity; NaN, in both dialects, is greater than everything."""


def program_sql(
    program: Program,
    dialect: Dialect,
    *,
    source: str,
    columns: Iterable[str],
    keep: Sequence[str] = (),
    outputs: Iterable[str] | None = None,
) -> str:
    """A SELECT that gives the columns ``keep`` of a table, then a column an output.

    ``source`` is the name of the table, ``columns`` those it has: ``<fact>``, or ``<fact>_low`` and
    ``<fact>_high`` for a number; a fact without column is unknown. Outputs are named by their keys, with
    ``_low`` and ``_high`` for a number.
    """
    return _Writer(program, frozenset(columns), outputs).query(source, keep).sql(dialect=dialect)


class _Writer:
    """Writes the layers of a program as nested SELECTs."""

    def __init__(self, program: Program, columns: frozenset[str], outputs: Iterable[str] | None) -> None:
        self.program = program
        self.plan = in_layers(program, outputs)
        self.columns = columns

    def query(self, source: str, keep: Sequence[str]) -> exp.Select:
        """The whole SELECT."""
        kept = [exp.column(name, quoted=True) for name in keep]
        inner = exp.select(*kept, *self._inputs()).from_(exp.to_table(source, quoted=True))
        for number, layer in enumerate(self.plan.layers):
            made = [exp.alias_(self._written(each), _name(each), quoted=True) for each in layer]
            inner = exp.select("*", *made).from_(inner.subquery(f"layer_{number}"))
        return exp.select(*kept, *self._results()).from_(inner.subquery("answers"))

    def _inputs(self) -> Iterator[exp.Expr]:
        """Facts under the names of their steps, in one type, what is no number told as unknown."""
        for number in self.plan.needed:
            step = self.program.steps[number]
            if step.operation != p.FACT:
                continue
            name, side = step.parts
            column, kind = (f"{name}_{side}" if side else name), self.program.kinds[number]
            found: exp.Expr = exp.Null()
            if column in self.columns:
                found = exp.column(column, quoted=True)
            found = exp.cast(found, TYPES[kind])
            if kind is Kind.NUMBER and column in self.columns:
                found = _within(found, LARGEST)
            yield exp.alias_(found, _name(number), quoted=True)

    def _results(self) -> Iterator[exp.Expr]:
        for key, output in self.plan.wanted.items():
            if output.kind is Kind.NUMBER:
                yield exp.alias_(self._read(output.low), f"{key}_low", quoted=True)
                yield exp.alias_(self._read(output.high), f"{key}_high", quoted=True)
            else:
                yield exp.alias_(self._read(output.low), key, quoted=True)

    def _read(self, number: int) -> exp.Expr:
        if number in self.plan.columns or self.program.steps[number].operation == p.FACT:
            return exp.column(_name(number), quoted=True)
        return self._written(number)

    def _written(self, number: int) -> exp.Expr:
        step, kind = self.program.steps[number], self.program.kinds[number]
        if step.operation == p.CONSTANT:
            return _constant(step.parts[0], kind)
        inputs = [self._read(each) for each in step.inputs]
        if step.operation == p.COMPARE:
            return exp.paren(COMPARISONS[step.parts[0]](this=inputs[0], expression=inputs[1]))
        return OPERATIONS[step.operation](inputs)


def _name(number: int) -> str:
    return f"étape {number}"


def _constant(value: Scalar, kind: Kind) -> exp.Expr:
    """A literal of the type engines compute in: a bare 0.1 would be a decimal in some."""
    if value is None:
        return exp.cast(exp.Null(), TYPES[kind])
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    if isinstance(value, float):
        return exp.cast(exp.Literal.string(repr(value)), "DOUBLE")
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
    return exp.Literal.string(value)


def _within(value: exp.Expr, furthest: float) -> exp.Expr:
    """The value between the two bounds, NULL beyond."""
    low, high = (_constant(bound, Kind.NUMBER) for bound in (-furthest, furthest))
    inside = exp.Between(this=value.copy(), low=low, high=high)
    return exp.Case().when(inside, value.copy())


def _binary(kind: type[exp.Binary]) -> Callable[[list[exp.Expr]], exp.Expr]:
    return lambda inputs: exp.paren(kind(this=inputs[0], expression=inputs[1]))


def _junction(kind: type[exp.Binary]) -> Callable[[list[exp.Expr]], exp.Expr]:
    def joined(inputs: list[exp.Expr]) -> exp.Expr:
        whole: exp.Expr = inputs[0]
        for each in inputs[1:]:
            whole = kind(this=whole, expression=each)
        return exp.paren(whole)

    return joined


def _quotient(inputs: list[exp.Expr]) -> exp.Expr:
    """Spark and DuckDB disagree on a division by zero: there is none."""
    left, right = inputs
    safe = exp.Nullif(this=right, expression=_constant(0.0, Kind.NUMBER))
    # Typed: sqlglot otherwise guards again, or casts, what it takes for integers.
    return _within(exp.Div(this=left, expression=safe, typed=False, safe=False), p.FURTHEST)


def _extreme(least: bool) -> Callable[[list[exp.Expr]], exp.Expr]:
    """LEAST and GREATEST leave NULL out in both dialects; with one argument, they are it."""

    def made(inputs: list[exp.Expr]) -> exp.Expr:
        if len(inputs) == 1:
            return inputs[0]
        first, *others = inputs
        name = exp.Least if least else exp.Greatest
        return name(this=first, expressions=others, ignore_nulls=True)

    return made


def _all_known(
    of_known: Callable[[list[exp.Expr]], exp.Expr],
) -> Callable[[list[exp.Expr]], exp.Expr]:
    def made(inputs: list[exp.Expr]) -> exp.Expr:
        known = _junction(exp.And)([_is_known(each.copy()) for each in inputs])
        return exp.Case().when(known, of_known([each.copy() for each in inputs]))

    return made


def _is_known(value: exp.Expr) -> exp.Expr:
    return exp.paren(exp.Not(this=exp.Is(this=value, expression=exp.Null())))


def _decide(inputs: list[exp.Expr]) -> exp.Expr:
    yes, no = inputs
    return exp.Case().when(yes, exp.true()).when(no, exp.false())


def _select(inputs: list[exp.Expr]) -> exp.Expr:
    condition, yes, no = inputs
    return exp.Case().when(condition, yes).else_(no)


COMPARISONS: Mapping[str, type[exp.Binary]] = {
    "=": exp.EQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
}
OPERATIONS: Mapping[str, Callable[[list[exp.Expr]], exp.Expr]] = {
    p.NOT: lambda inputs: exp.paren(exp.Not(this=inputs[0])),
    p.AND: _junction(exp.And),
    p.OR: _junction(exp.Or),
    p.ADD: _binary(exp.Add),
    p.SUBTRACT: _binary(exp.Sub),
    p.MULTIPLY: lambda inputs: _within(exp.paren(exp.Mul(this=inputs[0], expression=inputs[1])), p.FURTHEST),
    p.DIVIDE: _quotient,
    p.LEAST: _extreme(least=True),
    p.GREATEST: _extreme(least=False),
    p.LEAST_ALL: _all_known(_extreme(least=True)),
    p.GREATEST_ALL: _all_known(_extreme(least=False)),
    p.KNOWN: lambda inputs: _is_known(inputs[0]),
    p.SURE: lambda inputs: exp.Coalesce(this=inputs[0], expressions=[exp.false()]),
    p.DECIDE: _decide,
    p.SELECT: _select,
}

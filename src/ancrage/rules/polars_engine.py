"""Many situations through a whole program: Polars expressions, layer by layer, batch by batch.

Batches bound the memory whatever the number of rows.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce

import polars as pl

from ancrage.rules import program as p
from ancrage.rules.exactness import with_exact
from ancrage.rules.layers import in_layers
from ancrage.rules.program import Program, Step
from ancrage.rules.vocabulary import Kind

BATCH_ROWS = 1_000_000
TYPES: Mapping[Kind, pl.DataType] = {
    Kind.BOOLEAN: pl.Boolean(),
    Kind.NUMBER: pl.Float64(),
    Kind.TEXT: pl.String(),
    Kind.DAY: pl.Date(),
}


def evaluate_frame(
    program: Program,
    frame: pl.DataFrame,
    *,
    outputs: Iterable[str] | None = None,
    batch_rows: int = BATCH_ROWS,
) -> pl.DataFrame:
    """Values of the outputs for every row.

    ``frame`` holds a column a fact, and ``<fact>_low``, ``<fact>_high`` for a number; an absent column, a
    null, NaN or an infinity is unknown; texts may be categories. Gives a column an output, and two,
    ``_low`` and ``_high``, for a number.
    """
    plan = _Plan(with_exact(program, _exact(program, frame)), outputs)
    parts = [plan.run(frame.slice(start, batch_rows)) for start in range(0, max(frame.height, 1), batch_rows)]
    return pl.concat(parts)


def _exact(program: Program, frame: pl.DataFrame) -> set[str]:
    """Numeric facts whose two columns say the same on every row."""
    columns = set(frame.columns)
    return {
        fact
        for fact, kind in program.facts.items()
        if kind is Kind.NUMBER
        and {f"{fact}_low", f"{fact}_high"} <= columns
        and frame[f"{fact}_low"].equals(frame[f"{fact}_high"])
    }


class _Plan:
    """The layers of columns to work out, and the expressions of the outputs."""

    def __init__(self, program: Program, outputs: Iterable[str] | None) -> None:
        self.program = program
        self.plan = in_layers(program, outputs)
        self.reach: dict[int, float] = {}

    def run(self, batch: pl.DataFrame) -> pl.DataFrame:
        """Outputs of a batch."""
        frame = batch.select(self._inputs(batch))
        self.reach = _reach(self.program, self.plan.needed, frame)
        for layer in self.plan.layers:
            frame = frame.with_columns(self._written(number).alias(_name(number)) for number in layer)
        # With a whole column beside them, constant outputs have as many rows as the others.
        return frame.select("row", *self._results()).drop("row")

    def _inputs(self, batch: pl.DataFrame) -> Iterator[pl.Expr]:
        """Facts under the names of their steps, in one type, what is no number told as unknown."""
        columns = batch.columns
        yield pl.lit(1, dtype=pl.Int8).alias("row") if not columns else pl.col(columns[0]).alias("row")
        for number in self.plan.needed:
            step = self.program.steps[number]
            if step.operation == p.FACT:
                name, side = step.parts
                column = f"{name}_{side}" if side else name
                kind = TYPES[self.program.kinds[number]]
                found = _typed(batch, column, kind) if column in columns else _nothing(kind)
                if column in columns and kind == pl.Float64() and not _furthest(batch[column]) < math.inf:
                    found = pl.when(found.is_finite()).then(found)
                yield found.alias(_name(number))

    def _results(self) -> Iterator[pl.Expr]:
        for key, output in self.plan.wanted.items():
            if output.kind is Kind.NUMBER:
                yield self._read(output.low).alias(f"{key}_low")
                yield self._read(output.high).alias(f"{key}_high")
            else:
                yield self._read(output.low).alias(key)

    def _compared(self, step: Step, inputs: list[pl.Expr]) -> pl.Expr:
        """A constant goes right: on its left, Polars 2.1 forgets how many rows an empty column has."""
        left, right = inputs
        if self.program.steps[step.inputs[0]].operation == p.CONSTANT:
            return COMPARISONS[MIRRORED[step.parts[0]]](right, left)
        return COMPARISONS[step.parts[0]](left, right)

    def _read(self, number: int) -> pl.Expr:
        step = self.program.steps[number]
        if number in self.plan.columns or step.operation == p.FACT:
            return pl.col(_name(number))
        return self._written(number)

    def _written(self, number: int) -> pl.Expr:
        step, kind = self.program.steps[number], self.program.kinds[number]
        if step.operation == p.CONSTANT:
            return pl.lit(step.parts[0], dtype=TYPES[kind])
        inputs = [self._read(each) for each in step.inputs]
        if step.operation == p.COMPARE:
            return self._compared(step, inputs)
        if step.operation == p.MULTIPLY and self.reach[number] <= p.FURTHEST:
            return inputs[0] * inputs[1]
        return OPERATIONS[step.operation](inputs)


def _typed(batch: pl.DataFrame, column: str, kind: pl.DataType) -> pl.Expr:
    """A column in the type of its fact; texts already coded stay so, ten times quicker to compare."""
    coded = isinstance(batch.schema[column], pl.Categorical | pl.Enum)
    return pl.col(column) if coded else pl.col(column).cast(kind)


def _nothing(kind: pl.DataType) -> pl.Expr:
    """A whole column of unknowns: Polars does not stretch a lone value in every operation."""
    return pl.repeat(None, pl.len(), dtype=kind)


def _furthest(column: pl.Series) -> float:
    """Greatest absolute value of a column; infinite when one is, or is no number."""
    if column.is_empty() or column.null_count() == len(column):
        return 0.0
    numbers = column.cast(pl.Float64)
    bounds = [abs(float(str(bound))) for bound in (numbers.nan_min(), numbers.nan_max())]
    return math.inf if any(math.isnan(bound) for bound in bounds) else max(bounds)


def _reach(program: Program, needed: Iterable[int], frame: pl.DataFrame) -> dict[int, float]:
    """How far each number can be from zero in a batch: a product that stays near needs no guard."""
    found: dict[int, float] = {}
    for number in needed:
        if program.kinds[number] is not Kind.NUMBER:
            continue
        step = program.steps[number]
        below = [found[each] for each in step.inputs if each in found]
        match step.operation:
            case p.FACT:
                found[number] = _furthest(frame[_name(number)])
            case p.CONSTANT:
                found[number] = abs(step.parts[0] or 0.0)
            case p.ADD | p.SUBTRACT:
                found[number] = sum(below)
            case p.MULTIPLY:
                found[number] = math.prod(below)
            case p.DIVIDE:
                found[number] = p.FURTHEST
            case _:
                found[number] = max(below, default=0.0)
    return found


def _name(number: int) -> str:
    return f"s{number}"


def _guarded(value: pl.Expr) -> pl.Expr:
    """A number that is too far, or not one, is unknown; NaN is greater than everything in Polars."""
    return pl.when(value.is_between(-p.FURTHEST, p.FURTHEST)).then(value)


def _quotient(inputs: list[pl.Expr]) -> pl.Expr:
    left, right = inputs
    return _guarded(left / pl.when(right != 0).then(right))


def _decide(inputs: list[pl.Expr]) -> pl.Expr:
    yes, no = inputs
    return pl.when(yes).then(True).when(no).then(False)


def _all_known(inputs: list[pl.Expr], value: pl.Expr) -> pl.Expr:
    known = reduce(lambda left, right: left & right, [each.is_not_null() for each in inputs])
    return pl.when(known).then(value)


MIRRORED = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
COMPARISONS: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "=": lambda left, right: left == right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
OPERATIONS: dict[str, Callable[[list[pl.Expr]], pl.Expr]] = {
    p.NOT: lambda inputs: ~inputs[0],
    p.AND: lambda inputs: reduce(lambda left, right: left & right, inputs),
    p.OR: lambda inputs: reduce(lambda left, right: left | right, inputs),
    p.ADD: lambda inputs: inputs[0] + inputs[1],
    p.SUBTRACT: lambda inputs: inputs[0] - inputs[1],
    p.MULTIPLY: lambda inputs: _guarded(inputs[0] * inputs[1]),
    p.DIVIDE: _quotient,
    p.LEAST: pl.min_horizontal,
    p.GREATEST: pl.max_horizontal,
    p.LEAST_ALL: lambda inputs: _all_known(inputs, pl.min_horizontal(inputs)),
    p.GREATEST_ALL: lambda inputs: _all_known(inputs, pl.max_horizontal(inputs)),
    p.KNOWN: lambda inputs: inputs[0].is_not_null(),
    p.SURE: lambda inputs: inputs[0].fill_null(value=False),
    p.DECIDE: _decide,
    p.SELECT: lambda inputs: pl.when(inputs[0]).then(inputs[1]).otherwise(inputs[2]),
}

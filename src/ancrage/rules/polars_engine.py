"""Many situations through a whole program: Polars expressions, layer by layer, batch by batch.

Batches bound the memory whatever the number of rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce

import polars as pl

from ancrage.rules import program as p
from ancrage.rules.layers import in_layers
from ancrage.rules.program import Program
from ancrage.rules.vocabulary import Kind

BATCH_ROWS = 250_000
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
    null, NaN or an infinity is unknown. Gives a column an output, and two, ``_low`` and ``_high``, for a
    number.
    """
    plan = _Plan(program, outputs)
    parts = [plan.run(frame.slice(start, batch_rows)) for start in range(0, max(frame.height, 1), batch_rows)]
    return pl.concat(parts)


class _Plan:
    """The layers of columns to work out, and the expressions of the outputs."""

    def __init__(self, program: Program, outputs: Iterable[str] | None) -> None:
        self.program = program
        self.plan = in_layers(program, outputs)

    def run(self, batch: pl.DataFrame) -> pl.DataFrame:
        """Outputs of a batch."""
        frame = batch.select(self._inputs(batch))
        for layer in self.plan.layers:
            frame = frame.with_columns(self._written(number).alias(_name(number)) for number in layer)
        return frame.select(self._results())

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
                found = pl.col(column).cast(kind) if column in columns else pl.lit(None, dtype=kind)
                if column in columns and kind == pl.Float64() and not batch[column].is_finite().all():
                    found = pl.when(found.is_finite()).then(found)
                yield found.alias(_name(number))

    def _results(self) -> Iterator[pl.Expr]:
        for key, output in self.plan.wanted.items():
            if output.kind is Kind.NUMBER:
                yield self._full(output.low).alias(f"{key}_low")
                yield self._full(output.high).alias(f"{key}_high")
            else:
                yield self._full(output.low).alias(key)

    def _full(self, number: int) -> pl.Expr:
        """A constant output has as many rows as the others."""
        return pl.when(pl.col("row").is_null() | pl.col("row").is_not_null()).then(self._read(number))

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
        return (
            COMPARISONS[step.parts[0]](*inputs)
            if step.operation == p.COMPARE
            else OPERATIONS[step.operation](inputs)
        )


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

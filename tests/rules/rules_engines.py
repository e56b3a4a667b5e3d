"""Runs programs through each engine, and gives answers of one shape: a truth, or a pair of bounds."""

import polars as pl

from ancrage.interval import Interval
from ancrage.rules.lowering import lower
from ancrage.rules.parsing import parse_rule
from ancrage.rules.polars_engine import evaluate_frame
from ancrage.rules.python_engine import compile_python, interpret
from ancrage.rules.vocabulary import Kind

TYPES = {Kind.BOOLEAN: pl.Boolean, Kind.NUMBER: pl.Float64, Kind.TEXT: pl.String, Kind.DAY: pl.Date}


def parsed(texts, vocabulary):
    """Rules by key, numbers and conditions told apart by their key."""
    return {
        key: parse_rule(text, vocabulary, expects=Kind.NUMBER if key.startswith("n") else Kind.BOOLEAN)
        for key, text in texts.items()
    }


def program_of(rules, vocabulary):
    return lower(rules, vocabulary)


def by_interpreter(program, situations):
    run = interpret(program)
    return [{key: shaped(program, key, run(one)[key]) for key in program.outputs} for one in situations]


def by_python(program, situations):
    run = compile_python(program)
    return [{key: shaped(program, key, run(one)[key]) for key in program.outputs} for one in situations]


def shaped(program, key, value):
    if program.outputs[key].kind is not Kind.NUMBER:
        return value
    return (value.low, value.high) if isinstance(value, Interval) else (None, None)


def frame_of(situations, vocabulary):
    columns, schema = {"row": list(range(len(situations)))}, {"row": pl.Int64}
    for name, symbol in vocabulary.symbols.items():
        values = [one.get(name) for one in situations]
        if symbol.kind is Kind.NUMBER:
            columns[f"{name}_low"] = [None if value is None else value.low for value in values]
            columns[f"{name}_high"] = [None if value is None else value.high for value in values]
            schema |= {f"{name}_low": pl.Float64, f"{name}_high": pl.Float64}
        else:
            columns[name], schema[name] = values, TYPES[symbol.kind]
    return pl.DataFrame(columns, schema=schema)


def from_rows(program, rows):
    found = []
    for row in rows:
        answers = {}
        for key, output in program.outputs.items():
            number = output.kind is Kind.NUMBER
            answers[key] = (row[f"{key}_low"], row[f"{key}_high"]) if number else row[key]
        found.append(answers)
    return found


def by_polars(program, frame, **options):
    return from_rows(program, evaluate_frame(program, frame, **options).to_dicts())

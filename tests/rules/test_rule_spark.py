"""Spark gives, on a batch of rules drawn from a fixed seed, what the plain reading of their trees gives.

Spark is an extra (``make spark``): without it this file is left out, saying so. It starts one Java process,
on loopback only, ended with the module.
"""

import math
import random
from datetime import date

import polars as pl
import pytest
from rules_engines import frame_of, from_rows, parsed, program_of
from rules_reference import meaning
from rules_strategies import CHOICES, NUMBERS, OPERATORS, VOCABULARY, quoted

from ancrage.aids.opening import open_day
from ancrage.rules.polars_engine import evaluate_frame
from ancrage.rules.sql_engine import program_sql
from ancrage.rules.values import Interval
from ancrage.rules.vocabulary import Kind

pyspark = pytest.importorskip("pyspark", reason="Spark is not installed: make spark")

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.xdist_group("spark")]
RULES, SITUATIONS = 60, 24


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.memory", "1g")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def a_number(chance, depth):
    if depth == 0 or chance.random() < 0.3:
        return chance.choice(NUMBERS)
    one, other = a_number(chance, depth - 1), a_number(chance, depth - 1)
    match chance.randrange(3):
        case 0:
            return f"({one} {chance.choice('+-*/')} {other})"
        case 1:
            return f"{chance.choice(('LEAST', 'GREATEST'))}({one}, {other})"
    return f"CASE WHEN {a_condition(chance, depth - 1)} THEN {one} ELSE {other} END"


def a_condition(chance, depth):
    if depth == 0 or chance.random() < 0.2:
        form = f"forme = {quoted(chance.choice(CHOICES))}"
        day = "jour >= DATE '2021-03-31'"
        return chance.choice(("vrai_ou_faux", "autre", form, "lieu IN ('23', '2A')", day))
    match chance.randrange(3):
        case 0:
            one, other = a_number(chance, depth - 1), a_number(chance, depth - 1)
            return f"({one} {chance.choice(OPERATORS)} {other})"
        case 1:
            return f"(NOT {a_condition(chance, depth - 1)})"
    word = chance.choice(("AND", "OR"))
    return f"({a_condition(chance, depth - 1)} {word} {a_condition(chance, depth - 1)})"


def a_situation(chance):
    def number():
        low, high = sorted(chance.choice((0.0, 1.0, 3.0, 10.0, 10.5, -4.0)) for _ in range(2))
        odd = Interval(float("nan"), float("inf"))
        return chance.choice((None, Interval(low, low), Interval(low, high), Interval(low, None), odd))

    return {
        "vrai_ou_faux": chance.choice((None, True, False)),
        "autre": chance.choice((None, True, False)),
        "effectif": number(),
        "part": number(),
        "forme": chance.choice((None, *CHOICES)),
        "lieu": chance.choice((None, "23", "75")),
        "jour": chance.choice((None, date(2021, 3, 30), date(2021, 3, 31))),
    }


def by_spark(session, program, frame):
    rows = [tuple(row[name] for name in frame.columns) for row in frame.to_dicts()]
    session.createDataFrame(rows, schema=spark_schema(frame)).createOrReplaceTempView("situations")
    sql = program_sql(program, "spark", source="situations", columns=frame.columns, keep=["row"])
    return sorted((row.asDict() for row in session.sql(sql).collect()), key=lambda row: row["row"])


def spark_schema(frame):
    names = {
        pl.Boolean: "boolean",
        pl.Float64: "double",
        pl.String: "string",
        pl.Date: "date",
        pl.Int64: "long",
    }
    return ", ".join(f"`{name}` {names[kind]}" for name, kind in frame.schema.items())


def same(one, other):
    if isinstance(one, tuple):
        return all(same(left, right) for left, right in zip(one, other, strict=True))
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12) if isinstance(one, float) else one == other


def test_spark_agrees_with_the_plain_reading_of_rules(spark):
    chance = random.Random(20140731)  # noqa: S311 - drawn again the same
    texts = {f"c{n}": a_condition(chance, 3) for n in range(RULES)}
    texts |= {f"n{n}": a_number(chance, 3) for n in range(RULES // 3)}
    situations = [a_situation(chance) for _ in range(SITUATIONS)]
    rules = parsed(texts, VOCABULARY)
    program = program_of(rules, VOCABULARY)
    found = from_rows(program, by_spark(spark, program, frame_of(situations, VOCABULARY)))
    decided = 0
    for situation, answers in zip(situations, found, strict=True):
        for key, rule in rules.items():
            expected = meaning(rule.tree, situation, VOCABULARY)
            assert same(answers[key], expected), (texts[key], situation)
            decided += expected is not None and expected != (None, None)
    assert decided > RULES * SITUATIONS / 4


def test_spark_answers_the_whole_catalogue_of_a_day_as_polars_does(spark):
    program = open_day(date(2021, 3, 31)).program
    columns = {"row": [0, 1], "est_ess": [True, None], "forme": ["association", "scic"]}
    columns |= {"effectif_low": [4.0, 10.0], "effectif_high": [4.0, 19.0]}
    frame = pl.DataFrame(columns)
    ours = evaluate_frame(program, frame).to_dicts()
    theirs = by_spark(spark, program, frame)
    for number, row in enumerate(ours):
        for name, value in row.items():
            assert same(theirs[number][name], value), name
    assert Kind.NUMBER in {output.kind for output in program.outputs.values()}

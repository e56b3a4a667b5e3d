"""A population through the aids of a day: counts that add up, so that its parts may be counted apart."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ancrage.aids.entries import AidEntry
from ancrage.aids.patterns import classes_of
from ancrage.aids.standing import Class
from ancrage.aids.vocabulary import Unit
from ancrage.deferred import Deferred
from ancrage.facts.declaration import load_facts
from ancrage.facts.legislation import LAW_FACTS
from ancrage.reasoning import Verdict
from ancrage.rules.program import Program
from ancrage.rules.vocabulary import Kind
from ancrage.warehouse.engines import larger_engine

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa
else:
    pl = Deferred("polars")
    pa = Deferred("pyarrow")

SUMMED = frozenset(unit.value for unit in Unit) - {Unit.SHARE.value, Unit.MONTHS.value}
"""Units whose amounts can be added from one structure to another."""
USABLE = frozenset({Class.DROIT, Class.A_DEMANDER})
"""Classes of what can be had."""
YES, NO, LOW, HIGH, LOW_UNKNOWN, HIGH_UNKNOWN = "oui", "non", "bas", "haut", "bas inconnu", "haut inconnu"
EXCLUDED, BLOCKED, CLASS, SERVED = "exclut", "bloque", "classe", "servies"
ALL = ""
"""In the place of an aid: what is counted over all of them."""
Key = tuple[str, str, str]
"""Aid, what is counted, of which condition, fact or class (empty: of none)."""
Counts = Mapping[Key, float]
COLUMNS = {"aid": "string", "what": "string", "name": "string", "number": "double"}


def counted(entries: Sequence[AidEntry], program: Program, population: pl.DataFrame) -> Counts:
    """Count everything told of these aids over a population, on the larger engine when one was chosen.

    ``population``: see :func:`ancrage.facts.population.population`. Numbers are structures, but for ``LOW``
    and ``HIGH``, sums of amounts in the unit of the aid. What counts nobody is left out.
    """
    engine = larger_engine()
    if engine is None:
        return _to_the_cent(_of_part(entries, program, population))
    rows = population.select(sorted(_columns(entries, program) & set(population.columns)))
    part = Part(tuple(entries), program)
    parts = engine.gathered(rows.to_arrow(compat_level=pl.CompatLevel.oldest()), part, COLUMNS)
    return _to_the_cent(added(_read(parts)))


def _to_the_cent(counts: Counts) -> Counts:
    """Sums without the last digits, which depend on the parts a population was cut into."""
    return Counter({key: round(number, 2) for key, number in counts.items()})


def added(parts: Iterable[tuple[Key, float]]) -> Counts:
    """The sum of counts of parts of a population; that of amounts is exact to the last digit kept."""
    numbers: dict[Key, list[float]] = {}
    for key, number in parts:
        numbers.setdefault(key, []).append(number)
    return Counter({key: math.fsum(found) for key, found in numbers.items()})


def _read(parts: pa.Table) -> Iterator[tuple[Key, float]]:
    for row in parts.to_pylist():
        yield (row["aid"], row["what"], row["name"]), row["number"]


class Part:
    """Counts a part of the population wherever it is: the same program, by the same engine of rules."""

    def __init__(self, entries: tuple[AidEntry, ...], program: Program) -> None:
        self.entries, self.program = entries, program

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Structures in, counts out (``COLUMNS``)."""
        frame = pl.from_arrow(batch)
        if not isinstance(frame, pl.DataFrame):
            raise TypeError(type(frame))
        found = _of_part(self.entries, self.program, frame)
        columns = [*zip(*found, strict=True), tuple(found.values())] if found else [(), (), (), ()]
        types = [pa.string()] * 3 + [pa.float64()]
        arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
        return pa.RecordBatch.from_arrays(arrays, names=list(COLUMNS))


def _columns(entries: Sequence[AidEntry], program: Program) -> set[str]:
    """Columns that the rules read, and those that tell which facts are unknown."""
    told = {fact for entry in entries for one in entry.conditions for fact in one.facts} & set(load_facts())
    numbers = {fact for fact, kind in program.facts.items() if kind is Kind.NUMBER}
    numbers |= {fact for fact in told if load_facts()[fact].type.is_number}
    plain = (set(program.facts) | told) - numbers
    return plain | {f"{fact}_{side}" for fact in numbers for side in ("low", "high")}


def _of_part(entries: Sequence[AidEntry], program: Program, frame: pl.DataFrame) -> Counts:
    from ancrage.rules.polars_engine import evaluate_frame  # only a simulation pays for Polars

    answers = evaluate_frame(program, frame, outputs=[key for entry in entries for key in _keys(entry)])
    served = _all(frame, value=False)
    counts: Counter[Key] = Counter()
    for entry in entries:
        if entry.in_force and classes_of(entry)[Verdict.OUI, False] in USABLE:
            served |= answers[entry.key].fill_null(value=False)
        for (what, name), number in _of_aid(entry, answers, frame):
            counts[entry.id, what, name] += number  # type: ignore[assignment]  # amounts are no whole numbers
    counts[ALL, SERVED, ALL] += int(served.sum())
    return +counts


def _keys(entry: AidEntry) -> Iterator[str]:
    yield entry.key
    yield from (condition.key for condition in entry.conditions)
    if entry.amount and entry.amount.certain:
        yield entry.amount.key


Told = Iterator[tuple[tuple[str, str], float]]
"""What, and of which, to how many."""


def _of_aid(entry: AidEntry, answers: pl.DataFrame, frame: pl.DataFrame) -> Told:
    truth = answers[entry.key]
    yield (YES, ALL), int(truth.sum() or 0)
    yield (NO, ALL), int((~truth).sum() or 0)
    yield from _amounts(entry, answers)
    for one in entry.conditions:
        if one.certain:
            yield (EXCLUDED, one.id), int((~answers[one.key]).sum() or 0)
    yield from _blocking(entry, answers, frame)
    for kind, number in _classed(entry, answers, frame):
        yield (CLASS, kind.value), number


def _amounts(entry: AidEntry, answers: pl.DataFrame) -> Told:
    """Lowest over those surely entitled, highest over all who may be."""
    told = entry.amount
    if told is None or not told.certain or told.unit not in SUMMED:
        return
    low = answers[f"{told.key}_low"]
    if not is_doubtful(entry):
        low = low.filter(answers[entry.key].fill_null(value=False))
        yield (LOW, ALL), float(low.sum())
        yield (LOW_UNKNOWN, ALL), low.null_count()
    high = answers[f"{told.key}_high"].filter(answers[entry.key].fill_null(value=True))
    yield (HIGH, ALL), float(high.sum())
    yield (HIGH_UNKNOWN, ALL), high.null_count()


def is_doubtful(entry: AidEntry) -> bool:
    """What is still to be checked for everybody leaves no sure yes."""
    return bool(entry.doubts) or not all(one.certain for one in entry.conditions)


def _blocking(entry: AidEntry, answers: pl.DataFrame, frame: pl.DataFrame) -> Told:
    """Unknown facts read by a condition that is undecided, where the aid itself is."""
    open_ = answers[entry.key].is_null()
    for fact in dict.fromkeys(fact for one in entry.conditions if one.certain for fact in one.facts):
        undecided = _all(frame, value=False)
        for one in entry.conditions:
            if one.certain and fact in one.facts:
                undecided |= answers[one.key].is_null()
        yield (BLOCKED, fact), int((open_ & undecided & _unknown(fact, frame)).sum())


def _classed(entry: AidEntry, answers: pl.DataFrame, frame: pl.DataFrame) -> Iterator[tuple[Class, int]]:
    """Structures of each class: what the conditions say, and whether an answer of theirs would tell."""
    classes = classes_of(entry)
    if not entry.in_force:  # its conditions are not read: nothing says whether they hold
        yield classes[Verdict.A_VERIFIER, False], frame.height
        return
    truth = answers[entry.key]
    waiting = truth.is_null() & _waiting(entry, answers, frame)
    asked, open_ = int(waiting.sum()), int(truth.null_count())
    yield classes[Verdict.OUI, False], int(truth.sum() or 0)
    yield classes[Verdict.NON, False], int((~truth).sum() or 0)
    yield classes[Verdict.A_VERIFIER, True], asked
    yield classes[Verdict.A_VERIFIER, False], open_ - asked


def _waiting(entry: AidEntry, answers: pl.DataFrame, frame: pl.DataFrame) -> pl.Series:
    """Whether an undecided condition reads a fact that the structure could tell."""
    found = _all(frame, value=False)
    for one in entry.conditions:
        if one.certain:
            for fact in sorted(set(one.facts) - LAW_FACTS):
                found |= answers[one.key].is_null() & _unknown(fact, frame)
    return found


def _unknown(fact: str, frame: pl.DataFrame) -> pl.Series:
    if load_facts()[fact].type.is_number:
        if f"{fact}_low" not in frame.columns:
            return _all(frame, value=True)
        return ~(frame[f"{fact}_low"] == frame[f"{fact}_high"]).fill_null(value=False)
    return frame[fact].is_null() if fact in frame.columns else _all(frame, value=True)


def _all(frame: pl.DataFrame, *, value: bool) -> pl.Series:
    """The same truth for every row, typed even when there is none."""
    return pl.Series([value] * frame.height, dtype=pl.Boolean)

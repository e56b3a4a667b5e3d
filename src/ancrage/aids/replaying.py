"""Replaying the cases written beside the rules: each is a small specification."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from ancrage.aids.answering import AidAnswer, DayCatalogue
from ancrage.aids.catalogue import Catalogue, load_catalogue
from ancrage.aids.compiling import compile_day
from ancrage.aids.declaration import Aid, Case
from ancrage.aids.situation import completed, declared
from ancrage.errors import AncrageError, CatalogueError
from ancrage.rules.facts.values import get_fact, read_value
from ancrage.rules.values import Interval


@dataclass(frozen=True, slots=True)
class Replay:
    """A case and what the rules answer; ``gaps`` are the differences, in French, none when it holds."""

    aid: Aid
    case: Case
    answer: AidAnswer
    gaps: tuple[str, ...]


def replay_all(catalogue: Catalogue | None = None) -> Iterator[Replay]:
    """Every case of the catalogue. Raises :class:`CatalogueError` for a fact that cannot be read."""
    source = catalogue or load_catalogue()
    for aid in source.aids.values():
        alone = replace(source, aids={aid.id: aid})
        days: dict[date, DayCatalogue] = {}
        for number, case in enumerate(aid.cases):
            if case.day not in days:
                days[case.day] = DayCatalogue(compile_day(case.day, catalogue=alone))
            yield _replayed(aid, number, case, days[case.day], source)


def _replayed(aid: Aid, number: int, case: Case, day: DayCatalogue, source: Catalogue) -> Replay:
    try:
        told = declared({fact: read_value(get_fact(fact), value) for fact, value in case.facts.items()})
    except AncrageError as error:
        where = source.where(aid.id, "cases", number, "facts")
        raise CatalogueError(f"{where} : {error.message}", error.hint) from error
    (answer,) = day.answers(completed(told, on=case.day))
    return Replay(aid, case, answer, tuple(_gaps(case, answer)))


def _gaps(case: Case, answer: AidAnswer) -> Iterator[str]:
    if answer.verdict is not case.verdict:
        yield f"verdict {answer.verdict.label}, attendu {case.verdict.label}"
    if case.amount is not None and not _same_amount(case, answer.amount):
        yield f"montant {answer.amount}, attendu {case.amount}"
    if case.missing is not None and set(answer.missing) != set(case.missing):
        yield f"faits manquants {sorted(answer.missing)}, attendu {sorted(case.missing)}"


def _same_amount(case: Case, found: Interval | None) -> bool:
    expected = case.amount if isinstance(case.amount, tuple) else (case.amount, case.amount)
    given = (None, None) if found is None else (found.low, found.high)
    return all(_close(one, other) for one, other in zip(expected, given, strict=True))


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-6)


@cache
def replayed() -> tuple[Replay, ...]:
    """Every case of Ancrage's own catalogue, replayed once."""
    return tuple(replay_all())

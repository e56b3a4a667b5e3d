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
from ancrage.errors import AncrageError, CatalogueError
from ancrage.facts.situation import completed, declared
from ancrage.facts.values import get_fact, read_value
from ancrage.interval import Interval


@dataclass(frozen=True, slots=True)
class Replay:
    """A case and what the rules answer; ``gaps`` are the differences, in French, none when it holds.

    ``path`` leads to the case in the file of ``owner``, the aid itself or a persona.
    """

    aid: Aid
    case: Case
    answer: AidAnswer
    gaps: tuple[str, ...]
    owner: str
    path: tuple[str | int, ...]


def replay_all(catalogue: Catalogue | None = None) -> Iterator[Replay]:
    """Every case of the catalogue, then every persona before the aids it names.

    Raises :class:`CatalogueError` for a fact that cannot be read or an aid that does not exist.
    """
    source = catalogue or load_catalogue()
    days: dict[tuple[str, date], DayCatalogue] = {}
    for told in (*_cases(source), *_personas(source)):
        key = told.aid.id, told.case.day
        if key not in days:
            alone = replace(source, aids={told.aid.id: told.aid})
            days[key] = DayCatalogue(compile_day(told.case.day, catalogue=alone))
        yield _replayed(told, days[key], source)


@dataclass(frozen=True, slots=True)
class _Told:
    """A case to replay and where it is written."""

    aid: Aid
    case: Case
    owner: str
    path: tuple[str | int, ...]


def _cases(source: Catalogue) -> Iterator[_Told]:
    for aid in source.aids.values():
        for number, case in enumerate(aid.cases):
            yield _Told(aid, case, aid.id, ("cases", number))


def _personas(source: Catalogue) -> Iterator[_Told]:
    for persona in source.personas.values():
        for identifier in persona.expected:
            if identifier not in source.aids:
                where = source.where(persona.id, "expected", identifier)
                raise CatalogueError(f"{where} : l'aide « {identifier} » n'existe pas.", "Corrigez-la.")
            case = persona.case_of(identifier)
            yield _Told(source.aids[identifier], case, persona.id, ("expected", identifier))


def _replayed(told: _Told, day: DayCatalogue, source: Catalogue) -> Replay:
    case = told.case
    try:
        facts = declared({fact: read_value(get_fact(fact), value) for fact, value in case.facts.items()})
    except AncrageError as error:
        where = source.where(told.owner, *told.path)
        raise CatalogueError(f"{where} : {error.message}", error.hint, *error.repairs) from error
    (answer,) = day.answers(completed(facts, on=case.day))
    return Replay(told.aid, case, answer, tuple(_gaps(case, answer)), told.owner, told.path)


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

"""A convention drafted: its articles as filled in, what is missing, what it makes due; nothing is guessed."""

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ancrage.conventions.catalogue import GIVEN, NAMED, read_deeds
from ancrage.conventions.declaration import Blank, Clause, DeedText, Duty, Sort
from ancrage.language.days import day as told_day

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


@dataclass(frozen=True, slots=True)
class Filled:
    """What the atelier says of a convention: its period, what it fills in, what people wrote (``said``)."""

    begin: date | None
    end: date | None
    given: Mapping[str, str]
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its number, its words, the table after it, the texts it rests on with their words."""

    number: int
    id: str
    title: str
    words: str
    shows: str
    texts: tuple[tuple[DeedText, str], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """All its articles; ``missing``: labels of what nobody filled in yet."""

    sort: Sort
    articles: tuple[Article, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """Something due on a day: by whom (``by``), under which text."""

    id: str
    title: str
    on: date
    by: str
    text: str


def draft(sort: Sort, filled: Filled, *, on: date) -> Draft:
    """The articles of a convention, with the words that the law has on a day."""
    kept = [one for one in sort.clauses if _written(one, filled)]
    articles = tuple(_article(rank, one, sort, filled, on) for rank, one in enumerate(kept, 1))
    named = {name for one in kept for name in NAMED.findall(one.words)} | {
        n for c in sort.clauses for n in c.when
    }
    return Draft(sort, articles, tuple(_missing(sort, filled, named)))


def _written(clause: Clause, filled: Filled) -> bool:
    """Whether a clause is for these answers; one that waits for an answer is not written yet."""
    return all(filled.said.get(name, "") in answers for name, answers in clause.when.items())


def _article(rank: int, clause: Clause, sort: Sort, filled: Filled, on: date) -> Article:
    texts = read_deeds().texts
    law = tuple((texts[one], texts[one].words_on(on)) for one in clause.texts if texts[one].holds_on(on))
    labels = {one.id: one for one in sort.blanks}

    def word(found: "re.Match[str]") -> str:
        name = found[1]
        if name in GIVEN:
            return filled.given.get(name) or "[à compléter]"
        return told(labels[name], filled.said.get(name, "")) or f"[à compléter : {labels[name].label}]"

    return Article(rank, clause.id, clause.title, NAMED.sub(word, clause.words), clause.shows, law)


def told(blank: Blank, answer: str) -> str:
    """An answer in words."""
    if blank.kind == "choice":
        return blank.choices.get(answer, "")
    if blank.kind == "month":
        return MONTHS[int(answer) - 1] if answer.isdecimal() and 1 <= int(answer) <= 12 else ""
    return answer.strip()


def _missing(sort: Sort, filled: Filled, named: set[str]) -> Iterator[str]:
    for blank in sort.blanks:
        if blank.needed and blank.id in named and not told(blank, filled.said.get(blank.id, "")):
            yield blank.label
    if filled.begin is None or filled.end is None:
        yield "Période"
    yield from (
        label
        for name, label in (("objet", "Objet"), ("autres", "Autre partie"))
        if not filled.given.get(name)
    )


def period(begin: date | None, end: date | None) -> str:
    """« du … au … »; empty when a day is not written."""
    return f"du {told_day(begin)} au {told_day(end)}" if begin and end else ""


def dues(sort: Sort, filled: Filled) -> tuple[Due, ...]:
    """What the convention makes due, in the order of days; nothing of a period nobody wrote."""
    found = [due for one in sort.duties for due in _dues(one, filled)]
    return tuple(sorted(found, key=lambda one: (one.on, one.id)))


def _dues(duty: Duty, filled: Filled) -> Iterator[Due]:
    begin, end = filled.begin, filled.end
    if begin is None or end is None:
        return
    if duty.counts != "exercice":
        day = _later(end if duty.counts == "fin" else begin, duty.months)
        yield Due(duty.id, duty.title, day, duty.by, duty.text)
        return
    month = filled.said.get("exercice", "")
    if month.isdecimal() and 1 <= int(month) <= 12:
        for closed in _closings(begin, end, int(month)):
            yield Due(
                duty.id,
                f"{duty.title}, exercice clos le {told_day(closed)}",
                _later(closed, duty.months),
                duty.by,
                duty.text,
            )


def _closings(begin: date, end: date, month: int) -> Iterator[date]:
    """The last day of each financial year that the period touches."""
    for year in range(begin.year, end.year + 2):
        closed = date(year, month, calendar.monthrange(year, month)[1])
        opened = _later(closed, -12) + timedelta(days=1)
        if opened <= end and closed >= begin:
            yield closed


def _later(day: date, months: int) -> date:
    """The same day some months later; the last of the month stays the last."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, longest if is_last else min(day.day, longest))

"""What can be followed: a territory, a search of aids, an aid; each a question, read into what is noted."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from ancrage.aids.catalogue import load_aids, load_catalogue
from ancrage.changes.aids import of_aid, of_published
from ancrage.changes.comparing import Change, compare
from ancrage.changes.noting import Noted, Reading, Sort
from ancrage.changes.reading import read as read_side
from ancrage.changes.sides import Side
from ancrage.edition.opened import Opened
from ancrage.errors import InvalidQuestionError
from ancrage.questions.aids import AidQuestion, AidSearchQuestion, PublishedAidQuestion
from ancrage.questions.news import NewsQuestion
from ancrage.questions.question import Asking, Question
from ancrage.questions.reading import read
from ancrage.questions.registry import question_named
from ancrage.territories.resolving import resolve

DAYS = ("le", "depuis", "limite")
"""What an alert leaves out of a question: it is asked again every day."""


def followed(address: str) -> Question:
    """The question of an address, its days left out.

    Raises :class:`InvalidQuestionError` for one that cannot be followed, and what reading it raises.
    """
    name, _, query = address.partition("?")
    if name not in FOLLOWED:
        raise InvalidQuestionError([("question", f"on ne peut suivre que : {', '.join(FOLLOWED)}")])
    words = {key: told for key, told in parse_qs(query).items() if key not in DAYS}
    return read(question_named(name), words)


def canonical(question: Question, opened: Opened) -> tuple[Question, str]:
    """The question with its territory by its code, and what it is called. Raises what answering raises."""
    about = _place(question, opened, opened.today)
    settled = question.about(about) if about else question
    return settled, NAMED[question.name](settled, about.name if about else "")


def noted(question: Question, opened: Opened, *, on: date, gone_since: date) -> Reading:
    """What is noted of a question on a day. Raises what answering it raises."""
    return FOLLOWED[question.name](question, opened, on, gone_since)


def changed(question: Question, opened: Opened, *, since: date, on: date) -> tuple[Change, ...]:
    """What changed of a question between two days, in this edition. Raises what answering it raises."""
    before = noted(question, opened, on=since, gone_since=since)
    return compare(before, noted(question, opened, on=on, gone_since=since), since=since, on=on)


def _place(question: Question, opened: Opened, on: date) -> Any:
    typed = getattr(question, "territory", None)
    return resolve(opened.atlas, typed, on=on) if typed else None


def _of_territory(question: Any, opened: Opened, on: date, gone_since: date) -> Reading:
    territory = resolve(opened.atlas, question.territory, on=on)
    side = Side(opened.atlas, opened.shelf, load_catalogue(), territory, on, gone_since)
    return read_side(side, question.sorts or tuple(Sort))


def _of_search(question: Any, opened: Opened, on: date, _gone_since: date) -> Reading:
    asked = question.model_copy(update={"on": on, "limit": None})
    answer = asked.answer(Asking(opened, on, paged=True))
    wanted = {hit.document.id for hit in answer.facts.found.hits}
    return {one.key: one for one in _aids(opened, on, wanted)}


def _of_aid(question: Any, opened: Opened, on: date, _gone_since: date) -> Reading:
    return {one.key: one for one in _aids(opened, on, {question.aid})}


def _aids(opened: Opened, on: date, wanted: set[str]) -> Iterator[Noted]:
    known = load_aids()
    for identifier in sorted(wanted & known.keys()):
        yield from of_aid(known[identifier], on)
    for aid in opened.shelf.aids() if wanted - known.keys() else ():
        if aid.id in wanted:
            yield from of_published(aid, on)


def _search_label(question: Any, place: str) -> str:
    told = (f"« {question.text} »" if question.text else "", f"à {place}" if place else "")
    return " ".join(("Recherche d’aides", *filter(None, told)))


def _aid_label(question: Any, _place: str) -> str:
    aid = load_aids().get(question.aid)
    return f"Aide : {aid.name if aid else question.aid}"


Reader = Callable[[Any, Opened, date, date], Reading]
FOLLOWED: Mapping[str, Reader] = {
    NewsQuestion.name: _of_territory,
    AidSearchQuestion.name: _of_search,
    AidQuestion.name: _of_aid,
    PublishedAidQuestion.name: _of_aid,
}
NAMED: Mapping[str, Callable[[Any, str], str]] = {
    NewsQuestion.name: lambda _question, place: f"Territoire : {place}",
    AidSearchQuestion.name: _search_label,
    AidQuestion.name: _aid_label,
    PublishedAidQuestion.name: _aid_label,
}

"""What can be followed: each kind a question, the reading of what is noted of it, and what it is called.

A kind of a room above (the deadlines of a plan) is lent by that room when it begins (:func:`lend`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from ancrage.alerts import mine, reading
from ancrage.alerts.large import differences
from ancrage.alerts.near import NearQuestion, near_label, near_noted
from ancrage.alerts.texts import TextsQuestion, texts_label, texts_noted
from ancrage.changes.comparing import Change
from ancrage.changes.noting import Noted, Reading
from ancrage.edition.opened import Opened
from ancrage.errors import InvalidQuestionError
from ancrage.questions import aids, eligibility, news, structures, zonings
from ancrage.questions.question import Question
from ancrage.questions.reading import read
from ancrage.territories.resolving import resolve

DAYS = ("le", "depuis", "limite")
"""What an alert leaves out of a question: it is asked again every day."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that is followed.

    ``noted``: what is noted of its question, in an edition, on a day, with what ended since another.
    ``named``: what it is called, given the name of its territory. ``left_out``: what a page shows and an
    alert does not ask. ``private``: its words tell of a person, and are erased once nobody follows it.
    ``may``: for those who sign in only, whether a person may be told of it that day. ``living``: what people
    write changes it, which is read at each pass. ``agenda``: the days that a calendar shows of it.
    """

    question: type[Question]
    noted: Callable[[Any, Opened, date, date], Reading]
    named: Callable[[Any, str], str]
    left_out: tuple[str, ...] = ()
    private: bool = False
    may: Callable[[Any, UUID, date], bool] | None = None
    living: bool = False
    agenda: Callable[[Any, Opened, date], Iterable[Noted]] | None = None


def followed(address: str) -> Question:
    """The question of an address, its days left out.

    Raises :class:`InvalidQuestionError` for one that cannot be followed, and what reading it raises.
    """
    name, _, query = address.partition("?")
    if name not in FOLLOWED:
        raise InvalidQuestionError([("question", f"on ne peut suivre que : {', '.join(FOLLOWED)}")])
    kind = FOLLOWED[name]
    words = {key: told for key, told in parse_qs(query).items() if key not in (*DAYS, *kind.left_out)}
    return read(kind.question, words)


def open_to_all(address: str) -> Question:
    """The same, of what anybody may be told. Raises what :func:`followed` raises."""
    question = followed(address)
    if kind_of(question).may is not None:
        raise InvalidQuestionError([("question", "cela ne se suit que depuis votre espace")])
    return question


def kind_of(question: Question) -> Kind:
    """The kind of a question that is followed."""
    return FOLLOWED[question.name]


def can_be_followed(question: object) -> bool:
    """Whether anybody, signed in or not, can be told of what changes in an answer."""
    kind = FOLLOWED.get(getattr(question, "name", ""))
    return kind is not None and kind.may is None


def canonical(question: Question, opened: Opened) -> tuple[Question, str]:
    """The question with its territory by its code, and what it is called. Raises what answering raises."""
    about = _place(question, opened, opened.today)
    settled = question.about(about) if about else question
    return settled, kind_of(question).named(settled, about.name if about else "")


def noted(question: Question, opened: Opened, *, on: date, gone_since: date) -> Reading:
    """What is noted of a question on a day. Raises what answering it raises."""
    return kind_of(question).noted(question, opened, on, gone_since)


def changed(question: Question, opened: Opened, *, since: date, on: date) -> tuple[Change, ...]:
    """What changed of a question between two days, in this edition. Raises what answering it raises."""
    before = noted(question, opened, on=since, gone_since=since)
    after = noted(question, opened, on=on, gone_since=since)
    return differences(question, opened, before, after, edition=None, since=since, on=on)


def _place(question: Question, opened: Opened, on: date) -> Any:
    typed = getattr(question, "territory", None)
    return resolve(opened.atlas, typed, on=on) if typed else None


def _by_name(kinds: Iterable[Kind]) -> dict[str, Kind]:
    return {one.question.name: one for one in kinds}


def lend(kind: Kind) -> None:
    """Add a kind that a room above knows how to read."""
    _kinds[kind.question.name] = kind


_kinds = _by_name(
    (
        Kind(
            news.NewsQuestion, reading.of_territory, reading.territory_label, agenda=reading.territory_agenda
        ),
        Kind(aids.AidSearchQuestion, reading.of_search, reading.search_label, agenda=reading.search_agenda),
        Kind(aids.AidQuestion, reading.of_aid, reading.aid_label, agenda=reading.aid_agenda),
        Kind(aids.PublishedAidQuestion, reading.of_aid, reading.aid_label, agenda=reading.aid_agenda),
        Kind(
            eligibility.EligibilityQuestion,
            mine.noted,
            mine.label,
            left_out=("encore", "detail", "passe"),
            private=True,
            agenda=mine.agenda,
        ),
        Kind(zonings.ZoningHereQuestion, reading.of_zoning, reading.zoning_label),
        Kind(
            structures.StructuresQuestion,
            reading.of_structures,
            reading.structures_label,
            left_out=("tri", "colonnes", "apres"),
        ),
        Kind(NearQuestion, near_noted, near_label),
        Kind(TextsQuestion, texts_noted, texts_label),
    )
)
FOLLOWED: Mapping[str, Kind] = _kinds

"""From what a person wrote (address, form, command) to the question: refused in the same words."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from ancrage.errors import InvalidQuestionError, UnknownTerritoryError
from ancrage.questions.fields import Asked, Words, takes_several
from ancrage.questions.question import Question
from ancrage.questions.refusals import french

Asks = TypeVar("Asks", bound=Question)
LONGEST_SHOWN = 40
FILE_MARK = "@"


def read(question: type[Asks], words: Words, *, local: bool = False) -> Asks:
    """The question that these words ask. An empty value asks nothing; a name it does not have is left aside.

    ``local``: whether files of this machine may be named, which only the command line allows.

    Raises :class:`InvalidQuestionError` naming every fault, :class:`UnknownTerritoryError` for a territory
    that names a file, and what a field raises by itself (:class:`ancrage.errors.InvalidDayError`…).
    """
    if not local:
        _refuse_files(question, words)
    told = {
        name: value
        for name, asked in question.asked()
        if (local or not asked.local) and (value := _value(question, name, asked, words)) is not None
    }
    try:
        return question.model_validate(told)
    except ValidationError as error:
        raise InvalidQuestionError(_faults(question, error)) from error


def _refuse_files(question: type[Question], words: Words) -> None:
    """A territory may be a file of the command line's machine: never one of the server's."""
    for _, asked in question.asked():
        for name in asked.names if asked.place else ():
            for value in words.get(name, ()):
                if value.strip().startswith(FILE_MARK):
                    raise UnknownTerritoryError(value.strip()[:LONGEST_SHOWN])


def choose(questions: Sequence[type[Question]], words: Words, *, local: bool = False) -> Question:
    """The first question whose needed fields are all there, read; the last one is asked when none is.

    ``local``: on a command line, an option typed with nothing says which question is meant.
    """
    told = (one for one in questions if one.needs and all(map(_is_there(one, words), one.needs)))
    begun = (one for one in questions if local and _is_begun(one, words))
    wanted = next(told, None) or next(begun, None) or _asking_least(questions)
    return read(wanted, words, local=local)


def _asking_least(questions: Sequence[type[Question]]) -> type[Question]:
    """The first that needs nothing, else the last."""
    return next((one for one in questions if not one.needs), questions[-1])


def _is_begun(question: type[Question], words: Words) -> bool:
    """Whether an option it needs was typed, even with nothing after it; a form sends every field so."""
    return any(
        name in words for _, asked in question.asked() if asked.name in question.needs for name in asked.names
    )


def _is_there(question: type[Question], words: Words) -> Callable[[str], bool]:
    """Whether a field is written, under any of its names."""
    names = {asked.name: asked.names for _, asked in question.asked()}
    return lambda field: any(value.strip() for name in names[field] for value in words.get(name, ()))


def _value(question: type[Question], name: str, asked: Asked, words: Words) -> Any:
    """The value written under the first of its names that says something."""
    several = takes_several(question.model_fields[name])
    for each in asked.names:
        found = [value for value in words.get(each, ()) if not isinstance(value, str) or value.strip()]
        if found:
            return tuple(found) if several else _trimmed(found[-1])
    return None


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _faults(question: type[Question], error: ValidationError) -> tuple[tuple[str, str], ...]:
    """Each fault: the name of the field as people write it, and what is said of its value."""
    return tuple(
        (
            question.words_of(str(each["loc"][0])).name if each["loc"] else question.name,
            _told(each),
        )
        for each in error.errors()
    )


def _told(fault: Any) -> str:
    """What is said of a value, after the value itself when it was written."""
    received = fault.get("input")
    shown = f"« {received[:LONGEST_SHOWN]} » : " if isinstance(received, str) and received else ""
    return f"{shown}{french(fault)}"

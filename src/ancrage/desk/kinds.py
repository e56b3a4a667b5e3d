"""Works too long for a page: each asked once, worked out by the worker, its file kept a day."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from ancrage.desk.opened import opened
from ancrage.errors import UnknownTaskError
from ancrage.questions.question import Answer, Asking, TerritoryQuestion
from ancrage.questions.reading import read
from ancrage.questions.registry import QUESTIONS, question_named
from ancrage.reports.formats import Format, format_named
from ancrage.reports.topic import Telling
from ancrage.tasks.kinds import Kind, Parameters, Progress, Result

LONGEST_SEARCH = 300.0
"""Seconds a task may look for the best; past it, it tells the gap to it."""


def _read_question(name: str) -> Callable[[Parameters], dict[str, str]]:
    """The question and its shape, in the one form that makes two same tasks one."""

    def read_parameters(parameters: Parameters) -> dict[str, str]:
        now = opened()
        shape = format_named(parameters.get("forme") or "html")
        question = read(question_named(name), _words_of(parameters)).settled(now.today)
        if isinstance(question, TerritoryQuestion):
            question = question.about(question.found(Asking(now, now.today)))
        return {"question": question.address, "forme": shape.id}

    return read_parameters


def _words_of(parameters: Parameters) -> dict[str, list[str]]:
    """What a form says: an address, or its own fields beside the words of an address."""
    if address := parameters.get("question", ""):
        return parse_qs(address.partition("?")[2])
    told = parse_qs(parameters.get("parametres", "")) | _supposed(parameters)
    return told | {name: [parameters[name]] for name in ("territoire", "le") if parameters.get(name)}


def _supposed(parameters: Parameters) -> dict[str, list[str]]:
    """Aids and suppositions, as the form of the tasks has always written them: separated by spaces."""
    suppositions = [one for one in parameters.get("parametres", "").split() if "." in one.partition("=")[0]]
    told = {"aide": parameters.get("aides", "").split(), "parametre": suppositions}
    return {name: values for name, values in told.items() if values}


def _work_question(name: str) -> Callable[[Parameters, Progress], Result]:
    def work(parameters: Parameters, progress: Progress) -> Result:
        now = opened()
        progress(5, "Lecture de la question.")
        question = read(question_named(name), _words_of(parameters))
        shape = format_named(parameters["forme"])
        progress(15, f"{question.label}.")
        asking = Asking(now, now.today, drawn=shape.drawn, paged=True, seconds=LONGEST_SEARCH)
        answer = question.answer(asking)
        progress(80, "Mise en page.")
        try:
            written = shape.write(Telling(answer))
        except LookupError as error:
            raise UnknownTaskError(
                f"Cette réponse n'a pas de forme {shape.label}.", "Choisissez une autre forme."
            ) from error
        content = written.encode() if isinstance(written, str) else written
        return Result(_file_name(answer, shape), shape.mime, content)

    return work


def _file_name(answer: Answer[Any], shape: Format) -> str:
    place = str(answer.territory.code) if answer.territory else "france"
    told = "".join(sign if sign.isalnum() else "-" for sign in place)[:60]
    return f"{answer.question.name}-{told}-{answer.on.isoformat()}.{shape.suffix}"


def _kind(name: str) -> Kind:
    question = question_named(name)
    return Kind(name, question.label, _read_question(name), _work_question(name), long=question.long)


KINDS = (
    *(_kind(name) for name in QUESTIONS if not question_named(name).private),
    Kind(
        "rapport",
        "Rapport de diagnostic d’un territoire",
        _read_question("diagnostic"),
        _work_question("diagnostic"),
        long=False,
    ),
)

"""Works too long for a page: each asked once, worked out by the worker, its file kept a day."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from ancrage.aids.overriding import read_overrides
from ancrage.aids.simulation import simulate
from ancrage.dating import parse_day
from ancrage.desk.asking import territory_of
from ancrage.desk.opened import opened
from ancrage.errors import UnknownTaskError
from ancrage.questions.question import Answer, Asking, TerritoryQuestion
from ancrage.questions.reading import read
from ancrage.questions.registry import QUESTIONS, question_named
from ancrage.reports.formats import Format, format_named
from ancrage.reports.topic import Telling
from ancrage.tasks.kinds import Kind, Parameters, Progress, Result
from ancrage.territories.territory import Territory


def _read_place(parameters: Parameters) -> dict[str, str]:
    """Territory and day, in the form that makes two same questions one."""
    now = opened()
    on = parse_day(parameters["le"]) if parameters.get("le") else now.today
    territory = territory_of(now, parameters.get("territoire", ""), on=on)
    return {"territoire": _asked(territory, parameters), "le": on.isoformat()}


def _asked(territory: Territory, parameters: Parameters) -> str:
    """A set of communes has no code of its own: it is asked again as it was written."""
    return parameters["territoire"] if territory.code.kind == "ensemble" else str(territory.code)


def _place(parameters: Parameters) -> Territory:
    return territory_of(opened(), parameters["territoire"], on=parse_day(parameters["le"]))


def _read_simulation(parameters: Parameters) -> dict[str, str]:
    overrides = read_overrides(parameters.get("parametres", "").split())
    told = " ".join(f"{name}={value:g}" for name, value in sorted(overrides.items()))
    aids = " ".join(sorted(set(parameters.get("aides", "").split())))
    return {**_read_place(parameters), "aides": aids, "parametres": told}


def _simulate(parameters: Parameters, progress: Progress) -> Result:
    now = opened()
    progress(5, "Lecture du territoire.")
    territory = _place(parameters)
    progress(15, "Structures du territoire passées au crible des aides.")
    overrides = read_overrides(parameters["parametres"].split())
    aids = tuple(parameters["aides"].split())
    found = simulate(now.atlas, territory, only=aids, overrides=overrides, cache=now.cache)
    progress(90, "Écriture du résultat.")
    content = json.dumps(found.as_json(), ensure_ascii=False, indent=2).encode()
    return Result(_named("simulation", parameters, "json"), "application/json", content)


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
    told = parse_qs(parameters.get("parametres", ""))
    return told | {name: [parameters[name]] for name in ("territoire", "le") if parameters.get(name)}


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


def _named(what: str, parameters: Mapping[str, str], extension: str) -> str:
    place = "".join(sign if sign.isalnum() else "-" for sign in parameters["territoire"])[:60]
    return f"{what}-{place}-{parameters['le']}.{extension}"


KINDS = (
    Kind("simulation", "Simulation des aides sur un territoire", _read_simulation, _simulate),
    *(_kind(name) for name in QUESTIONS),
    Kind(
        "rapport",
        "Rapport de diagnostic d’un territoire",
        _read_question("diagnostic"),
        _work_question("diagnostic"),
        long=False,
    ),
)

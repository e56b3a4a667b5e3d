"""The questions and the answers; the same page answers a whole visit and a fragment of it."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from ancrage.aids.answering import by_class
from ancrage.desk.opened import opened
from ancrage.errors import FactError
from ancrage.facts.declaration import load_facts
from ancrage.facts.values import read_facts
from ancrage.questions.eligibility import EligibilityQuestion
from ancrage.questions.reading import read
from ancrage.reports.aids import wording
from ancrage.reports.aids.desks import desk_lines
from ancrage.reports.aids.sheet import FOLDED
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import Telling
from ancrage.web.asking import OFFERED, asking_for, file_of, page_of, shape_of
from ancrage.web.navigation import link_of

NEW_FACT, NEW_VALUE = "fait", "valeur"
Faults = Mapping[str, str]


def ask(request: HttpRequest) -> HttpResponse:
    """Where the visitor stands: what is known, the next question, the aids; or their file."""
    shape = shape_of(request)
    if shape.id != "html":
        return document(request, shape.id)
    question, faults = _read(request.GET)
    if not (faults or question.siret or question.territory or question.facts or question.passed):
        return render(
            request,
            "assistant/start.html.j2",
            {"facts": load_facts(), "now": opened(), "on": question.on or opened().today},
        )
    telling = Telling(question.answer(asking_for(shape)), link_of)
    report = telling.answer.facts.report
    groups = by_class(report.answers)
    response = page_of(
        request,
        telling,
        template="assistant/answers.html.j2",
        asked=question,
        carried=question.carried(report).words(),
        faults=faults,
        facts=load_facts(),
        aw=wording,
        desk_lines=desk_lines,
        report=report,
        question=telling.answer.facts.following,
        groups={standing: found for standing, found in groups.items() if found},
        folded=FOLDED,
        known=list(report.worth_telling.items()),
        declared=[one.partition("=")[0].strip() for one in question.facts],
        saved=urlencode(question.words()),
        before=lambda fact: urlencode(question.without(fact).words()),
    )
    response.status_code = 400 if faults else 200
    response.headers["Cache-Control"] = "no-store"
    return response


def document(request: HttpRequest, shape: str) -> HttpResponse:
    """The answers as a file."""
    if shape not in OFFERED:
        raise Http404(shape)
    question, _ = _read(request.GET)
    response = file_of(Telling(question.answer(asking_for(FORMATS[shape])), link_of), FORMATS[shape])
    response.headers["Cache-Control"] = "no-store"
    return response


def _read(asked: QueryDict) -> tuple[EligibilityQuestion, Faults]:
    """What the address asks; a fact that cannot be read is a fault and leaves the others as they are.

    The answer just given comes as ``fait`` and ``valeur``; an empty value is « je ne sais pas ».
    """
    facts, passed = [*asked.getlist("f"), *asked.getlist(NEW_FACT)], asked.getlist("passe")
    faults: dict[str, str] = {}
    told: list[str] = []
    for fact in filter(None, facts):
        name, sign, _ = fact.partition("=")
        value = asked.get(NEW_VALUE, "").strip()
        if not (sign or value):
            passed.append(name)
            continue
        pair = fact if sign else f"{name}={value}"
        try:
            read_facts([pair])
            told.append(pair)
        except FactError as error:
            faults[name.strip()] = f"{error.message} {error.hint}"
    words = dict(asked.lists()) | {"fait": told, "f": [], "passe": list(dict.fromkeys(passed))}
    return read(EligibilityQuestion, words), faults

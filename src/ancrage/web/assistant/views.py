"""The questions and the answers; the same page answers a whole visit and a fragment of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from ancrage.aids.answering import by_class
from ancrage.aids.ordering import ranked
from ancrage.aids.questions import CORE, questions_asked
from ancrage.aids.report import AidReport
from ancrage.aids.standing import Class
from ancrage.desk.opened import opened
from ancrage.errors import AncrageError, FactError
from ancrage.facts.declaration import load_facts
from ancrage.facts.territory import FORMS
from ancrage.facts.values import read_facts
from ancrage.questions.eligibility import EligibilityQuestion
from ancrage.questions.reading import read
from ancrage.questions.search import LONGEST_TEXT, index_of
from ancrage.reports.aids import wording
from ancrage.reports.aids.desks import desk_lines
from ancrage.reports.aids.sheet import FOLDED
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import Telling
from ancrage.search.suggestion import Found, Suggestion
from ancrage.territories.resolving import resolve
from ancrage.web.again import asked_again
from ancrage.web.asking import OFFERED, asking_for, file_of, page_of, shape_of
from ancrage.web.navigation import link_of

START = "assistant/start.html.j2"
NEW_FACT, NEW_VALUE, AT_ONCE = "fait", "valeur", "f."
AUTHORITY = "collectivite"
MOST_SHOWN, MOST_STRUCTURES = 20, 8
"""Aids of a class that are shown whole; structures that a name may designate."""
Faults = Mapping[str, str]


def ask(request: HttpRequest) -> HttpResponse:
    """Where the visitor stands: what is known, the next question, the aids; or their file."""
    shape = shape_of(request)
    if shape.id != "html":
        return document(request, shape.id)
    try:
        return _asked(request)
    except AncrageError as error:
        return asked_again(request, error, START, **_typed(request.GET))


def _typed(asked: QueryDict) -> dict[str, Any]:
    """What the first form shows of an address that could not be answered: everything that it told."""
    pairs = (one.partition("=") for one in (*asked.getlist("f"), *asked.getlist(NEW_FACT)))
    given = {name.strip(): value.strip() for name, _, value in pairs}
    given |= {
        name.removeprefix(AT_ONCE): str(value) for name, value in asked.items() if name.startswith(AT_ONCE)
    }
    kept = [f"{name}={value}" for name, value in given.items() if name not in CORE and value]
    return {"facts": load_facts(), "asked": asked, "given": given, "kept": kept, "faults": (), "choices": ()}


def _asked(request: HttpRequest) -> HttpResponse:
    named = request.GET.get("siret", "").strip()[:LONGEST_TEXT]
    if named and not _is_number(named):
        return _of_name(request, named)
    question, faults = _read(request.GET)
    begun = faults or question.siret or question.territory or question.facts or question.passed
    if not begun or request.GET.get("modifier"):
        return _start(request, question)
    return _answers(request, question, faults)


def _is_number(written: str) -> bool:
    return written.replace(" ", "").replace("\u00a0", "").isdecimal()


def _answers(request: HttpRequest, question: EligibilityQuestion, faults: Faults) -> HttpResponse:
    telling = Telling(question.answer(asking_for(FORMATS["html"])), link_of)
    facts = telling.answer.facts
    report: AidReport = facts.report
    groups = {standing: ranked(found) for standing, found in by_class(report.told).items() if found}
    declared = [one.partition("=")[0].strip() for one in question.facts]
    asked = questions_asked(report, question.passed)
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
        question=facts.following,
        left=facts.left,
        unasked=not facts.left,
        waiting=len(groups.get(Class.REPONSE_MANQUANTE, ())),
        started=bool(asked),
        last=asked[-1] if asked else "",
        groups=groups,
        MOST=MOST_SHOWN,
        folded=FOLDED,
        known=list(report.worth_telling.items()),
        declared=declared,
        saved=urlencode(question.words()),
        need_words=urlencode(_need_words(question)),
        before=lambda fact: urlencode(question.without(fact).words()),
    )
    response.status_code = 400 if faults else 200
    response.headers["Cache-Control"] = "no-store"
    return response


def _need_words(question: EligibilityQuestion) -> list[tuple[str, str]]:
    """What a request for support may take of these answers: where, and each fact, to be chosen there."""
    return [("t", question.territory or ""), *(("f", one) for one in question.facts)]


def _start(
    request: HttpRequest,
    question: EligibilityQuestion,
    *,
    faults: Sequence[str] = (),
    choices: Sequence[tuple[Suggestion, str]] = (),
) -> HttpResponse:
    """The core facts, asked at once; what was told stays in its fields."""
    told = dict(one.split("=", 1) for one in question.facts)
    given = {fact: value.strip() for fact, value in told.items()}
    kept = [one for one in question.facts if one.partition("=")[0].strip() not in CORE]
    page = {
        "facts": load_facts(),
        "asked": request.GET,
        "given": given,
        "kept": kept,
        "faults": faults,
        "choices": choices,
    }
    response = render(request, START, page, status=400 if faults else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _of_name(request: HttpRequest, name: str) -> HttpResponse:
    """The structure of a name: at once when it is the only one, else which one is asked."""
    found = index_of(opened()).suggest(name, limit=MOST_STRUCTURES, kinds=(Found.STRUCTURE,))
    addresses = [(one, _with_siret(request.GET, one.code)) for one in found]
    if len(addresses) == 1:
        return redirect(addresses[0][1])
    words = request.GET.copy()
    del words["siret"]
    question, _ = _read(words)
    fault = (
        f"Aucune structure du registre ne répond à « {name} » : écrivez son nom autrement, donnez son SIRET, "
        "ou laissez ce champ vide et dites sa forme."
    )
    return _start(request, question, faults=() if found else (fault,), choices=addresses)


def _with_siret(asked: QueryDict, siret: str) -> str:
    changed = asked.copy()
    changed["siret"] = siret
    return f"{reverse('assistant')}?{changed.urlencode()}"


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

    The answer just given comes as ``fait`` and ``valeur``; an empty value is « je ne sais pas ». Those given
    at once come as ``f.effectif``; an empty one says nothing.
    """
    facts, passed = [*asked.getlist("f"), *asked.getlist(NEW_FACT), *_at_once(asked)], asked.getlist("passe")
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


def _at_once(asked: QueryDict) -> Iterator[str]:
    """The facts of the first form; that of an authority says what it is by its territory."""
    for name, written in asked.lists():
        value = str(written[-1]).strip() if name.startswith(AT_ONCE) else ""
        if value:
            yield f"{name.removeprefix(AT_ONCE)}={value}"
    if asked.get("pour") == AUTHORITY and (place := str(asked.get("territoire", "")).strip()):
        now = opened()
        form = FORMS.get(resolve(now.atlas, place, on=now.today).kind)
        if form:
            yield f"forme={form}"

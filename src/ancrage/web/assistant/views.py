"""The questions and the answers; the same page answers a whole visit and a fragment of it."""

import json
from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ancrage.aids.answering import by_verdict
from ancrage.aids.asking import answer
from ancrage.aids.calendar import calendar_of
from ancrage.aids.questions import next_question
from ancrage.aids.report import AidReport
from ancrage.desk.asking import day_of
from ancrage.desk.opened import opened
from ancrage.edition.opened import Opened
from ancrage.errors import UnknownTerritoryError
from ancrage.facts.declaration import load_facts
from ancrage.reasoning import Verdict
from ancrage.reports.aids import wording
from ancrage.reports.aids.sheet import aids_sheet
from ancrage.territories.resolving import FILE_MARK
from ancrage.web.assistant.told import Told, read_told
from ancrage.web.sheets import FILES, sheet_file

TITLES = {
    Verdict.OUI: "Vous y avez droit, d’après ce que vous avez dit",
    Verdict.A_VERIFIER: "À vérifier : il manque une réponse",
    Verdict.NON: "Non, et pourquoi",
}


def ask(request: HttpRequest) -> HttpResponse:
    """Where the visitor stands: what is known, the next question, the aids."""
    now = opened()
    told = read_told(request.GET)
    on = day_of(request, now)
    around = {"told": told, "on": on, "now": now, "facts": load_facts(), "aw": wording}
    if not told.started:
        return render(request, "assistant/start.html.j2", around)
    report = _report(now, told, request)
    question = next_question(report, passed=told.passed)
    groups = by_verdict(report.answers)
    fictitious = any("fictive" in warning for warning in report.warnings)
    around |= {
        "report": report,
        "question": question,
        "groups": {verdict: groups[verdict] for verdict in TITLES},
        "titles": TITLES,
        "known": [(fact, one) for fact, one in report.situation.items() if one.value is not None],
        "saved": told.address(day=request.GET.get("le", "")),
        "shapes": tuple(FILES),
        "day": request.GET.get("le", ""),
        "fictitious": fictitious or told.siret.startswith("999"),
    }
    response = render(request, "assistant/answers.html.j2", around, status=400 if told.faults else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _report(now: Opened, told: Told, request: HttpRequest) -> AidReport:
    if told.territory.startswith(FILE_MARK):
        raise UnknownTerritoryError(told.territory[:40])
    return answer(now.atlas, told.request, on=day_of(request, now), cache=now.cache)


def as_json(request: HttpRequest) -> HttpResponse:
    """The answers as plain values."""
    now = opened()
    report = _report(now, read_told(request.GET), request)
    return _file(json.dumps(report.as_json(), ensure_ascii=False, indent=1), "application/json", "json")


def document(request: HttpRequest, shape: str) -> HttpResponse:
    """The answers as a PDF or a word processor's document."""
    if shape not in FILES:
        raise Http404(shape)
    now = opened()
    told = read_told(request.GET)
    report = _report(now, told, request)
    return sheet_file(
        aids_sheet(report, everything=True, question=next_question(report, passed=told.passed)), shape
    )


def calendar(request: HttpRequest) -> HttpResponse:
    """The deadlines of the aids that are open, for any calendar."""
    now = opened()
    report = _report(now, read_told(request.GET), request)
    return _file(calendar_of(report, at=datetime.now(UTC)), "text/calendar; charset=utf-8", "ics")


def _file(content: str | bytes, kind: str, ending: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="mes-aides.{ending}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)

"""Territories side by side, as a page, a map, a workbook: those named, and those that resemble the first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.errors import AncrageError
from ancrage.questions.comparison import MOST, ComparisonFacts, ComparisonQuestion
from ancrage.reports.comparison.topic import columns_of, ends, ordinal, ranked
from ancrage.reports.formats import FORMATS
from ancrage.web.again import asked_again
from ancrage.web.asking import answered, page_of, shape_of, telling_of

QUESTION = ("comparaison",)


@kept
def compare(request: HttpRequest) -> HttpResponse:
    """The territories of the address side by side (``?t=23077&t=23096``); where to name them."""
    names = ComparisonQuestion.words_of("territories").names
    asked = [code for name in names for code in request.GET.getlist(name) if code.strip()]
    alike = request.GET.get("semblables") == "oui"
    form: dict[str, Any] = {"asked": asked, "on": request.GET.get("le", ""), "now": opened(), "most": MOST}
    if not asked:
        # Nobody has chosen yet: those that resemble the first are proposed.
        return render(request, "territory/compare.html.j2", {**form, "alike": True})
    if shape_of(request).id != "html":
        return answered(request, QUESTION)
    try:
        telling = telling_of(request, QUESTION)
    except AncrageError as error:
        return asked_again(request, error, "territory/compare.html.j2", **form, alike=alike)
    facts: ComparisonFacts = telling.answer.facts
    form["asked"] = [_named(facts, at) for at in range(len(facts.places) - facts.alike)]
    around = {**form, "alike": alike, "query": request.GET.urlencode()}
    return page_of(request, telling, template="territory/compared.html.j2", bars=_bars(facts), **around)


def _named(facts: ComparisonFacts, at: int) -> str:
    """A territory as a field names it; a set of communes stays as it was written."""
    place = facts.places[at]
    return facts.codes[at] if place.code.kind == "ensemble" else f"{place.name} ({place.code})"


def _bars(facts: ComparisonFacts) -> list[dict[str, Any]]:
    """A drawing a question: each territory from the first to the last, those of unknown answer after."""
    names, drawn = columns_of(facts), []
    for row in ranked(facts):
        lines = zip(row.ranks, names, row.numbers, row.cells, strict=True)
        ordered = sorted(lines, key=lambda line: (line[0] is None, line[0] or 0))
        (first, _), (last, _) = ends(row, names)
        told = [(name, value, _placed(cell, rank)) for rank, name, value, cell in ordered]
        here = next(at for at, line in enumerate(ordered) if line[1] == names[0])
        drawn.append({"label": row.label, "rows": told, "here": here, "first": first, "last": last})
    return drawn


def _placed(cell: Any, rank: int | None) -> str:
    return str(cell) if rank is None else f"{cell} ({ordinal(rank)})"


@kept
def outlines(request: HttpRequest) -> HttpResponse:
    """Their map."""
    return answered(request, QUESTION, shape=FORMATS["geojson"])


@kept
def workbook(request: HttpRequest) -> HttpResponse:
    """Their workbook."""
    return answered(request, QUESTION, shape=FORMATS["xlsx"])

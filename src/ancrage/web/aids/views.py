"""Search, the page of an aid, the catalogue as files."""

from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ancrage.aids.catalogue import get_aid, load_aids
from ancrage.aids.exports.dge import export
from ancrage.aids.search.documents import AidDocument
from ancrage.aids.search.gathering import gather
from ancrage.aids.search.index import AidIndex, open_index
from ancrage.aids.search.querying import search
from ancrage.aids.search.question import Question
from ancrage.aids.search.territories import coverage_codes
from ancrage.aids.vocabulary import WORDS, Nature, Theme
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.edition.opened import Opened
from ancrage.errors import FactError
from ancrage.facts.situation import Audience
from ancrage.reports.aids import wording
from ancrage.reports.aids.terminal.catalogue import STATUSES
from ancrage.sources.location import data_directory
from ancrage.spreadsheets import MEDIA_TYPE, PEOPLE

Word = TypeVar("Word", Audience, Theme, Nature)
PAGE = 30
LONGEST = 200
COLUMNS = (
    "id",
    "nom",
    "resume",
    "financeur",
    "guichet",
    "adresse",
    "natures",
    "publics",
    "themes",
    "territoires",
)


@kept
def index(request: HttpRequest) -> HttpResponse:
    """Aids that answer to the words and the filters."""
    now = opened()
    asked = request.GET
    typed = asked.get("q", "")[:LONGEST].strip()
    on = day_of(request, now)
    place = asked.get("territoire", "").strip()
    question = Question(
        typed,
        coverage_codes(territory_of(now, place, on=on)) if place else frozenset(),
        _word(Audience, asked.get("public", "")),
        _word(Theme, asked.get("theme", "")),
        _word(Nature, asked.get("nature", "")),
        on if asked.get("ouvertes") else None,
        limit=1000,
    )
    answer = search(_index(now), question)
    page = max(1, int(asked.get("page", "1"))) if asked.get("page", "1").isdecimal() else 1
    rest = asked.copy()
    rest["page"] = str(page + 1)
    told = {
        "answer": answer,
        "hits": answer.hits[(page - 1) * PAGE : page * PAGE],
        "more": rest.urlencode() if answer.total > page * PAGE else "",
        "asked": asked,
        "typed": typed,
        "filters": (
            ("public", "Pour qui", Audience),
            ("theme", "Thème", Theme),
            ("nature", "Nature", Nature),
        ),
        "words": WORDS,
        "on": on,
        "catalogue": load_aids(),
    }
    return render(request, "aids/index.html.j2", told)


@kept
def show(request: HttpRequest, identifier: str) -> HttpResponse:
    """An aid of the catalogue with its versions, or an imported one with where it comes from."""
    now = opened()
    on = day_of(request, now)
    imported = _index(now).documents.get(identifier)
    if imported is not None and identifier not in load_aids():
        return render(request, "aids/imported.html.j2", {"a": imported, "words": WORDS, "on": on})
    aid = get_aid(identifier)
    told = {
        "aid": aid,
        "on": on,
        "in_force": aid.version_on(on),
        "aw": wording,
        "statuses": STATUSES,
    }
    return render(request, "aids/show.html.j2", told)


@kept
def catalogue_csv(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Every aid, one a line, for a spreadsheet."""
    return _csv(PEOPLE.text(COLUMNS, map(_row, gather(data_directory()))), "aides.csv")


@kept
def catalogue_dge(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Every aid in the exchange format of the DGE."""
    text, _ = export(gather(data_directory()))
    return _csv(text, "aides-dge.csv")


def _csv(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=MEDIA_TYPE, headers=headers)


def _row(one: AidDocument) -> tuple[str, ...]:
    lists = (one.natures, one.audiences, one.themes, one.coverage)
    return (
        one.id,
        one.name,
        one.summary,
        one.funder,
        one.desk,
        one.href,
        *(" ".join(each) for each in lists),
    )


def _word(kind: type[Word], typed: str) -> Word | None:
    if not typed:
        return None
    try:
        return kind(typed)
    except ValueError as error:
        known: type[StrEnum] = kind
        raise FactError(
            f"« {typed[:40]} » n'est pas un filtre.", f"Possible : {', '.join(known)}."
        ) from error


def _index(now: Opened) -> AidIndex:
    return _opened(now.edition, now)


@lru_cache(maxsize=1)
def _opened(_edition: str, now: Opened) -> AidIndex:
    return open_index(gather(data_directory()), now.cache)

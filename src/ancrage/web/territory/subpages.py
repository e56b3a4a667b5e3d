"""The pages of a territory behind its first screen: zonings, aids, change, sources."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse

from ancrage.aids.answering import by_class
from ancrage.aids.ordering import ranked
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.diagnosis.model import Diagnosis
from ancrage.edition.opened import Opened
from ancrage.facts.territory import FORMS
from ancrage.language.folding import bare
from ancrage.questions.diagnosed import diagnosed
from ancrage.questions.question import Asking
from ancrage.reasoning import Verdict
from ancrage.reports.aids import wording as aid_words
from ancrage.reports.aids.desks import desk_lines
from ancrage.reports.aids.sheet import FOLDED
from ancrage.reports.cells import territory as territory_cell
from ancrage.reports.columns import for_reading
from ancrage.reports.diagnosis.sheet.change import change_sections
from ancrage.reports.diagnosis.sheet.provenance import missing_section, sources_section
from ancrage.reports.overview import wording as overview_words
from ancrage.reports.sheet import Section, Sheet
from ancrage.reports.topic import Telling
from ancrage.sources.catalogue import get_source
from ancrage.territories.codes import PATTERNS, Kind
from ancrage.territories.populations_told import populations_told
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.answering import ZoningAnswer, verdicts_by_commune
from ancrage.web.asking import answered, specs_of
from ancrage.web.territory.views import around, elsewhere

GROUPS = (
    ("concerne", "Ce qui concerne ce territoire", (Verdict.OUI, Verdict.PARTIEL)),
    ("non", "Ce qui ne le concerne pas", (Verdict.NON,)),
    ("inconnu", "Pas encore su", (Verdict.A_VERIFIER,)),
)
MOST_AIDS, MOST_OF_OTHERS = 5, 3
"""Aids of the first class, and of each other one, that are shown before the rest is unfolded."""
MOST_NAMED = 60
"""Communes of a zoning that are named; more are counted."""


@kept
def zonings(request: HttpRequest, code: str) -> HttpResponse:
    """What every zoning says of a territory, why, on which text and which list."""
    return _page(request, code, "territoire", "zonings")


@kept
def aids(request: HttpRequest, code: str) -> HttpResponse:
    """The aids of the authority of a territory; those of a structure that is there, where it has none."""
    return _page(request, code, "eligibilite", "aids")


@kept
def change(request: HttpRequest, code: str) -> HttpResponse:
    """How its population and its ESS change, how long structures last."""
    return _page(request, code, "apercu", "change")


@kept
def sources(request: HttpRequest, code: str) -> HttpResponse:
    """Where what is said of a territory comes from, and what would bring the rest."""
    return _page(request, code, "apercu", "sources")


def _page(request: HttpRequest, code: str, question: str, page: str) -> HttpResponse:
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    if there := elsewhere(request, territory, code, f"territory-{page}"):
        return there
    return answered(
        request,
        (question,),
        template=f"territory/{page}.html.j2",
        adding=partial(ADDED[page], now, territory),
        **around(request, now, territory, code),
    )


def _of_zonings(now: Opened, territory: Territory, telling: Telling) -> Mapping[str, Any]:
    found: tuple[ZoningAnswer, ...] = telling.answer.facts.zonings
    groups = ((key, title, [one for one in found if one.verdict in told]) for key, title, told in GROUPS)
    return {
        "groups": [group for group in groups if group[2]],
        "named": _named(now, territory, found),
        "source_of": partial(_source, now),
        "details_of": details_of,
    }


def _named(
    now: Opened, territory: Territory, found: tuple[ZoningAnswer, ...]
) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Communes of each zoning that concerns a part of the territory: code and name, by name."""
    partial_ones = [one.zoning.id for one in found if one.verdict is Verdict.PARTIEL]
    if not partial_ones or len(territory.communes) < 2:
        return {}
    verdicts = now.atlas.keeping(verdicts_by_commune)(territory)
    names = {
        row["code"]: row["name"]
        for row in now.atlas.warehouse.rows(
            "SELECT code, name FROM commune WHERE vintage = ? AND code IN (SELECT unnest(?))",
            (territory.vintage, list(territory.communes)),
        )
    }
    inside = {
        zoning: [
            code for code, told in verdicts.items() if code in names and told.get(zoning) in GROUPS[0][2]
        ]
        for zoning in partial_ones
    }
    return {
        zoning: tuple(sorted(((code, names[code]) for code in codes), key=lambda one: bare(one[1])))
        for zoning, codes in inside.items()
        if len(codes) <= MOST_NAMED
    }


def _source(now: Opened, one: ZoningAnswer) -> tuple[str, str]:
    """Title of the list that answers and its vintage; empty where none does."""
    if one.edition is None:
        return "", ""
    return get_source(one.edition.source).title, now.atlas.vintage_of(one.edition.source)


NAMED = re.compile(r"(?P<name>.*?)\s*\((?P<code>[^()]+)\)")
LEADING = re.compile(f"{PATTERNS[Kind.CRTE][0]}|{PATTERNS[Kind.QPV][0]}")
BARE = re.compile(r"[\d\W]+")


def details_of(one: ZoningAnswer) -> tuple[str, ...]:
    """What a list names, contracts and quarters leading to their page; a bare number names nothing."""
    found = ((NAMED.fullmatch(detail), detail) for detail in one.details)
    told = ((match["name"], match["code"]) if match else (detail, "") for match, detail in found)
    return tuple(
        territory_cell(name, code) if LEADING.fullmatch(code) else name
        for name, code in told
        if name and not BARE.fullmatch(name)
    )


def _of_aids(_now: Opened, territory: Territory, telling: Telling) -> Mapping[str, Any]:
    facts = telling.answer.facts
    groups = {one: ranked(found) for one, found in by_class(facts.report.told).items() if found}
    return {
        "groups": groups,
        "folded": FOLDED,
        "most": (MOST_AIDS, MOST_OF_OTHERS),
        "report": facts.report,
        "aw": aid_words,
        "desk_lines": desk_lines,
        "day_of": date.fromisoformat,
        "authority": territory.kind in FORMS,
        "ow": overview_words,
    }


def _of_change(now: Opened, territory: Territory, _telling: Telling) -> Mapping[str, Any]:
    found = _diagnosed(now, territory)
    sections = _read(change_sections(found))
    return {
        "found": found,
        "sections": sections,
        "specs": specs_of(sections),
        "populations": populations_told(now.atlas, territory),
    }


def _of_sources(now: Opened, territory: Territory, _telling: Telling) -> Mapping[str, Any]:
    found = _diagnosed(now, territory)
    return {"sections": _read((missing_section(found), sources_section(found))), "specs": {}}


def _diagnosed(now: Opened, territory: Territory) -> Diagnosis:
    return diagnosed(Asking(now, now.today), territory)


def _read(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Sections as they are read, without what files alone keep."""
    return for_reading(Sheet(kicker="", title="", lead="", sections=tuple(sections))).sections


ADDED = {"zonings": _of_zonings, "aids": _of_aids, "change": _of_change, "sources": _of_sources}
"""What each page adds, from its answer."""

"""What the first screen shows beside its answer: where each badge leads, the sections of the whole report."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ancrage.diagnosis.model import TerritoryRef
from ancrage.diagnosis.overview.model import Badge, Glance, Overview
from ancrage.reasoning import Verdict
from ancrage.repairs import SynchroniseSources
from ancrage.reports.overview.wording import SIMILAR
from ancrage.sources.catalogue import get_source
from ancrage.web.navigation import address
from ancrage.web.territory.tabs import with_query

REPORT = (
    ("identite", "Identité"),
    ("programmes", "Programmes"),
    ("familles", "Familles de l’ESS"),
    ("activites", "Activités de l’ESS"),
    ("annees", "Créations et fermetures"),
    ("employeurs", "Principaux employeurs"),
    ("insertion", "Structures d’insertion"),
    ("comparaison", "Comparaison"),
    ("comparables", "Territoires comparables"),
    ("publies", "Chiffres publiés"),
    ("aides", "Aides de la collectivité"),
    ("aides-structure", "Aides des structures"),
    ("couverture", "Accompagnement"),
    ("survie", "Durée de vie"),
    ("sources", "Sources"),
)
"""Sections of the whole report that the first screen does not show: their former anchors still lead there."""

NAMED_AT_ONCE = 3
"""Territories of one kind that hold a place and are named without a press."""
SOON = 3
"""Aids about to close or to open that the first screen names."""

HELPERS = ("territory-help", "territory-coverage")


@dataclass(frozen=True, slots=True)
class Row:
    """A badge of the page: its words, where it leads, on how much of the territory."""

    name: str
    verdict: Verdict
    href: str
    note: str


def holders(found: Overview) -> tuple[tuple[TerritoryRef, tuple[TerritoryRef, ...]], ...]:
    """What holds the place, in its order; those of one kind and name together, the first and then all."""
    alike: dict[tuple[str, str], list[TerritoryRef]] = {}
    for one in found.place.held_by:
        alike.setdefault((one.kind, one.name), []).append(one)
    return tuple((group[0], tuple(group)) for group in alike.values())


Holders = tuple[tuple[TerritoryRef, tuple[TerritoryRef, ...]], ...]


def by_kind(found: Overview) -> tuple[tuple[str, Holders], ...]:
    """What holds the place, kind by kind; « 13 arrondissements » of a kind that has many, else nothing."""
    kinds = [(kind, tuple(groups)) for kind, groups in groupby(holders(found), lambda group: group[0].kind)]
    numbers = [sum(len(alike) for _, alike in groups) for _, groups in kinds]
    return tuple(
        (f"{number} {SIMILAR[kind]}" if number > NAMED_AT_ONCE else "", groups)
        for number, (kind, groups) in zip(numbers, kinds, strict=True)
    )


def rows_of(found: Overview, code: str, day: dict[str, str]) -> tuple[Row, ...]:
    """A badge leads to the contract or the quarter it names, when there is one, else to its zoning."""
    badges = (*found.badges.here, *found.badges.absent, *found.badges.unknown)
    return tuple(
        Row(one.short, one.verdict, _leads(one, found.place.code, code, day), one.extent) for one in badges
    )


def _leads(badge: Badge, own: str, code: str, day: dict[str, str]) -> str:
    others = [one.code for one in badge.leads_to if one.code != own]
    if len(others) == 1 and (there := address("territory", others[0])):
        return with_query(there, day)
    page = address("territory-zonings", code) or ""
    return f"{with_query(page, day)}#{badge.id}"


def known(found: Overview) -> tuple[Glance, ...]:
    """Figures that are known."""
    return tuple(one for one in found.ess.figures if one.value is not None)


def unknown(found: Overview) -> dict[str, tuple[str, ...]]:
    """Names of the figures that are not known, by the reason that they share."""
    reasons: dict[str, tuple[str, ...]] = {}
    for one in found.ess.figures:
        if one.value is None:
            reasons[one.why_unknown] = (*reasons.get(one.why_unknown, ()), one.label)
    return reasons


def bringing(repairs: Iterable[SynchroniseSources]) -> tuple[str, ...]:
    """Titles of the sources that would bring what is missing."""
    named = (get_source(one) for repair in repairs for one in repair.ids)
    return tuple(dict.fromkeys(f"{one.title} ({one.producer})" for one in named))


def outlines_source() -> str:
    """The source of the outlines of communes, and who produces it."""
    source = get_source("contours-communes")
    return f"{source.title} ({source.producer})"


def page(name: str, code: str, day: dict[str, str]) -> str:
    """A page of a territory, its day kept."""
    return with_query(address(name, code) or "", day)


def helpers(code: str, day: dict[str, str]) -> str:
    """The page that tells who helps here: of the site's own that exist, the most telling."""
    found = next((there for name in HELPERS if (there := address(name, code))), "")
    return with_query(found, day)

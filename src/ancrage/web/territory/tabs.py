"""The pages of a territory, in the order people need them: any page of a territory shows the same tabs."""

import re
from datetime import date
from urllib.parse import urlencode

from ancrage.desk.opened import opened
from ancrage.diagnosis.overview.priorities import ACTING
from ancrage.territories.codes import Kind
from ancrage.web.navigation import address

Tab = tuple[str, str, str]
"""Words, address, icon."""
PAGES = (
    ("Aperçu", ("territory",), "territoire"),
    ("Contrat", ("territory-contract",), "contrat"),
    ("Zonages", ("territory-zonings",), "zonage"),
    ("Structures", ("territory-structures",), "structure"),
    ("L’ESS d’ici", ("territory-portrait",), "levier"),
    ("Aides", ("territory-aids",), "aide"),
    ("Accompagnement", ("territory-help", "territory-coverage"), "accompagnement"),
    ("Leviers", ("territory-levers",), "levier"),
    ("Achats", ("territory-bought",), "tableau"),
    ("Comparer", ("territory-compare",), "comparer"),
    ("Évolution", ("territory-change",), "evolution"),
    ("Nouveautés", ("territory-news",), "historique"),
    ("Sources", ("territory-sources",), "sources"),
)
"""Words of a page, the names of the addresses that may serve it, the first that exists is taken."""
CONTRACTED = re.compile(r"crte-|(?:qpv:)?Q[PN]", re.IGNORECASE)
"""Codes of the territories that have a page of contract."""
ELSEWHERE = {"territory-structures": "structures", "territory-compare": "compare"}
"""Pages of the whole site that serve a territory named in their address."""


def tabs_of(code: str, on: date | None = None, kind: Kind | None = None) -> tuple[Tab, ...]:
    """The tabs of a territory, its day kept when it is not today."""
    day = {"le": on.isoformat()} if on and on != opened().today else {}
    shown = (one for one in PAGES if "territory-contract" not in one[1] or CONTRACTED.match(code))
    told = ((words, _for_whom(names, _address(names, code, day), kind), icon) for words, names, icon in shown)
    return tuple((words, href, icon) for words, href, icon in told if href)


def _for_whom(names: tuple[str, ...], href: str, kind: Kind | None) -> str:
    """Levers are those of an authority: where a territory has none, of the one that acts on it."""
    acting = ACTING.get(kind) if kind and "territory-levers" in names else None
    return f"{href}{'&' if '?' in href else '?'}pour={acting.value}" if acting and href else href


def _address(names: tuple[str, ...], code: str, day: dict[str, str]) -> str:
    for name in names:
        if there := address(name, code):
            return with_query(there, day)
        if name in ELSEWHERE and (there := address(ELSEWHERE[name])):
            return with_query(there, {"t": code, **day})
    return ""


def with_query(path: str, words: dict[str, str]) -> str:
    """An address and what it asks."""
    return f"{path}?{urlencode(words)}" if words else path

"""The menu: five words, in the order a visitor needs them, and the pages each holds."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from ancrage.desk.opened import opened
from ancrage.errors import UnknownTerritoryError
from ancrage.reports.cells import Ref, Subject
from ancrage.territories.resolving import resolve

LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu. ``current`` marks where the visitor is; ``pages`` are those of that part."""

    label: str
    href: str
    current: bool
    pages: tuple["Entry", ...] = ()


Page = tuple[str, str, *tuple[str, ...]]
"""The words of a page, the name of its address, what that address holds."""

PARTS: tuple[tuple[str, tuple[Page, ...]], ...] = (
    ("Mon territoire", (("Chercher un territoire", "territories"), ("Comparer", "compare"))),
    ("Structures", (("Annuaire", "structures"), ("Cas étudiés", "monographs"))),
    ("Aides", (("Mes aides", "assistant"), ("Toutes les aides", "aids"))),
    (
        "Agir",
        (
            ("Leviers et outils", "levers"),
            ("Ce que font d’autres", "cases"),
            ("Qui peut m’aider", "help"),
            ("Zones blanches", "coverage"),
            ("Grille de pérennité", "grid"),
            ("Plan de financement", "financing"),
            ("Faire un achat", "purchase"),
            ("Acheteurs publics", "buyers"),
        ),
    ),
    (
        "Méthode",
        (
            ("Méthodes", "documentation", "methodes"),
            ("Sources", "sources"),
            ("Glossaire", "documentation", "glossaire"),
            ("Données", "documentation", "donnees"),
        ),
    ),
)
"""The first page of a part is where its word leads."""


def menu(path: str) -> tuple[Entry, ...]:
    """Entries of the menu, the one the path lies under marked, with its pages."""
    parts = ((label, _pages(pages, path)) for label, pages in PARTS)
    return tuple(_part(label, pages, path) for label, pages in parts if pages)


def _part(label: str, pages: tuple[Entry, ...], path: str) -> Entry:
    here = any(page.current for page in pages)
    shown = here and len(pages) > 1 and not _is_of_territory(path)
    return Entry(label, pages[0].href, here, pages if shown else ())


def _is_of_territory(path: str) -> bool:
    """Whether a path lies under a territory, that has pages of its own."""
    search, compare = address("territories") or "", address("compare") or ""
    return path.startswith(search) and path != search and not path.startswith(compare)


def _pages(pages: tuple[Page, ...], path: str) -> tuple[Entry, ...]:
    known = [(label, href) for label, name, *told in pages if (href := address(name, *told))]
    deepest = max((href for _, href in known if path.startswith(href)), key=len, default=None)
    return tuple(Entry(label, href, href == deepest) for label, href in known)


def address(name: str, *arguments: object) -> str | None:
    """Address of a part of the site; ``None`` when this installation does not have it."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return None


def towards(name: str, typed: str) -> HttpResponse:
    """Lead to the page of the territory typed.

    Raises :class:`UnknownTerritoryError` where no path holds it, and what resolving it raises: it is asked
    again where it was typed.
    """
    there = None if typed in (".", "..") else address(name, typed)
    if there is None:
        raise UnknownTerritoryError(typed[:LONGEST_SHOWN])
    now = opened()
    resolve(now.atlas, typed, on=now.today)
    return redirect(there)


ADDRESSES = {
    Subject.TERRITORY: "territory",
    Subject.STRUCTURE: "structure",
    Subject.AID: "aid",
    Subject.TOOL: "lever-tool",
    Subject.MONOGRAPH: "monograph",
    Subject.ZONINGS: "territory-zonings",
    Subject.BUYER: "buyer",
    Subject.PORTRAIT: "territory-portrait",
    Subject.CASE: "case",
}
"""Names of the pages that links lead to."""


def link_of(ref: Ref) -> str | None:
    """The address of a thing on this site; ``None`` for what has no page."""
    if ref.subject is Subject.SOURCE:
        return f"{address('sources')}#{ref.code}"
    name = ADDRESSES.get(ref.subject)
    return address(name, ref.code) if name else None

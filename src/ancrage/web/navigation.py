"""The menu: the five questions, in the order a visitor asks them."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from ancrage.errors import UnknownTerritoryError
from ancrage.reports.cells import Ref, Subject

LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu. ``current`` marks the part of the site the visitor is in."""

    label: str
    href: str
    current: bool


PARTS = (
    ("Territoires", "territories"),
    ("Structures", "structures"),
    ("Aides", "aids"),
    ("Mes aides", "assistant"),
    ("Leviers", "levers"),
    ("Accompagnement", "coverage"),
    ("Grille", "grid"),
    ("Monographies", "monographs"),
)


def menu(path: str) -> tuple[Entry, ...]:
    """Entries of the menu, the one the path lies under marked."""
    return tuple(
        Entry(label, href, path.startswith(href)) for label, name in PARTS if (href := address(name))
    )


def address(name: str, *arguments: object) -> str | None:
    """Address of a part of the site; ``None`` when this installation does not have it."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return None


def towards(name: str, typed: str) -> HttpResponse:
    """Lead to the page of the territory typed. Raises :class:`UnknownTerritoryError` if no path holds it."""
    there = None if typed in (".", "..") else address(name, typed)
    if there is None:
        raise UnknownTerritoryError(typed[:LONGEST_SHOWN])
    return redirect(there)


ADDRESSES = {
    Subject.TERRITORY: "territory",
    Subject.STRUCTURE: "structure",
    Subject.AID: "aid",
    Subject.TOOL: "lever-tool",
    Subject.MONOGRAPH: "monograph",
}
"""Names of the pages that links lead to."""


def link_of(ref: Ref) -> str | None:
    """The address of a thing on this site; ``None`` for what has no page."""
    if ref.subject is Subject.SOURCE:
        return f"{address('sources')}#{ref.code}"
    name = ADDRESSES.get(ref.subject)
    return address(name, ref.code) if name else None

"""Contacts set under each territory they serve, the one to believe first."""

from collections.abc import Iterable
from typing import Any

from ancrage.contacts.reading import Published
from ancrage.contacts.sources import LIVE, PUBLISHER, SOURCES

Rows = list[dict[str, Any]]
FIRST = (PUBLISHER, LIVE)
"""Sources believed before any list, whatever it says of itself."""
COUNTER = " - accueil "
"""How the directory names a counter: « Caf de l'Ain - accueil de Belley »."""


def ranked(published: Iterable[Published]) -> Rows:
    """Rows of the table: for a kind and a territory, the publisher's, the live directory's, then by list."""
    served: dict[tuple[str, str], list[Published]] = {}
    for one in published:
        for kind in one.kinds:
            for territory in one.territories:
                served.setdefault((kind.value, territory), []).append(one)
    return [
        {"kind": kind, "territory": territory, "rank": rank, **_columns(one)}
        for (kind, territory), found in sorted(served.items())
        for rank, one in enumerate(_distinct(sorted(found, key=_belief)))
    ]


def _belief(one: Published) -> tuple[object, ...]:
    """What orders contacts: their source, whether it answers for them, how they are reached, their name.

    A counter where the public is received comes after the seat, which alone decides of an aid.
    """
    first = FIRST.index(one.source) if one.source in FIRST else len(FIRST)
    return first, not one.official, COUNTER in one.name, not one.phone, SOURCES.index(one.source), one.name


def _distinct(found: list[Published]) -> list[Published]:
    """The same of one source, each name once: the source believed first is the only one told."""
    first = found[0].source
    kept = {one.name: one for one in reversed(found) if one.source == first}
    return [one for one in found if kept.get(one.name) is one]


def _columns(one: Published) -> dict[str, Any]:
    return {
        "name": one.name,
        "address": one.address,
        "phone": one.phone,
        "email": one.email,
        "website": one.website,
        "seen_on": one.seen_on,
        "source": one.source,
        "page": one.page,
        "official": one.official,
    }

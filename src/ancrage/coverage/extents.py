"""Départements that lists of places cover, when they do not cover the country: elsewhere nothing is known."""

from collections.abc import Collection, Iterable, Mapping

from ancrage.sources.catalogue import load_catalogue

Extents = Mapping[str, frozenset[str]]
"""Départements outside of which nothing is known of a kind of place; a kind listed everywhere is not here."""


def extents_of(listed: Iterable[tuple[str, str]]) -> Extents:
    """Extents of kinds, from each kind and the sources its places come from."""
    catalogue = load_catalogue()
    held: dict[str, list[frozenset[str]]] = {}
    for kind, source in listed:
        covered = catalogue[source].departements if source in catalogue else ()
        held.setdefault(kind, []).append(frozenset(covered))
    return {kind: frozenset[str]().union(*each) for kind, each in held.items() if all(each)}


def joined_extents(each: Iterable[tuple[Collection[str], Extents]]) -> Extents:
    """Extents of several directories, each with its kinds: one that lists a kind everywhere is enough."""
    held: dict[str, list[frozenset[str]]] = {}
    for kinds, extents in each:
        for kind in kinds:
            held.setdefault(kind, []).append(extents.get(kind, frozenset()))
    return {kind: frozenset[str]().union(*found) for kind, found in held.items() if all(found)}


def is_partial(kind: str, extents: Extents, departements: Collection[str | None]) -> bool:
    """Whether the lists of a kind say nothing of some of these départements."""
    return kind in extents and not set(departements) <= extents[kind]

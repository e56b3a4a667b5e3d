"""Why a file somebody gave is refused: it is another one, or not whole. Its producer is not to be asked."""

from collections.abc import Sequence
from pathlib import Path

from ancrage.declarations.faults import shown
from ancrage.errors import SourceContentError
from ancrage.language.numbers import count
from ancrage.repairs import See
from ancrage.sources.catalogue import load_catalogue
from ancrage.sources.columns import CHANGED, TWICE, nearest
from ancrage.sources.declaration import Resource, Source
from ancrage.sources.envelope import COMPOSED, MOVED, RETRY
from ancrage.sources.reading import columns_of

WHOLE = "Donnez le fichier entier, tel qu'il est publié ; ce qui était déjà là n'a pas changé."
RIGHT = "Donnez le fichier de cette source ; ce qui était déjà là n'a pas changé."
OTHER = "Donnez-le pour cette source, ou donnez le fichier attendu ; ce qui était déjà là n'a pas changé."
ALONE = "Donnez une archive qui ne contient que lui, ou le fichier seul."
TO_SAY = {RETRY: WHOLE, CHANGED: WHOLE, MOVED: WHOLE, COMPOSED: ALONE, TWICE: "Ôtez-en une."}
"""What is said to the person who gave the file, in place of what is said of a producer."""
CASE = "Écrivez-les comme le producteur ; ce qui était déjà là n'a pas changé."
NAMED = 6
"""Columns named in a sentence, past which they are counted."""


def told_of_given(
    error: SourceContentError, path: Path, source: Source, resource: Resource
) -> SourceContentError:
    """The refusal of a file received, said again to the person who gave it."""
    try:
        found = columns_of(path, resource)
    except SourceContentError:
        return _whole(error)
    missing = [name for name in resource.columns if name not in found]
    if error.hint == MOVED or not missing:
        return _whole(error)
    return _other_file(found, missing, path, source)


def _whole(error: SourceContentError) -> SourceContentError:
    said = error.hint in TO_SAY
    return SourceContentError(
        error.message, TO_SAY.get(error.hint, error.hint), *(() if said else error.repairs)
    )


def _other_file(
    found: Sequence[str], missing: Sequence[str], path: Path, source: Source
) -> SourceContentError:
    expected = f"« {path.name} » n'est pas le fichier attendu pour « {source.id} » ({source.title})"
    folded = {name.casefold() for name in found}
    if all(name.casefold() in folded for name in missing):
        told = f"{expected} : ses noms de colonnes n'ont pas les mêmes majuscules ({_named(missing)})."
        return SourceContentError(told, CASE, See("source", source.id))
    if owners := _owners(found, source):
        named = " ou ".join(f"« {one.id} » ({one.title})" for one in owners)
        told = f"{expected} : ses colonnes sont celles de {named}."
        return SourceContentError(told, OTHER, *(See("source", one.id) for one in owners))
    lacking = " ; ".join(nearest(name, found) for name in missing[:NAMED])
    more = len(missing) - NAMED
    rest = f" ; et {count(more, 'autre')}" if more > 0 else ""
    seen = _readable(found)
    read = f" On y lit : {_named(seen)}." if seen else " On n'y lit aucun nom de colonne."
    return SourceContentError(
        f"{expected} : il y manque {lacking}{rest}.{read}", RIGHT, See("source", source.id)
    )


def _owners(found: Sequence[str], asked: Source) -> list[Source]:
    """The sources whose declared columns are all there, the two that declare the most of them."""
    fitting = {
        source.id: len(resource.columns)
        for source in load_catalogue().values()
        for resource in source.resources
        if source.id != asked.id and len(resource.columns) > 1 and set(resource.columns) <= set(found)
    }
    return [load_catalogue()[one] for one in sorted(fitting, key=lambda one: -fitting[one])[:2]]


def _readable(names: Sequence[str]) -> list[str]:
    """The names that are text; none when most of them are not: the bytes were no table."""
    seen = [name for name in names if name and name.isprintable() and "\ufffd" not in name]
    return seen if 2 * len(seen) > len(names) else []


def _named(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(shown(name) for name in names[:NAMED]) + (
        f" et {count(more, 'autre')}" if more > 0 else ""
    )

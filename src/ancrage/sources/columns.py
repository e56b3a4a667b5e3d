"""The columns a file must have, and what is said when one is missing or was renamed."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from ancrage.errors import SourceContentError
from ancrage.sources.declaration import Resource

TWICE = "Signalez-le au producteur."
CHANGED = "Le producteur a changé son fichier : les données précédentes restent en place."


def check_columns(columns: Sequence[str], resource: Resource, path: Path) -> None:
    """Compare with the expected columns. Raises :class:`SourceContentError`."""
    missing = [name for name in resource.columns if name not in columns]
    if missing:
        told = " ; ".join(nearest(name, columns) for name in missing)
        raise SourceContentError(
            f"« {path.name} » : colonne attendue absente : {told}.",
            CHANGED,
        )
    twice = [name for name, count in Counter(columns).items() if count > 1]
    if twice:
        raise SourceContentError(f"« {path.name} » : la colonne « {twice[0]} » y est deux fois.", TWICE)


def nearest(name: str, columns: Sequence[str]) -> str:
    """The name of a missing column, with the one there that looks most like it."""
    found = process.extractOne(name, columns, scorer=fuzz.ratio, processor=str.lower, score_cutoff=50)
    return f"« {name} » (la plus proche est « {found[0]} »)" if found else f"« {name} »"

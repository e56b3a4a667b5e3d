"""The diagnosis of a territory, made once for the questions that rest on it."""

from typing import TYPE_CHECKING

from ancrage.questions.question import Asking

if TYPE_CHECKING:
    from pathlib import Path

    from ancrage.diagnosis.model import Diagnosis
    from ancrage.territories.atlas import Atlas
    from ancrage.territories.territory import Territory

MOST = 64
"""Diagnoses kept by a process that stays: a page and its files share one."""


def diagnosed(asking: Asking, territory: "Territory", *, outlined: bool = False) -> "Diagnosis":
    """The diagnosis of a territory on its day; ``outlined``: with the geometry of its map."""
    return diagnosis_kept(asking.opened.atlas, territory, asking.opened.cache, outlined=outlined)


def diagnosis_kept(
    atlas: "Atlas", territory: "Territory", cache: "Path", *, outlined: bool = False
) -> "Diagnosis":
    """The same, for what is kept beside it."""
    return atlas.remembering(_diagnosed, answers=MOST)(territory, outlined, cache)


def _diagnosed(atlas: "Atlas", territory: "Territory", outlined: bool, cache: "Path") -> "Diagnosis":
    from ancrage.diagnosis.assemble import diagnose

    return diagnose(atlas, territory, with_outline=outlined, cache=cache)

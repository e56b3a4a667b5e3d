"""What an activity is called: the label of the INSEE, and the words people type for it."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.register.tables import ACTIVITY
from ancrage.territories.atlas import Atlas


def activity_labels(atlas: Atlas) -> Mapping[str, str]:
    """Labels of the sub-classes of NAF rév. 2, by code; empty where they were not synchronised."""
    return atlas.holding(_labels)()


def _labels(atlas: Atlas) -> dict[str, str]:
    if not atlas.warehouse.holds(ACTIVITY.name):
        return {}
    rows = atlas.warehouse.rows(f"SELECT naf, label FROM {ACTIVITY.name}")
    return {row["naf"]: row["label"] for row in rows}


@cache
def words_of(naf: str | None) -> str:
    """Usual words for an activity, which its label may not hold; empty for none."""
    return " ".join(words for prefix, words in _words() if naf is not None and naf.startswith(prefix))


@compiled("activites", "declarations", "register")
def _words() -> tuple[tuple[str, str], ...]:
    text = (files("ancrage.register") / "perimeter" / "activity_words.yaml").read_text("utf-8")
    content: dict[str, list[dict[str, Any]]] = read_yaml(text)
    return tuple((prefix, row["words"]) for row in content["words"] for prefix in row["naf"])

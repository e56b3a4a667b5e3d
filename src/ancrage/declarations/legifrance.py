"""Where a reader finds a code that was read in a copy: Légifrance. The copy stays told, beside it."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml

CODE = "https://www.legifrance.gouv.fr/codes/texte_lc/{}"


def official(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """A cited text whose link leads to the official site, where it was to a known copy of a known code.

    The first code that the title names is the one linked; a text of no known code keeps its link.
    """
    href, title = str(told.get("href") or ""), str(told.get("title") or "").lower().replace("’", "'")
    code = next((one for name, one in _declared()["codes"].items() if title.startswith(name)), "")
    if not code or not href.startswith(tuple(_declared()["copies"])):
        return told
    note = " ".join(filter(None, (str(told.get("note") or "").strip(), f"Copie lue : {href}")))
    return {**told, "href": CODE.format(code), "note": note}


@compiled("legifrance", "declarations")
def _declared() -> Mapping[str, Any]:
    declared: Mapping[str, Any] = read_yaml(
        files("ancrage.declarations").joinpath("legifrance.yaml").read_text("utf-8")
    )
    return declared

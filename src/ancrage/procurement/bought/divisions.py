"""Labels of the divisions of the common procurement vocabulary."""

from importlib.resources import files

from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml


@compiled("cpv", "declarations", "procurement")
def divisions() -> dict[str, str]:
    """The label of each division, by its two digits."""
    text = (files("ancrage.procurement.bought") / "divisions.yaml").read_text("utf-8")
    told: dict[str, str] = read_yaml(text)["divisions"]
    return told


def division_label(code: str) -> str:
    """« 77 : Services agricoles… »; the bare digits of a division that the vocabulary does not have."""
    if not code:
        return "CPV absent ou illisible"
    label = divisions().get(code)
    return f"{code} : {label}" if label else code

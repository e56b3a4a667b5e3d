"""Names everybody uses that the code does not give, and collectivities made by a law of their own."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.declarations.texts import ListText
from ancrage.territories.codes import PREFIXES, Kind

COMMUNE_LENGTH = 5


class Collectivity(Declared):
    """A collectivity made of the communes of other territories, less those of some others."""

    code: str
    name: str
    names: tuple[str, ...]
    where: str
    made_of: tuple[str, ...]
    without: tuple[str, ...] = ()
    text: ListText

    @property
    def note(self) -> str:
        """What it is, by which text, and whether the text was read."""
        checked = "" if self.text.read else " (texte non relu : à vérifier)"
        return f"Collectivité à statut particulier. {self.text.title}{checked}."


class Usual(Declared):
    """What ``usual.yaml`` declares; ``noms``: other names and codes, by code of a territory."""

    collectivites: tuple[Collectivity, ...]
    noms: Mapping[str, tuple[str, ...]]


@compiled("usages", "declarations", "territories")
def usual() -> Usual:
    """The declarations, read once."""
    text = (files("ancrage.territories.gazetteer") / "usual.yaml").read_text("utf-8")
    return Usual.model_validate(read_yaml(text))


def designated(code: str) -> tuple[Kind, str]:
    """What the text of a declared code designates: ``reg:94``, ``75056`` a commune, ``200046977`` an EPCI."""
    prefix, separator, rest = code.partition(":")
    if separator:
        return PREFIXES[prefix], rest
    return (Kind.COMMUNE if len(code) == COMMUNE_LENGTH else Kind.EPCI), code


@cache
def collectivity(code: str) -> Collectivity | None:
    """The collectivity of special status of a code such as ``6AE``; ``None`` if there is none."""
    return next((one for one in usual().collectivites if one.code == code.upper()), None)

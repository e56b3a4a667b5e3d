"""Names everybody uses that the code does not give, and collectivities made by a law of their own."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from ancrage.declarations import read_yaml
from ancrage.territories.codes import Kind, TerritoryCode


class Declared(BaseModel):
    """Base of the declarations: immutable, strict."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Declared):
    """The law that makes a collectivity; ``read`` is true only when the text itself was read."""

    title: str
    checked_on: date
    read: bool


class Collectivity(Declared):
    """A collectivity made of the communes of other territories, less those of some others."""

    code: str
    name: str
    names: tuple[str, ...]
    where: str
    made_of: tuple[str, ...]
    without: tuple[str, ...] = ()
    text: Text

    @property
    def territory_code(self) -> TerritoryCode:
        """Its code among the territories: a set of communes."""
        return TerritoryCode(Kind.ENSEMBLE, self.code)


class Usual(Declared):
    """What ``usual.yaml`` declares; ``noms``: other names and codes, by code of a territory."""

    collectivites: tuple[Collectivity, ...]
    noms: Mapping[str, tuple[str, ...]]


@cache
def usual() -> Usual:
    """The declarations, read once."""
    text = (files("ancrage.territories.gazetteer") / "usual.yaml").read_text("utf-8")
    return Usual.model_validate(read_yaml(text))


@cache
def collectivity(code: str) -> Collectivity | None:
    """The collectivity of special status of a code such as ``6AE``; ``None`` if there is none."""
    return next((one for one in usual().collectivites if one.code == code.upper()), None)

"""Activities declared complementary: a proposal of Ancrage (``complementarities.yaml``), nothing official."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Self

from pydantic import Field, ValidationError, model_validator

from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.errors import CatalogueError
from ancrage.register.catalogue import divisions, siae_kinds


class Activity(Declared):
    """An activity, by the beginnings of its NAF codes and the kinds of inclusion enterprises that hold it."""

    id: str = Field(pattern=r"^[a-z_]+$")
    label: str = Field(min_length=1)
    naf: tuple[str, ...]
    siae: tuple[str, ...]

    @model_validator(mode="after")
    def _known(self) -> Self:
        strange = {code for code in self.naf if code[:2] not in divisions()} | (
            set(self.siae) - set(siae_kinds())
        )
        if strange or not (self.naf or self.siae):
            raise ValueError(f"unknown codes or none at all: {strange}")
        return self

    def holds(self, naf: str | None, kinds: Collection[str]) -> bool:
        """Whether a structure of this NAF code and these SIAE kinds is of the activity."""
        return bool(set(kinds) & set(self.siae)) or (naf is not None and naf.startswith(self.naf))

    @property
    def condition(self) -> str:
        """The same in SQL, of columns ``naf`` and ``kinds``; its codes were checked when it was read."""
        begins = (f"coalesce(starts_with(naf, '{code}'), false)" for code in self.naf)
        kinds = ", ".join(f"'{kind}'" for kind in self.siae)
        return " OR ".join((*begins, f"list_has_any(kinds, [{kinds}]::VARCHAR[])"))


class Pair(Declared):
    """Two activities and why they would gain from working together (a French sentence)."""

    id: str = Field(pattern=r"^[a-z-]+$")
    between: tuple[str, str]
    why: str = Field(min_length=1)


class _Content(Declared):
    status: str
    checked_on: object
    activities: tuple[Activity, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Complementarities:
    """Activities by identifier, pairs in the order of the declaration; ``status`` tells who proposes them."""

    status: str
    activities: Mapping[str, Activity]
    pairs: tuple[Pair, ...]

    def activities_of(self, naf: str | None, kinds: Collection[str]) -> tuple[str, ...]:
        """Identifiers of the activities of a structure."""
        return tuple(one.id for one in self.activities.values() if one.holds(naf, kinds))


@compiled("complementarites", "declarations", "dynamics", "register")
def complementarities() -> Complementarities:
    """The declaration of the project. Raises :class:`CatalogueError` when it is wrong."""
    return read_complementarities(
        (files("ancrage.dynamics") / "complementarities.yaml").read_text("utf-8"),
    )


def read_complementarities(text: str) -> Complementarities:
    """Complementarities from a YAML text. Raises :class:`CatalogueError` when it is wrong."""
    try:
        content = _Content.model_validate(read_yaml(text))
    except ValidationError as error:
        raise CatalogueError(f"complementarities.yaml : déclaration refusée : {error}.") from error
    known = {one.id: one for one in content.activities}
    stray = [pair.id for pair in content.pairs if not set(pair.between) <= set(known)]
    if stray or len(known) != len(content.activities):
        raise CatalogueError(
            f"complementarities.yaml : activités déclarées deux fois, ou paires inconnues {stray}."
        )
    return Complementarities(content.status, known, content.pairs)

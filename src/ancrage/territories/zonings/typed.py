"""Lists typed for one département, so that the embedded edition answers there with nothing synchronised."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Literal

from ancrage.declarations.base import Declared
from ancrage.declarations.loading import read_yaml
from ancrage.territories.zonings.declaration import ANY_VALUE
from ancrage.territories.zonings.lists import Listed


class TypedList(Declared):
    """Part of a published list: a status for all (``default``) and for ``others``, or the ``members``.

    ``members`` maps a name to communes, or to ``all`` of the département.
    """

    cog: int | None = None
    default: str | None = None
    others: Mapping[str, tuple[str, ...]] | None = None
    members: Mapping[str, tuple[str, ...] | Literal["all"]] | None = None
    same_as: str | None = None


class TypedLists(Declared):
    """The file of a département."""

    departement: str
    checked_on: date
    lists: Mapping[str, TypedList]


@dataclass(frozen=True, slots=True)
class TypedEdition:
    """Rows of an edition for one département, in the codes of ``cog``."""

    cog: int
    departement: str
    rows: tuple[Listed, ...]


def typed_editions(communes: Mapping[int, Iterable[str]]) -> dict[str, TypedEdition]:
    """Typed rows by edition; ``communes`` are all communes of each vintage."""
    content = read_yaml(files(__package__).joinpath("creuse.yaml").read_text("utf-8"))
    typed = TypedLists.model_validate(content)
    found = {}
    for name, entry in typed.lists.items():
        source = typed.lists[entry.same_as] if entry.same_as else entry
        if source.cog is None:
            raise ValueError(f"typed list {name} has no vintage")
        inside = [code for code in communes[source.cog] if code.startswith(typed.departement)]
        found[name] = TypedEdition(source.cog, typed.departement, tuple(_rows(source, inside)))
    return found


def _rows(entry: TypedList, communes: list[str]) -> list[Listed]:
    if entry.members is None:
        exceptions = {code: status for status, codes in (entry.others or {}).items() for code in codes}
        statuses = {code: exceptions.get(code, entry.default or "") for code in communes}
        return [Listed(code, status) for code, status in sorted(statuses.items())]
    names: dict[str, list[str]] = {}
    for member, codes in entry.members.items():
        for code in communes if codes == "all" else codes:
            names.setdefault(code, []).append(member)
    return [Listed(code, ANY_VALUE, tuple(found)) for code, found in sorted(names.items())]

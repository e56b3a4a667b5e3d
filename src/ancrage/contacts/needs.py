"""What people come for, and which services and networks answer: declared once, in ``needs.yaml``."""

from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files

from pydantic import Field

from ancrage.contacts.kinds import DeskKind
from ancrage.declarations.base import ID, Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.errors import InvalidQuestionError


class Group(Declared):
    """Kinds that stand together under a title: a need, or a family of services."""

    id: str = Field(pattern=ID)
    label: str
    kinds: tuple[DeskKind, ...] = Field(min_length=1)


class Offer(Declared):
    """What a kind does. ``beyond``: the nearest is worth calling even when it serves other territories."""

    kind: DeskKind
    offers: str
    beyond: bool = False


class Directory(Declared):
    """Everything that is declared."""

    needs: tuple[Group, ...]
    families: tuple[Group, ...]
    offers: tuple[Offer, ...]

    @cached_property
    def offer_of(self) -> Mapping[DeskKind, Offer]:
        """What each kind does."""
        return {one.kind: one for one in self.offers}


@compiled("besoins", "contacts", "declarations")
def directory() -> Directory:
    """The needs, the families and what each kind does."""
    return Directory.model_validate(read_yaml((files(__package__) / "needs.yaml").read_text("utf-8")))


def need_named(identifier: str) -> Group:
    """A need by its identifier. Raises :class:`InvalidQuestionError` with those there are."""
    needs = {one.id: one for one in directory().needs}
    if identifier not in needs:
        told = f"« {identifier[:40]} » n’est pas un besoin connu : {', '.join(needs)}"
        raise InvalidQuestionError((("besoin", told),))
    return needs[identifier]

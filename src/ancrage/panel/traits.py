"""Traits by which structures of a long list differ: declared ones, zonings of the day, the list's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from ancrage.declarations.base import Declared
from ancrage.declarations.loading import read_yaml
from ancrage.territories.naming import normalise
from ancrage.territories.zonings.declaration import Zoning, load_zonings

YES, NO = "oui", "non"
HOLDING = "commune_"
"""Before a zoning that lies inside communes: whether the commune holds some of it (``commune_qpv``)."""

DIVERSE_ZONINGS = frozenset({"zrr", "frr", "montagne", "rural", f"{HOLDING}qpv"})
"""Zonings that count in the diversity by default: the frailties the study is about."""


@dataclass(frozen=True, slots=True)
class Trait:
    """A trait. ``diversity``: its weight by default. ``answers``: its values are oui and non."""

    id: str
    label: str
    diversity: float = 0.0
    answers: bool = False


class TraitDeclaration(Declared):
    """A trait as declared, with the headers that give it."""

    id: str
    label: str
    diversity: float
    answers: bool = False
    columns: tuple[str, ...] = ()


class Declarations(Declared):
    """All that is declared on long lists: words for the unknown, headers of the identity, traits."""

    unknown: frozenset[str]
    identity: Mapping[str, tuple[str, ...]]
    traits: tuple[TraitDeclaration, ...]


@cache
def declarations() -> Declarations:
    """What ``traits.yaml`` declares."""
    return Declarations.model_validate(read_yaml((files(__package__) / "traits.yaml").read_text("utf-8")))


def known_traits(on: date, own: Iterable[str] = ()) -> Mapping[str, Trait]:
    """Every trait of a day by identifier, in reading order: declared, zonings in force, the list's own."""
    declared = [Trait(one.id, one.label, one.diversity, one.answers) for one in declarations().traits]
    zonings = [trait for zoning in load_zonings().values() if on in zoning.period for trait in _of(zoning)]
    found = {trait.id: trait for trait in (*declared, *zonings)}
    return found | {name: Trait(name, name, diversity=1.0) for name in own if name not in found}


def _of(zoning: Zoning) -> list[Trait]:
    traits = [_zoning_trait(zoning.id, zoning.label)]
    if zoning.nature == "infracommunal":
        traits.append(_zoning_trait(f"{HOLDING}{zoning.id}", f"Commune concernée : {zoning.label}"))
    return traits


def _zoning_trait(trait: str, label: str) -> Trait:
    return Trait(trait, label, diversity=float(trait in DIVERSE_ZONINGS), answers=True)


def is_unknown(cell: str) -> bool:
    """Whether a cell says that nothing is known."""
    return normalise(cell) in declarations().unknown

"""The traits cases are compared on, and the distance of two: trait by trait, the unknown set apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from ancrage.errors import MonographError
from ancrage.monographs.catalogue import Monograph
from ancrage.register.catalogue import families, workforce_bands
from ancrage.register.codes import Naf


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of a case. ``None`` is unknown; an empty set is known to be empty.

    ``tools``: numbers, 1 to 19. ``zonings``: whether the place is in each zoning, those that cannot tell left
    out; two cases are compared on zonings of one day. ``naf``: class of NAF rév. 2.
    ``band``: workforce band of SIRENE. ``family``: family of the ESS.
    """

    tools: frozenset[int] | None = None
    zonings: Mapping[str, bool] | None = None
    naf: Naf | None = None
    band: str | None = None
    family: str | None = None

    def __post_init__(self) -> None:
        """Refuse codes nobody declared. Raises :class:`MonographError`."""
        for told, value, known in (
            ("tranche d'effectif", self.band, workforce_bands()),
            ("famille", self.family, families()),
        ):
            if value is not None and value not in known:
                raise MonographError(
                    f"« {value} » n'est pas une {told} connue.", f"Possible : {', '.join(known)}."
                )


LABELS = {
    "tools": "outils publics employés",
    "zonings": "zonages du lieu",
    "naf": "activité",
    "band": "taille",
    "family": "famille",
}
"""Traits in the order they are told."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two cases are. ``distance`` is the mean of the known ``parts`` (0 to 1), ``None`` without any.

    ``unknown``: traits that one of the two does not have; they never count as a difference.
    """

    distance: float | None
    parts: Mapping[str, float]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """A case and how far it is."""

    case: Monograph
    likeness: Likeness


def likeness(one: Traits, other: Traits) -> Likeness:
    """Distance of Gower between two cases: symmetric, 0 to itself, over the traits both have."""
    found = {
        "tools": _of_sets(one.tools, other.tools),
        "zonings": _of_zonings(one.zonings, other.zonings),
        "naf": _of_activities(one.naf, other.naf),
        "band": _of_sizes(one.band, other.band),
        "family": None if None in (one.family, other.family) else float(one.family != other.family),
    }
    parts = {name: value for name, value in found.items() if value is not None}
    unknown = tuple(name for name, value in found.items() if value is None)
    return Likeness(fmean(parts.values()) if parts else None, parts, unknown)


def nearest(cases: Iterable[tuple[Monograph, Likeness]]) -> tuple[Alike, ...]:
    """Cases, nearest first; among equals the one compared on more traits; the incomparable come last."""
    found = [Alike(case, far) for case, far in cases]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.likeness.distance is None,
                one.likeness.distance or 0.0,
                -len(one.likeness.parts),
                one.case.id,
            ),
        )
    )


def traits_of(case: Monograph, zonings: Mapping[str, bool] | None) -> Traits:
    """Traits a header states; ``zonings`` are those of its place on the day it was studied.

    A case that tells no contribution is one of which none is known, not one that had none.
    """
    header = case.header
    return Traits(
        tools=header.tools or None,
        zonings=zonings,
        naf=Naf(header.naf.value) if header.naf else None,
        band=header.band.value if header.band else None,
        family=header.family.value if header.family else None,
    )


def _of_zonings(one: Mapping[str, bool] | None, other: Mapping[str, bool] | None) -> float | None:
    """Share of the zonings both know that answer differently; unknown when they know none in common."""
    common = sorted(set(one or ()) & set(other or ()))
    if one is None or other is None or not common:
        return None
    return fmean(one[zoning] != other[zoning] for zoning in common)


def _of_sets(one: frozenset[int] | None, other: frozenset[int] | None) -> float | None:
    """Share of what they have that they do not share (Jaccard)."""
    if one is None or other is None:
        return None
    together = one | other
    return 1 - len(one & other) / len(together) if together else 0.0


def _of_activities(one: Naf | None, other: Naf | None) -> float | None:
    """0 for the same class, a third for the same group, two thirds for the same division, else 1."""
    if one is None or other is None:
        return None
    for part, length in enumerate((6, 4, 2)):
        if one.value[:length] == other.value[:length]:
            return part / 3
    return 1.0


def _of_sizes(one: str | None, other: str | None) -> float | None:
    """Bands between the two, over all the bands there are."""
    if one is None or other is None:
        return None
    ranks = list(workforce_bands())
    return abs(ranks.index(one) - ranks.index(other)) / (len(ranks) - 1)

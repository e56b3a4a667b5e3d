"""What the register of the edition covers: wholly, as a sample, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ancrage.register.territory_places import register_places
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory


class Reach(StrEnum):
    """How much of a territory the register knows."""

    WHOLE = "complet"
    SAMPLE = "echantillon"
    PART = "partiel"
    NONE = "absent"


CAVEATS = {
    Reach.SAMPLE: "Le registre n’est ici qu’un échantillon : ce qui en vient n’est pas un compte.",
    Reach.PART: "Le registre ne couvre qu’une partie de ce territoire : ce qui en vient n’est pas un compte.",
    Reach.NONE: "Aucun registre ne couvre ce territoire : ce qui est montré n’est pas un compte, et ce qui "
    "manque est inconnu, non nul.",
}
"""What must be said of what is counted in a register that does not cover a territory wholly."""


@dataclass(frozen=True, slots=True)
class RegisterCoverage:
    """Départements covered wholly, those known by a sample, and those whose data is fictitious."""

    whole: frozenset[str]
    sampled: frozenset[str]
    fictitious: frozenset[str]
    ess_only: frozenset[str]
    vintages: tuple[str, ...]

    @classmethod
    def of(cls, atlas: Atlas) -> "RegisterCoverage":
        """Read it in the manifest of the edition."""
        return cls.of_entries(atlas.warehouse.manifest["register"]["coverage"])

    @classmethod
    def of_entries(cls, entries: Sequence[Mapping[str, Any]]) -> "RegisterCoverage":
        """The same, from what a manifest tells of each département."""
        return cls(
            whole=frozenset(entry["departement"] for entry in entries if entry["complete"]),
            sampled=frozenset(entry["departement"] for entry in entries if not entry["complete"]),
            fictitious=frozenset(entry["departement"] for entry in entries if entry["fictitious"]),
            ess_only=frozenset(entry["departement"] for entry in entries if entry.get("ess_only")),
            vintages=tuple(dict.fromkeys(entry["vintage"] for entry in entries)),
        )

    def reach(self, departements: frozenset[str]) -> Reach:
        """How much is known of these départements."""
        if departements and departements <= self.whole:
            return Reach.WHOLE
        if departements & self.sampled:
            return Reach.SAMPLE
        return Reach.PART if departements & self.whole else Reach.NONE

    def has_denominators(self, departements: frozenset[str]) -> bool:
        """Whether establishments outside the ESS are known too."""
        return not departements & self.ess_only


def register_is_whole(atlas: Atlas, territory: Territory) -> tuple[bool, bool]:
    """Whether the register covers a territory wholly, and whether it is then fictitious."""
    departements = register_places(atlas, territory).departements
    coverage = RegisterCoverage.of(atlas)
    whole = coverage.reach(departements) is Reach.WHOLE
    return whole, whole and bool(departements & coverage.fictitious)

"""Where the law of the codes applies: facts a place tells, for each matter an aid may rest on.

In the collectivities of ``legislation.yaml`` a law applies only if it says so, or leaves the matter to them:
what « fr » declares is then no, or to be checked, never yes.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from importlib.resources import files
from typing import Any

from pydantic import Field

from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.facts.declaration import Origin
from ancrage.facts.known import Known
from ancrage.territories.codes import departement_of


class Matter(StrEnum):
    """What an aid rests on, as far as places differ."""

    GENERAL = "general"
    TRAVAIL = "travail"
    FISCALITE = "fiscalite"
    PROTECTION_SOCIALE = "protection_sociale"

    @property
    def fact(self) -> str:
        """The fact that tells whether the law of the codes holds in this matter where one stands."""
        return FACT_OF[self]


FACT_OF = {
    Matter.GENERAL: "droit_commun",
    Matter.TRAVAIL: "droit_du_travail_national",
    Matter.FISCALITE: "droit_fiscal_national",
    Matter.PROTECTION_SOCIALE: "protection_sociale_nationale",
}


LAW_FACTS = frozenset(FACT_OF.values())
"""Facts nobody is asked: texts settle them, one aid after the other."""


class Apart(Declared):
    """A matter in a collectivity: ``non`` (its own law) or ``a_verifier``, and the sentence that says so."""

    holds: bool | None = None
    reason: str


class Collectivity(Declared):
    """A collectivity where the codes do not hold as a whole; matters not named are those of the codes."""

    name: str
    matters: Mapping[Matter, Apart] = Field(min_length=1)


@compiled("legislation", "declarations", "facts", "language")
def collectivities() -> Mapping[str, Collectivity]:
    """Collectivities apart, by code (975, 988…)."""
    document = read_yaml((files(__package__) / "legislation.yaml").read_text("utf-8"))
    return {str(code): Collectivity.model_validate(row) for code, row in document["collectivities"].items()}


def law_of(departements: Iterable[str | None]) -> dict[str, Known]:
    """The facts of a place that lies in these départements; none of them known: as in the codes."""
    apart = [collectivities().get(code or "") for code in set(departements)]
    return {matter.fact: _told(matter, apart) for matter in Matter}


def _told(matter: Matter, apart: list[Collectivity | None]) -> Known:
    named = [found.matters[matter] for found in apart if found and matter in found.matters]
    if not named:
        return Known(True, Origin.CALCULE, "là où les codes s'appliquent")
    if len(named) < len(apart):
        return Known(None, Origin.CALCULE, f"dans une partie du territoire : {named[0].reason}")
    value = False if all(one.holds is False for one in named) else None
    return Known(value, Origin.CALCULE, named[0].reason)


def law_of_facts(situation: Mapping[str, Any]) -> dict[str, Known]:
    """The same from what a person declares: a commune, a département or a region."""
    commune = _text(situation.get("commune"))
    where = departement_of(commune) if commune else None
    told = where or _text(situation.get("departement")) or _text(situation.get("region"))
    return law_of([told])


def _text(known: Known | None) -> str | None:
    return known.value if known is not None and isinstance(known.value, str) else None

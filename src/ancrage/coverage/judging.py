"""What a distance and a law say of one commune: the words and thresholds of coverage, without any array."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ancrage.coverage.kinds import DLA, SupportKind
from ancrage.errors import SupportFileError
from ancrage.language.numbers import kilometres
from ancrage.repairs import GiveField
from ancrage.territories.codes import is_overseas_collectivity

NEAR_KM = 15.0
FAR_KM = 45.0
EDGE_KM = 1e-6


class State(StrEnum):
    """Whether a kind of support covers a commune, best first; the values are those of every output."""

    COUVERT = "couvert"
    ELOIGNE = "eloigne"
    DLA_SEUL = "dla_seul"
    NON_COUVERT = "non_couvert"
    INCONNU = "inconnu"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return LABELS[self]


LABELS = {
    State.COUVERT: "couvert",
    State.ELOIGNE: "éloigné",
    State.DLA_SEUL: "DLA seul",
    State.NON_COUVERT: "non couvert",
    State.INCONNU: "inconnu",
}
ORDER = tuple(State)
CODES = {state: rank for rank, state in enumerate(ORDER)}


@dataclass(frozen=True, slots=True)
class Reaches:
    """Distances, in kilometres, that tell near from far and far from beyond."""

    near_km: float = NEAR_KM
    far_km: float = FAR_KM

    def __post_init__(self) -> None:
        if not 0 < self.near_km <= self.far_km:
            raise SupportFileError(
                f"Les seuils de {self.near_km:g} et {kilometres(self.far_km)} ne se suivent pas.",
                "Le premier est un nombre positif, au plus égal au second.",
                GiveField("seuil_km", (f"{NEAR_KM:g}",)),
                GiveField("loin_km", (f"{FAR_KM:g}",)),
            )

    @property
    def near_edge(self) -> float:
        """The last distance that is near, in kilometres: the edge is inside, whatever the rounding."""
        return self.near_km + EDGE_KM

    @property
    def far_edge(self) -> float:
        """The last distance that is far and not beyond, in kilometres."""
        return self.far_km + EDGE_KM


def is_everywhere(kind: SupportKind, departement: str | None, *, on: date) -> bool:
    """Whether the law puts this support in the département on that day."""
    return (
        kind.everywhere_since is not None
        and on >= kind.everywhere_since
        and departement is not None
        and not is_overseas_collectivity(departement)
    )


def together_of(states: Mapping[str, State]) -> State:
    """The kinds of support to the ESS as one, by kind: the best known, unless one unknown could be better.

    *DLA seul* where nobody but the DLA covers and everybody else is known not to.
    """
    others = [state for name, state in states.items() if name != DLA]
    if State.COUVERT in others:
        return State.COUVERT
    if not others or State.INCONNU in others:
        return State.INCONNU
    best = min(others, key=ORDER.index)
    if best is not State.NON_COUVERT:
        return best
    return {State.COUVERT: State.DLA_SEUL, State.INCONNU: State.INCONNU}.get(states.get(DLA, best), best)

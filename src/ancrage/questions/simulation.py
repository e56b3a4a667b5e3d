"""Every ESS structure of a territory through the aids of a day, with other thresholds or not."""

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.questions.fields import Asked
from ancrage.questions.question import Asking, TerritoryQuestion, Worked

if TYPE_CHECKING:
    from ancrage.aids.simulation import Simulation

MOST = 300
TOO_LARGE = ("region", "france")
"""Kinds of territory whose simulation is a task of the background, not a page."""


class SimulationQuestion(TerritoryQuestion):
    """Who could claim what, what excludes, what is not known.

    Raises ``UnknownAidError``, ``UnknownParameterError``, and what a territory raises.
    """

    name: ClassVar = "simulation"
    label: ClassVar = "Simulation des aides sur un territoire"
    help: ClassVar = "Passe toutes les structures de l'ESS d'un territoire au crible des aides."
    counts: ClassVar = True
    long: ClassVar = True

    aids: Annotated[
        tuple[Annotated[str, Field(max_length=100)], ...],
        Field(max_length=MOST),
        Asked(
            name="aide",
            label="Aides",
            help="Seulement cette aide.",
            example="urgencess",
            metavar="ID",
        ),
    ] = ()
    parameters: Annotated[
        tuple[Annotated[str, Field(max_length=100)], ...],
        Field(max_length=50),
        Asked(
            name="parametre",
            label="Paramètres supposés",
            help="Et si ce seuil était… : urgence-ess.plafond=20, à côté du droit du jour.",
            example="urgence-ess.plafond=20",
            metavar="ID=NOMBRE",
        ),
    ] = ()

    def work_out(self, asking: Asking) -> "Worked[Simulation]":
        """The tallies."""
        from ancrage.aids.overriding import read_overrides
        from ancrage.aids.simulation import simulate

        overrides, territory = read_overrides(self.parameters), self.found(asking)
        opened = asking.opened
        found = simulate(opened.atlas, territory, only=self.aids, overrides=overrides, cache=opened.cache)
        return Worked(found, territory)

    def heavy(self, asking: Asking) -> bool:
        """A région or the country is a task of the background."""
        return self.found(asking).kind.value in TOO_LARGE

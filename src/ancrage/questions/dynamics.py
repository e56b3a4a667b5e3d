"""What concentrates in a territory, and whom to invite."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar

from ancrage.errors import DynamicsError
from ancrage.questions.fields import Asked, Kilometres, one_of
from ancrage.questions.question import Asking, TerritoryQuestion, Worked

if TYPE_CHECKING:
    from pathlib import Path

    from ancrage.dynamics.answering import Asked as AskedOf
    from ancrage.dynamics.answering import Dynamics
    from ancrage.territories.atlas import Atlas
    from ancrage.territories.territory import Territory

KEPT = 32
"""Dynamics kept by a process that stays: a page and its files share one, which takes seconds to work out."""


class Places(StrEnum):
    """Places compared with their neighbours; the same words as the domain's, which is slow to import."""

    EPCI = "epci"
    COMMUNE = "commune"
    ZONE = "zone"


class Counted(StrEnum):
    """What location quotients count."""

    ETABLISSEMENTS = "etablissements"
    EMPLOYEURS = "employeurs"


class DynamicsQuestion(TerritoryQuestion):
    """Activities to explore together, neighbours that are alike, structures to bring together.

    Raises ``DynamicsError``, and what a territory raises.
    """

    name: ClassVar = "dynamiques"
    label: ClassVar = "Dynamiques collectives"
    help: ClassVar = (
        "Cherche les dynamiques collectives à explorer : activités, voisins, structures à réunir."
    )

    scale: Annotated[
        Places,
        one_of(Places, DynamicsError, "« {} » n'est pas une sorte de lieux."),
        Asked(
            name="par",
            label="Lieux comparés",
            help="Lieux comparés : epci (France), commune (département), zone (contrats, CRTE).",
            example="epci",
        ),
    ] = Places.EPCI
    distance_km: Annotated[
        Kilometres,
        Asked(
            name="distance_km",
            label="Distance dans un groupe (km)",
            help="Distance entre structures d'un même groupe.",
            example=20,
            metavar="KM",
        ),
    ] = 20.0
    measure: Annotated[
        Counted,
        one_of(Counted, DynamicsError, "« {} » n'est pas une mesure."),
        Asked(
            name="mesure",
            label="Ce que comptent les quotients",
            help="Ce que comptent les quotients de localisation.",
            example="etablissements",
        ),
    ] = Counted.ETABLISSEMENTS
    invite: Annotated[
        str | None,
        Asked(
            name="inviter",
            label="Liste à inviter",
            help="Écrit la liste à inviter, en CSV.",
            metavar="FICHIER",
            local=True,
        ),
    ] = None

    def work_out(self, asking: Asking) -> "Worked[Dynamics]":
        """The dynamics."""
        # Spatial statistics take seconds to import: the first who asks pays for them, and nobody else.
        from ancrage.dynamics.answering import Asked as AskedOf
        from ancrage.dynamics.counting import Measure
        from ancrage.dynamics.units import Scale
        from ancrage.sources.citing import source_words

        asked = AskedOf(
            scale=Scale(self.scale.value),
            distance_km=self.distance_km,
            measure=Measure(self.measure.value),
        )
        territory = self.found(asking)
        found = asking.opened.atlas.remembering(_dynamics, answers=KEPT)(
            territory, asked, asking.opened.cache
        )
        return Worked(found, territory, sources=tuple(map(source_words, found.sources)))


def _dynamics(atlas: "Atlas", territory: "Territory", asked: "AskedOf", cache: "Path") -> "Dynamics":
    from ancrage.dynamics.answering import dynamics_of
    from ancrage.dynamics.centres import epci_centres
    from ancrage.location import data_directory
    from ancrage.sources.snapshots import SnapshotStore

    centres = epci_centres(SnapshotStore(data_directory()))
    return dynamics_of(atlas, territory, asked, centres=centres, cache=cache)

"""Where new sites would serve the most."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import AfterValidator, Field

from ancrage.errors import SitingError
from ancrage.questions.coverage import NEAR, NEAR_KM
from ancrage.questions.fields import Asked, Kilometres, Number, one_of
from ancrage.questions.question import Asking, TerritoryQuestion, Worked
from ancrage.questions.support import Networks, PlaceFiles, places_of

if TYPE_CHECKING:
    from ancrage.coverage.places import Directory
    from ancrage.siting.territory import TerritorySiting
    from ancrage.territories.territory import Territory

MOST_SITES = 30


class Weight(StrEnum):
    """What new sites must serve."""

    HABITANTS = "habitants"
    STRUCTURES = "structures"
    EMPLOIS = "emplois"


class Criterion(StrEnum):
    """What is best: covering the most, or bringing nearer on average."""

    COUVERTURE = "couverture"
    MEDIANE = "mediane"


def _few(sites: int) -> int:
    if not 1 <= sites <= MOST_SITES:
        raise SitingError(f"{sites} ouvertures demandées.", f"Demandez-en de 1 à {MOST_SITES}.")
    return sites


Sites = Annotated[int, Number, AfterValidator(_few)]
OPEN = Asked(
    name="ouvrir",
    label="Ouvrir de nouveaux lieux (nombre)",
    help="Où ouvrir N lieux de plus.",
    example=3,
    metavar="N",
)
Radius = Annotated[Kilometres, Field(le=500), NEAR]
Served = Annotated[
    Weight,
    one_of(Weight, SitingError, "« {} » ne se pèse pas."),
    Asked(
        name="poids",
        label="Servir",
        help="Ce qu'il faut servir : habitants, structures ou emplois.",
        example="habitants",
    ),
]
Best = Annotated[
    Criterion,
    one_of(Criterion, SitingError, "« {} » n'est pas une façon de choisir."),
    Asked(
        name="critere",
        label="Pour",
        help="Couvrir le plus, ou rapprocher en moyenne.",
        example="couverture",
    ),
]


class OpeningsQuestion(TerritoryQuestion):
    """Where to open ``sites`` sites beside those that exist.

    Raises ``SitingError``, ``SupportFileError`` for a network or a file, ``MissingSourceError`` when no
    outline of communes is known, and what a territory raises.
    """

    name: ClassVar = "ouvertures"
    label: ClassVar = "Où ouvrir de nouveaux lieux d’accompagnement"
    needs: ClassVar = ("ouvrir",)
    long: ClassVar = True

    networks: Networks = ()
    files: PlaceFiles = ()
    near_km: Radius = NEAR_KM
    sites: Annotated[Sites, OPEN]
    criterion: Best = Criterion.COUVERTURE
    weight: Served = Weight.HABITANTS

    def work_out(self, asking: Asking) -> "Worked[TerritorySiting]":
        """The openings, with the gap to the best there is when the search was cut short."""
        territory = self.found(asking)
        directory = places_of(asking.opened.atlas, self.networks, self.files)
        found = opened_in(self, territory, directory, asking)
        return Worked(found, territory, sources=directory.sources)

    def heavy(self, asking: Asking) -> bool:
        """A région or the country is too long for a page."""
        return self.found(asking).kind.value in TOO_LARGE


TOO_LARGE = ("france", "region")


def opened_in(
    asked: OpeningsQuestion, territory: "Territory", directory: "Directory", asking: Asking
) -> "TerritorySiting":
    """The openings of a territory beside the places of a directory. Raises :class:`SitingError`."""
    from ancrage.coverage.opening import open_for
    from ancrage.register.reach import register_is_whole
    from ancrage.siting.choosing import DEFAULT_SECONDS

    median = asked.criterion is Criterion.MEDIANE
    if median and territory.kind.value == "france" and asking.seconds is not None:
        raise SitingError(
            "Rapprocher en moyenne tout le pays est trop long à calculer.",
            "Prenez une région, ou demandez de couvrir le plus.",
        )
    whole, _ = register_is_whole(asking.opened.atlas, territory)
    return open_for(
        asking.opened.atlas,
        territory,
        directory,
        kinds=asked.networks,
        sites=asked.sites,
        radius_km=None if median else asked.near_km,
        weigh=asked.weight.value,
        register_whole=whole,
        seconds=asking.seconds or DEFAULT_SECONDS,
    )

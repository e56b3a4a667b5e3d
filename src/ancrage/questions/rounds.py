"""The round of a van: through the sites to open, else through every commune of a territory."""

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.errors import SitingError
from ancrage.questions.coverage import NEAR_KM
from ancrage.questions.fields import LONGEST_CODE, Asked, Number
from ancrage.questions.openings import (
    OPEN,
    TOO_LARGE,
    Best,
    Criterion,
    OpeningsQuestion,
    Radius,
    Served,
    Sites,
    Weight,
    opened_in,
)
from ancrage.questions.question import Asking, TerritoryQuestion, Worked
from ancrage.questions.support import Networks, PlaceFiles, places_of

if TYPE_CHECKING:
    from ancrage.rounds.territory import TerritoryRound

MOST_STOPS = 60
"""Communes of a round that a visitor waits for."""
Limit = Annotated[float, Number, Field(allow_inf_nan=False)]


class RoundQuestion(TerritoryQuestion):
    """A round from a commune, through the openings asked, else through the territory's communes.

    Raises ``SitingError``, and what the openings and a territory raise.
    """

    name: ClassVar = "tournee"
    label: ClassVar = "Tournée d’accompagnement"
    needs: ClassVar = ("tournee",)

    base: Annotated[
        str,
        Field(min_length=1, max_length=LONGEST_CODE),
        Asked(
            name="tournee",
            label="Départ (code de la commune)",
            help="Tournée depuis là, par les lieux à ouvrir ; s'il n'y en a pas, par toutes les communes.",
            example="23096",
            metavar="COMMUNE",
            place=True,
        ),
    ]
    networks: Networks = ()
    files: PlaceFiles = ()
    near_km: Radius = NEAR_KM
    sites: Annotated[Sites | None, OPEN] = None
    criterion: Best = Criterion.COUVERTURE
    weight: Served = Weight.HABITANTS
    detour: Annotated[
        Limit | None,
        Asked(
            name="detour",
            label="Kilomètres de route par kilomètre à vol d’oiseau",
            help="Kilomètres de route par kilomètre à vol d'oiseau.",
        ),
    ] = None
    km_per_day: Annotated[
        Limit | None,
        Asked(name="km_jour", label="Kilomètres au plus par jour", help="Au plus par jour de tournée."),
    ] = None
    hours_per_day: Annotated[
        Limit | None,
        Asked(name="heures_jour", label="Heures au plus par jour", help="Durée d'une journée de tournée."),
    ] = None
    hours_per_stop: Annotated[
        Limit | None,
        Asked(name="heures_arret", label="Heures par arrêt", help="Durée d'un arrêt de la tournée."),
    ] = None
    km_per_hour: Annotated[
        Limit | None,
        Asked(name="vitesse", label="Vitesse sur la route (km/h)", help="Vitesse sur la route, en km/h."),
    ] = None

    def work_out(self, asking: Asking) -> "Worked[TerritoryRound]":
        """The round, with the gap to the shortest when the search was cut short."""
        from ancrage.rounds.days import RoundRules
        from ancrage.rounds.planning import DEFAULT_SECONDS
        from ancrage.rounds.territory import round_through_communes, round_through_sites
        from ancrage.territories.resolving import resolve

        atlas, territory = asking.opened.atlas, self.found(asking)
        base = resolve(atlas, self.base, on=territory.on)
        rules = RoundRules(
            self.detour, self.km_per_day, self.hours_per_stop, self.hours_per_day, self.km_per_hour
        )
        seconds = asking.seconds or DEFAULT_SECONDS
        if self.openings is None:
            planned = round_through_communes(atlas, base, territory, rules, seconds=seconds)
            return Worked(planned, territory)
        directory = places_of(atlas, self.networks, self.files)
        chosen = opened_in(self.openings, territory, directory, asking)
        if not chosen.siting.chosen:
            raise SitingError(
                "Aucune ouverture n'apporterait quoi que ce soit : la tournée n'a pas d'arrêt.",
                "Réduisez la distance couverte par un lieu, ou choisissez de rapprocher en moyenne.",
            )
        planned = round_through_sites(atlas, base, chosen, rules, seconds=seconds)
        return Worked(planned, territory, sources=directory.sources)

    @property
    def openings(self) -> OpeningsQuestion | None:
        """The openings its stops are; ``None`` when it goes through every commune."""
        if self.sites is None:
            return None
        shared = OpeningsQuestion.model_fields.keys()
        return OpeningsQuestion.model_construct(**{name: getattr(self, name) for name in shared})

    def heavy(self, asking: Asking) -> bool:
        """Openings of a région, or too many stops, are too long for a page."""
        from ancrage.territories.resolving import resolve

        territory = self.found(asking)
        base = resolve(asking.opened.atlas, self.base, on=territory.on)
        if base.kind.value != "commune":
            return False  # Refused at once, in the words of the round.
        if self.sites is not None:
            return territory.kind.value in TOO_LARGE
        return len(territory.communes) > MOST_STOPS

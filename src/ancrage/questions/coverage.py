"""Which support covers a territory, and from how far."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.questions.fields import Asked, Flag, Kilometres
from ancrage.questions.question import Asking, TerritoryQuestion, Worked
from ancrage.questions.support import Networks, PlaceFiles, places_of

if TYPE_CHECKING:
    from ancrage.coverage.states import KindCoverage, SupportCoverage
    from ancrage.coverage.territory import Weighing, ZoneDistance
    from ancrage.repairs import Repair
    from ancrage.siting.shapes import TerritoryShapes

EVERY_COMMUNE = 400
NEAR_KM, FAR_KM = 15.0, 45.0
NEAR = Asked(
    name="seuil_km",
    label="Un lieu couvre jusqu’à (km)",
    help="Jusqu'où un lieu couvre, en kilomètres.",
    example=15,
    also=("seuil",),
)


@dataclass(frozen=True, slots=True, eq=False)
class CoverageFacts:
    """What covers a territory, what it weighs, by zoning; its outlines when they are drawn.

    ``detail``: every commune is worth listing. ``repairs``: what gives outlines to an edition without any.
    """

    found: "SupportCoverage"
    weighings: "Sequence[Weighing]"
    zones: "Sequence[tuple[KindCoverage, Sequence[ZoneDistance]]]"
    shapes: "TerritoryShapes | None"
    detail: bool
    repairs: "tuple[Repair, ...]"


class CoverageQuestion(TerritoryQuestion):
    """What covers each commune, network by network, and from how far.

    Raises ``SupportFileError`` for a network or a file, and what a territory raises.
    """

    name: ClassVar = "couverture"
    label: ClassVar = "Couverture par l’accompagnement"
    help: ClassVar = "Dit quel accompagnement couvre un territoire, les zones blanches, et où ouvrir."

    networks: Networks = ()
    files: PlaceFiles = ()
    near_km: Annotated[Kilometres, Field(le=500), NEAR] = NEAR_KM
    far_km: Annotated[
        Kilometres,
        Field(le=1000),
        Asked(
            name="loin_km",
            label="Personne au-delà de (km)",
            help="Au-delà, personne ne couvre, en kilomètres.",
            example=45,
            also=("loin",),
        ),
    ] = FAR_KM
    detail: Annotated[Flag | None, Asked(name="detail", label="Détail", help="Commune par commune.")] = None

    def work_out(self, asking: Asking) -> Worked[CoverageFacts]:
        """The coverage."""
        from ancrage.coverage.judging import Reaches
        from ancrage.coverage.states import cover
        from ancrage.coverage.territory import by_zoning, communes_of, weighings
        from ancrage.register.reach import register_is_whole
        from ancrage.siting.shapes import shapes_of
        from ancrage.territories.outlined import point_repairs
        from ancrage.territories.zonings.answering import verdicts_by_commune

        atlas, territory = asking.opened.atlas, self.found(asking)
        found = cover(
            communes_of(atlas, territory),
            places_of(atlas, self.networks, self.files),
            on=territory.on,
            kinds=self.networks or None,
            reaches=Reaches(self.near_km, self.far_km),
        )
        measured = [one for one in found.kinds.values() if one.known]
        verdicts = verdicts_by_commune(atlas, territory) if measured else {}
        whole, _ = register_is_whole(atlas, territory)
        facts = CoverageFacts(
            found,
            weighings(atlas, found.communes, register_whole=whole),
            [(one, by_zoning(found, one.kind.id, verdicts)) for one in measured],
            shapes_of(atlas, territory) if asking.drawn else None,
            self._detail(len(found.communes), asking),
            point_repairs(atlas),
        )
        return Worked(facts, territory, sources=found.directory.sources)

    def _detail(self, communes: int, asking: Asking) -> bool:
        """A page lists the communes of most territories by itself; a terminal, when that is asked."""
        return asking.paged and communes <= EVERY_COMMUNE if self.detail is None else self.detail

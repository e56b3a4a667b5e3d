"""Several territories side by side, on a day."""

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import AfterValidator, Field

from ancrage.errors import SetDefinitionError
from ancrage.questions.diagnosed import diagnosed
from ancrage.questions.fields import Asked, Flag, PlaceText
from ancrage.questions.question import Asking, DatedQuestion, Worked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ancrage.diagnosis.model import Diagnosis
    from ancrage.territories.atlas import Atlas
    from ancrage.territories.territory import Territory

MOST = 4
MOST_ALIKE, MOST_COLUMNS = 4, 6
"""Territories alike that are set beside those named, and columns in all."""


def _few(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Each once."""
    asked = tuple(dict.fromkeys(code.strip() for code in codes))
    if len(asked) > MOST:
        raise SetDefinitionError(
            f"{len(asked)} territoires sont demandés ; la comparaison en tient {MOST}.",
            "Retirez-en, ou comparez-les en plusieurs fois.",
        )
    return asked


@dataclass(frozen=True, slots=True, eq=False)
class ComparisonFacts:
    """The territories and their diagnoses, in the order asked; ``codes``: what designates each.

    ``growth``: change of their population since the census of ``since``, as a share, ``None`` when it is not
    known; ``alike``: how many of the last ones are there because they resemble the first.
    """

    places: "tuple[Territory, ...]"
    diagnoses: "tuple[Diagnosis, ...]"
    codes: tuple[str, ...]
    growth: tuple[float | None, ...] = ()
    alike: int = 0
    since: int | None = None


class ComparisonQuestion(DatedQuestion):
    """The same questions put to several territories.

    Raises ``SetDefinitionError`` for more than ``MOST``, and what a territory raises.
    """

    name: ClassVar = "comparaison"
    label: ClassVar = "Comparaison de territoires"
    help: ClassVar = "Met jusqu'à quatre territoires côte à côte : zonages, tissu de l'ESS, aides, outils."

    territories: Annotated[
        tuple[PlaceText, ...],
        Field(min_length=1),
        AfterValidator(_few),
        Asked(
            name="territoire",
            label="Territoires",
            help="Codes, noms exacts ou ensembles de communes (23077+23096), quatre au plus.",
            example="23077",
            metavar="TERRITOIRE",
            also=("t",),
            argument=True,
            place=True,
        ),
    ]

    alike: Annotated[
        Flag,
        Asked(
            name="semblables",
            label="Avec les territoires qui ressemblent le plus au premier",
            help="Ajoute ceux qui ressemblent le plus au premier.",
            example="oui",
        ),
    ] = False

    def work_out(self, asking: Asking) -> Worked[ComparisonFacts]:
        """Their diagnoses."""
        from ancrage.register.territory_places import register_places
        from ancrage.sources.citing import source_words
        from ancrage.territories.resolving import resolve

        atlas, on = asking.opened.atlas, self.on or asking.on
        named = tuple(resolve(atlas, code, on=on) for code in self.territories)
        alike = tuple(resolve(atlas, code, on=on) for code in self._like(asking, named))
        places = (*named, *alike)
        found = tuple(diagnosed(asking, place, outlined=asking.paged) for place in places)
        departements = (register_places(atlas, place).departements for place in places)
        sources = dict.fromkeys(source_words(used.model_dump()) for one in found for used in one.sources)
        return Worked(
            ComparisonFacts(
                places,
                found,
                (*map(_designated, named, self.territories), *(str(one.code) for one in alike)),
                tuple(_growth(atlas, place) for place in places),
                len(alike),
                atlas.first_reference_year,
            ),
            sources=tuple(sources),
            warnings=tuple(dict.fromkeys(warning for one in found for warning in one.warnings)),
            departements=frozenset[str]().union(*departements),
        )

    def _like(self, asking: Asking, named: "Sequence[Territory]") -> "Iterator[str]":
        """Codes of those that resemble the first, nearest first, but those already named."""
        if not self.alike or not named:
            return iter(())
        known = {str(one.code) for one in named}
        similar = (one.territory.code for one in diagnosed(asking, named[0], outlined=asking.paged).similar)
        return islice(
            (code for code in similar if code not in known), min(MOST_ALIKE, MOST_COLUMNS - len(named))
        )


def _growth(atlas: "Atlas", place: "Territory") -> float | None:
    """Change of its population since the first vintage; unknown on that one."""
    row = atlas.feature(place.kind, place.code.code, place.vintage)
    return row["growth"] if row and place.vintage != atlas.vintages[0] else None


def _designated(place: "Territory", asked: str) -> str:
    """Its code; a set of communes is designated by them."""
    return asked if place.code.kind == "ensemble" else str(place.code)

"""Several territories side by side, on a day."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import AfterValidator, Field

from ancrage.errors import SetDefinitionError
from ancrage.questions.diagnosed import diagnosed
from ancrage.questions.fields import Asked, PlaceText
from ancrage.questions.question import Asking, DatedQuestion, Worked

if TYPE_CHECKING:
    from ancrage.diagnosis.model import Diagnosis
    from ancrage.territories.territory import Territory

MOST = 4


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
    """The territories and their diagnoses, in the order asked; ``codes``: what designates each."""

    places: "tuple[Territory, ...]"
    diagnoses: "tuple[Diagnosis, ...]"
    codes: tuple[str, ...]


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

    def work_out(self, asking: Asking) -> Worked[ComparisonFacts]:
        """Their diagnoses."""
        from ancrage.register.territory_places import register_places
        from ancrage.sources.citing import source_words
        from ancrage.territories.resolving import resolve

        atlas, on = asking.opened.atlas, self.on or asking.on
        places = tuple(resolve(atlas, code, on=on) for code in self.territories)
        found = tuple(diagnosed(asking, place, outlined=asking.paged) for place in places)
        departements = (register_places(atlas, place).departements for place in places)
        sources = dict.fromkeys(source_words(used.model_dump()) for one in found for used in one.sources)
        return Worked(
            ComparisonFacts(places, found, tuple(map(_designated, places, self.territories))),
            sources=tuple(sources),
            warnings=tuple(dict.fromkeys(warning for one in found for warning in one.warnings)),
            departements=frozenset[str]().union(*departements),
        )


def _designated(place: "Territory", asked: str) -> str:
    """Its code; a set of communes is designated by them."""
    return asked if place.code.kind == "ensemble" else str(place.code)

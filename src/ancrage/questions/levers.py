"""What an authority can do: its levers and tools on a territory, one tool in full, the whole list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.errors import UnknownLeverError
from ancrage.levers.authorities import Authority
from ancrage.questions.diagnosed import diagnosed
from ancrage.questions.fields import Asked, one_of
from ancrage.questions.question import Asking, Question, TerritoryQuestion, Worked
from ancrage.repairs import GiveField

if TYPE_CHECKING:
    from ancrage.aids.declaration import Aid
    from ancrage.facts.situation import Known
    from ancrage.levers.catalogue import LeverCatalogue
    from ancrage.levers.declaration import Tool
    from ancrage.levers.recommending import Advice, Recommendation
    from ancrage.territories.territory import Territory

MOST_FACTS = 80
LONGEST_FACT = 200
For = Annotated[
    Authority | None,
    one_of(Authority, UnknownLeverError, "« {} » n'est pas une autorité connue."),
    Asked(
        name="pour",
        label="Pour",
        help="commune, epci, departement, region, etat ou caf.",
        example="commune",
        metavar="AUTORITE",
    ),
]
Partnership = Annotated[
    str | None,
    Field(max_length=LONGEST_FACT),
    Asked(
        name="partenariat",
        label="Volonté de co-construire un partenariat long",
        help="Le prérequis : volonté de co-construire.",
        example="oui",
        metavar="OUI|NON",
    ),
]
KnownFacts = Annotated[
    tuple[Annotated[str, Field(max_length=LONGEST_FACT)], ...],
    Field(max_length=MOST_FACTS),
    Asked(
        name="fait",
        label="Faits",
        help="Un fait connu ; répétable.",
        example="filieres_en_tension=oui",
        metavar="FAIT=VALEUR",
        also=("f",),
    ),
]
WhichTool = Asked(
    name="outil",
    label="Outil",
    help="Un outil en entier : son numéro, de 1 à 19.",
    example="4",
)


@dataclass(frozen=True, slots=True, eq=False)
class LeverFacts:
    """What is advised to an authority, and the catalogue it comes from."""

    found: "Recommendation"
    catalogue: "LeverCatalogue"


class LeversQuestion(TerritoryQuestion):
    """The nineteen tools for an authority that acts on a territory, the most pressing first, and why.

    Raises ``UnknownLeverError`` for an authority that is none, or a territory that has none of its own and no
    authority named; ``FactError`` for a fact; what a territory raises.
    """

    name: ClassVar = "leviers"
    label: ClassVar = "Leviers et outils"
    help: ClassVar = (
        "Recommande les leviers et outils d'une collectivité : par où commencer, pourquoi, sur quel texte."
    )
    needs: ClassVar = ("territoire",)

    authority: For = None
    partnership: Partnership = None
    facts: KnownFacts = ()

    def work_out(self, asking: Asking) -> Worked[LeverFacts]:
        """The advice."""
        from ancrage.levers.catalogue import read_levers

        territory = self.found(asking)
        found = advised(asking, territory, self.authority, self.partnership, self.facts)
        return Worked(LeverFacts(found, read_levers()), territory)


@dataclass(frozen=True, slots=True, eq=False)
class ToolFacts:
    """A tool in full; what is advised of it, when a territory is asked."""

    tool: "Tool"
    catalogue: "LeverCatalogue"
    aids: "Mapping[str, Aid]"
    advice: "Advice | None" = None


class ToolQuestion(Question):
    """A tool in full. Raises ``UnknownLeverError``."""

    name: ClassVar = "outil"
    label: ClassVar = "Un outil en entier"
    needs: ClassVar = ("outil",)

    tool: Annotated[str, Field(max_length=100), WhichTool]

    def work_out(self, asking: Asking) -> Worked[ToolFacts]:  # noqa: ARG002 the catalogue is of every day
        """The tool."""
        from ancrage.aids.catalogue import load_aids
        from ancrage.levers.catalogue import get_tool, read_levers

        return Worked(ToolFacts(get_tool(self.tool), read_levers(), load_aids()))


class ToolHereQuestion(TerritoryQuestion):
    """A tool, and what it means for an authority of a territory. Raises what levers raise."""

    name: ClassVar = "outil_ici"
    label: ClassVar = "Un outil, pour un territoire"
    needs: ClassVar = ("outil", "territoire")

    tool: Annotated[str, Field(max_length=100), WhichTool]
    authority: For = None
    partnership: Partnership = None
    facts: KnownFacts = ()

    def work_out(self, asking: Asking) -> Worked[ToolFacts]:
        """The tool and its advice."""
        from ancrage.aids.catalogue import load_aids
        from ancrage.levers.catalogue import get_tool, read_levers

        tool, territory = get_tool(self.tool), self.found(asking)
        found = advised(asking, territory, self.authority, self.partnership, self.facts)
        advice = next(one for one in found.advices if one.tool.number == tool.number)
        return Worked(ToolFacts(tool, read_levers(), load_aids(), advice), territory)


class LeverListQuestion(Question):
    """The six levers and their nineteen tools."""

    name: ClassVar = "liste_leviers"
    label: ClassVar = "Six leviers, dix-neuf outils"
    help: ClassVar = LeversQuestion.help

    def work_out(self, asking: Asking) -> "Worked[LeverCatalogue]":  # noqa: ARG002 the same every day
        """The catalogue."""
        from ancrage.levers.catalogue import read_levers

        return Worked(read_levers())


def advised(
    asking: Asking,
    territory: "Territory",
    authority: Authority | None,
    partnership: str | None,
    facts: tuple[str, ...],
) -> "Recommendation":
    """The advice to an authority, that of the territory when none is named. Raises ``UnknownLeverError``."""
    from ancrage.diagnosis.levers import advise

    declared = _declared(partnership, facts)
    who = authority or _own(territory)
    return advise(
        asking.opened.atlas,
        territory,
        diagnosed(asking, territory),
        who,
        declared=declared,
        cache=asking.opened.cache,
    )


def _declared(partnership: str | None, facts: tuple[str, ...]) -> "dict[str, Known]":
    from ancrage.facts.situation import declared
    from ancrage.facts.values import read_facts
    from ancrage.levers.recommending import PRECONDITION

    return declared(read_facts([*facts, *([f"{PRECONDITION}={partnership}"] if partnership else [])]))


def _own(territory: "Territory") -> Authority:
    from ancrage.levers.powers import own_authority

    if own := own_authority(territory.code, on=territory.on):
        return own
    possible = ", ".join(one.value for one in Authority)
    raise UnknownLeverError(
        f"{territory.name} n'a pas d'autorité à lui.",
        f"Dites pour qui : {possible}.",
        GiveField("pour", tuple(Authority)),
    )

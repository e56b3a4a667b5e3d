"""Which territory is meant, what it is on a day, what it is made of; those there are of a kind."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from ancrage.questions.fields import Asked
from ancrage.questions.paging import Limit, Page, page_of
from ancrage.questions.question import Asking, DatedQuestion, TerritoryQuestion, Worked
from ancrage.questions.zonings import lists_of
from ancrage.territories.codes import Kind

if TYPE_CHECKING:
    from ancrage.territories.finding import Match
    from ancrage.territories.territory import Territory
    from ancrage.territories.zonings.answering import ZoningAnswer

USUAL, MOST_FOUND = 10, 100


class FindTerritoryQuestion(DatedQuestion):
    """The territories that answer what was typed, the best first.

    Raises ``InvalidCodeError`` for a prefix with an impossible code. In a terminal, when nothing answers, it
    raises what :func:`ancrage.territories.designating.designate` does: why, and what a former code became.
    """

    name: ClassVar = "territoires"
    label: ClassVar = "Chercher un territoire"
    help: ClassVar = "Cherche un territoire par son nom, son code ou un code postal."
    needs: ClassVar = ("q",)

    text: Annotated[
        str,
        Field(min_length=1, max_length=200),
        Asked(
            name="q",
            label="Texte",
            help="Un nom, même mal écrit, un code ou un code postal.",
            example="Faux-la-Montagne",
            metavar="TEXTE",
            argument=True,
        ),
    ]
    limit: Limit = USUAL

    def work_out(self, asking: Asking) -> "Worked[Page[Match]]":
        """Those found, a hundred at most."""
        from ancrage.territories.designating import designate
        from ancrage.territories.finding import find

        atlas, on = asking.opened.atlas, self.on or asking.on
        found = find(atlas, self.text, on=on, limit=min(self.limit or USUAL, MOST_FOUND))
        if not found and not asking.paged:
            designate(atlas, self.text, on=on)
        return Worked(Page(found, total=len(found)))


class TerritoryListQuestion(DatedQuestion):
    """All the territories of a kind, by code. Raises what a day out of reach raises."""

    name: ClassVar = "liste_territoires"
    label: ClassVar = "Les territoires d’une nature"

    kind: Annotated[
        Kind,
        Asked(
            name="nature",
            label="Nature",
            help="Nature des territoires listés, sans « q ».",
            example="departement",
        ),
    ] = Kind.REGION
    limit: Limit = None

    def work_out(self, asking: Asking) -> "Worked[Page[Match]]":
        """The list."""
        from ancrage.territories.listing import all_of

        found = all_of(asking.opened.atlas, self.kind, on=self.on or asking.on, after=asking.after or "")
        return Worked(page_of(found, self.limit, key=lambda one: one.named.code.code))


@dataclass(frozen=True, slots=True, eq=False)
class TerritoryFacts:
    """A territory, and what every zoning of the day says of it."""

    territory: "Territory"
    zonings: "tuple[ZoningAnswer, ...]"


class TerritoryCardQuestion(TerritoryQuestion):
    """A territory on a day. Raises what a territory raises."""

    name: ClassVar = "territoire"
    label: ClassVar = "Un territoire"
    help: ClassVar = "Montre un territoire un jour donné : identité, parents, communes, zonages."

    def work_out(self, asking: Asking) -> Worked[TerritoryFacts]:
        """The territory and its zonings."""
        from ancrage.territories.zonings.answering import answer_all

        territory = self.found(asking)
        zonings = answer_all(asking.opened.atlas, territory)
        return Worked(TerritoryFacts(territory, zonings), territory, sources=lists_of(asking, zonings))


class CommunesQuestion(TerritoryQuestion):
    """The communes of a territory on a day, by code. Raises what a territory raises."""

    name: ClassVar = "communes"
    label: ClassVar = "Les communes d’un territoire"

    limit: Limit = None

    def work_out(self, asking: Asking) -> Worked[Page[dict[str, Any]]]:
        """The communes."""
        from ancrage.territories.listing import communes_inside

        territory = self.found(asking)
        rows = communes_inside(asking.opened.atlas, territory, after=asking.after or "")
        total = len(territory.communes)
        return Worked(page_of(rows, self.limit, key=lambda row: str(row["code"]), total=total), territory)

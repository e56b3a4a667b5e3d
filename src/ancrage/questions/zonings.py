"""What a zoning says: of every commune of a day, of a territory; which zonings there are."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.questions.fields import PLACE, Asked, PlaceText
from ancrage.questions.paging import Limit, Page, page_of_sorted
from ancrage.questions.provenance import cited
from ancrage.questions.question import Asking, DatedQuestion, Question, TerritoryQuestion, Worked
from ancrage.reasoning import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ancrage.territories.zonings.answering import CommuneAnswer, ZoningAnswer
    from ancrage.territories.zonings.declaration import Zoning

WhichZoning = Annotated[
    str,
    Field(max_length=60),
    Asked(
        name="zonage",
        label="Zonage",
        help="zrr, frr, frr_plus, qpv, montagne, crte…",
        example="frr",
        metavar="ID",
        argument=True,
    ),
]


@dataclass(frozen=True, slots=True, eq=False)
class ZoningFacts:
    """A zoning of every commune: how many give each verdict, and those that were asked.

    ``listed``: they are worth showing on a page.
    """

    zoning: "Zoning"
    counts: Counter[Verdict]
    page: "Page[CommuneAnswer]"
    listed: bool


class ZoningQuestion(DatedQuestion):
    """A zoning, commune by commune. Raises ``UnknownZoningError``, and what a day out of reach raises."""

    name: ClassVar = "zonage"
    label: ClassVar = "Un zonage, commune par commune"
    help: ClassVar = "Donne le verdict d'un zonage pour chaque commune d'un jour."

    zoning: WhichZoning
    verdict: Annotated[
        Verdict | None,
        Asked(
            name="verdict",
            label="Réponse",
            help="Seulement les communes qui ont cette réponse.",
            example="oui",
        ),
    ] = None
    limit: Limit = None

    def work_out(self, asking: Asking) -> Worked[ZoningFacts]:
        """The verdicts."""
        from ancrage.territories.zonings.answering import answer_each
        from ancrage.territories.zonings.declaration import get_zoning

        zoning = get_zoning(self.zoning)
        answers = list(answer_each(asking.opened.atlas, zoning, on=self.on or asking.on))
        wanted = [one for one in answers if self.verdict in (None, one.verdict)]
        page = page_of_sorted(wanted, asking, self.limit, key=lambda one: one.commune)
        return Worked(
            ZoningFacts(zoning, Counter(one.verdict for one in answers), page, asking.paged),
            sources=cited(asking.opened.atlas, (edition.source for edition in zoning.editions)),
        )


class ZoningHereQuestion(TerritoryQuestion):
    """A zoning for a territory.

    Raises ``UnknownZoningError``, ``DayOutOfRangeError`` on a day without this zoning, and what a territory
    raises.
    """

    name: ClassVar = "zonage_ici"
    label: ClassVar = "Un zonage, pour un territoire"
    needs: ClassVar = ("territoire",)

    zoning: WhichZoning
    territory: Annotated[
        PlaceText,
        Asked(
            name=PLACE.name,
            label=PLACE.label,
            help="Sa réponse pour ce territoire, au lieu de chaque commune.",
            example=PLACE.example,
            also=PLACE.also,
            place=True,
        ),
    ]

    def work_out(self, asking: Asking) -> "Worked[ZoningAnswer]":
        """Its verdict."""
        from ancrage.errors import DayOutOfRangeError
        from ancrage.territories.zonings.answering import answer_all
        from ancrage.territories.zonings.declaration import get_zoning

        zoning, atlas, territory = get_zoning(self.zoning), asking.opened.atlas, self.found(asking)
        found = next((one for one in answer_all(atlas, territory) if one.zoning.id == zoning.id), None)
        if found is None:
            first, last = zoning.since or atlas.first_day, zoning.until or asking.opened.today
            raise DayOutOfRangeError(territory.on, first, last)
        return Worked(found, territory, sources=lists_of(asking, (found,)))


def lists_of(asking: Asking, answers: "Iterable[ZoningAnswer]") -> tuple[str, ...]:
    """The lists that answered, in words."""
    return cited(asking.opened.atlas, (one.edition.source for one in answers if one.edition))


class ZoningListQuestion(Question):
    """The zonings and programmes that are declared, by identifier."""

    name: ClassVar = "zonages"
    label: ClassVar = "Zonages et programmes déclarés"

    limit: Limit = None

    def work_out(self, asking: Asking) -> "Worked[Page[Zoning]]":
        """The list."""
        from ancrage.territories.zonings.declaration import load_zonings

        found = sorted(load_zonings().values(), key=lambda zoning: zoning.id)
        return Worked(page_of_sorted(found, asking, self.limit, key=lambda zoning: zoning.id))


class DeclaredZoningQuestion(Question):
    """A zoning as it is declared: its days, its text, its lists. Raises ``UnknownZoningError``."""

    name: ClassVar = "zonage_declare"
    label: ClassVar = "Un zonage et le texte qui le fonde"

    zoning: WhichZoning

    def work_out(self, asking: Asking) -> "Worked[Zoning]":  # noqa: ARG002 the catalogue is of every day
        """The zoning."""
        from ancrage.territories.zonings.declaration import get_zoning

        return Worked(get_zoning(self.zoning))

"""The cases: those that pass filters, of territories alike first; one; what those who publish do by lever."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.cases.case import Sort
from ancrage.errors import UnknownCaseError
from ancrage.levers.declaration import LEVERS, TOOLS
from ancrage.questions.fields import PLACE, Asked, Flag, Number, PlaceText, one_of
from ancrage.questions.question import Asking, DatedQuestion, Question, Worked
from ancrage.territories.codes import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ancrage.cases.case import Case, PlanByLever
    from ancrage.territories.atlas import Atlas
    from ancrage.territories.territory import Territory

MOST_PLANS = 6
"""Plans set side by side: more would not be read."""
KINDS = (Kind.COMMUNE, Kind.EPCI, Kind.DEPARTEMENT, Kind.REGION, Kind.CRTE, Kind.QPV)


@dataclass(frozen=True, slots=True, eq=False)
class CasesFound:
    """Cases, each with how far its territory is from the one asked, ``None`` when it is not compared."""

    found: "tuple[tuple[Case, float | None], ...]"
    where: "Territory | None"
    asked: bool
    """Whether filters were asked."""


class CasesQuestion(DatedQuestion):
    """Cases that pass every filter told. Raises ``UnknownZoningError``, and what a territory raises."""

    name: ClassVar = "cas"
    label: ClassVar = "Ce que font d’autres territoires"
    help: ClassVar = (
        "Liste les cas : actions que des ateliers publient, campagnes, cas du compte rendu. Avec un "
        "territoire, ceux des territoires qui lui ressemblent viennent d’abord."
    )
    living: ClassVar = True

    territory: Annotated[PlaceText | None, PLACE] = None
    text: Annotated[
        str,
        Field(max_length=200),
        Asked(
            name="q",
            label="Mots",
            help="Mots que le cas contient, au pluriel ou non, sans accents, à une faute près.",
            option="--texte",
        ),
    ] = ""
    tool: Annotated[
        Annotated[int, Number, Field(ge=1, le=TOOLS)] | None,
        Asked(name="outil", label="Outil", help="Cas où cet outil a servi.", metavar=f"1…{TOOLS}"),
    ] = None
    lever: Annotated[
        Annotated[int, Number, Field(ge=1, le=LEVERS)] | None,
        Asked(name="levier", label="Levier", help="Cas où ce levier a servi.", metavar=f"1…{LEVERS}"),
    ] = None
    criterion: Annotated[
        str,
        Field(max_length=60),
        Asked(
            name="critere",
            label="Critère de la grille",
            help="Cas qui renforcent ce critère de la grille.",
            metavar="CRITERE",
        ),
    ] = ""
    kind: Annotated[
        Kind | None,
        one_of(Kind, UnknownCaseError, "« {} » n’est pas une sorte de territoire."),
        Asked(
            name="sorte",
            label="Sorte de territoire",
            help="commune, epci, departement, region, crte ou qpv.",
            metavar="SORTE",
        ),
    ] = None
    zoning: Annotated[
        str,
        Field(max_length=60),
        Asked(
            name="zonage",
            label="Zonage du territoire",
            help="Cas dont le territoire est, en tout ou partie, dans ce zonage le jour du cas.",
            metavar="ZONAGE",
        ),
    ] = ""
    sort: Annotated[
        Sort | None,
        one_of(Sort, UnknownCaseError, "« {} » n’est pas une nature de cas."),
        Asked(name="nature", label="Nature", help="action, campagne ou etudie.", metavar="NATURE"),
    ] = None
    shared: Annotated[
        Flag,
        Asked(
            name="commun",
            label="Portés par plusieurs intercommunalités",
            help="Cas que plusieurs intercommunalités portent ensemble.",
            example="oui",
        ),
    ] = False

    def work_out(self, asking: Asking) -> Worked[CasesFound]:
        """The cases, the nearest first."""
        from ancrage.cases import shelf
        from ancrage.cases.finding import Asked as Wanted
        from ancrage.cases.finding import nearest_first, passing
        from ancrage.cases.words import Searched
        from ancrage.territories.resolving import resolve
        from ancrage.territories.zonings.declaration import get_zoning

        atlas, on = asking.opened.atlas, self.on or asking.on
        zoning = get_zoning(self.zoning).id if self.zoning else ""
        wanted = Wanted(self.sort, self.tool, self.lever, self.criterion, self.kind, zoning, self.shared)
        cases = shelf.cases()
        searched = Searched(self.text, cases)
        kept = [one for one in passing(atlas, cases, wanted) if searched.held_by(one)]
        where = resolve(atlas, self.territory, on=on) if self.territory else None
        far = _far(atlas, where, kept) if where else {}
        return Worked(
            CasesFound(nearest_first(kept, far), where, wanted != Wanted() or bool(self.text.strip())),
            territory=where,
            warnings=(*searched.told(), *(() if shelf.readable() else (shelf.UNREAD,))),
            fictitious=any(one.fictitious for one in kept),
        )


class CaseQuestion(Question):
    """A case in full. Raises ``UnknownCaseError``, which tells one that was withdrawn."""

    name: ClassVar = "un_cas"
    label: ClassVar = "Un cas"
    help: ClassVar = "Montre un cas : ce qui est fait, avec quels outils, qui apporte quoi."
    living: ClassVar = True

    identifier: Annotated[
        str,
        Field(max_length=200),
        Asked(
            name="identifiant",
            label="Identifiant",
            help="Identifiant du cas.",
            metavar="IDENTIFIANT",
            example="ambiance_bois",
            argument=True,
        ),
    ]

    def work_out(self, asking: Asking) -> "Worked[Case]":  # noqa: ARG002 a case is of its own day
        """The case."""
        from ancrage.cases.shelf import case

        found = case(self.identifier)
        return Worked(found, fictitious=found.fictitious)


@dataclass(frozen=True, slots=True, eq=False)
class PlansCompared:
    """Plans side by side, the nearest first, and how many more there are."""

    plans: "tuple[tuple[PlanByLever, float | None], ...]"
    where: "Territory | None"
    more: int


class PlansQuestion(DatedQuestion):
    """Plans by lever of the ateliers that published theirs. Raises what a territory raises."""

    name: ClassVar = "cas_leviers"
    label: ClassVar = "Plans comparés, levier par levier"
    help: ClassVar = (
        "Met côte à côte, levier par levier, les plans que des ateliers publient ; avec un territoire, ceux "
        "de territoires qui lui ressemblent d’abord."
    )
    living: ClassVar = True

    territory: Annotated[PlaceText | None, PLACE] = None

    def work_out(self, asking: Asking) -> Worked[PlansCompared]:
        """The plans, six at most."""
        from ancrage.cases import shelf
        from ancrage.territories.resolving import resolve

        atlas, on = asking.opened.atlas, self.on or asking.on
        where = resolve(atlas, self.territory, on=on) if self.territory else None
        plans = shelf.plans()
        far = _far(atlas, where, plans) if where else {}
        ranked = sorted(
            ((one, far.get(one.place[0])) for one in plans),
            key=lambda pair: (pair[1] is None, pair[1] or 0.0),
        )
        return Worked(
            PlansCompared(tuple(ranked[:MOST_PLANS]), where, max(0, len(ranked) - MOST_PLANS)),
            territory=where,
            warnings=() if shelf.readable() else (shelf.UNREAD,),
        )


def _far(
    atlas: "Atlas", where: "Territory", cases: "Sequence[Case] | Sequence[PlanByLever]"
) -> Mapping[str, float]:
    """How far the territories of cases are, by their codes: 0 for the very one; with its kind, or its EPCI's.

    A commune is compared with communes, and its intercommunalité with intercommunalités.
    """
    from ancrage.cases.finding import place_of
    from ancrage.diagnosis.similarity import distances

    found: dict[str, float] = {}
    places = {one.place[0]: place for one in cases if (place := place_of(atlas, one))}
    for own in _compared(atlas, where):
        alike = {place.code.code: code for code, place in places.items() if place.kind is own.kind}
        for code, far in distances(atlas, own, alike.keys()).items():
            found[alike[code]] = far
        if own.code.code in alike:
            found[alike[own.code.code]] = 0.0
    return found


def _compared(atlas: "Atlas", where: "Territory") -> "Iterator[Territory]":
    from ancrage.territories.resolving import resolve

    yield where
    if where.kind is Kind.COMMUNE:
        for one in where.parents:
            if one.code.kind is Kind.EPCI:
                yield resolve(atlas, str(one.code), on=where.on)

"""What is really bought: by a buyer, in a territory; and which buyers there are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from ancrage.questions.fields import Asked, Number
from ancrage.questions.paging import Limit, Page, page_of
from ancrage.questions.provenance import cited
from ancrage.questions.question import Asking, DatedQuestion, Question, TerritoryQuestion, Worked

if TYPE_CHECKING:
    from ancrage.procurement.bought.finding import Buyer
    from ancrage.procurement.bought.indicators import Indicators
    from ancrage.procurement.bought.quality import Quality
    from ancrage.procurement.bought.reservable import Reservable
    from ancrage.procurement.bought.shares import Scope, Shares
    from ancrage.warehouse.reading import Row

FIRST_YEAR, LAST_YEAR = 1990, 2100
SHOWN = 20
"""Contracts and buyers on a screen; a file holds them all."""

Year = Annotated[int | None, Number, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
SINCE = Asked(
    name="depuis",
    label="Depuis l’année",
    help="Contrats notifiés depuis le 1er janvier de cette année.",
    example=2024,
    metavar="AAAA",
)
UNTIL = Asked(
    name="jusqu",
    label="Jusqu’à l’année",
    help="Contrats notifiés jusqu'au 31 décembre de cette année.",
    example=2025,
    metavar="AAAA",
)
CPV = Asked(
    name="cpv",
    label="Code CPV",
    help="Début d'un code CPV, de deux à huit chiffres : 77, 77310000.",
    example="77",
    metavar="CODE",
)
Cpv = Annotated[str, Field(pattern=r"^([0-9]{2,8})?$")]


@dataclass(frozen=True, slots=True, eq=False)
class Bought:
    """What is really bought. ``buyer``: the one it is about; ``buyers``: those of a territory, with shares.

    ``account``: what became of each line of the files read; ``every`` reads all the contracts as it goes.
    """

    scope: "Scope"
    buyer: "Buyer | None"
    buyers: "Sequence[Row]"
    quality: "Quality"
    shares: "Shares"
    reservable: "tuple[Reservable, ...]"
    indicators: "Indicators"
    latest: "Sequence[Row]"
    account: "Sequence[Row]"
    lists: Mapping[str, str]
    every: "Callable[[], Iterator[Row]]"

    @property
    def known(self) -> bool:
        """Whether a contract was read."""
        return self.shares.total.contracts > 0


class BuyerQuestion(DatedQuestion):
    """What a buyer really buys.

    Raises ``InvalidCodeError`` for what is no SIREN nor SIRET, ``UnknownBuyerError`` without any contract.
    """

    name: ClassVar = "acheteur"
    label: ClassVar = "Ce qu’un acheteur achète vraiment"
    help: ClassVar = (
        "Dit ce qu'un acheteur public achète vraiment : parts de l'ESS, clauses, réserves, données."
    )
    needs: ClassVar = ("acheteur",)

    buyer: Annotated[
        str,
        Field(min_length=1, max_length=40),
        Asked(
            name="acheteur",
            label="Acheteur",
            help="SIREN ou SIRET de l'acheteur.",
            example="217500016",
            metavar="SIREN",
            argument=True,
        ),
    ]
    since: Annotated[Year, SINCE] = None
    until: Annotated[Year, UNTIL] = None
    cpv: Annotated[Cpv, CPV] = ""

    def work_out(self, asking: Asking) -> Worked[Bought]:
        """The shares, the quality of the data first."""
        from ancrage.procurement.bought.finding import buyer_of

        found = buyer_of(asking.opened.atlas, self.buyer)
        scope = _scope(self, (found.siren,), self.on or asking.on)
        places = (found.departement,) if found.departement else ()
        facts = replace(_bought(asking, scope, places), buyer=found)
        return Worked(facts, sources=sources_of_contracts(asking), departements=frozenset(places))


class BoughtQuestion(TerritoryQuestion):
    """What the buyers of a territory really buy. Raises what a territory raises."""

    name: ClassVar = "achats_realises"
    label: ClassVar = "Ce qui est vraiment acheté ici"
    help: ClassVar = "Dit ce que les acheteurs d'un territoire achètent vraiment, et à qui."

    since: Annotated[Year, SINCE] = None
    until: Annotated[Year, UNTIL] = None
    cpv: Annotated[Cpv, CPV] = ""

    def work_out(self, asking: Asking) -> Worked[Bought]:
        """The shares of all its buyers, and each of them."""
        from ancrage.procurement.bought.finding import buyers_of
        from ancrage.procurement.bought.shares import every_buyer
        from ancrage.territories.codes import Kind

        territory, atlas = self.found(asking), asking.opened.atlas
        everywhere = territory.code.kind is Kind.FRANCE
        sirens = None if everywhere else tuple(one.siren for one in buyers_of(atlas, territory))
        scope = _scope(self, sirens, territory.on)
        places = None if everywhere else atlas.departements_of(territory)
        facts = _bought(asking, scope, places)
        return Worked(
            replace(facts, buyers=every_buyer(atlas.warehouse, scope)),
            territory,
            sources=sources_of_contracts(asking),
        )


class BuyersQuestion(Question):
    """The buyers whose contracts were read, the most contracts first."""

    name: ClassVar = "acheteurs"
    label: ClassVar = "Chercher un acheteur public"
    help: ClassVar = "Cherche un acheteur public par son nom, son SIREN ou son SIRET."

    text: Annotated[
        str,
        Field(max_length=200),
        Asked(
            name="q",
            label="Nom, SIREN ou SIRET",
            help="Mots du nom, ou début du SIREN.",
            example="Paris",
            metavar="TEXTE",
            argument=True,
        ),
    ] = ""
    departement: Annotated[
        str,
        Field(max_length=3),
        Asked(
            name="departement", label="Département", help="Code du département.", example="75", metavar="CODE"
        ),
    ] = ""
    limit: Limit = None

    def work_out(self, asking: Asking) -> "Worked[Page[Buyer]]":
        """The buyers found."""
        from ancrage.procurement.bought.finding import found

        told = found(asking.opened.atlas, self.text, self.departement)
        left = list(told)
        if asking.after is not None:
            sirens = [one.siren for one in told]
            left = left[sirens.index(asking.after) + 1 :] if asking.after in sirens else []
        page = page_of(left, self.limit or SHOWN, key=lambda one: one.siren, total=len(told))
        return Worked(page, sources=sources_of_contracts(asking))


def _scope(question: Any, sirens: tuple[str, ...] | None, on: date) -> "Scope":
    from ancrage.procurement.bought.shares import Scope

    return Scope(on, sirens, question.since, question.until, question.cpv)


def _bought(asking: Asking, scope: "Scope", departements: Sequence[str] | None) -> Bought:
    """Everything that is counted; nothing at all where no contract was synchronised."""
    from ancrage.procurement.bought.absent import hold_empty
    from ancrage.procurement.bought.indicators import indicators
    from ancrage.procurement.bought.latest import every, latest
    from ancrage.procurement.bought.quality import account, quality_of
    from ancrage.procurement.bought.reservable import reservable
    from ancrage.procurement.bought.shares import shares_of

    warehouse = asking.opened.atlas.warehouse
    hold_empty(warehouse)
    shares = shares_of(warehouse, scope)
    return Bought(
        scope=scope,
        buyer=None,
        buyers=(),
        quality=quality_of(warehouse, scope),
        shares=shares,
        reservable=reservable(warehouse, scope, departements),
        indicators=indicators(warehouse, scope, shares),
        latest=latest(warehouse, scope, SHOWN),
        account=account(warehouse),
        lists={one["id"]: one["vintage"] for one in warehouse.manifest["sources"]},
        every=lambda: every(warehouse, scope),
    )


def sources_of_contracts(asking: Asking) -> tuple[str, ...]:
    """The lines of sources that found what is told of contracts."""
    from ancrage.procurement.bought.tables import COLLECTIVITIES, SOURCES, UNITS

    return cited(asking.opened.atlas, (*SOURCES, UNITS, COLLECTIVITIES, "siae", "esat", "liste-ess"))

"""A SPASER to write: whether it is due, its indicators, and what the buyer really buys beside its targets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.questions.bought import sources_of_contracts
from ancrage.questions.fields import Asked
from ancrage.questions.purchases import LONGEST, MOST_LOTS, BuyerText, Kind
from ancrage.questions.question import Asking, DatedQuestion, Worked

if TYPE_CHECKING:
    from ancrage.procurement.answering import RuleAnswer
    from ancrage.procurement.bought.finding import Buyer as KnownBuyer
    from ancrage.procurement.bought.indicators import Indicators
    from ancrage.procurement.bought.quality import Quality
    from ancrage.procurement.bought.targets import Measured
    from ancrage.procurement.buyer import Buyer


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """What the buyer really buys, as its contracts tell it; without ``known``, none was read.

    ``readable``: whether contracts of any buyer were read.
    """

    lines: "tuple[Measured, ...]"
    readable: bool
    known: "KnownBuyer | None" = None
    quality: "Quality | None" = None
    indicators: "Indicators | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class SpaserFacts:
    """Who writes a SPASER, whether it is due, what its article says, and what is really bought."""

    buyer: "Buyer"
    yearly: float | None
    answer: "RuleAnswer"
    measures: Measures


class SpaserQuestion(DatedQuestion):
    """A SPASER to write: whether it is due, its objectives, its indicators, measured where they can be.

    Raises what a buyer raises, and ``PurchaseError`` for a target of nothing.
    """

    name: ClassVar = "spaser"
    label: ClassVar = "Écrire un SPASER"
    help: ClassVar = "Écrit un schéma des achats responsables (SPASER), à modifier, avec ses indicateurs."

    buyer: BuyerText
    yearly: Annotated[
        str,
        Field(max_length=LONGEST),
        Asked(
            name="achats_annuels",
            label="Achats de l’année, hors taxes",
            help="Montant hors taxes des achats de l'année civile.",
            example="60 M€",
            metavar="EUROS",
        ),
    ] = ""
    kind: Kind = None
    targets: Annotated[
        tuple[Annotated[str, Field(max_length=LONGEST)], ...],
        Field(max_length=MOST_LOTS),
        Asked(
            name="cible",
            label="Cibles",
            help="Cible d'un indicateur, en pour cent : ess=10 ; répétable.",
            example="ess=10",
            metavar="INDICATEUR=TAUX",
        ),
    ] = ()

    def work_out(self, asking: Asking) -> Worked[SpaserFacts]:
        """Whether it is due, for whom, and what that buyer really buys."""
        from ancrage.facts.situation import declared
        from ancrage.procurement.amounts import read_value
        from ancrage.procurement.answering import answer_all
        from ancrage.procurement.buyer import find_buyer

        on = self.on or asking.on
        buyer = find_buyer(asking.opened.atlas, self.buyer, on=on, kind=self.kind)
        value = read_value(self.yearly) if self.yearly.strip() else None
        known = declared({"achats_annuels": value} if value else {})
        answer = answer_all(known, on=on).named("spaser")
        told = measures(asking, buyer, self.targets, on)
        facts = SpaserFacts(buyer, value.high if value else None, answer, told)
        return Worked(facts, buyer.territory, sources_of_contracts(asking) if told.known else ())


def measures(asking: Asking, buyer: "Buyer", targets: Sequence[str], on: date) -> Measures:
    """The indicators of a buyer, measured where its contracts were read."""
    from ancrage.procurement.bought.finding import buyers
    from ancrage.procurement.bought.indicators import indicators
    from ancrage.procurement.bought.quality import quality_of
    from ancrage.procurement.bought.shares import Scope, shares_of
    from ancrage.procurement.bought.targets import measured, read_targets

    aimed, atlas = read_targets(targets), asking.opened.atlas
    found = _known(asking, buyer)
    if found is None:
        return Measures(measured(None, aimed), bool(buyers(atlas)))
    scope = Scope(on, (found.siren,))
    told = indicators(atlas.warehouse, scope, shares_of(atlas.warehouse, scope))
    return Measures(measured(told.by, aimed), True, found, quality_of(atlas.warehouse, scope), told)


def _known(asking: Asking, buyer: "Buyer") -> "KnownBuyer | None":
    """The buyer among those whose contracts were read: by its SIREN, else as the territory it is."""
    from ancrage.procurement.bought.finding import buyers, collectivity

    atlas = asking.opened.atlas
    by_number = next((one for one in buyers(atlas) if one.siren == buyer.siren), None)
    if by_number is None and buyer.territory is not None:
        return collectivity(atlas, buyer.territory)
    return by_number

"""What may be done for a purchase: procedure, publicity, reserves, duties, who could serve it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.errors import PurchaseError
from ancrage.procurement.buyer import BuyerKind
from ancrage.questions.fields import Asked, Kilometres, Number, one_of
from ancrage.questions.levers import KnownFacts
from ancrage.questions.question import Asking, DatedQuestion, Worked
from ancrage.questions.structures import sources_of_directory
from ancrage.repairs import GiveField

if TYPE_CHECKING:
    from ancrage.procurement.answering import Answers
    from ancrage.procurement.kit.hours import InsertionHours
    from ancrage.procurement.lots import LotPlan
    from ancrage.procurement.purchase import Purchase
    from ancrage.procurement.suppliers import Suppliers
    from ancrage.territories.territory import Territory

AHEAD = (
    "Ce jour est à venir : les règles sont celles déjà publiées pour lui, "
    "le territoire et les structures ceux d’aujourd’hui."
)
NATURES = ("travaux", "fournitures", "services")
MOST_LOTS = 60
LONGEST = 200
Bought = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST),
    Asked(
        name="cpv",
        label="Objet, ou code CPV",
        help="Ce qui est acheté : un code CPV, avec ou sans sa clé, ou quelques mots.",
        example="77310000",
        metavar="CODE|MOTS",
    ),
]
ValueText = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST),
    Asked(
        name="montant",
        label="Valeur estimée, hors taxes",
        help="Valeur hors taxes, options et reconductions comprises : 180 000 €, 180 k€, 150000..200000.",
        example="180000",
        metavar="EUROS",
    ),
]
BuyerText = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST),
    Asked(
        name="acheteur",
        label="Acheteur",
        help="Qui achète : commune:59295, 200044014, dep:23, un nom exact, « etat », ou un SIREN.",
        example="commune:59295",
        metavar="ACHETEUR",
    ),
]
Nature = Annotated[
    str | None,
    Field(pattern=f"^({'|'.join(NATURES)})$"),
    Asked(
        name="nature",
        label="Nature",
        help="travaux, fournitures ou services ; d'après le code CPV par défaut.",
        example="services",
        metavar="NATURE",
    ),
]
Months = Annotated[
    float | None,
    Number,
    Field(gt=0, le=1200, allow_inf_nan=False),
    Asked(
        name="duree",
        label="Durée (mois)",
        help="Durée du marché, reconductions comprises, en mois.",
        example=12,
        metavar="MOIS",
    ),
]
Lots = Annotated[
    tuple[Annotated[str, Field(max_length=LONGEST)], ...],
    Field(max_length=MOST_LOTS),
    Asked(
        name="lot",
        label="Lots",
        help="Valeur d'un lot, hors taxes ; répétable.",
        example="60000",
        metavar="EUROS",
    ),
]
Kind = Annotated[
    BuyerKind | None,
    one_of(BuyerKind, PurchaseError, "« {} » n'est pas une sorte d'acheteur."),
    Asked(
        name="sorte",
        label="Sorte d’acheteur",
        help="etat, etablissement_etat, local, sante, autre ou reseau ; d'après l'acheteur par défaut.",
        example="local",
        metavar="SORTE",
    ),
]
Where = Annotated[
    str,
    Field(max_length=LONGEST),
    Asked(
        name="territoire",
        label="Où le besoin est",
        help="Où chercher qui peut répondre : commune, EPCI, CRTE, quartier ; chez l'acheteur par défaut.",
        example="59295",
        metavar="TERRITOIRE",
        place=True,
    ),
]
Radius = Annotated[
    Kilometres,
    Field(le=200),
    Asked(
        name="rayon_km",
        label="À moins de (km)",
        help="Kilomètres à vol d'oiseau autour des communes du territoire.",
        example=30,
        option="--rayon",
        metavar="KM",
    ),
]


@dataclass(frozen=True, slots=True, eq=False)
class PurchaseFacts:
    """The purchase as it was read, what the rules answer, who could serve it (``None``: nowhere is told)."""

    purchase: "Purchase"
    answers: "Answers"
    suppliers: "Suppliers | None"


class PurchaseQuestion(DatedQuestion):
    """What may be done for a purchase, on the day its consultation is launched.

    Raises ``PurchaseError`` for a code, an amount or a buyer that is none, ``DayOutOfRangeError``,
    ``FactError``, and what a territory raises.
    """

    name: ClassVar = "achats"
    label: ClassVar = "Que puis-je faire pour cet achat ?"
    help: ClassVar = (
        "Dit pour un achat public la procédure, ce qu'on peut réserver, ce qu'on doit, qui peut répondre."
    )
    counts: ClassVar = True

    bought: Bought
    value: ValueText
    buyer: BuyerText
    nature: Nature = None
    months: Months = None
    lots: Lots = ()
    kind: Kind = None
    where: Where = ""
    radius_km: Radius = 30
    facts: KnownFacts = ()

    def work_out(self, asking: Asking) -> Worked[PurchaseFacts]:
        """What the rules answer, and the suppliers."""
        found = self.worked(asking)
        territory = found.suppliers.territory if found.suppliers else None
        return Worked(found, territory, sources_of_directory(asking), _warned(asking, found.purchase))

    def worked(self, asking: Asking) -> PurchaseFacts:
        """The facts of the answer, for the questions that go on from them."""
        from ancrage.procurement.answering import answer_all
        from ancrage.procurement.purchase import NOBODY_COUNTED, situation
        from ancrage.procurement.suppliers import suppliers

        on = self.on or asking.on
        purchase = self.purchase(asking)
        territory = self._where(asking, purchase)
        found = (
            suppliers(asking.opened.atlas, purchase, territory, within_km=self.radius_km)
            if territory
            else None
        )
        answers = answer_all(situation(purchase, found.reach if found else NOBODY_COUNTED), on=on)
        return PurchaseFacts(purchase, answers, found)

    def purchase(self, asking: Asking) -> "Purchase":
        """The purchase, as it is read."""
        from ancrage.facts.values import read_facts
        from ancrage.procurement.amounts import read_value
        from ancrage.procurement.buyer import find_buyer
        from ancrage.procurement.purchase import Purchase
        from ancrage.procurement.vocabulary import read_cpv

        on = self.on or asking.on
        cpv = read_cpv(self.bought)
        return Purchase(
            buyer=find_buyer(asking.opened.atlas, self.buyer, on=_known(asking, on), kind=self.kind),
            cpv=cpv,
            nature=self.nature or cpv.nature,
            value=read_value(self.value),
            on=on,
            months=self.months,
            lots=_amounts(self.lots),
            told=read_facts(self.facts),
        )

    def _where(self, asking: Asking, purchase: "Purchase") -> "Territory | None":
        from ancrage.territories.resolving import resolve

        if self.where:
            return resolve(asking.opened.atlas, self.where, on=_known(asking, self.on or asking.on))
        return purchase.buyer.territory


def _amounts(written: Sequence[str]) -> tuple[float, ...]:
    from ancrage.procurement.amounts import read_value

    found = [read_value(one) for one in written]
    return tuple(one.high for one in found if one.high is not None)


@dataclass(frozen=True, slots=True, eq=False)
class LotFacts:
    """The purchase answered, and the lots that fit those around."""

    asked: PurchaseFacts
    plan: "LotPlan"


class PurchaseLotsQuestion(PurchaseQuestion):
    """How to cut a purchase so that those around can carry it. Raises what a purchase raises."""

    name: ClassVar = "lots"
    label: ClassVar = "Des lots à leur taille"
    help: ClassVar = "Découpe un achat en lots que les structures autour peuvent porter, seules ou ensemble."

    def work_out(self, asking: Asking) -> Worked[LotFacts]:  # type: ignore[override]
        """The cuts compared, and the one that fits."""
        from ancrage.procurement.lots import SECONDS, plan_lots

        found = self.worked(asking)
        if found.suppliers is None:
            raise PurchaseError(
                f"Où {found.purchase.buyer.name} a-t-il besoin de cet achat ?",
                "Dites le territoire autour duquel chercher qui peut répondre.",
                GiveField("territoire", ("23096",)),
            )
        plan = plan_lots(found.suppliers, seconds=min(SECONDS, asking.seconds or SECONDS))
        return Worked(
            LotFacts(found, plan),
            found.suppliers.territory,
            sources_of_directory(asking),
            _warned(asking, found.purchase),
        )


Share = Annotated[float | None, Number, Field(gt=0, le=1, allow_inf_nan=False)]


@dataclass(frozen=True, slots=True, eq=False)
class KitFacts:
    """The purchase answered, and the hours of its social clause."""

    asked: PurchaseFacts
    hours: "InsertionHours"


class PurchaseKitQuestion(PurchaseQuestion):
    """What a buyer writes with, for a purchase: editable pieces in the words of the law. Raises the same."""

    name: ClassVar = "trousse"
    label: ClassVar = "La trousse de l’achat"
    help: ClassVar = (
        "Écrit les pièces d'un achat, à modifier : questionnaire, réserve, clause, critères, lots, lettre."
    )

    labour: Annotated[
        Share,
        Asked(
            name="part_main_oeuvre",
            label="Part de la main-d’œuvre",
            help="Part de la main-d'œuvre dans la valeur, de 0 à 1.",
            example=0.5,
            metavar="PART",
        ),
    ] = None
    insertion: Annotated[
        Share,
        Asked(
            name="part_insertion",
            label="Part d’insertion",
            help="Part des heures de travail réservée à l'insertion, de 0 à 1.",
            example=0.05,
            metavar="PART",
        ),
    ] = None
    hourly_cost: Annotated[
        float | None,
        Number,
        Field(gt=0, le=1000, allow_inf_nan=False),
        Asked(
            name="cout_horaire",
            label="Coût horaire (€)",
            help="Coût d'une heure de travail, en euros.",
            example=30,
            metavar="EUROS",
        ),
    ] = None

    def work_out(self, asking: Asking) -> Worked[KitFacts]:  # type: ignore[override]
        """The purchase, and the hours."""
        from ancrage.procurement.kit.hours import InsertionHours
        from ancrage.procurement.sizing import value_on

        found, on = self.worked(asking), self.on or asking.on
        hours = InsertionHours(
            found.purchase.value.high or 0.0,
            self.labour or value_on("achats.part-main-oeuvre", on),
            self.insertion or value_on("achats.part-insertion", on),
            self.hourly_cost or value_on("achats.cout-horaire", on),
        )
        territory = found.suppliers.territory if found.suppliers else None
        return Worked(
            KitFacts(found, hours), territory, sources_of_directory(asking), _warned(asking, found.purchase)
        )


def _known(asking: Asking, on: date) -> date:
    """The day for which places and buyers are asked: today for a consultation still to come."""
    return min(on, asking.opened.today)


def _warned(asking: Asking, purchase: "Purchase") -> tuple[str, ...]:
    """What is said of a code that no list tells, and of a day to come: only its rules are published."""
    unlisted = (purchase.cpv.unlisted,) if purchase.cpv.unlisted else ()
    ahead = (AHEAD,) if purchase.on > asking.opened.today else ()
    return (*unlisted, *ahead)

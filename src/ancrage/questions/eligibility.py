"""Which aids a structure or an authority may have, how much, why, and what to ask to know."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from pydantic import AfterValidator, Field

from ancrage.aids.vocabulary import Detail
from ancrage.errors import FactError
from ancrage.questions.fields import Asked, Flag, PlaceText
from ancrage.questions.question import Asking, DatedQuestion, Worked
from ancrage.questions.structures import sources_of_directory
from ancrage.repairs import See

if TYPE_CHECKING:
    from ancrage.aids.report import AidReport
    from ancrage.facts.declaration import Fact
    from ancrage.rules.values import Value
    from ancrage.territories.territory import Territory

MOST = 300
LONGEST = 200
Name = Annotated[str, Field(max_length=LONGEST)]


def values_of(facts: tuple[str, ...]) -> "dict[str, Value]":
    """Values of facts written ``identifiant=valeur``. Raises :class:`FactError` telling every fault."""
    from ancrage.facts.values import read_facts

    found: dict[str, Value] = {}
    faults: list[FactError] = []
    for pair in facts:
        try:
            found |= read_facts([pair])
        except FactError as error:
            faults.append(error)
    if len(faults) > 1:
        told = " ".join(fault.message for fault in faults)
        raise FactError(
            f"{len(faults)} faits ne conviennent pas. {told}", "Corrigez chaque fait nommé.", See("fact")
        )
    if faults:
        raise faults[0]
    return found


def _told_once(facts: tuple[str, ...]) -> tuple[str, ...]:
    """The same facts, the last value of each counting."""
    values_of(facts)
    return tuple({fact.partition("=")[0].strip(): fact for fact in facts}.values())


@dataclass(frozen=True, eq=False)
class EligibilityFacts:
    """The answers. ``passed``: facts that the person does not know; ``whole``: nothing is left out.

    ``further``: whether more questions are asked than what settles the most; ``detail``: of a document.
    """

    report: "AidReport"
    passed: tuple[str, ...]
    whole: bool
    further: bool = False
    detail: Detail = Detail.UTILE

    @property
    def left(self) -> int:
        """Questions still asked, at most; none is left to who told the most useful facts."""
        from ancrage.aids.questions import MOST_QUESTIONS, questions_asked

        asked = len(questions_asked(self.report, self.passed))
        return 1 if self.further else max(0, MOST_QUESTIONS - asked)

    @cached_property
    def following(self) -> "Fact | None":
        """What to ask next; ``None`` when nothing is left to ask, or when enough was asked."""
        from ancrage.aids.questions import next_question

        if not self.left:
            return None
        return next_question(self.report, passed=self.passed)


class EligibilityQuestion(DatedQuestion):
    """Declared facts win over those of the register; a territory alone is its own authority.

    Raises ``FactError``, ``UnknownAidError``, ``InvalidCodeError`` for what cannot be a SIRET, and what a
    territory raises.
    """

    name: ClassVar = "eligibilite"
    label: ClassVar = "Aides d’une structure ou d’une collectivité"
    help: ClassVar = (
        "Dit quelles aides une structure ou une collectivité peut avoir, combien, pourquoi, et quoi demander."
    )

    siret: Annotated[
        str | None,
        Field(max_length=40),
        Asked(
            name="siret",
            label="SIRET",
            help="SIRET de la structure : le registre remplit ses faits.",
            example="99900014400017",
        ),
    ] = None
    facts: Annotated[
        tuple[Name, ...],
        Field(max_length=MOST),
        AfterValidator(_told_once),
        Asked(
            name="fait",
            label="Faits",
            help="Un fait : effectif=4, forme=scic, effectif=10..19…",
            example="effectif=4",
            metavar="FAIT=VALEUR",
            also=("f",),
        ),
    ] = ()
    territory: Annotated[
        PlaceText | None,
        Asked(
            name="territoire",
            label="Territoire",
            help="Où est la structure, ou la collectivité elle-même.",
            example="23077",
            place=True,
        ),
    ] = None
    aids: Annotated[
        tuple[Name, ...],
        Field(max_length=MOST),
        Asked(
            name="aide",
            label="Aides",
            help="Seulement cette aide, expliquée.",
            example="urgencess",
            metavar="ID",
        ),
    ] = ()
    passed: Annotated[
        tuple[Name, ...],
        Field(max_length=MOST),
        Asked(
            name="passe",
            label="Faits que l’on ne sait pas",
            help="Un fait que l'on ne sait pas : il n'est pas demandé.",
            example="effectif",
            metavar="FAIT",
        ),
    ] = ()
    further: Annotated[
        Flag,
        Asked(
            name="encore",
            label="D’autres questions",
            help="Pose aussi les questions qui ne tranchent que peu d'aides.",
        ),
    ] = False
    detail: Annotated[
        Detail,
        Asked(
            name="detail",
            label="Conditions du document",
            help="Conditions dites en JSON : tout, utile (des aides publiées par d'autres, celles qui "
            "restent ouvertes ou refusent) ou bref (aucune).",
            example="bref",
        ),
    ] = Detail.UTILE
    everything: Annotated[
        Flag,
        Asked(
            name="tout",
            label="Tout",
            help="Montre aussi les aides refusées et fermées, et chaque condition.",
            local=True,
            beside=True,
        ),
    ] = False
    interactive: Annotated[
        Flag,
        Asked(
            name="interactif",
            label="Interactif",
            help="Pose les questions qui tranchent le plus d'aides.",
            local=True,
            beside=True,
        ),
    ] = False
    calendar: Annotated[
        str | None,
        Asked(
            name="agenda",
            label="Agenda",
            help="Fichier .ics où écrire les échéances des aides.",
            metavar="FICHIER",
            local=True,
            beside=True,
        ),
    ] = None

    def work_out(self, asking: Asking) -> Worked[EligibilityFacts]:
        """The answers of the day's catalogue."""
        from ancrage.aids.asking import Request, answer

        request = Request(values_of(self.facts), self.siret, self.territory, tuple(dict.fromkeys(self.aids)))
        opened = asking.opened
        report = answer(
            opened.atlas, request, on=self.on or asking.on, cache=opened.cache, shelf=opened.shelf
        )
        return Worked(
            EligibilityFacts(
                report, self.passed, self.everything or bool(self.aids), self.further, self.detail
            ),
            report.territory,
            sources=tuple(sources_of_directory(asking)) if self.siret else (),
            warnings=report.warnings,
            departements=report.departements,
        )

    def about(self, territory: "Territory | None") -> Self:
        """The same question, its territory by its code."""
        return self if territory is None else self.model_copy(update={"territory": str(territory.code)})

    def carried(self, report: "AidReport") -> Self:
        """The same question, said so that one more fact leaves an authority the one that asks."""
        from ancrage.facts.territory import FORMS

        form = report.situation.get("forme")
        if self.facts or self.siret or form is None or form.value not in FORMS.values():
            return self
        return self.model_copy(update={"facts": (f"forme={form.value}",)})

    def learning(self, fact: "Fact", written: str) -> Self:
        """The question once a fact is told, or said not to be known. Raises :class:`FactError`."""
        from ancrage.facts.values import read_value

        if read_value(fact, written) is None:
            return self.model_copy(update={"passed": (*self.passed, fact.id)})
        return self.model_copy(update={"facts": _told_once((*self.facts, f"{fact.id}={written}"))})

    def without(self, fact: str) -> Self:
        """The question before a fact was told, or passed over."""
        told = tuple(one for one in self.facts if one.partition("=")[0].strip() != fact)
        passed = tuple(one for one in self.passed if one != fact)
        return self.model_copy(update={"facts": told, "passed": passed})

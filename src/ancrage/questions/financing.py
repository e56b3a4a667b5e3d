"""Whether a financing plan balances, which rules it keeps, what its cash is: a file, or a text."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from pydantic import Field

from ancrage.questions.fields import DAY, Asked, Day
from ancrage.questions.question import Asking, Question, Worked

if TYPE_CHECKING:
    from ancrage.financing.cumulation import PairAnswer
    from ancrage.financing.fitting import Fit
    from ancrage.financing.plan import Plan
    from ancrage.financing.rates import Answers
    from ancrage.financing.verifying import Verification

HEAVIEST = 500_000
LONGEST_NAME = 200
MOST = 300


class Paper(StrEnum):
    """Which paper of a plan is told."""

    COMPLET = "complet"
    DEMANDE = "demande"
    COMPTE_RENDU = "compte_rendu"
    AFFICHE = "affiche"
    SUBVENTIONS = "subventions"


@dataclass(frozen=True, slots=True, eq=False)
class FinancingFacts:
    """A plan verified, which of its papers is wanted, and what would fit when a rule refuses it."""

    verified: "Verification"
    paper: Paper
    fit: "Fit | None" = None


class PlanQuestion(Question):
    """Base of the questions about a plan. Raises ``FinancingFileError`` with every fault."""

    label: ClassVar = "Plan de financement"
    help: ClassVar = "Vérifie un plan de financement : équilibre, cumul des aides, plafonds, trésorerie."
    private: ClassVar = True

    paper: Annotated[
        Paper,
        Asked(
            name="papier",
            label="Papier",
            help="Tout, le budget de la demande (Cerfa 12156), le compte rendu (Cerfa 15059), l'affiche du "
            "plan, ou la liste des subventions.",
            example="demande",
            metavar="complet|demande|compte_rendu|affiche|subventions",
        ),
    ] = Paper.COMPLET
    on: Annotated[Day | None, DAY] = None

    @property
    def day(self) -> date | None:
        """The day it is asked for."""
        return self.on

    def settled(self, on: date) -> Self:
        """The same question, for ``on`` when it named no day."""
        return self if self.on else self.model_copy(update={"on": on})

    def plan(self) -> "Plan":
        """The plan, checked. Raises ``FinancingFileError``."""
        raise NotImplementedError

    def work_out(self, asking: Asking) -> Worked[FinancingFacts]:
        """The plan, verified with what the catalogue says of its aids."""
        from ancrage.financing.verifying import verify

        plan, on = self.plan(), self.on or asking.on
        verified = verify(plan, on=on, answers=_answers(asking, plan, on))
        facts = FinancingFacts(verified, self.paper, _fit(verified))
        return Worked(facts, fictitious=plan.fictitious)


class PlanFileQuestion(PlanQuestion):
    """The plan of a file of the person's machine."""

    name: ClassVar = "financement_fichier"
    needs: ClassVar = ("fichier",)

    file: Annotated[
        str,
        Asked(
            name="fichier",
            label="Fichier",
            help="Plan de financement : classeur, CSV, YAML ou JSON.",
            metavar="PLAN",
            argument=True,
            local=True,
        ),
    ]

    def plan(self) -> "Plan":
        """The file, checked."""
        from ancrage.financing.files import read_plan_file

        return read_plan_file(Path(self.file))


class PlanTextQuestion(PlanQuestion):
    """The plan of a text that a person sent."""

    name: ClassVar = "financement_texte"
    needs: ClassVar = ("texte",)

    text: Annotated[
        str,
        Field(max_length=HEAVIEST),
        Asked(name="texte", label="Texte", help="Plan de financement en YAML ou en JSON."),
    ]
    file_name: Annotated[
        str,
        Field(max_length=LONGEST_NAME),
        Asked(name="nom_fichier", label="Nom du fichier", help="Nom qui dit où sont les fautes."),
    ] = ""

    def plan(self) -> "Plan":
        """The text, checked."""
        from ancrage.financing.files import read_plan_text

        return read_plan_text(self.text, name=self.file_name)


class PairsQuestion(Question):
    """Whether aids of the catalogue add up, two by two. Raises ``UnknownAidError``."""

    name: ClassVar = "cumul"
    label: ClassVar = "Cumul d'aides"
    help: ClassVar = (
        "Dit, pour chaque paire d'aides, si elles s'ajoutent : oui, non, à vérifier, et le texte."
    )

    aids: Annotated[
        tuple[Annotated[str, Field(max_length=100)], ...],
        Field(max_length=MOST),
        Asked(
            name="aide",
            label="Aides",
            help="Une aide du catalogue ; toutes les paires sans aucune.",
            example="detr",
            metavar="ID",
        ),
    ] = ()
    on: Annotated[Day | None, DAY] = None

    @property
    def day(self) -> date | None:
        """The day it is asked for."""
        return self.on

    def settled(self, on: date) -> Self:
        """The same question, for ``on`` when it named no day."""
        return self if self.on else self.model_copy(update={"on": on})

    def work_out(self, asking: Asking) -> "Worked[tuple[PairAnswer, ...]]":
        """The pairs."""
        from ancrage.financing.cumulation import every_pair

        return Worked(tuple(every_pair(on=self.on or asking.on, among=tuple(dict.fromkeys(self.aids)))))


def _fit(verified: "Verification") -> "Fit | None":
    """What would keep every ceiling, when a rule refuses the plan: the solver is loaded only then."""
    from ancrage.reasoning import Verdict

    if not any(one.verdict is Verdict.NON for one in verified.rules):
        return None
    from ancrage.financing.fitting import fit

    return fit(verified.plan, on=verified.on)


def _answers(asking: Asking, plan: "Plan", on: date) -> "Answers":
    """What the catalogue says of the aids of a plan, for its holder. Raises ``FactError``."""
    from ancrage.aids.asking import Request, answer
    from ancrage.questions.eligibility import values_of

    aids = tuple(dict.fromkeys(one.aid for one in plan.resources if one.aid))
    if not aids:
        return {}
    holder = plan.holder
    told = {**({"forme": holder.form} if holder.form else {}), **holder.facts}
    facts = values_of(tuple(f"{fact}={_written(value)}" for fact, value in told.items()))
    request = Request(facts=facts, territory=holder.commune or None, only=aids)
    found = answer(asking.opened.atlas, request, on=on, cache=asking.opened.cache)
    return {one.entry.id: one for one in found.answers}


def _written(value: object) -> str:
    if value is None:
        return "inconnu"
    return ("oui" if value else "non") if isinstance(value, bool) else str(value)

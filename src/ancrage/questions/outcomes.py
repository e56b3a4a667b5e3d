"""What a contract paid on results may pay, and who may enter the capital of a SCIC: a file, or a text."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from pydantic import Field

from ancrage.questions.fields import DAY, Asked, Day
from ancrage.questions.question import Asking, Question, Worked

if TYPE_CHECKING:
    from ancrage.contracts.capital import Allocation, Capital
    from ancrage.contracts.following import Owed
    from ancrage.contracts.simulating import Simulation
    from ancrage.financing.ruling.answer import RuleAnswer

HEAVIEST = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class ImpactFacts:
    """A contract simulated, and what it owes on the day."""

    simulation: "Simulation"
    owed: "tuple[Owed, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class CapitalFacts:
    """A table, what it becomes, the rules, and what becomes of a profit."""

    before: "Capital"
    after: "Capital"
    rules: "tuple[RuleAnswer, ...]"
    allocation: "Allocation"
    room: int | None


class TextQuestion(Question):
    """Base of the questions about a text that a person wrote, on a day."""

    private: ClassVar = True

    on: Annotated[Day | None, DAY] = None

    @property
    def day(self) -> date | None:
        """The day it is asked for."""
        return self.on

    def settled(self, on: date) -> Self:
        """The same question, for ``on`` when it named no day."""
        return self if self.on else self.model_copy(update={"on": on})

    def written(self) -> tuple[str, str]:
        """The text and the name of its file."""
        raise NotImplementedError


class ImpactQuestion(TextQuestion):
    """Base of the questions about a contract. Raises ``FinancingFileError`` with every fault."""

    label: ClassVar = "Contrat à impact"
    help: ClassVar = (
        "Simule un contrat payé aux résultats : ce qu'il paie, son rendement, qui porte le risque."
    )

    def work_out(self, asking: Asking) -> Worked[ImpactFacts]:
        """The simulation."""
        from ancrage.contracts.checking import read_contract_text
        from ancrage.contracts.following import owed
        from ancrage.contracts.simulating import simulate

        text, name = self.written()
        contract = read_contract_text(text, name=name)
        facts = ImpactFacts(simulate(contract), owed(contract, self.on or asking.on))
        return Worked(facts, fictitious=contract.fictitious)


class CapitalQuestion(TextQuestion):
    """Base of the questions about a capital table. Raises ``FinancingFileError`` with every fault."""

    label: ClassVar = "Capital d'une SCIC"
    help: ClassVar = "Dit ce que devient le capital d'une SCIC, et ce qu'une collectivité peut y apporter."

    def work_out(self, asking: Asking) -> Worked[CapitalFacts]:
        """The table, before and after who enters."""
        from ancrage.contracts.capital import allocation, most_public_shares, read_capital_text, verdicts

        text, name = self.written()
        capital, on = read_capital_text(text, name=name), self.on or asking.on
        facts = CapitalFacts(
            capital,
            capital.entered(),
            verdicts(capital, on),
            allocation(capital, on),
            most_public_shares(capital, on),
        )
        return Worked(facts, fictitious=capital.fictitious)


FILE = Asked(
    name="fichier",
    label="Fichier",
    help="Fichier YAML ou JSON.",
    metavar="FICHIER",
    argument=True,
    local=True,
)
TEXT = Asked(name="texte", label="Texte", help="Ce que le fichier contient, en YAML ou en JSON.")
Text = Annotated[str, Field(max_length=HEAVIEST), TEXT]


class ImpactFileQuestion(ImpactQuestion):
    """The contract of a file of the person's machine."""

    name: ClassVar = "contrat_impact_fichier"
    needs: ClassVar = ("fichier",)

    file: Annotated[str, FILE]

    def written(self) -> tuple[str, str]:
        """The file."""
        from ancrage.contracts.checking import READER

        path = Path(self.file)
        return READER.text(path).text, path.name


class ImpactTextQuestion(ImpactQuestion):
    """The contract of a text that a person sent."""

    name: ClassVar = "contrat_impact_texte"
    needs: ClassVar = ("texte",)

    text: Text

    def written(self) -> tuple[str, str]:
        """The text."""
        return self.text, ""


class CapitalFileQuestion(CapitalQuestion):
    """The table of a file of the person's machine."""

    name: ClassVar = "capital_fichier"
    needs: ClassVar = ("fichier",)

    file: Annotated[str, FILE]

    def written(self) -> tuple[str, str]:
        """The file."""
        from ancrage.contracts.capital import READER

        path = Path(self.file)
        return READER.text(path).text, path.name


class CapitalTextQuestion(CapitalQuestion):
    """The table of a text that a person sent."""

    name: ClassVar = "capital_texte"
    needs: ClassVar = ("texte",)

    text: Text

    def written(self) -> tuple[str, str]:
        """The text."""
        return self.text, ""

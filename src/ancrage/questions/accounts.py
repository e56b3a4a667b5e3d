"""What accounts say of a structure's economic model: its ledgers, or balances."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.questions.fields import Asked
from ancrage.questions.question import Asking, Question, Worked

if TYPE_CHECKING:
    from ancrage.financing.accounts import EconomicModel

MOST = 10


class AccountsQuestion(Question):
    """The accounts of some years. Raises ``FinancingFileError`` telling file and line."""

    name: ClassVar = "modele_economique"
    label: ClassVar = "Modèle économique d'une structure"
    help: ClassVar = (
        "Lit des comptes (FEC, balance) : nature des ressources, dépendance, fonds propres, trésorerie."
    )
    private: ClassVar = True

    files: Annotated[
        tuple[str, ...],
        Field(min_length=1, max_length=MOST),
        Asked(
            name="fichier",
            label="Comptes",
            help="FEC ou balance (classeur, CSV) d'une ou plusieurs années.",
            metavar="COMPTES",
            argument=True,
            local=True,
        ),
    ]

    def work_out(self, asking: Asking) -> "Worked[EconomicModel]":  # noqa: ARG002 the same every day
        """The years."""
        from ancrage.financing.accounts import read_accounts

        return Worked(read_accounts([Path(one) for one in self.files]))

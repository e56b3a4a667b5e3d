"""What accounts say of a structure's economic model: its ledgers, or balances."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.questions.fields import Asked
from ancrage.questions.question import Asking, Question, Worked

if TYPE_CHECKING:
    from ancrage.financing.accounts import EconomicModel

MOST = 10
HEAVIEST = 500_000


class AccountsBase(Question):
    """Base of the questions about accounts. Raises ``FinancingFileError`` telling file and line."""

    label: ClassVar = "Modèle économique d'une structure"
    help: ClassVar = (
        "Lit des comptes (FEC, balance) : nature des ressources, dépendance, fonds propres, trésorerie."
    )
    private: ClassVar = True


class AccountsQuestion(AccountsBase):
    """The accounts of some files of the person's machine."""

    name: ClassVar = "modele_economique"
    needs: ClassVar = ("fichier",)

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


class AccountsTextQuestion(AccountsBase):
    """The balances that a person sent as a table."""

    name: ClassVar = "comptes_texte"
    needs: ClassVar = ("texte",)

    text: Annotated[
        str,
        Field(max_length=HEAVIEST),
        Asked(name="texte", label="Texte", help="Balance ou FEC : compte, libellé, année, débit, crédit."),
    ]

    def work_out(self, asking: Asking) -> "Worked[EconomicModel]":  # noqa: ARG002 the same every day
        """The years."""
        from ancrage.financing.accounts import entries_of, model_of

        return Worked(model_of(entries_of(self.text.encode(), "")))

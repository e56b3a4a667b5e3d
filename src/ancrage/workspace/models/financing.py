"""What an atelier keeps of money: a plan, a contract paid on results, a capital table."""

from django.core.exceptions import ValidationError
from django.db import models

from ancrage.contracts.kept import Sort, read_kept, sort_of
from ancrage.errors import FinancingFileError
from ancrage.financing.files import read_plan_text
from ancrage.financing.plan import Plan
from ancrage.workspace.models.parts import InAtelier
from ancrage.workspace.models.plan import Action
from ancrage.workspace.models.structures import Structure

HEAVIEST = 200_000


class FinancingPlan(InAtelier):
    """A plan as its file writes it, or a contract, or a table: its schema says which.

    Each version stays in the journal, and is opened again from there.
    """

    KIND = "financement"
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="action"
    )
    structure = models.ForeignKey(
        Structure, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="structure"
    )
    name = models.CharField("nom", max_length=250)
    text = models.TextField("plan", max_length=HEAVIEST)

    class Meta:
        """In the order they were written."""

        verbose_name = "plan de financement"
        ordering = ("created_at", "id")

    def clean(self) -> None:
        """It is of one action or of one structure, and it can be read."""
        if (self.action_id is None) == (self.structure_id is None):
            raise ValidationError({"name": "une action ou une structure, l’une des deux"})
        try:
            self.plan() if self.sort is Sort.PLAN else read_kept(self.text)
        except FinancingFileError as error:
            raise ValidationError({"text": error.message}) from error

    @property
    def sort(self) -> Sort:
        """What it is."""
        return sort_of(self.text)

    def plan(self) -> Plan:
        """The plan itself. Raises :class:`FinancingFileError`."""
        return read_plan_text(self.text, name=self.name)
